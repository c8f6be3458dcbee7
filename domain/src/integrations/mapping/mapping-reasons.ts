import type { Language } from '../../text/language';
import type { EnteredMapping } from '../wire';
import type { FieldType } from './columns';

/** Why a mapping is refused. `{a}` and `{b}` are its fields, `{object}` the table or object of the one that is at fault. */
export const mappingReasons = {
  'field-missing': {
    1033: 'A field is missing. Choose one on both sides.',
    3084: 'Il manque un champ. Choisissez-en un de chaque côté.',
  },
  'date-only': {
    1033: '{a} is a date with time, {b} is a date only. Choose the transform Date only, or another field.',
    3084: '{a} est une date avec heure, {b} une date seulement. Choisissez la transformation Date seulement, ou un autre champ.',
  },
  'not-a-number': {
    1033: '{a} is text, {b} is a number. Choose the transform Text to number, or another field.',
    3084: '{a} est un texte, {b} un nombre. Choisissez la transformation Texte en nombre, ou un autre champ.',
  },
  'other-kind': {
    1033: '{a} gives {given}, {b} takes {taken}. Choose another transform, or another field.',
    3084: '{a} donne {given}, {b} prend {taken}. Choisissez une autre transformation, ou un autre champ.',
  },
  'both-write': {
    1033: 'Mappings {i} and {j} both write {b}. Keep one.',
    3084: 'Les correspondances {i} et {j} écrivent toutes deux {b}. Gardez-en une.',
  },
  'field-gone': {
    1033: '{b} does not exist in {object} any more. Choose another field.',
    3084: '{b} n’existe plus dans {object}. Choisissez un autre champ.',
  },
  'key-direction': {
    1033: 'A key needs the direction To {product} or From {product}.',
    3084: 'Une clé exige le sens Vers {product} ou Depuis {product}.',
  },
  'transform-unknown': {
    1033: 'The transform {transform} is not known. Choose another one.',
    3084: 'La transformation {transform} est inconnue. Choisissez-en une autre.',
  },
  'table-gone': {
    1033: 'Dynamics has no table {object} (mapping {a} – {b}). Choose another table.',
    3084: 'Dynamics n’a pas de table {object} (correspondance {a} – {b}). Choisissez une autre table.',
  },
  'one-table': {
    1033: 'An integration is about one table; mapping {a} – {b} is about {object}. Make another integration for that table.',
    3084: 'Une intégration porte sur une seule table; la correspondance {a} – {b} porte sur {object}. Créez une autre intégration pour cette table.',
  },
  'no-key': {
    1033: 'No mapping is the key. Mark the one whose values tell which row and which record belong together.',
    3084: 'Aucune correspondance n’est la clé. Marquez celle dont les valeurs indiquent quelle ligne et quel enregistrement vont ensemble.',
  },
  'two-keys': {
    1033: 'Mapping {a} – {b} is a second key. Keep one.',
    3084: 'La correspondance {a} – {b} est une seconde clé. Gardez-en une.',
  },
  'read-only': {
    1033: 'Dynamics lets nobody write {a} of {object} (mapping {a} – {b}). Choose the direction To {product}, or another column.',
    3084: 'Dynamics ne laisse personne écrire {a} de {object} (correspondance {a} – {b}). Choisissez le sens Vers {product}, ou une autre colonne.',
  },
  status: {
    1033: 'Dynamics moves {a} by steps of its own (mapping {a} – {b}). Choose the direction To {product}.',
    3084: 'Dynamics fait évoluer {a} par ses propres étapes (correspondance {a} – {b}). Choisissez le sens Vers {product}.',
  },
  lookup: {
    1033: '{a} refers to a row of another table, which a mapping does not carry (mapping {a} – {b}). Choose a column with a value of its own.',
    3084: '{a} renvoie à une ligne d’une autre table, ce qu’une correspondance ne transporte pas (correspondance {a} – {b}). Choisissez une colonne qui a sa propre valeur.',
  },
  'unfit-column': {
    1033: '{a} of {object} is of a kind that a mapping does not carry (mapping {a} – {b}). Choose another column.',
    3084: '{a} de {object} est d’un type qu’une correspondance ne transporte pas (correspondance {a} – {b}). Choisissez une autre colonne.',
  },
  'choice-map': {
    1033: '{a} is a choice, whose values are numbers in Dynamics (mapping {a} – {b}). Choose the transform Choice map, which goes by their words.',
    3084: '{a} est un choix, dont les valeurs sont des nombres dans Dynamics (correspondance {a} – {b}). Choisissez la transformation Table de choix, qui utilise leurs libellés.',
  },
  'no-choice': {
    1033: '{a} is no choice (mapping {a} – {b}). Choose another transform.',
    3084: '{a} n’est pas un choix (correspondance {a} – {b}). Choisissez une autre transformation.',
  },
  needed: {
    1033: 'Dynamics makes no row of {object} without {needed}. Map it from {product}, or choose the direction To {product} for the key {a}.',
    3084: 'Dynamics ne crée aucune ligne de {object} sans {needed}. Faites-la venir de {product}, ou choisissez le sens Vers {product} pour la clé {a}.',
  },
  'no-right': {
    1033: 'The service may not do this with rows of {object}: it lacks {privilege}. Give its application user a role that has it.',
    3084: 'Le service n’a pas le droit de faire cela avec les lignes de {object}\u00a0: il lui manque {privilege}. Donnez à son utilisateur d’application un rôle qui l’a.',
  },
} as const satisfies Readonly<Record<string, Readonly<Record<Language, string>>>>;

export type MappingReason = keyof typeof mappingReasons;

export type Args = Readonly<Record<string, string>>;

/** What is wrong with a mapping, and with which part of it. */
export interface MappingFault {
  /** Its place in the list. */
  readonly index: number;
  readonly field: keyof EnteredMapping;
  readonly code: MappingReason;
  readonly args: Args;
}

/** What a sentence calls a value of a type. */
export const typeWords: Readonly<Record<FieldType, Readonly<Record<Language, string>>>> = {
  text: { 1033: 'text', 3084: 'un texte' },
  number: { 1033: 'a number', 3084: 'un nombre' },
  flag: { 1033: 'yes or no', 3084: 'un oui ou non' },
  date: { 1033: 'a date', 3084: 'une date' },
  'date-time': { 1033: 'a date with time', 3084: 'une date avec heure' },
  choice: { 1033: 'a choice', 3084: 'un choix' },
};

import { commandTypeLabels, type CommandType } from '../schema/generated/options';
import { entryOf } from '../entry-of';
import type { Language } from '../text/language';
import type { Need } from './needs';

/** Conditions whose refusal is put into words elsewhere: a decision's, a stage's, a link's. */
type WordedElsewhere = 'approver' | 'other-person' | 'within-limit' | 'stage-conditions' | 'linkable-project';
type Worded = Exclude<Need, WordedElsewhere>;

/** What a sentence may name. */
export interface RefusedFacts {
  readonly asked: string;
  readonly row: string;
  /** Logical name of the record's table. */
  readonly table: string;
}

/** How a sentence names the record that somebody may not change. */
const RECORDS: Readonly<Record<string, { readonly en: string; readonly fr: string }>> = {
  opportunity: { en: 'this opportunity', fr: 'cette opportunité' },
  incident: { en: 'this case', fr: 'cet incident' },
  account: { en: 'this account', fr: 'ce compte' },
  product: { en: 'this product', fr: 'ce produit' },
};
const recordOf = (table: string): { readonly en: string; readonly fr: string } =>
  entryOf(RECORDS, table) ?? { en: 'this record', fr: 'cet enregistrement' };

const EN: Readonly<Record<Worded, (facts: RefusedFacts) => string>> = {
  service: () => 'Only the integration itself writes this.',
  write: ({ table }) =>
    `You do not have permission to change ${recordOf(table).en}. Ask its owner or an administrator.`,
  read: () => 'You do not have permission to see this record. Ask its owner or an administrator.',
  owner: () => 'Only the owner of this record can ask for that.',
  administrator: () => 'Only an administrator of the integration can ask for that.',
  available: () => 'This is not available yet.',
  'switched-on': () => 'This is switched off in this environment. Ask an administrator of the integration.',
  'approved-budget': () =>
    'The budget has not been approved yet, so the project cannot be completed. Request approval first.',
  'open-opportunity': () =>
    'The opportunity was closed before a decision took effect, so the request expired. Reopen the opportunity, then request approval again.',
  'undecided-row': () =>
    'The request already named a decision, which only the integration fills in. Leave those columns empty, then request approval again.',
  'amount-above-zero': () =>
    'The amount must be greater than zero. Enter the budget amount, save, then request approval again.',
  'amount-of-row': ({ asked, row }) =>
    `The request is for ${asked}, but the opportunity now says ${row}. Check the amount, then request approval again.`,
  'snooze-reason': () => 'Alerts are not snoozed: a reason is required. Enter why they are held back.',
  'snooze-not-past': () => 'Alerts are not snoozed: the date is in the past. Choose today or a later day.',
};

const FR: Readonly<Record<Worded, (facts: RefusedFacts) => string>> = {
  service: () => 'Seule l’intégration écrit ceci.',
  write: ({ table }) =>
    `Vous n’avez pas l’autorisation de modifier ${recordOf(table).fr}. Adressez-vous à son propriétaire ou à un administrateur.`,
  read: () =>
    'Vous n’avez pas l’autorisation de consulter cet enregistrement. Adressez-vous à son propriétaire ou à un administrateur.',
  owner: () => 'Seul le propriétaire de cet enregistrement peut faire cette demande.',
  administrator: () => 'Seul un administrateur de l’intégration peut faire cette demande.',
  available: () => 'Cette fonction n’est pas encore offerte.',
  'switched-on': () =>
    'Cette fonction est hors service dans cet environnement. Adressez-vous à un administrateur de l’intégration.',
  'approved-budget': () =>
    'Le budget n’a pas encore été approuvé\u00a0: le projet ne peut pas être terminé. Demandez d’abord l’approbation.',
  'open-opportunity': () =>
    'L’opportunité a été fermée avant qu’une décision prenne effet\u00a0: la demande est expirée. Rouvrez l’opportunité, puis demandez de nouveau l’approbation.',
  'undecided-row': () =>
    'La demande indiquait déjà une décision, que seule l’intégration inscrit. Laissez ces colonnes vides, puis demandez de nouveau l’approbation.',
  'amount-above-zero': () =>
    'Le montant doit être supérieur à zéro. Saisissez le montant du budget, enregistrez, puis demandez de nouveau l’approbation.',
  'amount-of-row': ({ asked, row }) =>
    `La demande porte sur ${asked}, mais l’opportunité indique maintenant ${row}. Vérifiez le montant, puis demandez de nouveau l’approbation.`,
  'snooze-reason': () =>
    'Les alertes ne sont pas suspendues\u00a0: un motif est requis. Indiquez pourquoi elles le seraient.',
  'snooze-not-past': () =>
    'Les alertes ne sont pas suspendues\u00a0: la date est passée. Choisissez aujourd’hui ou un jour ultérieur.',
};

/** Why something was not done, and what to do, for the person who asked. @param named amounts and table, by sentences about them only */
export function refusalText(need: Need, language: Language, named: Partial<RefusedFacts> = {}): string {
  const facts: RefusedFacts = { asked: '', row: '', table: 'opportunity', ...named };
  const texts: Readonly<Partial<Record<Need, (facts: RefusedFacts) => string>>> = language === 3084 ? FR : EN;
  // A snooze without effect leaves the row as the person has written it.
  const isSnooze = need === 'snooze-reason' || need === 'snooze-not-past';
  const done = isSnooze ? '' : language === 3084 ? 'Rien n’a été modifié.' : 'Nothing was changed.';
  return `${texts[need]?.(facts) ?? ''} ${done}`.trim();
}

/** Why a command was not carried out whose payload is no document that the service reads. */
export function payloadRefusedText(language: Language): string {
  return language === 3084
    ? 'La demande n’a pas pu être lue\u00a0: ses données ne sont pas du JSON, ou elles sont trop longues. Rien n’a été modifié.'
    : 'The request could not be read: its data is not JSON, or it is too long. Nothing was changed.';
}

/** Why a process is not bound to another opportunity. */
export function processBoundText(language: Language): string {
  return language === 3084
    ? 'Ce processus appartient à son opportunité et ne peut pas être rattaché à une autre. Rien n’a été modifié.'
    : 'This process belongs to its opportunity and cannot be moved to another. Nothing was changed.';
}

/** `Complete project`: for the log, which is English. */
export const nameOfCommand = (type: CommandType): string => commandTypeLabels[type][1033];

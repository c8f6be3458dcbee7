import { entryOf } from '../entry-of';
import type { Language } from '../text/language';

type Label = Readonly<Record<Language, string>>;

/** Fields that both sides are compared by, over all modules. */
const fields: Readonly<Record<string, Label>> = {
  existence: { 1033: 'Project', 3084: 'Projet' },
  key: { 1033: 'Project key', 3084: 'Clé du projet' },
  approved: { 1033: 'Approved budget', 3084: 'Budget approuvé' },
  spent: { 1033: 'Spent', 3084: 'Dépensé' },
  remaining: { 1033: 'Remaining', 3084: 'Restant' },
  status: { 1033: 'Status', 3084: 'État' },
  priority: { 1033: 'Priority', 3084: 'Priorité' },
  summary: { 1033: 'Title', 3084: 'Titre' },
  resolution: { 1033: 'Resolution', 3084: 'Résolution' },
  issue: { 1033: 'Issue', 3084: 'Ticket' },
  started: { 1033: 'Start', 3084: 'Début' },
  duration: { 1033: 'Duration', 3084: 'Durée' },
};

/** Values that are words of ours. */
const values: Readonly<Record<string, Label>> = {
  exists: { 1033: 'There', 3084: 'Présent' },
  deleted: { 1033: 'Deleted', 3084: 'Supprimé' },
  'no-project': { 1033: 'No such project', 3084: 'Projet introuvable' },
  'no-budget': { 1033: 'No budget', 3084: 'Aucun budget' },
  'not-created': { 1033: 'Not created yet', 3084: 'Pas encore créé' },
  open: { 1033: 'Open', 3084: 'Ouvert' },
  closed: { 1033: 'Closed', 3084: 'Fermé' },
  resolved: { 1033: 'Resolved', 3084: 'Résolu' },
};

/** Name of a field; as it is where nobody has worded it, such as that of a label. Pure. */
export const fieldText = (field: string, language: Language): string => entryOf(fields, field)?.[language] ?? field;

/** A value that is a word of ours. Pure. */
export const valueText = (value: string, language: Language): string => entryOf(values, value)?.[language] ?? value;

import type { Language } from '../../text/language';
import type { TimelinePost } from '../actions';
import type { RecordFacts } from '../facts';
import { inLanguage, type InBoth } from './in-language';

/** A record as a sentence of its timeline names it; French with the preposition. */
const RECORDS: Readonly<
  Record<RecordFacts['table'], { readonly en: string; readonly to: string; readonly of: string }>
> = {
  incident: { en: 'this case', to: 'à cet incident', of: 'de cet incident' },
  opportunity: { en: 'this opportunity', to: 'à cette opportunité', of: 'de cette opportunité' },
  account: { en: 'this account', to: 'à ce compte', of: 'de ce compte' },
  product: { en: 'this product', to: 'à ce produit', of: 'de ce produit' },
};

/** What the timeline of a record says of its issue (R-1709). */
export function timelineText(
  { event, key, from, to, by }: TimelinePost,
  language: Language,
  table: RecordFacts['table'],
): string {
  const record = RECORDS[table];
  const who = by === null ? { en: 'Jira', fr: 'Jira' } : { en: `${by} in Jira`, fr: `${by} dans Jira` };
  const step = from === null ? (to ?? '') : `${from} → ${to ?? ''}`;
  const texts: Readonly<Record<TimelinePost['event'], InBoth>> = {
    created: {
      en: `${key} was created from ${record.en}`,
      fr: `${key} a été créé à partir ${record.of}`,
    },
    linked: {
      en: `${key} was linked to ${record.en}`,
      fr: `${key} a été lié ${record.to}`,
    },
    unlinked: {
      en: `${key} was unlinked from ${record.en}`,
      fr: `${key} a été délié ${record.of}`,
    },
    'status-changed': {
      en: `${key} changed status: ${step} · ${who.en}`,
      fr: `${key} a changé d’état\u00a0: ${step} · ${who.fr}`,
    },
    reopened: {
      en: `${key} was reopened: ${step} · ${who.en}. Nothing was changed here.`,
      fr: `${key} a été rouvert\u00a0: ${step} · ${who.fr}. Rien n’a été modifié ici.`,
    },
    'type-changed': {
      en: `${key} changed type: ${step}. Sync goes on; fields that the new type does not have are not sent.`,
      fr: `${key} a changé de type\u00a0: ${step}. La synchronisation se poursuit; les champs absents du nouveau type ne sont pas transmis.`,
    },
    'assignee-left': {
      en: `${key} is assigned to ${to ?? ''}, whose Jira account is closed. Assign somebody else in Jira.`,
      fr: `${key} est attribué à ${to ?? ''}, dont le compte Jira est fermé. Attribuez-le à une autre personne dans Jira.`,
    },
    'record-merged': {
      en: `${key} is now linked to this case: the case that it was linked to was merged into it.`,
      fr: `${key} est maintenant lié à cet incident\u00a0: l’incident auquel il était lié y a été fusionné.`,
    },
    'record-reassigned': {
      en: `This record now belongs to ${to ?? ''}. The assignee of ${key} is chosen in Jira and stays.`,
      fr: `Cet enregistrement appartient maintenant à ${to ?? ''}. La personne responsable de ${key} se choisit dans Jira et demeure.`,
    },
    'record-deactivated': {
      en: `This record was cancelled. ${key} stays as it is in Jira; unlink it if it is of no more use.`,
      fr: `Cet enregistrement a été annulé. ${key} reste tel quel dans Jira; déliez-le s’il n’est plus utile.`,
    },
  };
  return inLanguage(texts[event], language);
}

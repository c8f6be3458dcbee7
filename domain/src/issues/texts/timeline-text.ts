import type { Language } from '../../text/language';
import type { TimelinePost } from '../actions';
import { inLanguage, type InBoth } from './in-language';

/** What the timeline of a case or opportunity says of its issue (R-1709). */
export function timelineText({ event, key, from, to, by }: TimelinePost, language: Language): string {
  const who = by === null ? { en: 'Jira', fr: 'Jira' } : { en: `${by} in Jira`, fr: `${by} dans Jira` };
  const step = from === null ? (to ?? '') : `${from} → ${to ?? ''}`;
  const texts: Readonly<Record<TimelinePost['event'], InBoth>> = {
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

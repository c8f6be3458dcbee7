import type { Language } from '../../text/language';
import { counted, inLanguage, type InBoth } from '../texts/in-language';
import type { TicketNotice } from './plan-tickets';

/** What the log says of an error and its ticket. @param day as people read it */
export function ticketText({ code, key }: Pick<TicketNotice, 'code' | 'key'>, day: string, language: Language): string {
  const texts: Readonly<Record<TicketNotice['code'], InBoth>> = {
    'error-resolved': {
      en: `The error was resolved in Sentry because ${key} was resolved in Jira.`,
      fr: `L’erreur a été résolue dans Sentry parce que ${key} a été résolu dans Jira.`,
    },
    'came-back': {
      en: `Came back ${day}, after ${key} was resolved. Nothing was reopened.`,
      fr: `Revenue le ${day}, après la résolution de ${key}. Rien n’a été rouvert.`,
    },
    'not-closed': {
      en: `The error was resolved in Sentry, but ${key} stays open: its workflow offers no step to done. Resolve it in Jira.`,
      fr: `L’erreur a été résolue dans Sentry, mais ${key} reste ouvert\u00a0: son flux n’offre aucun passage à terminé. Résolvez-le dans Jira.`,
    },
  };
  return inLanguage(texts[code], language);
}

/** Why an error got no ticket. */
export type TicketRefusal = 'has-ticket' | 'no-product' | 'unknown-error' | 'no-project' | 'no-type';

/** The open ticket that an error has already. */
export interface OpenTicket {
  readonly key: string | null;
  readonly by: string;
  readonly on: string;
}

/** Of one error, for the person who asked. */
export function noTicketText(
  refusal: TicketRefusal,
  error: string,
  /** `project`: in Sentry of an error, in Jira of a type. */
  { ticket, project }: { readonly ticket?: OpenTicket; readonly project?: string },
  language: Language,
): string {
  const key = ticket?.key;
  const texts: Readonly<Record<TicketRefusal, InBoth>> = {
    'has-ticket': {
      en:
        key == null
          ? `${error} already has a ticket that is being created. Nothing was created.`
          : `${error} already has the open ticket ${key}. Nothing was created. It was linked by ${ticket?.by} on ${ticket?.on}.`,
      fr:
        key == null
          ? `${error} a déjà un ticket en cours de création. Rien n’a été créé.`
          : `${error} a déjà le ticket ouvert ${key}. Rien n’a été créé. Lié par ${ticket?.by} le ${ticket?.on}.`,
    },
    'no-product': {
      en: `${error} gets no ticket: its project ${project} belongs to no product. Assign it to one, then try again.`,
      fr: `${error} n’obtient pas de ticket\u00a0: son projet ${project} ne relève d’aucun produit. Attribuez-lui-en un, puis réessayez.`,
    },
    'no-project': {
      en: 'This Jira project is not offered. Choose another one, or have an administrator offer it. Nothing was created.',
      fr: 'Ce projet Jira n’est pas offert. Choisissez-en un autre, ou demandez à un administrateur de l’offrir. Rien n’a été créé.',
    },
    'no-type': {
      en: `${project} does not offer this issue type. Choose another one. Nothing was created.`,
      fr: `${project} n’offre pas ce type de ticket. Choisissez-en un autre. Rien n’a été créé.`,
    },
    'unknown-error': {
      en: 'An error of the selection is not there any more. Nothing was created for it.',
      fr: 'Une erreur de la sélection n’existe plus. Rien n’a été créé pour elle.',
    },
  };
  return inLanguage(texts[refusal], language);
}

/** What came of the command. @param leftOut sentences about errors without a new ticket */
export function ticketsAskedText(asked: number, leftOut: readonly string[], language: Language): string {
  const tickets = counted(
    asked,
    { en: '1 ticket is being created.', fr: '1 ticket est en cours de création.' },
    { en: `${asked} tickets are being created.`, fr: `${asked} tickets sont en cours de création.` },
  );
  const none = { en: 'No ticket was created.', fr: 'Aucun ticket n’a été créé.' };
  return [inLanguage(asked === 0 ? none : tickets, language), ...leftOut].join(' ');
}

/** How the command ended. @param others sentences about errors without a ticket */
export function ticketsEndedText(
  created: number,
  asked: number,
  others: readonly string[],
  language: Language,
): string {
  const not = asked - created;
  const said: InBoth =
    not === 0
      ? { en: `${created} of ${asked} tickets created.`, fr: `Tickets créés\u00a0: ${created} sur ${asked}.` }
      : {
          en: `${created} of ${asked} tickets created, ${not} not. What was created is linked and stays.`,
          fr: `${created} tickets créés sur ${asked}; échecs\u00a0: ${not}. Ce qui a été créé est lié et demeure.`,
        };
  return [inLanguage(said, language), ...others].join(' ');
}

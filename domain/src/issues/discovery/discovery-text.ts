import type { Language } from '../../text/language';
import { counted, inLanguage } from '../texts/in-language';

/** What a look at the projects of an organization found, in numbers. */
export interface DiscoveredProjects {
  readonly organization: string;
  readonly added: number;
  readonly gone: number;
}

/** For the administrator who asked (R-1702). Pure. */
export function discoveryText({ organization, added, gone }: DiscoveredProjects, language: Language): string {
  const none = {
    en: `No new project was found in ${organization}.`,
    fr: `Aucun nouveau projet trouvé dans ${organization}.`,
  };
  const found = counted(
    added,
    {
      en: `1 new project was found in ${organization}. Mark it as offered if its issues may be seen here.`,
      fr: `1 nouveau projet trouvé dans ${organization}. Marquez-le comme offert si ses tickets peuvent être consultés ici.`,
    },
    {
      en: `${added} new projects were found in ${organization}. Mark those as offered whose issues may be seen here.`,
      fr: `${added} nouveaux projets trouvés dans ${organization}. Marquez comme offerts ceux dont les tickets peuvent être consultés ici.`,
    },
  );
  const lost = counted(
    gone,
    { en: '1 can no longer be seen in Jira.', fr: '1 n’est plus visible dans Jira.' },
    { en: `${gone} can no longer be seen in Jira.`, fr: `${gone} ne sont plus visibles dans Jira.` },
  );
  const sentence = inLanguage(added === 0 ? none : found, language);
  return gone === 0 ? sentence : `${sentence} ${inLanguage(lost, language)}`;
}

/** That a command about a Jira organization names none. Pure. */
export const noOrganizationText = (language: Language): string =>
  inLanguage(
    {
      en: 'This record is not an active Jira organization. Nothing was changed.',
      fr: 'Cet enregistrement n’est pas une organisation Jira active. Rien n’a été modifié.',
    },
    language,
  );

/** What reading issues has come to, for the person who asked (R-1714). Pure. @param of the organization or project */
export function mirroredText(
  { of, changed, removed }: { readonly of: string; readonly changed: number; readonly removed: number },
  language: Language,
): string {
  const rows = changed + removed;
  const told = counted(
    rows,
    { en: `1 issue of ${of} was brought up to date.`, fr: `1 ticket de ${of} a été mis à jour.` },
    { en: `${rows} issues of ${of} were brought up to date.`, fr: `${rows} tickets de ${of} ont été mis à jour.` },
  );
  const none = { en: `The issues of ${of} are up to date.`, fr: `Les tickets de ${of} sont à jour.` };
  return inLanguage(rows === 0 ? none : told, language);
}

/** That a project's issues do not come here. Pure. */
export const notOfferedText = (key: string, language: Language): string =>
  inLanguage(
    {
      en: `${key} is not offered, or is archived in Jira: its issues are not read. Nothing was changed.`,
      fr: `${key} n’est pas offert, ou est archivé dans Jira\u00a0: ses tickets ne sont pas lus. Rien n’a été modifié.`,
    },
    language,
  );

/** That a long first reading goes on without the person who asked. Pure. */
export const goesOnText = (of: string, language: Language): string =>
  inLanguage(
    {
      en: `There is much to read in ${of}. It goes on by itself; the page shows what has arrived.`,
      fr: `Il y a beaucoup à lire dans ${of}. La lecture se poursuit d’elle-même; la page affiche ce qui est arrivé.`,
    },
    language,
  );

import type { Language } from '../../text/language';

type Sentence = Readonly<Record<Language, string>>;

/** Tables whose rows keep the integration that they are of: Dataverse refuses to delete it as long as there is one. */
const names = {
  crmjira_budget_mapping: { 1033: 'opportunities linked to its projects', 3084: 'opportunités liées à ses projets' },
  crmjira_jira_project: { 1033: 'projects', 3084: 'projets' },
  crmjira_jira_issue: { 1033: 'issues', 3084: 'tickets' },
  crmjira_jira_connection: { 1033: 'personal connections', 3084: 'connexions personnelles' },
  crmjira_monitor_project: { 1033: 'monitored projects', 3084: 'projets surveillés' },
} as const satisfies Readonly<Record<string, Sentence>>;

export type StillUsedTable = keyof typeof names;

export const stillUsedTables = Object.keys(names) as readonly StillUsedTable[];

const locales: Readonly<Record<Language, string>> = { 1033: 'en-CA', 3084: 'fr-CA' };
const records: Sentence = { 1033: 'other records', 3084: 'd’autres enregistrements' };
const sentences: Sentence = {
  1033: '{name} cannot be deleted: {what} belong to it. Nothing was changed. Leave it inactive, or delete those records first.',
  3084: '{name} ne peut pas être supprimée : elle a encore {what}. Rien n’a été modifié. Laissez-la inactive, ou supprimez d’abord ces enregistrements.',
};
const article: Readonly<Record<Language, string>> = { 1033: '', 3084: 'des ' };

/** Why an integration is not deleted. @param tables with rows of its own; empty: Dataverse did not say which. Pure. */
export function stillUsedText(name: string, tables: readonly StillUsedTable[], language: Language): string {
  const list = new Intl.ListFormat(locales[language], { type: 'conjunction' });
  const what =
    tables.length === 0
      ? records[language]
      : list.format(tables.map((table) => `${article[language]}${names[table][language]}`));
  return sentences[language]
    .replace('{name}', () => name)
    .replace('{what}', () => what)
    .replaceAll(' :', '\u00a0:');
}

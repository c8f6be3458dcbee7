import { ConflictState } from '../../schema/generated/options';
import type { Language } from '../../text/language';
import type { TimeEntry } from '../actions';

type Told = Pick<TimeEntry, 'field' | 'crm' | 'jira' | 'crmBy' | 'jiraBy' | 'state'>;

const VALUES: Readonly<Record<TimeEntry['field'], (value: string) => Readonly<Record<Language, string>>>> = {
  started: (value) => ({ 1033: `start ${value}`, 3084: `début ${value}` }),
  seconds: (value) => ({ 1033: `duration ${value} s`, 3084: `durée ${value} s` }),
  comment: () => ({ 1033: 'another comment', 3084: 'un autre commentaire' }),
  issue: (value) => ({ 1033: value, 3084: value }),
};

/** What a log row says of values that gave way, the other side's being kept. Comments are not repeated: the row has them as they were. */
export function timeEntryText(entries: readonly Told[], language: Language): string {
  const isJiraKept = entries.some(({ state }) => state === ConflictState.KeptJira);
  const gaveWay = entries.map(({ field, crm, jira, crmBy, jiraBy }) => {
    const [value, by] = isJiraKept ? [crm, crmBy] : [jira, jiraBy];
    return VALUES[field](value ?? '–')[language] + (by === null ? '' : ` (${by})`);
  });
  if (language === 3084)
    return isJiraKept
      ? `Le journal de travail a été déplacé dans Jira, et un autre ticket a été choisi ici.\nCelui de Jira est conservé. Choisi ici\u00a0: ${gaveWay.join(', ')}.`
      : `Ce temps a été modifié des deux côtés.\nCe qui se trouve ici est conservé. Dans Jira\u00a0: ${gaveWay.join(', ')}.`;
  return isJiraKept
    ? `The worklog was moved in Jira, and another issue was chosen here.\nJira’s is kept. Chosen here: ${gaveWay.join(', ')}.`
    : `This time was changed on both sides.\nWhat stands here is kept. In Jira: ${gaveWay.join(', ')}.`;
}

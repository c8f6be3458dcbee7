import type { Language } from '../../text/language';
import type { TimeEntry } from '../actions';
import { inUtc, type ReadersTimes } from './time-text';

/** Of the fields whose value gave way, that value. */
export type GaveWay = Readonly<Partial<Record<TimeEntry['field'], string | null>>>;

const FIELDS = ['started', 'seconds', 'comment', 'issue'] as const satisfies readonly TimeEntry['field'][];

type Words = Readonly<Record<Language, string>>;

const VALUES: Readonly<Record<TimeEntry['field'], (value: string, times: ReadersTimes) => Words>> = {
  started: (value, { moment }) => ({ 1033: `start ${moment(value)}`, 3084: `début ${moment(value)}` }),
  seconds: (value, { duration }) => ({ 1033: `duration ${duration(value)}`, 3084: `durée ${duration(value)}` }),
  comment: () => ({ 1033: 'another comment', 3084: 'un autre commentaire' }),
  issue: (value) => ({ 1033: value, 3084: value }),
};

/** What a log row says of values that gave way, the other side's being kept. Comments are not repeated: the row has them as they were. */
export function timeEntryText(
  { isJiraKept, by, values }: { readonly isJiraKept: boolean; readonly by: string | null; readonly values: GaveWay },
  language: Language,
  times: ReadersTimes = inUtc,
): string {
  const gaveWay = FIELDS.filter((field) => Object.hasOwn(values, field))
    .map((field) => VALUES[field](values[field] ?? '–', times)[language] + (by === null ? '' : ` (${by})`))
    .join(', ');
  if (language === 3084)
    return isJiraKept
      ? `Le journal de travail a été déplacé dans Jira, et un autre ticket a été choisi ici.\nCelui de Jira est conservé. Choisi ici\u00a0: ${gaveWay}.`
      : `Ce temps a été modifié des deux côtés.\nCe qui se trouve ici est conservé. Dans Jira\u00a0: ${gaveWay}.`;
  return isJiraKept
    ? `The worklog was moved in Jira, and another issue was chosen here.\nJira’s is kept. Chosen here: ${gaveWay}.`
    : `This time was changed on both sides.\nWhat stands here is kept. In Jira: ${gaveWay}.`;
}

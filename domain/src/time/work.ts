import { derivedId } from '../hash/derived-id';
import { cutText, fitText } from '../text/fit-text';
import type { Language } from '../text/language';

/** ISO 8601 instant in UTC with `Z`. */
export type Instant = string;

/** What a time record and its worklog have in common, as it is compared. */
export interface Work {
  /** Whole second. */
  readonly started: Instant;
  readonly seconds: number;
  /** Digest of the comment. */
  readonly comment: string;
}

/** Jira refuses less. */
const leastSeconds = 60;
/** Characters of a text field of Jira. */
const longestComment = 32_767;

/** An instant as Dataverse keeps it. */
export const toSecond = (instant: string): Instant =>
  `${new Date(Math.floor(Date.parse(instant) / 1000) * 1000).toISOString().slice(0, 19)}Z`;

/** What lists and lookups call a time record, and the log its attempts: the issue, where there is one, and the subject. */
export const timeRecordName = (issueKey: string | null, subject: string): string =>
  fitText('crmjira_time_record', 'crmjira_name', `${issueKey?.trim() ?? ''} ${subject.trim()}`.trim());

/** As both sides give it back: line ends, blanks before them and empty lines are not told apart. */
export const asComment = (text: string): string =>
  cutText(
    text
      .replace(/\r\n?/g, '\n')
      .replace(/[ \t]+$/gm, '')
      .replace(/\n{3,}/g, '\n\n')
      .trim(),
    longestComment,
  );

const withoutNotes = (subject: string, language: Language): string =>
  language === 3084 ? `Temps consigné pour ${subject}` : `Time logged for ${subject}`;

/** Notes, else a sentence with the subject (R-1824). */
export function worklogComment(notes: string | null, subject: string, language: Language): string {
  const text = asComment(notes ?? '');
  return text === '' ? asComment(withoutNotes(subject, language)) : text;
}

/** Notes of a record that takes a comment over; the sentence that stands for no notes stays none. */
export function notesOf(comment: string, subject: string): string | null {
  const isNone =
    comment === '' || ([1033, 3084] as const).some((one) => asComment(withoutNotes(subject, one)) === comment);
  return isNone ? null : comment;
}

/** Exact seconds between two instants, 60 at the least (R-1825); null: the end does not follow the start. */
export function secondsBetween(timeIn: Instant, timeOut: Instant): number | null {
  const seconds = Math.floor((Date.parse(timeOut) - Date.parse(timeIn)) / 1000);
  return seconds > 0 ? Math.max(leastSeconds, seconds) : null;
}

export const workOf = (started: Instant, seconds: number, comment: string): Work => ({
  started: toSecond(started),
  seconds,
  comment: derivedId('worklog-comment', asComment(comment)),
});

export const endOf = ({ started, seconds }: Pick<Work, 'started' | 'seconds'>): Instant =>
  toSecond(new Date(Date.parse(started) + seconds * 1000).toISOString());

export const sameWork = (one: Work | null, other: Work | null): boolean =>
  one !== null &&
  other !== null &&
  one.started === other.started &&
  one.seconds === other.seconds &&
  one.comment === other.comment;

/** The one form of an instant that Jira takes (R-1818). In UTC: no change of the clocks and no midnight makes it another one. */
export const toStarted = (instant: Instant): string => new Date(instant).toISOString().replace('Z', '+0000');

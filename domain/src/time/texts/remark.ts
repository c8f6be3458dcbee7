import { entryOf } from '../../entry-of';
import { failureText } from '../../faults/failure-texts';
import { ConflictState } from '../../schema/generated/options';
import type { Language } from '../../text/language';
import type { TimeEntry } from '../actions';
import type { TimeTrouble } from '../facts';
import { type GaveWay, timeEntryText } from './entry-text';
import {
  inUtc,
  isTimeTrouble,
  type ReadersTimes,
  timeKeptText,
  timeLinkedText,
  timeOverlapText,
  timeTroubleText,
  timeWaitsText,
} from './time-text';

type Fields = Readonly<Record<string, string | null>>;

/** What a log row has to say of an attempt, as facts: whoever reads it puts them into their own language. */
export interface TimeRemark {
  readonly code: string;
  readonly fields: Fields;
}

type Told = Pick<TimeEntry, 'field' | 'crm' | 'jira' | 'crmBy' | 'jiraBy' | 'state'>;

/** Why an attempt failed. */
export const troubleRemark = ({ code, about, on }: TimeTrouble): TimeRemark => ({ code, fields: { about, on } });

/** Values that gave way: of a comment only that it did, as the row has it as it was. */
export function entryRemark(entries: readonly Told[]): TimeRemark {
  const isJiraKept = entries.some(({ state }) => state === ConflictState.KeptJira);
  const gaveWay = entries.map(
    ({ field, crm, jira }) => [field, field === 'comment' ? '' : isJiraKept ? crm : jira] as const,
  );
  const by = entries.map(({ crmBy, jiraBy }) => (isJiraKept ? crmBy : jiraBy)).find((one) => one !== null) ?? null;
  return {
    code: isJiraKept ? 'time-kept-jira' : 'time-kept-crm',
    fields: { ...Object.fromEntries(gaveWay), by },
  };
}

type Wording = (fields: Fields, language: Language, times: ReadersTimes) => string;

const givenWay =
  (isJiraKept: boolean): Wording =>
  ({ by = null, ...fields }, language, times) => {
    const values: GaveWay = { ...fields };
    return timeEntryText({ isJiraKept, by, values }, language, times);
  };

const NOTES: Readonly<Record<string, Wording>> = {
  'time-linked': ({ worklogId }, language) => timeLinkedText(worklogId ?? '', language),
  'time-overlap': ({ worklogId, from, to, key }, language, times) =>
    timeOverlapText({ worklogId: worklogId ?? '', from: from ?? '', to: to ?? '', key: key ?? '' }, language, times),
  'time-kept': ({ sent, kept }, language) => timeKeptText(Number(sent), Number(kept), language),
  'time-waits': ({ retryAt }, language, times) => timeWaitsText(false, retryAt ?? null, language, times),
  'time-slow-down': ({ retryAt }, language, times) => timeWaitsText(true, retryAt ?? null, language, times),
  'time-kept-jira': givenWay(true),
  'time-kept-crm': givenWay(false),
};

/** What a row of a success says beside it; null: it is nothing of these. @param times of whoever reads it */
function noteText({ code, fields }: TimeRemark, language: Language, times: ReadersTimes): string | null {
  return entryOf(NOTES, code)?.(fields, language, times) ?? null;
}

/** A remark in somebody's language; null: nobody has worded its code. @param times of whoever reads it */
export function remarkText(remark: TimeRemark, language: Language, times: ReadersTimes = inUtc): string | null {
  const { code, fields } = remark;
  if (isTimeTrouble(code))
    return timeTroubleText({ code, about: fields['about'] ?? null, on: fields['on'] ?? null }, language, times);
  return noteText(remark, language, times) ?? failureText(code, language);
}

/** As a log row keeps a remark; the facts are JSON. */
interface StoredRemark {
  /** null: written by a former version */
  readonly code: string | null;
  readonly facts: string | null;
  readonly says: string;
}

/** What a log row says, in the language of whoever reads it; one without words as it was written. */
export const storedRemark = (stored: StoredRemark, language: Language, times: ReadersTimes): string =>
  (stored.code === null ? null : remarkText(remarkIn(stored.code, stored.facts), language, times)) ?? stored.says;

/** The same of a success: without the words of all failures, which a control has no room for. */
export const storedNote = (stored: StoredRemark, language: Language, times: ReadersTimes): string =>
  (stored.code === null ? null : noteText(remarkIn(stored.code, stored.facts), language, times)) ?? stored.says;

function remarkIn(code: string, facts: string | null): TimeRemark {
  try {
    const read: unknown = JSON.parse(facts ?? '{}');
    const isObject = typeof read === 'object' && read !== null;
    return { code, fields: isObject ? Object.fromEntries(Object.entries(read).filter(isText)) : {} };
  } catch {
    // Somebody has spoiled the column: the sentence is left without what it names.
    return { code, fields: {} };
  }
}

const isText = (one: readonly [string, unknown]): one is readonly [string, string] => typeof one[1] === 'string';

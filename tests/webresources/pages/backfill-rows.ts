import { CommandState, CommandType } from '@crmjira/domain';
import { connection } from './history-rows';
import { idOf } from './jira-rows';

type Row = Readonly<Record<string, unknown>>;

const SITE = 'https://company.atlassian.net';

interface Sample {
  readonly subject: string;
  /** on a clock in Toronto */
  readonly from: string;
  readonly minutes: number;
  readonly link?: string;
  readonly notes?: string;
}

/** Newest first; the last two name nothing. */
const SAMPLES: readonly Sample[] = [
  { subject: 'Letter layout with print shop', from: '05-09T09:00', minutes: 150, link: `${SITE}/browse/CRMYKBZADZ-17` },
  {
    ...{ subject: 'Téléversement, essais sur mobile', from: '05-08T13:15', minutes: 180 },
    link: `${SITE}/browse/CRMYKBZADZ-12?focusedId=10422`,
  },
  {
    ...{ subject: 'Factures, gabarit PDF', from: '05-08T08:30', minutes: 240 },
    link: `${SITE}/jira/software/projects/CRMOTFFHAU/issues/CRMOTFFHAU-8`,
  },
  {
    ...{ subject: 'Broker roles, first draft', from: '05-07T14:00', minutes: 105 },
    notes: 'Draft for CRMYKBZADZ-21, to be reviewed by Luc',
  },
  { subject: 'Legal wording', from: '05-06T13:00', minutes: 75, notes: 'wording by province (CRMYKBZADZ-26)' },
  { subject: 'Review comments', from: '05-06T10:00', minutes: 90, notes: 'CRMYKBZADZ-12 then CRMYKBZADZ-17' },
  {
    ...{ subject: 'Import of old letters', from: '05-05T15:30', minutes: 60 },
    notes: 'files are not UTF-8, converted by hand',
  },
  { subject: 'Lunch and learn', from: '05-02T12:00', minutes: 60, notes: 'with the brokers' },
  { subject: 'Audit preparation', from: '05-02T11:00', minutes: 45 },
];

export const earlierRows: readonly Row[] = SAMPLES.map(({ subject, from, minutes, link, notes }) => {
  const start = new Date(`2025-${from}:00-04:00`);
  return {
    crmjira_time_recordid: idOf(subject),
    crmjira_subject: subject,
    crmjira_external_link: link ?? null,
    crmjira_notes: notes ?? null,
    crmjira_time_in: start.toISOString(),
    crmjira_time_out: new Date(start.getTime() + minutes * 60_000).toISOString(),
  };
});

const ISSUES: Readonly<Record<string, readonly [summary: string, status: string, category: string]>> = {
  'CRMYKBZADZ-17': ['Letters in English and French', 'In Progress', 'indeterminate'],
  'CRMYKBZADZ-12': ['Upload photos from a phone', 'In Review', 'indeterminate'],
  'CRMOTFFHAU-8': ['Factures en format PDF', 'In Progress', 'indeterminate'],
  'CRMYKBZADZ-21': ['Broker access', 'Blocked', 'indeterminate'],
  'CRMYKBZADZ-26': ['Letter templates: legal wording by province', 'To Do', 'new'],
};

export interface Wish {
  readonly record: string;
  readonly from: string | null;
  readonly to: string | null;
}

/** What the service answers to command 34. @param kept records that somebody has changed meanwhile */
export function backfillAnswer(
  { records, check }: { readonly records: readonly Wish[]; readonly check: boolean },
  kept: readonly string[] = [],
) {
  const asked = [...new Set(records.flatMap(({ to }) => to ?? []))];
  const issues = asked.map((key) => {
    const [summary = null, status = null, category = null] = ISSUES[key] ?? [];
    const isThere = key in ISSUES;
    return {
      ...{ asked: key, key: isThere ? key : null, reason: isThere ? null : 'time-issue-missing' },
      ...{ summary, status, category },
    };
  });
  return {
    issues,
    records: records.map(({ record, to }) => {
      const reason =
        issues.find((one) => one.asked === to)?.reason ?? (!check && kept.includes(record) ? 'time-changed' : null);
      return { record, key: to, ok: reason === null, reason };
    }),
  };
}

const wishOf = (to: string, record: string): Wish => ({ record, from: null, to });
/** Those of the first three records are linked in the pictures. */
const PICTURED = Object.keys(ISSUES).slice(0, 3);

/** What the keys of the samples are, and what comes of linking the first three. */
export const backfillAnswers = {
  [CommandType.Backfill]: {
    ...{ state: CommandState.Done, result: 'Issues found in Jira: 5 of 6' },
    answer: {
      ...backfillAnswer({ check: true, records: [...Object.keys(ISSUES), 'UTF-8'].map((to) => wishOf(to, '')) }),
      records: backfillAnswer({
        check: false,
        records: PICTURED.map((to, index) => wishOf(to, String(earlierRows[index]?.['crmjira_time_recordid']))),
      }).records,
    },
  },
};

/** Answers the queries of the page. */
export const backfillQuery =
  (rows: readonly Row[] = earlierRows, isConnected = true) =>
  (set: string, query: string): readonly Row[] | null => {
    if (set.startsWith('crmjira_jira_connection')) return isConnected ? [connection] : [];
    if (!set.startsWith('crmjira_time_record')) return null;
    return query.includes('aggregate') ? [{ found: rows.length }] : rows;
  };

import { type JiraIssueRow, RowState, type TimeRecordRow, addDays } from '@crmjira/domain';
import {
  type DatePattern,
  type OwnConnection,
  TIME_COLUMNS,
  TIME_SELECT,
  type TimeRecord,
  type WebApi,
  columnsOf,
  formattedField,
  readColumns,
  readConnection,
  selectOf,
} from '@crmjira/form-data';

const { text } = columnsOf<JiraIssueRow>();

const ISSUE = {
  key: text('crmjira_issue_key'),
  status: text('crmjira_status'),
  category: text('crmjira_status_category'),
  summary: text('crmjira_summary'),
  url: text('crmjira_url'),
};
const ISSUE_SELECT = selectOf(ISSUE);

export type ShownIssue = ReturnType<typeof issueOf>;
const issueOf = (row: Readonly<Record<string, unknown>>) => readColumns(row, ISSUE);

/** A record of the week. */
export interface WeekRecord extends TimeRecord {
  readonly id: string;
  /** what the time was spent on */
  readonly regarding: string;
  /** the copy of its issue; null: none, or there is no copy */
  readonly issue: ShownIssue | null;
}

export interface Week {
  readonly records: readonly WeekRecord[];
  readonly connection: OwnConnection | null;
  /** of a working day, minutes (`crmjira_DailyTargetMinutes`) */
  readonly target: number;
}

const REGARDING = [
  '_crmjira_regarding_opportunity_value',
  '_crmjira_regarding_account_value',
] as const satisfies readonly (keyof TimeRecordRow)[];

/** Beginning of a day on the person's clock. */
export function startOf(day: string, { offsetMinutes }: DatePattern): string {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  return new Date(midnight - offsetMinutes(new Date(midnight)) * 60_000).toISOString();
}

async function rowsOf(webApi: WebApi, table: string, query: string) {
  const { entities } = await webApi.retrieveMultipleRecords(table, query);
  // An entity of the answer is an object of columns; each column is checked when it is read.
  return entities as readonly Readonly<Record<string, unknown>>[];
}

/** The person's own records that begin within the week. The view lists whatever its own filter says; a week is a question of its own. */
export async function readRecords(webApi: WebApi, monday: string, dates: DatePattern): Promise<readonly WeekRecord[]> {
  const [from, to] = [startOf(monday, dates), startOf(addDays(monday, 7).slice(0, 10), dates)];
  const rows = await rowsOf(
    webApi,
    'crmjira_time_record',
    `${TIME_SELECT},${REGARDING.join()}&$filter=Microsoft.Dynamics.CRM.EqualUserId(PropertyName='ownerid')` +
      ` and crmjira_time_in ge ${from} and crmjira_time_in lt ${to} and statecode eq ${RowState.Active}&$orderby=crmjira_time_in`,
  );
  const records = rows.map((row) => ({
    ...readColumns(row, TIME_COLUMNS),
    id: String(row.crmjira_time_recordid),
    regarding: REGARDING.map((column) => formattedField(row, column)).find(Boolean) ?? '',
  }));
  const keys = [...new Set(records.flatMap(({ issueKey }) => issueKey ?? []))];
  const which = keys.map((key) => `crmjira_issue_key eq '${encodeURIComponent(key)}'`).join(' or ');
  // Without the copies a key is shown as it is.
  const copies = keys.length
    ? await rowsOf(webApi, 'crmjira_jira_issue', `${ISSUE_SELECT}&$filter=${which}`).catch(() => [])
    : [];
  const issues = copies.map(issueOf);
  return records.map((record) => ({ ...record, issue: issues.find(({ key }) => key === record.issueKey) ?? null }));
}

const VALUES = 'environmentvariabledefinition_environmentvariablevalue';
const DEFAULT_TARGET = 450;

/** People who may not read environment variables have the default. */
const readTarget = (webApi: WebApi): Promise<number> =>
  rowsOf(
    webApi,
    'environmentvariabledefinition',
    `?$select=schemaname,defaultvalue&$expand=${VALUES}($select=value)&$filter=schemaname eq 'crmjira_DailyTargetMinutes'`,
  ).then(
    ([row]) => {
      // An expanded collection: an array of rows, of which there is one at most.
      const [current] = (row?.[VALUES] ?? []) as readonly Readonly<Record<string, unknown>>[];
      return Number(current?.value ?? row?.defaultvalue) || DEFAULT_TARGET;
    },
    () => DEFAULT_TARGET,
  );

export async function readWeek(webApi: WebApi, monday: string, dates: DatePattern): Promise<Week> {
  const [records, connection, target] = await Promise.all([
    readRecords(webApi, monday, dates),
    readConnection(webApi),
    readTarget(webApi),
  ]);
  return { records, connection, target };
}

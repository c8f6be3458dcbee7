import type { JiraIssueRow, JiraProjectRow, TimeRecordRow } from '@crmjira/domain';
import { CommandState, CommandType } from '@crmjira/domain';
import {
  LOOK_FOR,
  type OwnConnection,
  type WebApi,
  askRecord,
  columnsOf,
  readColumns,
  selectOf,
  textField,
} from '@crmjira/form-data';

const { text, date } = columnsOf<JiraIssueRow>();

const COLUMNS = {
  assignee: text('crmjira_assignee'),
  key: text('crmjira_issue_key'),
  status: text('crmjira_status'),
  category: text('crmjira_status_category'),
  summary: text('crmjira_summary'),
  url: text('crmjira_url'),
  resolvedOn: date('crmjira_resolved_on'),
  updated: date('crmjira_updated'),
};

const READ_ON = 'crmjira_last_sync_on' satisfies keyof JiraProjectRow;
const SELECT = `${selectOf(COLUMNS)}&$expand=crmjira_project($select=${READ_ON})`;

/** An issue that can be chosen. */
export interface Found {
  readonly key: string | null;
  readonly summary?: string | null;
  readonly status?: string | null;
  readonly category?: string | null;
  readonly assignee?: string | null;
  readonly url?: string | null;
  readonly resolvedOn?: string | null;
  readonly updated?: string | null;
  /** when the copy in Dynamics was brought up to date; null: Jira itself has just said it */
  readonly readOn?: string | null;
}

/** Issues of a list. */
const MOST = 20;
export const FEW = 5;

/** Copies of issues in Dynamics. @param where condition of the query, without those that are gone */
async function readCopies(webApi: WebApi, where: string): Promise<readonly Found[]> {
  const { entities } = await webApi.retrieveMultipleRecords(
    'crmjira_jira_issue',
    `${SELECT}&$filter=(${where}) and crmjira_is_deleted ne true&$orderby=crmjira_updated desc&$top=${MOST}`,
  );
  return (entities as readonly Readonly<Record<string, unknown>>[]).map((row) => {
    // A single-valued expansion is an object of columns, or null.
    const project = row.crmjira_project as Readonly<Record<string, unknown>> | null | undefined;
    return { ...readColumns(row, COLUMNS), readOn: project ? textField(project, READ_ON) : null };
  });
}

const quoted = (typed: string): string => encodeURIComponent(typed.replace(/'/g, "''"));

export const searchCopies = (webApi: WebApi, typed: string): Promise<readonly Found[]> =>
  readCopies(
    webApi,
    `contains(crmjira_summary,'${quoted(typed)}') or startswith(crmjira_issue_key,'${quoted(typed)}')`,
  );

/** In the order of the keys. */
export async function copiesOf(webApi: WebApi, keys: readonly string[]): Promise<readonly Found[]> {
  if (keys.length === 0) return [];
  const copies = await readCopies(webApi, keys.map((key) => `crmjira_issue_key eq '${quoted(key)}'`).join(' or '));
  // A key without a copy stays a key.
  return keys.map((key) => copies.find((copy) => copy.key === key) ?? { key });
}

/** Rows among which the last issues are looked for. */
const RECENT_ROWS = 50;
const KEY = 'crmjira_jira_issue_key' satisfies keyof TimeRecordRow;

/** The last distinct keys of this person's time records. */
export async function recentIssues(webApi: WebApi): Promise<readonly Found[]> {
  const { entities } = await webApi.retrieveMultipleRecords(
    'crmjira_time_record',
    `?$select=${KEY}&$filter=Microsoft.Dynamics.CRM.EqualUserId(PropertyName='ownerid') and ${KEY} ne null` +
      `&$orderby=crmjira_time_in desc&$top=${RECENT_ROWS}`,
  );
  const keys = (entities as readonly Readonly<Record<string, unknown>>[]).map((row) => textField(row, KEY) ?? '');
  return copiesOf(webApi, [...new Set(keys)].filter(Boolean).slice(0, FEW));
}

/** What Jira is asked for, by the account of this person. */
export type Wanted = { readonly text: string } | { readonly key: string } | { readonly assigned: true };

/** Null: Jira did not answer. @param isWanted asked before each look: whether somebody still waits for it */
export async function askJira(
  webApi: WebApi,
  isOffline: boolean,
  connection: OwnConnection,
  wanted: Wanted,
  isWanted: () => boolean,
): Promise<readonly Found[] | null> {
  const regarding = { table: 'crmjira_jira_connection', id: connection.id ?? '' };
  const { state, answer } = await askRecord(
    { webApi, isOffline: () => isOffline, ...regarding },
    CommandType.FindIssues,
    Object.values(wanted).join(),
    wanted,
    LOOK_FOR,
    isWanted,
  );
  // The service's own document.
  const { issues = [] } = (answer ?? {}) as { readonly issues?: readonly Found[] };
  return state === CommandState.Done ? issues.slice(0, MOST) : null;
}

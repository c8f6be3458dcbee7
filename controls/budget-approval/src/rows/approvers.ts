import { type RawRow, type WebApi, textField } from '@crmjira/form-data';
import type { Request } from './approvals';

/** Names that are told at most: whoever asks needs one. */
const MOST = 5;

/** Role whose holders decide, held by a person or by a team that the person is in. */
const HAS_ROLE = "_association/any(r:r/name eq 'CRM-JIRA Budget Approver')";

const QUERY = `?$select=fullname&$orderby=fullname&$filter=(systemuserroles${HAS_ROLE} or teammembership_association/any(t:t/teamroles${HAS_ROLE})) and isdisabled eq false and systemuserid ne `;

/** Names by the id of a request's row, as asked for. */
export type AskedApprovers = Record<string, Promise<readonly string[]>>;

/**
 * Names of those who may decide on a request, as far as the person at work may see them: Dataverse leaves out whom the person's roles
 * do not let them read. Asked for once for each row, as the names only spare a question; where there is no answer none is told.
 * Left out are who asked, as nobody decides on a request of their own, and those of whom a decision
 * without effect is known; whether a limit (`crmjira_ApprovalLimits`) stands against another is not known here.
 * @param rows of one request, newest first
 */
export function askedOnce(asked: AskedApprovers, webApi: WebApi, rows: readonly Request[]): Promise<readonly string[]> {
  const id = rows[0]?.id ?? '';
  const others = rows.map(({ personId, decision }) => decision?.personId ?? personId).join(' and systemuserid ne ');
  return (asked[id] ??= webApi.retrieveMultipleRecords('systemuser', QUERY + others, MOST).then(
    ({ entities }) => (entities as readonly RawRow[]).map((row) => textField(row, 'fullname') ?? ''),
    () => [],
  ));
}

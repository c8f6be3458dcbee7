import { type RawRow, type WebApi, textField } from '@crmjira/form-data';

/** Names that are told at most: whoever asks needs one. */
const MOST = 5;

/** Role whose holders decide (R-306), held by a person or by a team that the person is in. */
const HAS_ROLE = "_association/any(r:r/name eq 'CRM-JIRA Budget Approver')";

const QUERY = '?$select=fullname&$orderby=fullname&$filter=isdisabled eq false and ';
const OTHERS = `(systemuserroles${HAS_ROLE} or teammembership_association/any(t:t/teamroles${HAS_ROLE})) and systemuserid ne `;

const IS = 'systemuserid eq ';

/** Columns of a request that tell who may decide on it. */
interface AskedFor {
  readonly id: string;
  readonly personId: string | null;
  readonly deciders: string | null;
}

/** Names by the id of a request's row, as asked for. */
export type AskedApprovers = Record<string, Promise<readonly string[]>>;

/**
 * Names of those who may decide on a request, as far as the person at work may see them: Dataverse leaves out whom the person's roles
 * do not let them read. Asked for once for each row, as the names only spare a question; where there is no answer none is told.
 * On a request that was opened again they are those whom the integration names, as it alone knows the limits (`crmjira_ApprovalLimits`);
 * on another one all who hold the role but the one who asked, as nobody decides on a request of their own.
 */
export function askedOnce(
  asked: AskedApprovers,
  webApi: WebApi,
  { id, personId, deciders }: AskedFor,
): Promise<readonly string[]> {
  const filter = deciders ? `(${IS}${deciders.replaceAll(',', ` or ${IS}`)})` : OTHERS + personId;
  return (asked[id] ??= webApi.retrieveMultipleRecords('systemuser', QUERY + filter, MOST).then(
    ({ entities }) => (entities as readonly RawRow[]).map((row) => textField(row, 'fullname') ?? ''),
    () => [],
  ));
}

import { type RawRow, type WebApi, textField } from '@crmjira/form-data';

/** Names that are told at most: whoever asks needs one. */
const MOST = 5;

/** Role whose holders decide, held by a person or by a team that the person is in. */
const HAS_ROLE = "_association/any(r:r/name eq 'CRM-JIRA Budget Approver')";

const QUERY = `?$select=fullname&$orderby=fullname&$filter=(systemuserroles${HAS_ROLE} or teammembership_association/any(t:t/teamroles${HAS_ROLE})) and isdisabled eq false and systemuserid ne `;

/**
 * Names of those who may decide on a request, with commas, as far as the person at work may see them: Dataverse leaves out whom the
 * person's roles do not let them read. Empty where it does not say, as the names only spare a question. Whether a limit
 * (`crmjira_ApprovalLimits`) stands against one of them is not known here.
 * @param requester nobody decides on a request of their own
 */
export function readApprovers(webApi: WebApi, requester: string | null | undefined): Promise<string> {
  return webApi.retrieveMultipleRecords('systemuser', `${QUERY}${requester}`, MOST).then(
    ({ entities }) => (entities as readonly RawRow[]).map((row) => textField(row, 'fullname')).join(', '),
    () => '',
  );
}

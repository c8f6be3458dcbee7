import { LinkState } from '@crmjira/domain';
import { type RawRow, safeUrl, textField } from '@crmjira/form-data';

/** An issue that is linked to a record. */
export interface LinkedIssue {
  readonly key: string;
  readonly summary: string;
  /** null: not created yet, or an address that no browser may open */
  readonly url: string | null;
}

const ISSUE = 'crmjira_jira_issue';

/** Issues of one record, the newest link first. @throws what the client API throws */
export async function readLinkedIssues(table: string, id: string): Promise<readonly LinkedIssue[]> {
  const { entities } = await Xrm.WebApi.retrieveMultipleRecords(
    'crmjira_issue_link',
    `?$select=crmjira_name&$expand=${ISSUE}($select=crmjira_issue_key,crmjira_summary,crmjira_url)` +
      `&$filter=crmjira_regarding_table eq '${table}' and crmjira_regarding_id eq '${id}'` +
      ` and crmjira_state ne ${LinkState.Unlinked}&$orderby=createdon desc`,
  );
  return entities.map((row: RawRow): LinkedIssue => {
    // a single-valued expansion is a row, or null
    const issue = (row[ISSUE] ?? {}) as RawRow;
    return {
      key: textField(issue, 'crmjira_issue_key') ?? textField(row, 'crmjira_name') ?? '',
      summary: textField(issue, 'crmjira_summary') ?? '',
      url: safeUrl(textField(issue, 'crmjira_url')),
    };
  });
}

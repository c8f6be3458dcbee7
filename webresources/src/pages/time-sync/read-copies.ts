import type { JiraIssueRow } from '@crmjira/domain';
import { type Values, columnsOf, readColumns } from '@crmjira/form-data';
import { conditionIn, fetchRows } from '../platform/read-rows';

const { text } = columnsOf<JiraIssueRow>();

const COLUMNS = {
  key: text('crmjira_issue_key'),
  status: text('crmjira_status'),
  category: text('crmjira_status_category'),
  summary: text('crmjira_summary'),
  url: text('crmjira_url'),
};

/** What Dynamics 365 knows of an issue. */
export type IssueCopy = Values<typeof COLUMNS>;

/** As many keys as an address can name. */
const MOST_KEYS = 200;

/** Copies of issues by key. Without them, as for those who may not read issues, a key is shown as it is. */
export async function readCopies(keys: Iterable<string>): Promise<ReadonlyMap<string, IssueCopy>> {
  // Keys are letters, digits, a hyphen: nothing that XML knows.
  const asked = [...new Set(keys)].filter((key) => /^[\w-]+$/.test(key)).slice(0, MOST_KEYS);
  if (asked.length === 0) return new Map();
  try {
    const attributes = Object.values(COLUMNS).map(({ column }) => `<attribute name="${column}" />`);
    const rows = await fetchRows(
      'crmjira_jira_issue',
      `<fetch><entity name="crmjira_jira_issue">${attributes.join('')}<filter>${conditionIn('crmjira_issue_key', asked)}</filter></entity></fetch>`,
    );
    return new Map(rows.map((row) => readColumns(row, COLUMNS)).map((copy) => [copy.key ?? '', copy]));
  } catch (error) {
    console.error('Copies of issues could not be read.', error);
    return new Map();
  }
}

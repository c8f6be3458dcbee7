import { asLabel, issueLabels } from '@crmjira/domain';
import { type RawRow, formattedField, safeUrl, textField } from '@crmjira/form-data';
import type { LinkedIssue } from '../../commands/issues/read-links';
import type { Selection } from '../../commands/issues/dialog';
import { readRows } from '../platform/read-rows';

/** A record that an issue is created from. */
export interface SourceRecord {
  readonly id: string;
  readonly name: string;
  /** by which its issues are found in Jira (R-1706) */
  readonly labels: readonly string[];
}

/** A project in which issues may be created. */
export interface OfferedProject {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly productId: string | null;
}

/** Records of one query: as many as an address can name. */
const TOGETHER = 40;

const COLUMNS: Readonly<Record<string, string>> = {
  incident: 'title,_productid_value',
  opportunity: 'name',
  account: 'name',
  product: 'name',
};

export async function readRecords({
  table,
  ids,
}: Selection): Promise<readonly (SourceRecord & { productId: string | null })[]> {
  const key = `${table}id`;
  const found: RawRow[] = [];
  for (let start = 0; start < ids.length; start += TOGETHER) {
    const some = ids.slice(start, start + TOGETHER);
    const filter = some.map((id) => `${key} eq ${id}`).join(' or ');
    found.push(...(await readRows(table, `?$select=${key},${COLUMNS[table] ?? 'name'}&$filter=${filter}`)));
  }
  const records = found.map((row) => ({
    id: textField(row, key) ?? '',
    name: textField(row, 'title') ?? textField(row, 'name') ?? '',
    labels: labelsOf(table, row),
    productId: table === 'product' ? textField(row, key) : textField(row, '_productid_value'),
  }));
  // in the order in which they were selected
  return ids.flatMap((id) => records.find((record) => record.id === id) ?? []);
}

function labelsOf(table: string, row: RawRow): readonly string[] {
  if (table === 'incident' || table === 'opportunity')
    return issueLabels({
      kind: table === 'incident' ? 'case' : 'opportunity',
      product: formattedField(row, '_productid_value'),
      error: null,
    });
  return ['dynamics', asLabel(table)];
}

/** The Jira project of an opportunity, as something to open. */
export async function readOwnProject(opportunityId: string): Promise<LinkedIssue | null> {
  const [row] = await readRows(
    'crmjira_budget_mapping',
    `?$select=crmjira_jira_project_key,crmjira_jira_project_name,crmjira_jira_project_url&$filter=_crmjira_opportunity_id_value eq ${opportunityId}`,
  );
  const key = row && textField(row, 'crmjira_jira_project_key');
  if (!row || !key) return null;
  const summary = textField(row, 'crmjira_jira_project_name') ?? '';
  return { key, summary, url: safeUrl(textField(row, 'crmjira_jira_project_url')) };
}

export async function readOffered(): Promise<readonly OfferedProject[]> {
  const rows = await readRows(
    'crmjira_jira_project',
    '?$select=crmjira_jira_projectid,crmjira_project_key,crmjira_name,_crmjira_product_value' +
      '&$filter=crmjira_is_offered eq true and crmjira_is_archived ne true&$orderby=crmjira_project_key',
  );
  return rows.map((row) => ({
    id: textField(row, 'crmjira_jira_projectid') ?? '',
    key: textField(row, 'crmjira_project_key') ?? '',
    name: textField(row, 'crmjira_name') ?? '',
    productId: textField(row, '_crmjira_product_value'),
  }));
}

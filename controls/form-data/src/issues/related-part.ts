import { LinkState } from '@crmjira/domain';
import { type RawRow, textField } from '../row/row-fields';
import type { Desk } from '../store/desk';
import type { Part } from '../store/part';
import { ISSUE_SELECT, type Issue, parseIssue } from './issue';
import { readLinks } from './issue-link';

/** An issue that stands here because of another record. */
export interface RelatedIssue extends Issue {
  /** name of that record; null for an issue of a product's project */
  readonly from: string | null;
}

/** Records of a table that are looked through; the newest ones, as many as an address can name. */
const RECORDS = 40;

const OF_ACCOUNT = [
  ['incident', 'title'],
  ['opportunity', 'name'],
] as const;

/** Read-only: issues of an account's cases and opportunities, open issues of the projects of a product. */
export const relatedPart: Part<'related', readonly RelatedIssue[]> = {
  name: 'related',
  select: ISSUE_SELECT,
  apart: true,
  read: async (desk) =>
    desk.table === 'account' ? issuesOfAccount(desk) : desk.table === 'product' ? issuesOfProduct(desk) : [],
};

async function issuesOfAccount(desk: Desk): Promise<readonly RelatedIssue[]> {
  const names = new Map<string, string | null>();
  for (const [table, name] of OF_ACCOUNT) {
    const { entities } = await desk.webApi.retrieveMultipleRecords(
      table,
      `?$select=${name}&$filter=_customerid_value eq ${desk.id}&$orderby=createdon desc&$top=${RECORDS}`,
    );
    for (const row of entities as readonly RawRow[]) names.set(String(row[`${table}id`]), textField(row, name));
  }
  if (names.size === 0) return [];
  const whose = [...names.keys()].map((id) => `crmjira_regarding_id eq '${id}'`).join(' or ');
  return (await readLinks(desk, `&$filter=${whose}`)).flatMap(({ issue, recordId, state }) =>
    issue && state !== LinkState.Unlinked ? [{ ...issue, from: names.get(recordId ?? '') ?? null }] : [],
  );
}

async function issuesOfProduct({ webApi, id }: Desk): Promise<readonly RelatedIssue[]> {
  const { entities } = await webApi.retrieveMultipleRecords(
    'crmjira_jira_issue',
    `${ISSUE_SELECT}&$filter=crmjira_project/_crmjira_product_value eq ${id} and crmjira_status_category ne 'done'` +
      ' and crmjira_is_deleted ne true&$orderby=crmjira_updated desc',
    250,
  );
  return (entities as readonly RawRow[]).map((row) => ({ ...parseIssue(row), from: null }));
}

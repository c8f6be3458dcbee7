import { type Guid, type ResolutionFacts, ResolutionRule, type StoredLink, tables } from '@crmjira/domain';
import { z } from 'zod';
import { choice, guid, instant, optionalGuid, text } from '../../../clients/dataverse/columns';
import { equalsOneOf, quoted } from '../../../clients/dataverse/filter';
import type { DataverseReader } from '../../../clients/dataverse/reader';
import { linkColumns, linkRow, type LinkRow } from '../link/stored-row';
import { storedResolution } from './stored-resolution';

const activeCase = 0;

const caseRow = z.object({
  '@odata.etag': z.string(),
  statecode: z.number(),
  _owninguser_value: optionalGuid,
  crmjira_issue_resolution: storedResolution,
});

const resolutionRow = z.object({ activityid: guid, createdon: instant });
const linkedRow = z.object({ createdon: instant });
const issueRow = z.object({
  crmjira_jira_issueid: guid,
  _crmjira_integration_id_value: optionalGuid,
  crmjira_issue_key: text.nullish(),
});
const ruleRow = z.object({ crmjira_integrationid: guid, crmjira_resolution_rule: choice(ResolutionRule).nullish() });

const columnsOf = (row: z.ZodObject): readonly string[] =>
  Object.keys(row.shape).filter((column) => !column.startsWith('@'));

/** A link that has an issue. */
export interface CaseLink {
  readonly row: LinkRow;
  readonly stored: StoredLink & { readonly issueId: string };
  /** null: its issue has no row yet, so that nothing says where it is */
  readonly integration: Guid | null;
  readonly rule: ResolutionRule;
  readonly key: string;
}

/** What Dataverse has of a case and its links. */
export interface CaseRows {
  readonly record: ResolutionFacts['record'];
  readonly ownerUserId: Guid | null;
  readonly stored: ResolutionFacts['stored'];
  /** Rows of resolution since its first link. */
  readonly resolutions: readonly Guid[];
  readonly links: readonly CaseLink[];
}

/** null: there is no such case. */
export async function readCase(reader: DataverseReader, id: Guid): Promise<CaseRows | null> {
  const ofCase = `crmjira_regarding_table eq 'incident' and crmjira_regarding_id eq ${quoted(id)}`;
  const links = tables.crmjira_issue_link.entitySet;
  const [found, resolutions, rows, [first]] = await Promise.all([
    reader.one(tables.incident.entitySet, id, columnsOf(caseRow), caseRow),
    reader.many(
      tables.incidentresolution.entitySet,
      { select: columnsOf(resolutionRow), filter: `_incidentid_value eq ${id}` },
      resolutionRow,
    ),
    reader.many(links, { select: [...linkColumns], filter: ofCase }, linkRow),
    reader.many(links, { select: ['createdon'], filter: ofCase, orderBy: ['createdon asc'], top: 1 }, linkedRow),
  ]);
  if (found === null) return null;
  return {
    record: { table: 'incident', id, etag: found['@odata.etag'], closed: found.statecode !== activeCase },
    ownerUserId: found._owninguser_value,
    stored: found.crmjira_issue_resolution,
    resolutions: resolutions
      .filter(({ createdon }) => first === undefined || createdon >= first.createdon)
      .map(({ activityid }) => activityid),
    links: await withIssues(reader, rows),
  };
}

async function withIssues(reader: DataverseReader, rows: readonly LinkRow[]): Promise<readonly CaseLink[]> {
  const linked = rows.flatMap((row) => {
    const stored = row.document?.stored;
    return stored?.issueId == null ? [] : [{ row, stored: { ...stored, issueId: stored.issueId } }];
  });
  const ids = [...new Set(linked.flatMap(({ row }) => row.mirrorRowId ?? []))];
  if (ids.length === 0)
    return linked.map((link) => ({ ...link, integration: null, rule: ResolutionRule.All, key: '' }));
  const issues = await reader.many(
    tables.crmjira_jira_issue.entitySet,
    { select: columnsOf(issueRow), filter: equalsOneOf('crmjira_jira_issueid', ids) },
    issueRow,
  );
  const integrations = [...new Set(issues.flatMap((issue) => issue._crmjira_integration_id_value ?? []))];
  const rules =
    integrations.length === 0
      ? []
      : await reader.many(
          tables.crmjira_integration.entitySet,
          { select: columnsOf(ruleRow), filter: equalsOneOf('crmjira_integrationid', integrations) },
          ruleRow,
        );
  return linked.map((link) => {
    const issue = issues.find((one) => one.crmjira_jira_issueid === link.row.mirrorRowId);
    const integration = issue?._crmjira_integration_id_value ?? null;
    const rule = rules.find((one) => one.crmjira_integrationid === integration)?.crmjira_resolution_rule;
    return { ...link, integration, rule: rule ?? ResolutionRule.All, key: issue?.crmjira_issue_key ?? '' };
  });
}

import { fitText, jiraProjectRowId, tables, wholeSecond } from '@crmjira/domain';
import { z } from 'zod';
import {
  guid,
  optionalFlag,
  optionalGuid,
  optionalInstant,
  optionalNumber,
  optionalText,
  text,
} from '../../../clients/dataverse/columns';
import { equalsId } from '../../../clients/dataverse/filter';
import type { PlainWrite } from '../../../clients/dataverse/plain-write';
import type { SiteProject } from '../../../clients/jira/read-projects';
import type { RunDataverse } from '../mirror/run-cost';

const row = z
  .object({
    crmjira_jira_projectid: guid,
    crmjira_project_id: text,
    crmjira_project_key: optionalText,
    crmjira_name: optionalText,
    crmjira_lead: optionalText,
    crmjira_type: optionalText,
    crmjira_style: optionalText,
    crmjira_is_archived: optionalFlag,
    crmjira_is_offered: optionalFlag,
    _crmjira_product_value: optionalGuid,
    _crmjira_previous_product_value: optionalGuid,
    crmjira_last_sync_on: optionalInstant,
    statecode: optionalNumber,
  })
  .transform((read) => ({
    rowId: read.crmjira_jira_projectid,
    id: read.crmjira_project_id,
    key: read.crmjira_project_key ?? '',
    name: read.crmjira_name ?? '',
    lead: read.crmjira_lead,
    type: read.crmjira_type,
    style: read.crmjira_style,
    archived: read.crmjira_is_archived,
    offered: read.crmjira_is_offered,
    productId: read._crmjira_product_value,
    previousProductId: read._crmjira_previous_product_value,
    /** When its issues were last read whole. */
    filledOn: read.crmjira_last_sync_on,
    /** It was not to be seen in Jira any more. */
    gone: read.statecode === 1,
  }));

/** A project as its row stands. */
export type StoredProject = z.output<typeof row>;

const { entitySet } = tables.crmjira_jira_project;
const select = [
  'crmjira_jira_projectid',
  'crmjira_project_id',
  'crmjira_project_key',
  'crmjira_name',
  'crmjira_lead',
  'crmjira_type',
  'crmjira_style',
  'crmjira_is_archived',
  'crmjira_is_offered',
  '_crmjira_product_value',
  '_crmjira_previous_product_value',
  'crmjira_last_sync_on',
  'statecode',
];

/** Rows of all projects of a connection, those that are gone too. @param offered only those that an administrator offers */
export function readProjectRows(
  dataverse: Pick<RunDataverse, 'many'>,
  connectionId: string,
  { offered = false }: { readonly offered?: boolean } = {},
): Promise<readonly StoredProject[]> {
  const ofConnection = equalsId('_crmjira_integration_id_value', connectionId);
  const filter = offered ? `${ofConnection} and crmjira_is_offered eq true` : ofConnection;
  return dataverse.many(entitySet, { select, filter, orderBy: ['crmjira_project_key asc'] }, row);
}

/** Whose issues are mirrored: offered by an administrator, and to be worked with in Jira. */
export const isMirrored = ({ offered, archived, gone }: StoredProject): boolean => offered && !archived && !gone;

const active = { statecode: 0, statuscode: 1 };
const inactive = { statecode: 1, statuscode: 2 };

function columnsOf(project: SiteProject): Record<string, unknown> {
  const fit = (column: string, value: string | null): string | null =>
    value === null ? null : fitText('crmjira_jira_project', column, value);
  return {
    crmjira_project_key: fit('crmjira_project_key', project.key),
    crmjira_name: fit('crmjira_name', project.name),
    crmjira_lead: fit('crmjira_lead', project.lead),
    crmjira_type: fit('crmjira_type', project.type),
    crmjira_style: fit('crmjira_style', project.style),
    crmjira_is_archived: project.archived,
  };
}

/**
 * What a row lacks to agree with Jira; null: nothing. What people have set stays: product, opportunity, whether it is offered. Pure.
 * @param stored undefined: Jira had not shown the project before
 */
export function projectWrite(
  connectionId: string,
  project: SiteProject,
  stored: StoredProject | undefined,
  now: Date,
): PlainWrite | null {
  const columns = columnsOf(project);
  if (stored === undefined)
    return {
      op: 'upsert',
      collection: entitySet,
      id: jiraProjectRowId(connectionId, project.id),
      columns: {
        ...columns,
        'crmjira_integration_id@odata.bind': `/${tables.crmjira_integration.entitySet}(${connectionId})`,
        crmjira_project_id: project.id,
        crmjira_discovered_on: wholeSecond(now.toISOString()),
      },
    };
  const known: Record<string, unknown> = { ...columnsOf(stored), crmjira_is_archived: stored.archived };
  const isSame = Object.entries(columns).every(([name, value]) => known[name] === value);
  if (isSame && !stored.gone) return null;
  return {
    op: 'update',
    collection: entitySet,
    id: stored.rowId,
    columns: { ...columns, ...(stored.gone ? active : {}) },
  };
}

/** The row of a project that is not to be seen any more: inactive, with everything that it says. Pure. */
export const goneWrite = ({ rowId }: StoredProject): PlainWrite => ({
  op: 'update',
  collection: entitySet,
  id: rowId,
  columns: inactive,
});

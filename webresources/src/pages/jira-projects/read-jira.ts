import { Deployment, Health, RowState, SyncStatus } from '@crmjira/domain';
import { type RawRow, dateField, flagField, formattedField, numberField, textField } from '@crmjira/form-data';
import {
  conditionIn,
  expandedRow,
  fetchRows,
  providerOf,
  readRows,
  readRowsIfAllowed,
  WITH_PROVIDER,
} from '../platform/read-rows';
import { readProducts } from '../platform/read-products';
import { valueIn } from '../platform/value-in';
import type { IssueCount, JiraFacts, Organization, Project } from './jira-view';

/** `crmjira_code` of the provider whose connections are Jira sites. */
const JIRA = 'jira';

/**
 * Rows that an aggregate may count: Dataverse refuses one over more
 * (Microsoft, "Aggregate data using FetchXml", AggregateQueryRecordLimit).
 */
const MOST_COUNTED = 50_000;
/** Issues of a project whose organization has no limit of its own. */
const USUAL_LIMIT = 5_000;

const ISSUE = 'crmjira_jira_issue';

/** All that the page shows. @throws what the client API throws */
export async function readJira(): Promise<JiraFacts> {
  const [organizations, projects, products, monitored, firstSync, errorTickets] = await Promise.all([
    readOrganizations(),
    readProjects(),
    readProducts(),
    readRowsIfAllowed(
      'crmjira_monitor_project',
      `?$select=_crmjira_product_value&$filter=statecode eq ${RowState.Active}`,
    ),
    readRowsIfAllowed(
      'crmjira_sync_log',
      '?$select=crmjira_finished_on,crmjira_records_processed' +
        `&$filter=crmjira_status eq ${SyncStatus.Success} and crmjira_finished_on ne null` +
        '&$orderby=crmjira_finished_on asc&$top=1',
    ),
    readRowsIfAllowed(
      'crmjira_issue_link',
      "?$select=crmjira_issue_linkid&$filter=crmjira_external_system eq 'sentry'&$top=1",
    ),
  ]);
  const ids = new Set(organizations.map(({ id }) => id));
  const own = projects.filter(({ organizationId }) => ids.has(organizationId));
  const byProduct = new Map<string, number>();
  for (const row of monitored) {
    const product = textField(row, '_crmjira_product_value');
    if (product !== null) byProduct.set(product, (byProduct.get(product) ?? 0) + 1);
  }
  const [first] = firstSync;
  const on = first === undefined ? null : dateField(first, 'crmjira_finished_on');
  return {
    organizations,
    projects: own,
    products,
    counts: await readCounts(own, organizations),
    monitored: byProduct,
    firstSync:
      first === undefined || on === null ? null : { on, records: numberField(first, 'crmjira_records_processed') },
    hasErrorTicket: errorTickets.length > 0,
  };
}

async function readOrganizations(): Promise<readonly Organization[]> {
  const [rows, states] = await Promise.all([
    readRows(
      'crmjira_integration',
      '?$select=crmjira_integrationid,crmjira_name,crmjira_base_url,crmjira_deployment,crmjira_is_active,' +
        'crmjira_last_test_on,crmjira_last_test_ok,crmjira_last_sync_on,crmjira_sync_interval_minutes,' +
        'crmjira_issue_limit_per_project,createdon,_createdby_value' +
        `&${WITH_PROVIDER}&$filter=statecode eq ${RowState.Active}&$orderby=crmjira_name`,
    ),
    readRows(
      'crmjira_integration_health',
      '?$select=_crmjira_integration_id_value,crmjira_health,crmjira_since,crmjira_reason,crmjira_reason_code,' +
        "crmjira_response_ms,crmjira_limit_ms&$filter=crmjira_dependency eq 'jira'",
    ),
  ]);
  const stateOf = new Map(states.map((row) => [textField(row, '_crmjira_integration_id_value'), row]));
  return rows.flatMap((row): Organization[] => {
    if (providerOf(row) !== JIRA) return [];
    const id = textField(row, 'crmjira_integrationid') ?? '';
    const state: RawRow = stateOf.get(id) ?? {};
    return [
      {
        id,
        name: textField(row, 'crmjira_name') ?? '',
        host: (textField(row, 'crmjira_base_url') ?? '').replace(/^https?:\/\//, '').replace(/\/$/, ''),
        deployment: valueIn(Deployment, numberField(row, 'crmjira_deployment')),
        isActive: flagField(row, 'crmjira_is_active'),
        health: valueIn(Health, numberField(state, 'crmjira_health')) ?? Health.Unknown,
        since: dateField(state, 'crmjira_since'),
        reason: textField(state, 'crmjira_reason'),
        code: textField(state, 'crmjira_reason_code'),
        responseMs: numberField(state, 'crmjira_response_ms'),
        limitMs: numberField(state, 'crmjira_limit_ms'),
        testedOn: dateField(row, 'crmjira_last_test_on'),
        testOk: flagField(row, 'crmjira_last_test_ok'),
        syncedOn: dateField(row, 'crmjira_last_sync_on'),
        intervalMinutes: numberField(row, 'crmjira_sync_interval_minutes'),
        issueLimit: numberField(row, 'crmjira_issue_limit_per_project'),
        addedOn: dateField(row, 'createdon'),
        addedBy: formattedField(row, '_createdby_value'),
      },
    ];
  });
}

async function readProjects(): Promise<readonly Project[]> {
  const rows = await readRows(
    'crmjira_jira_project',
    '?$select=crmjira_jira_projectid,crmjira_project_key,crmjira_name,crmjira_lead,crmjira_is_archived,' +
      'crmjira_is_offered,crmjira_discovered_on,crmjira_last_sync_on,_crmjira_integration_id_value,_crmjira_product_value' +
      '&$expand=crmjira_opportunity($select=opportunityid,name,crmjira_integration_reference)' +
      `&$filter=statecode eq ${RowState.Active}`,
  );
  return rows.map((row): Project => {
    const opportunity = expandedRow(row, 'crmjira_opportunity');
    return {
      id: textField(row, 'crmjira_jira_projectid') ?? '',
      key: textField(row, 'crmjira_project_key') ?? '',
      name: textField(row, 'crmjira_name') ?? '',
      organizationId: textField(row, '_crmjira_integration_id_value') ?? '',
      lead: textField(row, 'crmjira_lead') ?? '',
      productId: textField(row, '_crmjira_product_value'),
      opportunity: opportunity && {
        id: textField(opportunity, 'opportunityid') ?? '',
        name: textField(opportunity, 'name') ?? '',
        reference: textField(opportunity, 'crmjira_integration_reference'),
      },
      isArchived: flagField(row, 'crmjira_is_archived'),
      isOffered: flagField(row, 'crmjira_is_offered'),
      discoveredOn: dateField(row, 'crmjira_discovered_on'),
      syncedOn: dateField(row, 'crmjira_last_sync_on'),
    };
  });
}

/** Projects of one count: no more issues than an aggregate may go over. Pure. */
export function countableTogether(
  projects: readonly Project[],
  organizations: readonly Pick<Organization, 'id' | 'issueLimit'>[],
): readonly (readonly string[])[] {
  const limits = new Map(organizations.map(({ id, issueLimit }) => [id, issueLimit ?? USUAL_LIMIT]));
  const parts: string[][] = [];
  let room = 0;
  for (const { id, organizationId } of projects) {
    const issues = Math.min(limits.get(organizationId) ?? USUAL_LIMIT, MOST_COUNTED);
    if (issues > room) {
      parts.push([]);
      room = MOST_COUNTED;
    }
    room -= issues;
    parts.at(-1)?.push(id);
  }
  return parts;
}

async function readCounts(
  projects: readonly Project[],
  organizations: readonly Organization[],
): Promise<ReadonlyMap<string, IssueCount>> {
  const read = await Promise.all(
    countableTogether(projects, organizations).map((ids) =>
      fetchRows(
        ISSUE,
        `<fetch aggregate="true"><entity name="${ISSUE}">` +
          `<attribute name="${ISSUE}id" alias="found" aggregate="count" />` +
          '<attribute name="crmjira_project" alias="project" groupby="true" />' +
          '<attribute name="crmjira_status_category" alias="category" groupby="true" />' +
          `<filter><condition attribute="crmjira_is_deleted" operator="ne" value="1" />${conditionIn('crmjira_project', ids)}</filter>` +
          '</entity></fetch>',
      ),
    ),
  );
  return countsOf(read.flat());
}

/** Counts by project and category of the status, each once. Pure. */
export function countsOf(rows: readonly RawRow[]): ReadonlyMap<string, IssueCount> {
  const found = new Map(rows.map((row) => [`${textField(row, 'project')} ${textField(row, 'category')}`, row]));
  const counts = new Map<string, IssueCount>();
  for (const row of found.values()) {
    const id = textField(row, 'project') ?? '';
    const issues = numberField(row, 'found') ?? 0;
    const { open, all } = counts.get(id) ?? { open: 0, all: 0 };
    counts.set(id, { open: open + (textField(row, 'category') === 'done' ? 0 : issues), all: all + issues });
  }
  return counts;
}

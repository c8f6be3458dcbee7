import { Deployment, Health, SyncStatus } from '@crmjira/domain';

type Row = Readonly<Record<string, unknown>>;

/** An id that says nothing, always the same for a name. */
export function idOf(name: string): string {
  const number = [...name].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 2 ** 44, 7);
  return `00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;
}

const FORMATTED = '@OData.Community.Display.V1.FormattedValue';

interface Site {
  readonly host: string;
  readonly deployment: Deployment;
  readonly health: Health;
  readonly tested: string;
  readonly ok: boolean;
  readonly synced: string;
  readonly interval: number;
  readonly limit: number;
  readonly state?: Row;
}

const SITES: Readonly<Record<string, Site>> = {
  'Rideau Logic Jira': {
    host: 'https://rideaulogic.atlassian.net',
    deployment: Deployment.JiraCloud,
    health: Health.Healthy,
    tested: '2025-05-16T16:45:00Z',
    ok: true,
    synced: '2025-05-16T16:45:00Z',
    interval: 15,
    limit: 5_000,
  },
  'Rideau Logic Data Center': {
    host: 'https://jira.corp.rideaulogic.example',
    deployment: Deployment.JiraDataCenter,
    health: Health.Degraded,
    tested: '2025-05-16T16:00:00Z',
    ok: true,
    synced: '2025-05-16T16:00:00Z',
    interval: 60,
    limit: 2_000,
    state: { crmjira_response_ms: 4_600, crmjira_limit_ms: 5_000 },
  },
  'Maple Ridge partner Jira': {
    host: 'https://mapleridge.atlassian.net',
    deployment: Deployment.JiraCloud,
    health: Health.Down,
    tested: '2025-05-16T16:40:00Z',
    ok: false,
    synced: '2025-05-15T02:40:00Z',
    interval: 30,
    limit: 1_000,
    state: { crmjira_reason_code: 'jira-credentials', crmjira_since: '2025-05-15T03:10:00Z' },
  },
};
const [CLOUD, CENTER, PARTNER] = Object.keys(SITES) as [string, string, string];

export const FAMILIES = {
  'Warehouse Suite': ['DockFlow', 'PickPath'],
  'Insurance Suite': ['ClaimDesk'],
  'Solutions publiques': ['Portail client'],
};

/** key, name, site, lead, product, opportunity with its reference, open, all, and what else there is to it */
const PROJECTS: readonly (readonly [
  string,
  string,
  string,
  string,
  string | null,
  readonly [string, string] | null,
  number,
  number,
  Row?,
])[] = [
  ['INFRA', 'Sites and network', CENTER, 'Kate Sullivan', null, null, 40, 1_204],
  ['DOCK', 'DockFlow', CLOUD, 'Amélie Roy', 'DockFlow', null, 31, 412],
  ['CLAIM', 'Claims portal', CENTER, 'Kate Sullivan', 'ClaimDesk', null, 26, 418],
  ['PORT', 'Portail client', CLOUD, 'Luc Tremblay', 'Portail client', null, 22, 356],
  [
    'CRMNRPQOOY',
    'Warehouse Automation Rollout',
    CLOUD,
    'Power Platform Integration',
    null,
    ['Warehouse Automation Rollout', 'CRM-202501-3D1F7A52'],
    18,
    29,
  ],
  ['SLOT', 'Slotting optimizer', CLOUD, 'Priya Nair', 'PickPath', null, 17, 203],
  ['FACT', 'Facturation', CLOUD, 'Luc Tremblay', 'Portail client', null, 14, 290],
  ['SCAN', 'Handheld scanning', CLOUD, 'Daniel Okafor', 'DockFlow', null, 12, 187],
  ['MRWH', 'Maple Ridge warehouses', PARTNER, 'Derek Osei', null, null, 11, 151, { synced: '2025-05-15T02:40:00Z' }],
  ['YARD', 'Yard management', CLOUD, 'Daniel Okafor', null, null, 9, 64, { discovered: '2025-05-14T12:00:00Z' }],
  [
    'HAND',
    'Handheld legacy',
    CLOUD,
    'Daniel Okafor',
    null,
    null,
    7,
    264,
    { archived: true, synced: '2025-04-02T12:00:00Z' },
  ],
  [
    'CRMOTFFHAU',
    'Portail client - Hydro-Boréal',
    CLOUD,
    'Power Platform Integration',
    null,
    ['Portail client - Hydro-Boréal', 'CRM-202502-9B27D6E1'],
    5,
    23,
  ],
  ['LAB', 'Experiments', CLOUD, 'Priya Nair', null, null, 0, 0, { offered: false, discovered: '2025-05-15T12:00:00Z' }],
];

const organizations: readonly Row[] = Object.entries(SITES).map(([name, site]) => ({
  crmjira_integrationid: idOf(name),
  crmjira_name: name,
  crmjira_base_url: site.host,
  crmjira_deployment: site.deployment,
  crmjira_is_active: true,
  crmjira_last_test_on: site.tested,
  crmjira_last_test_ok: site.ok,
  crmjira_last_sync_on: site.synced,
  crmjira_sync_interval_minutes: site.interval,
  crmjira_issue_limit_per_project: site.limit,
  createdon: '2025-05-05T13:20:00Z',
  [`_createdby_value${FORMATTED}`]: 'Ada Singh',
  crmjira_provider: { crmjira_code: 'jira' },
}));

const projects: readonly Row[] = PROJECTS.map(([key, name, site, lead, product, opportunity, , , more = {}]) => ({
  crmjira_jira_projectid: idOf(key),
  crmjira_project_key: key,
  crmjira_name: name,
  crmjira_lead: lead,
  crmjira_is_archived: more['archived'] === true,
  crmjira_is_offered: more['offered'] !== false,
  crmjira_discovered_on: more['discovered'] ?? '2025-05-05T13:52:00Z',
  crmjira_last_sync_on: more['offered'] === false ? null : (more['synced'] ?? SITES[site]?.synced),
  _crmjira_integration_id_value: idOf(site),
  _crmjira_product_value: product && idOf(product),
  crmjira_opportunity: opportunity && {
    opportunityid: idOf(opportunity[0]),
    name: opportunity[0],
    crmjira_integration_reference: opportunity[1],
  },
}));

export const products: readonly Row[] = Object.entries(FAMILIES).flatMap(([family, names]) => [
  { productid: idOf(family), name: family, _parentproductid_value: null, productstructure: 2, statecode: 0 },
  ...names.map((name) => ({
    productid: idOf(name),
    name,
    _parentproductid_value: idOf(family),
    productstructure: 1,
    statecode: 0,
  })),
]);

/** What Dataverse answers to the page of Jira projects, by entity set: the company of the drafts. */
export const jiraRows: Readonly<Record<string, readonly Row[]>> = {
  crmjira_integrations: organizations,
  crmjira_integration_healths: Object.entries(SITES).map(([name, { health, state }]) => ({
    _crmjira_integration_id_value: idOf(name),
    crmjira_health: health,
    ...state,
  })),
  crmjira_jira_projects: projects,
  products,
  crmjira_monitor_projects: ['dockflow-android', 'dockflow-api', 'dockflow-web'].map(() => ({
    _crmjira_product_value: idOf('DockFlow'),
  })),
  crmjira_sync_logs: [
    {
      crmjira_finished_on: '2025-05-05T13:52:00Z',
      crmjira_records_processed: 4_102,
      crmjira_status: SyncStatus.Success,
    },
  ],
  crmjira_issue_links: [{ crmjira_issue_linkid: idOf('link') }],
  // counted by project and category
  crmjira_jira_issues: PROJECTS.flatMap(([key, , , , , , open, all]) => [
    { project: idOf(key), category: 'indeterminate', found: open },
    { project: idOf(key), category: 'done', found: all - open },
  ]),
};

/** The same before anything was set up. */
export const emptyRows: Readonly<Record<string, readonly Row[]>> = Object.fromEntries(
  Object.keys(jiraRows).map((set) => [set, []]),
);

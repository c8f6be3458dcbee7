import { LinkState, tables } from '@crmjira/domain';
import { idOf, jiraRows, products } from './jira-rows';

type Row = Readonly<Record<string, unknown>>;

const FORMATTED = '@OData.Community.Display.V1.FormattedValue';

const MONITORED = ['dockflow-android', 'dockflow-api', 'dockflow-web'] as const;

/** Error events by day from May 2 to today, May 16; the totals are those of the worked example T9. */
const EVENTS: Readonly<Record<(typeof MONITORED)[number], readonly number[]>> = {
  'dockflow-android': [7, 4, 3, 6, 8, 6, 6, 9, 5, 6, 14, 20, 22, 20, 8],
  'dockflow-api': [4, 2, 2, 4, 4, 3, 5, 4, 2, 2, 6, 8, 8, 8, 3],
  'dockflow-web': [1, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 0, 0],
};
const RESOLVED: Readonly<Record<string, readonly number[]>> = {
  DOCK: [1, 1, 0, 2, 1, 2, 1, 2, 0, 0, 1, 2, 1, 1, 0],
  SCAN: [1, 0, 0, 1, 1, 0, 1, 0, 0, 0, 1, 0, 1, 0, 0],
};
const OPEN: Readonly<Record<string, readonly (readonly [status: string, category: string, count: number])[]>> = {
  DOCK: [
    ['To Do', 'new', 12],
    ['In Progress', 'indeterminate', 10],
    ['In Review', 'indeterminate', 5],
    ['Blocked', 'indeterminate', 4],
  ],
  SCAN: [
    ['To Do', 'new', 6],
    ['In Progress', 'indeterminate', 4],
    ['In Review', 'indeterminate', 2],
  ],
};

interface Sample {
  readonly title: string;
  readonly project: (typeof MONITORED)[number];
  readonly level: string;
  readonly last: number;
  readonly before: number;
  readonly first: string;
  readonly seen: string;
  readonly ticket?: readonly [key: string, status: string, category: string, resolvedOn?: string];
}

const ERRORS: readonly Sample[] = [
  {
    title: 'SocketTimeoutException: resume after roaming failed',
    project: 'dockflow-android',
    level: 'error',
    last: 52,
    before: 9,
    first: '2025-05-09T14:00:00Z',
    seen: '2025-05-16T16:41:00Z',
    ticket: ['DOCK-482', 'In Review', 'indeterminate'],
  },
  {
    title: 'NullReferenceException in PickListService.Merge',
    project: 'dockflow-api',
    level: 'error',
    last: 24,
    before: 15,
    first: '2025-04-22T14:00:00Z',
    seen: '2025-05-16T15:58:00Z',
  },
  {
    title: 'IllegalStateException: scanner not claimed',
    project: 'dockflow-android',
    level: 'error',
    last: 21,
    before: 18,
    first: '2025-03-03T14:00:00Z',
    seen: '2025-05-16T16:20:00Z',
    ticket: ['SCAN-121', 'To Do', 'new'],
  },
  {
    title: 'SQLITE_FULL: database or disk is full',
    project: 'dockflow-android',
    level: 'fatal',
    last: 12,
    before: 0,
    first: '2025-05-13T14:00:00Z',
    seen: '2025-05-16T13:37:00Z',
  },
  {
    title: 'HTTP 409 on /v2/receipts: duplicate receipt',
    project: 'dockflow-api',
    level: 'warning',
    last: 9,
    before: 7,
    first: '2025-02-11T14:00:00Z',
    seen: '2025-05-15T21:02:00Z',
    ticket: ['DOCK-455', 'Done', 'done', '2025-05-12T14:00:00Z'],
  },
  {
    title: 'TypeError: cannot read properties of undefined (reading “lot”)',
    project: 'dockflow-web',
    level: 'error',
    last: 6,
    before: 6,
    first: '2025-05-02T14:00:00Z',
    seen: '2025-05-15T20:44:00Z',
  },
  {
    title: 'Timeout of the label printer',
    project: 'dockflow-android',
    level: 'warning',
    last: 4,
    before: 2,
    first: '2025-05-01T14:00:00Z',
    seen: '2025-05-15T20:44:00Z',
  },
];

const dayRows = (figures: Readonly<Record<string, readonly number[]>>, count: string): readonly Row[] =>
  Object.entries(figures).flatMap(([name, days]) =>
    days.map((found, index) => ({ month: 5, day: index + 2, project: idOf(name), [count]: found })),
  );

const linkOf = ({ title, ticket }: Sample): Row[] => {
  if (ticket === undefined) return [];
  const [key, status, category, resolvedOn = null] = ticket;
  return [
    {
      crmjira_external_id: title,
      crmjira_state: LinkState.Linked,
      createdon: '2025-05-12T14:00:00Z',
      [`_crmjira_created_by_user_value${FORMATTED}`]: 'Samira Haddad',
      crmjira_jira_issue: {
        crmjira_issue_key: key,
        crmjira_url: `https://rideaulogic.atlassian.net/browse/${key}`,
        crmjira_status: status,
        crmjira_status_category: category,
        crmjira_resolved_on: resolvedOn,
      },
    },
  ];
};

const projects = (jiraRows['crmjira_jira_projects'] ?? []).map((row): Row => ({
  ...row,
  [`_crmjira_integration_id_value${FORMATTED}`]: 'Rideau Logic Jira',
}));

/** Sentry does not answer since half past eleven. */
export const silentSentry: Readonly<Record<string, readonly Row[]>> = {
  crmjira_integrations: [
    { crmjira_integrationid: idOf('Sentry'), crmjira_name: 'Sentry', crmjira_provider: { crmjira_code: 'sentry' } },
  ],
  crmjira_integration_healths: [
    {
      _crmjira_integration_id_value: idOf('Sentry'),
      crmjira_since: '2025-05-16T15:30:00Z',
      crmjira_last_good_on: '2025-05-16T15:15:00Z',
    },
  ],
};

/** What Dataverse answers to the page of a product, on May 16, 2025: the company of the drafts. @param query decoded */
export function productAnswer(set: string, query: string): readonly Row[] | null {
  switch (set) {
    case 'products':
      return products;
    case 'crmjira_monitor_projects':
      return MONITORED.map((name) => ({
        crmjira_monitor_projectid: idOf(name),
        crmjira_name: name,
        crmjira_system: 'sentry',
        crmjira_last_sync_on: '2025-05-16T16:45:00Z',
        _crmjira_product_value: idOf('DockFlow'),
        createdon: '2025-04-01T12:00:00Z',
      }));
    case 'crmjira_jira_projects':
      return projects.filter((row) => row['_crmjira_product_value'] !== null);
    case tables.crmjira_monitor_error_day.entitySet:
      if (query.includes('dategrouping')) return dayRows(EVENTS, 'events');
      if (query.includes('top="1"')) return [{ crmjira_day: '2025-04-02' }];
      return ERRORS.map(({ title, last, before }) => ({
        error: idOf(title),
        // the two weeks are asked for apart
        events: query.includes('2025-05-02') ? before : last,
      }));
    case 'crmjira_monitor_errors':
      return ERRORS.map(({ title, project, level, first, seen }) => ({
        crmjira_monitor_errorid: idOf(title),
        crmjira_external_id: title,
        crmjira_title: title,
        crmjira_external_url: 'https://rideau-logic.sentry.example/issues/1',
        crmjira_level: level,
        crmjira_first_seen_on: first,
        crmjira_last_seen_on: seen,
        _crmjira_monitor_project_value: idOf(project),
      }));
    case 'crmjira_issue_links':
      return query.includes('sentry') ? ERRORS.flatMap(linkOf) : ['1', '2'].map((id) => ({ crmjira_regarding_id: id }));
    case 'crmjira_jira_issues':
      if (query.includes('crmjira_resolved_on')) return dayRows(RESOLVED, 'found');
      return Object.entries(OPEN).flatMap(([key, own]) =>
        own.map(([status, category, found]) => ({ project: idOf(key), status, category, found })),
      );
    case 'incidents':
      return ['1', '2', '3', '4', '5'].map((incidentid) => ({ incidentid }));
    case 'crmjira_integrations':
    case 'crmjira_integration_healths':
      return [];
    default:
      return null;
  }
}

/** The same of a product to which nothing belongs. */
export const emptyProduct = (set: string, query: string): readonly Row[] | null =>
  set === 'products' ? products : set === 'incidents' ? [] : productAnswer(set, query) && [];

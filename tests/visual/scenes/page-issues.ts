import { emptyRows, jiraRows } from '../../webresources/pages/jira-rows';
import { emptyProduct, productAnswer, silentSentry } from '../../webresources/pages/product-rows';
import { type PageScene, pageScene } from '../page-scene';

const buttons = (...names: readonly string[]): readonly string[] =>
  names.map((name) => `button ${JSON.stringify(name)}`);

const JIRA = 'jira-projects';
const JIRA_BAR = buttons(
  'Add organization',
  'Edit',
  'Test connection',
  'Sync now',
  'Discover projects',
  'Bulk assign to product',
);
const ORGANIZATIONS = ['Rideau Logic Jira', 'Rideau Logic Data Center', 'Maple Ridge partner Jira'];
/** Twelve of the thirteen, most open issues first. */
const KEYS = [
  'INFRA',
  'DOCK',
  'CLAIM',
  'PORT',
  'CRMNRPQOOY',
  'SLOT',
  'FACT',
  'SCAN',
  'MRWH',
  'YARD',
  'HAND',
  'CRMOTFFHAU',
];
const MAPPED = [
  'DockFlow',
  'ClaimDesk',
  'Portail client',
  'Warehouse Automation Rollout',
  'PickPath',
  'Portail client - Hydro-Boréal',
];

/** The page of Jira sites and their projects (R-1701 to R-1704, R-1719). */
export const jiraProjects: readonly PageScene[] = [
  pageScene(
    JIRA,
    'projects',
    [
      'Answers in 4.6 s, limit 5 s',
      'Token refused since May 14 23:10',
      'First-run checklist: 5 of 5 done',
      '12 of 13 shown',
      ...JIRA_BAR,
      ...buttons(...ORGANIZATIONS, 'Test Rideau Logic Jira', 'Test Rideau Logic Data Center'),
      ...buttons('Replace token: Maple Ridge partner Jira', 'Show', 'Show 1 more', 'Not mapped (5)', 'New (2)'),
      ...buttons('Key', 'Name', 'Open issues', 'All issues', ...KEYS, ...MAPPED),
    ],
    { rows: jiraRows },
  ),
  pageScene(
    JIRA,
    'nothing yet',
    ['0 of 5 done', 'No Jira organization yet.', 'No project is known yet.', ...JIRA_BAR, ...buttons('Hide')],
    { rows: emptyRows },
  ),
  pageScene(JIRA, 'unreachable', ['Dataverse unreachable since 14:04.', 'Nothing has been read yet.', ...JIRA_BAR], {
    unreadable: { sets: ['crmjira_integrations', 'crmjira_jira_projects'], status: 503, code: '0x80072320' },
  }),
];

const PRODUCT = 'product-health';
const PRODUCT_BAR = buttons('Refresh', 'Sync now', 'Create JIRA tickets', 'Open in Jira');
const CHAIN = buttons(
  'DockFlow',
  'dockflow-android',
  'dockflow-api',
  'dockflow-web',
  'DOCK',
  'SCAN',
  'Assign a Jira project',
);
const ERRORS = [
  'SocketTimeoutException: resume after roaming failed',
  'NullReferenceException in PickListService.Merge',
  'IllegalStateException: scanner not claimed',
  'SQLITE_FULL: database or disk is full',
  'HTTP 409 on /v2/receipts: duplicate receipt',
  'TypeError: cannot read properties of undefined (reading “lot”)',
];
const TABLE = [
  ...[...ERRORS, 'DOCK-482', 'SCAN-121', 'DOCK-455'].map((name) => `link ${JSON.stringify(name)}`),
  ...buttons('All', 'Without a ticket (4)', 'Show all errors'),
  ...buttons(...[1, 3, 5].map((index) => `Create ticket: ${ERRORS[index]}`)),
];

/** The page of a product: errors and tickets side by side (R-1710, R-1717). */
export const productHealth: readonly PageScene[] = [
  pageScene(
    PRODUCT,
    'errors and tickets',
    [
      '20.0',
      'Up 100%',
      'Down 25%',
      '43',
      'Came back May 15, after DOCK-455 was resolved',
      ...PRODUCT_BAR,
      ...CHAIN,
      ...TABLE,
    ],
    { asked: productAnswer },
  ),
  pageScene(
    PRODUCT,
    'nothing assigned',
    [
      'No monitored project belongs to DockFlow.',
      'No Jira project belongs to DockFlow.',
      ...PRODUCT_BAR,
      ...buttons('DockFlow', 'Assign a monitored project', 'Assign a Jira project'),
    ],
    { asked: emptyProduct },
  ),
  pageScene(
    PRODUCT,
    'Sentry silent',
    ['Sentry unreachable since 11:30. Error events are shown as of 11:15.', ...PRODUCT_BAR, ...CHAIN, ...TABLE],
    { asked: (set, query) => silentSentry[set] ?? productAnswer(set, query) },
  ),
];

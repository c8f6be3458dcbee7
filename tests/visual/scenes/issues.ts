import { CommandState, CommandType } from '@crmjira/domain';
import {
  ACCOUNT_ID,
  CAPABILITIES,
  CASE_ID,
  PRODUCT_ID,
  conflict,
  issue,
  issueTables,
  link,
  resolved,
} from '../../controls/jira-issues/issue-rows';
import { OPPORTUNITY_ID, type Row, type Tables, mapping } from '../../controls/platform/rows';

/** A record with its issues, and what is done on the control. */
export interface IssuesScene {
  readonly name: string;
  readonly table?: 'account' | 'product' | 'opportunity';
  readonly rows?: Partial<Tables>;
  /** reads are answered so */
  readonly reads?: 'hanging' | 'forbidden' | 'refused';
  readonly offline?: true;
  /** may not ask for anything */
  readonly reader?: true;
  /** commands that are answered at once; the others wait */
  readonly answers?: Readonly<
    Record<number, { readonly state: number; readonly result?: string; readonly answer?: unknown }>
  >;
  /** what is pressed, by its name in English and in French */
  readonly press?: readonly (readonly [english: string, french: string])[];
  /** what is typed into the search then */
  readonly type?: string;
  /** words that must be read in English */
  readonly says: readonly string[];
}

export const idOf = ({ table }: IssuesScene): string =>
  table === 'account'
    ? ACCOUNT_ID
    : table === 'product'
      ? PRODUCT_ID
      : table === 'opportunity'
        ? OPPORTUNITY_ID
        : CASE_ID;

const SIX = [
  link('DOCK-482', {}, { crmjira_summary: 'Handheld drops off Wi-Fi when roaming between aisles' }),
  link(
    'SCAN-118',
    { crmjira_sync_preference: 2 },
    {
      crmjira_summary: 'Collect roaming logs from dock doors 4 to 6',
      crmjira_issue_type: 'Task',
      crmjira_status: 'To Do',
      crmjira_status_category: 'new',
      crmjira_priority: 'Medium',
      crmjira_assignee: 'Daniel Okafor',
      crmjira_updated: '2025-05-15T20:20:00Z',
    },
  ),
  link(
    'CRMNRPQOOY-31',
    {},
    {
      crmjira_summary: 'Survey Wi-Fi coverage of warehouse B',
      crmjira_issue_type: 'Story',
      crmjira_status: 'In Review',
      crmjira_priority: 'Medium',
      crmjira_assignee: 'Priya Nair',
      crmjira_updated: '2025-05-16T15:00:00Z',
    },
  ),
  link(
    'SCAN-121',
    { crmjira_sync_preference: 3 },
    {
      crmjira_summary: 'Queue scans on the device while it is offline',
      crmjira_status: 'To Do',
      crmjira_status_category: 'new',
      crmjira_priority: 'Highest',
      crmjira_assignee: null,
      crmjira_updated: '2025-05-14T12:00:00Z',
    },
  ),
  resolved('DOCK-471'),
  resolved('SCAN-109'),
];
const one = (change: Row = {}, ofIssue: Row = {}): Row[] => [
  link('DOCK-482', change, { crmjira_summary: 'Handheld drops off Wi-Fi when roaming between aisles', ...ofIssue }),
];
const budget = {
  ...mapping({ crmjira_utilization: 46, crmjira_budget_status: 3 }),
  'crmjira_budget_status@OData.Community.Display.V1.FormattedValue': 'Active',
};
const WORKFLOW =
  'Status On Hold was not sent: DOCK-482 offers no step to Blocked from In Progress. Nothing was changed in Jira. Move the issue there, or set sync to From Jira, then retry.';
const away = {
  crmjira_state: 3,
  crmjira_error_code: 'jira-unavailable',
  crmjira_last_error: "Jira is not responding. We'll retry automatically.",
  crmjira_next_retry_on: '2025-05-16T18:10:00Z',
};
const SCREEN = {
  types: [
    { name: 'Bug', fields: [{ id: 'components', name: 'Component', options: ['Radio', 'Server'] }] },
    { name: 'Task', fields: [] },
    { name: 'Story', fields: [] },
  ],
  priorities: { critical: 'Highest', high: 'High', medium: 'Medium', low: 'Low' },
  priority: 'high',
  description:
    'Case CAS-01042-K7P2L9 · High · Phone · opened May 12, 2025\nCustomer: Maple Ridge Logistics · Product: DockFlow\n\nSince the weekend the scanners at dock doors 4 to 6 lose their connection several times an hour. Restarting the app helps for about ten minutes. Three shifts are affected.\n\nCreated from Dynamics 365 by Samira Haddad',
  labels: ['dynamics', 'case', 'dockflow'],
};
const asked = { [CommandType.FindIssues]: { state: CommandState.Done, answer: SCREEN } };
const CREATE = ['Create issue', 'Créer un ticket'] as const;
const LINK = ['Link existing', 'Lier un ticket existant'] as const;
const MORE = ['More actions for DOCK-482', 'Autres actions pour DOCK-482'] as const;
const UNLINK_MORE = ['Unlink…', 'Délier…'] as const;
const found = (key: string, summary: string, status: string, category: string, assignee: string): Row => ({
  key,
  summary,
  status,
  category,
  assignee,
});

/** Every state that design asks for, as far as the tables can tell it. */
export const issuesScenes = {
  none: { name: 'none', says: ['No Jira issue is linked to this case.', 'Suggested project: DOCK · DockFlow'] },
  six: {
    name: 'six',
    rows: { crmjira_issue_link: SIX, crmjira_budget_mapping: [budget] },
    says: ['DOCK-482', '4 open, 2 resolved', 'Project CRM-202501-A1B2C3D4'],
  },
  many: {
    name: 'many',
    rows: { crmjira_issue_link: [...SIX, resolved('DOCK-1'), resolved('DOCK-2')] },
    says: ['Show all (8)'],
  },
  syncMenu: {
    name: 'sync menu',
    rows: { crmjira_issue_link: one() },
    press: [['Sync DOCK-482: Both ways', 'Synchronisation de DOCK-482\u00a0: Dans les deux sens']],
    says: ['Jira changes the case. The case changes nothing in Jira.'],
  },
  rowMenu: { name: 'row menu', rows: { crmjira_issue_link: one() }, press: [MORE], says: ['menuitem "Unlink…"'] },
  failing: {
    name: 'failing',
    rows: {
      crmjira_issue_link: [
        ...one({ crmjira_state: 3, crmjira_last_error: WORKFLOW }),
        { ...SIX[1], crmjira_state: 4, crmjira_last_sync_on: '2025-05-14T20:20:00Z' },
        SIX[2] ?? {},
      ],
    },
    says: ['2 not syncing', 'DOCK-482 offers no step to Blocked', 'SCAN-118 no longer exists in Jira'],
  },
  conflict: {
    name: 'conflict',
    rows: { crmjira_issue_link: one(), crmjira_sync_conflict: [conflict('DOCK-482')] },
    says: ['button "Keep High"', 'button "Take Low"'],
  },
  unlink: {
    name: 'unlink',
    rows: { crmjira_issue_link: one() },
    press: [MORE, UNLINK_MORE],
    says: ['Unlink DOCK-482 from this case?'],
  },
  away: { name: 'away', rows: { crmjira_issue_link: one(away) }, says: ['Jira unreachable since 14:02.'] },
  offline: { name: 'offline', rows: { crmjira_issue_link: SIX.slice(0, 2) }, offline: true, says: ['Offline'] },
  create: { name: 'create', answers: asked, press: [CREATE], says: ['Made from the case.'] },
  missing: { name: 'missing', answers: asked, press: [CREATE, CREATE], says: ['Fill in Component.'] },
  creating: {
    name: 'creating',
    answers: {
      [CommandType.FindIssues]: { state: CommandState.Done, answer: { ...SCREEN, types: SCREEN.types.slice(1) } },
    },
    press: [CREATE, CREATE],
    says: ['Creating in DOCK: Task'],
  },
  refused: {
    name: 'refused',
    answers: {
      [CommandType.FindIssues]: { state: CommandState.Done, answer: { ...SCREEN, types: SCREEN.types.slice(1) } },
      [CommandType.CreateIssue]: {
        state: CommandState.Refused,
        result: 'Jira refused the issue: DOCK requires Component for the type Task.',
      },
    },
    press: [CREATE, CREATE],
    says: ['what you typed is kept'],
  },
  search: {
    name: 'search',
    rows: {
      crmjira_issue_link: one(),
      crmjira_jira_issue: [
        issue('DOCK-482', { crmjira_summary: 'Handheld drops off Wi-Fi when roaming between aisles' }),
        issue('SCAN-118', {
          crmjira_summary: 'Collect roaming logs from dock doors 4 to 6',
          crmjira_status: 'To Do',
          crmjira_status_category: 'new',
        }),
      ],
    },
    answers: {
      [CommandType.FindIssues]: {
        state: CommandState.Done,
        answer: {
          issues: [
            found(
              'INFRA-77',
              'Roaming profile of the access points in warehouse B',
              'In Progress',
              'indeterminate',
              'Kate Sullivan',
            ),
            found('INFRA-52', 'Turn on fast roaming (802.11r) on all sites', 'Done', 'done', 'Kate Sullivan'),
          ],
        },
      },
    },
    press: [LINK],
    type: 'roam',
    says: ['Only in Jira (2)', '4 issues found.'],
  },
  nothing: {
    name: 'nothing found',
    rows: { crmjira_issue_link: one() },
    answers: { [CommandType.FindIssues]: { state: CommandState.Done, answer: { issues: [] } } },
    press: [LINK],
    type: 'forklift',
    says: ['No issue fits.'],
  },
  account: {
    name: 'account',
    table: 'account',
    rows: {
      crmjira_issue_link: [
        { ...SIX[0], crmjira_regarding_table: 'account', crmjira_regarding_id: ACCOUNT_ID },
        ...SIX.slice(1, 3),
      ],
    },
    says: ['From its cases and opportunities (2)'],
  },
  product: {
    name: 'product',
    table: 'product',
    rows: { crmjira_jira_issue: [issue('DOCK-9'), issue('DOCK-10')] },
    says: ['Open in its projects (2)'],
  },
  reader: { name: 'reader', reader: true, rows: { crmjira_issue_link: one() }, says: ['not change their links'] },
  closed: {
    name: 'closed',
    rows: {
      crmjira_issue_link: [resolved('DOCK-482')],
      incident: [{ incidentid: CASE_ID, statecode: 1, title: 'Solved' }],
    },
    says: ['Read-only: this case is closed.'],
  },
  hidden: { name: 'hidden', reads: 'forbidden', says: ['You do not have permission to see'] },
  unread: { name: 'unread', reads: 'refused', says: ['The Jira issues could not be read.'] },
  loading: { name: 'loading', reads: 'hanging', says: ['Reading the Jira issues'] },
  off: {
    name: 'off',
    rows: { environmentvariabledefinition: CAPABILITIES('budget') },
    says: ['Jira issues are switched off'],
  },
} as const satisfies Readonly<Record<string, IssuesScene>>;

/** The rows of a scene, whole. */
export const rowsOf = ({ rows }: IssuesScene): Partial<Tables> => ({
  crmjira_budget_mapping: [],
  crmjira_command: [],
  opportunity: [{ opportunityid: OPPORTUNITY_ID, statecode: 0, name: 'Warehouse Automation Rollout' }],
  ...issueTables(rows),
});

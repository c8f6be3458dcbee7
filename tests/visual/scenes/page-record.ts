import { CommandState, CommandType } from '@crmjira/domain';
import { idOf } from '../../webresources/pages/jira-rows';
import { type PageConditions, type PageScene, pageScene } from '../page-scene';

const PAGE = 'record-issues';
const CLOSE = 'button "Close"';
const TITLE = 'Handheld loses the list';
const OTHER = 'Gate counts one pallet too many';

const rows: PageConditions['rows'] = {
  incidents: [TITLE, OTHER].map((title) => ({
    incidentid: idOf(title),
    title,
    _productid_value: idOf('DockFlow'),
  })),
  crmjira_jira_projects: [
    ['DOCK', 'DockFlow'],
    ['SCAN', 'Handheld scanning'],
  ].map(([key = '', name]) => ({
    crmjira_jira_projectid: idOf(key),
    crmjira_project_key: key,
    crmjira_name: name,
    _crmjira_product_value: key === 'DOCK' ? idOf('DockFlow') : null,
  })),
  crmjira_issue_links: [
    {
      crmjira_name: 'DOCK-455',
      crmjira_jira_issue: {
        crmjira_issue_key: 'DOCK-455',
        crmjira_summary: 'HTTP 409 on /v2/receipts',
        crmjira_url: 'https://rideaulogic.atlassian.net/browse/DOCK-455',
      },
    },
  ],
};
const answered = (answer: unknown): PageConditions['answers'] => ({
  [CommandType.FindIssues]: { state: CommandState.Done, result: '', answer },
});
const selection = { table: 'incident', ids: [idOf(TITLE)] };
const screen = {
  types: [
    { name: 'Bug', fields: [{ id: 'customfield_10042', name: 'Team', options: ['Blue', 'Red'] }] },
    { name: 'Task', fields: [] },
  ],
  priorities: { high: 'Highest' },
  priority: 'high',
  description: 'The pick list is empty after the handheld changes to another access point.\n\nProduct: DockFlow',
  labels: ['dynamics', 'case', 'dockflow'],
};
const found = [
  ['DOCK-482', 'SocketTimeoutException: resume after roaming failed', 'In Review'],
  ['DOCK-455', 'HTTP 409 on /v2/receipts', 'Done'],
  ['SCAN-121', 'IllegalStateException: scanner not claimed', 'To Do'],
].map(([key, summary, status], index) => ({
  id: `${10_482 + index}`,
  key,
  summary,
  status,
  integration: idOf('Jira'),
}));

/** States of the dialog behind the commands about Jira issues (R-1705, R-1707). */
export const recordIssues: readonly PageScene[] = [
  pageScene(
    PAGE,
    'creating one',
    [
      'Create Jira issue',
      `1 record: ${TITLE}`,
      'DOCK offers Bug, Task.',
      'In Jira: Highest.',
      'Name, phone and e-mail of the contact are not sent.',
      'textbox "Summary 23 of 255"',
      'textbox "Note for the developers (optional)"',
      'textbox "Labels Separated by spaces"',
      'button "Create issue"',
      CLOSE,
    ],
    {
      dialog: { task: 'create', selection },
      rows,
      answers: answered(screen),
      acts: [{ sees: /Highest/ }],
    },
  ),
  // asked for, and refused: the last thing that can happen to them
  pageScene(
    PAGE,
    'several refused',
    [
      'Create JIRA tickets',
      '0 of 2 tickets created, 2 not.',
      `${TITLE} Jira asked to slow down.`,
      `${OTHER} Jira asked to slow down.`,
      'button "Try again for 2"',
      CLOSE,
    ],
    {
      dialog: { task: 'tickets', selection: { table: 'incident', ids: [idOf(TITLE), idOf(OTHER)] } },
      rows,
      answers: {
        ...answered(screen),
        [CommandType.CreateIssue]: {
          state: CommandState.Failed,
          result: { 1033: 'Jira asked to slow down.', 3084: 'Jira a demandé de ralentir.' },
        },
      },
      acts: [
        { sees: /DOCK \w+ Task/ },
        { press: /^(Create|Créer) 2 tickets$/ },
        { sees: /(Try again for|Réessayer pour) 2/ },
      ],
    },
  ),
  pageScene(
    PAGE,
    'issues found',
    [
      'Link existing issue',
      '3 issues found.',
      'Already linked',
      'textbox "Key or words of the issue For example DOCK-482, or words of its summary."',
      'button "Search"',
      'button "Link DOCK-482"',
      'button "Link SCAN-121"',
      CLOSE,
    ],
    {
      dialog: { task: 'link', selection },
      rows,
      answers: answered({ issues: found }),
      acts: [{ type: 'handheld' }, { press: /^(Search|Chercher)$/ }, { sees: /SCAN-121/ }],
    },
  ),
];

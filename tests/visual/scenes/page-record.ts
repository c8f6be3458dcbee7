import { CommandState, CommandType } from '@crmjira/domain';
import { idOf } from '../../webresources/pages/jira-rows';
import { type PageConditions, type PageScene, pageScene } from '../page-scene';

const PAGE = 'record-issues';
const CLOSE = 'button "Close"';
const TITLE = 'Handheld loses the list';

const rows: PageConditions['rows'] = {
  incidents: [{ incidentid: idOf(TITLE), title: TITLE, _productid_value: idOf('DockFlow') }],
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
      answers: answered({
        types: [
          { name: 'Bug', fields: [{ id: 'customfield_10042', name: 'Team', options: ['Blue', 'Red'] }] },
          { name: 'Task', fields: [] },
        ],
        priorities: { high: 'Highest' },
        priority: 'high',
        description: 'The pick list is empty after the handheld changes to another access point.\n\nProduct: DockFlow',
        labels: ['dynamics', 'case', 'dockflow'],
      }),
      acts: [{ sees: /Highest/ }],
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

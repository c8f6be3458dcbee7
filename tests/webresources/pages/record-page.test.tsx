import '@testing-library/jest-dom';
import * as React from 'react';
import { act, fireEvent, render, screen } from '@testing-library/react';
import { CommandState, CommandType, LinkState, SyncPreference } from '@crmjira/domain';
import type { IssueTask } from '../../../webresources/src/commands/issues/dialog';
import { RecordPage } from '../../../webresources/src/pages/record-issues/record-page';
import { pageFormat } from '../../../webresources/src/pages/platform/page-format';
import { idOf } from './jira-rows';

type Row = Readonly<Record<string, unknown>>;

interface Command {
  readonly crmjira_command_type: number;
  readonly crmjira_regarding_id: string;
  readonly crmjira_payload: string;
}

const CASES = ['Scanner loses the aisle', 'Label prints twice'];
let commands: Command[];
/** columns of the row of a command */
let answer: (command: Command) => Row;
let linked: readonly Row[];
/** columns of the link that a request has made */
let link: Row;

const SCREEN = {
  types: [
    { name: 'Task', fields: [{ id: 'customfield_1', name: 'Team', options: ['Blue', 'Red'] }] },
    { name: 'Bug', fields: [] },
  ],
  priorities: { high: 'Highest' },
  priority: 'high',
  description: 'Made from the case.',
  labels: ['dynamics', 'case'],
};

beforeEach(() => {
  jest.useFakeTimers();
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
  commands = [];
  linked = [];
  link = { crmjira_state: LinkState.Requested };
  answer = ({ crmjira_command_type: type }) =>
    type === CommandType.FindIssues
      ? { crmjira_command_state: CommandState.Done, crmjira_answer: JSON.stringify(SCREEN) }
      : { crmjira_command_state: CommandState.Running };
  const rows: Readonly<Record<string, () => readonly Row[]>> = {
    incident: () =>
      CASES.map((title) => ({
        incidentid: idOf(title),
        title,
        _productid_value: idOf('DockFlow'),
        '_productid_value@OData.Community.Display.V1.FormattedValue': 'DockFlow',
      })),
    crmjira_jira_project: () => [
      { crmjira_jira_projectid: idOf('SCAN'), crmjira_project_key: 'SCAN', crmjira_name: 'Scanning' },
      {
        crmjira_jira_projectid: idOf('DOCK'),
        crmjira_project_key: 'DOCK',
        crmjira_name: 'DockFlow',
        _crmjira_product_value: idOf('DockFlow'),
      },
    ],
    crmjira_issue_link: () => linked,
    opportunity: () => [{ opportunityid: idOf('Rollout'), name: 'Rollout' }],
    crmjira_budget_mapping: () => [
      { crmjira_jira_project_key: 'CRMW', crmjira_jira_project_url: 'https://acme.atlassian.net/browse/CRMW' },
    ],
  };
  Object.assign(globalThis, {
    Xrm: {
      WebApi: {
        retrieveMultipleRecords: async (table: string) => ({ entities: rows[table]?.() ?? [] }),
        createRecord: async (_table: string, row: Command) => {
          commands.push(row);
          return { id: String(commands.length - 1) };
        },
        retrieveRecord: async (table: string, id: string) => {
          if (table === 'crmjira_issue_link') return link;
          const command = commands[Number(id)];
          return command ? answer(command) : {};
        },
      },
    },
  });
});
afterEach(() => {
  jest.useRealTimers();
  sessionStorage.clear();
});

const pass = (milliseconds: number) => act(async () => void (await jest.advanceTimersByTimeAsync(milliseconds)));
const press = (name: string): void => void fireEvent.click(screen.getByRole('button', { name }));
const asked = (type: CommandType) =>
  commands
    .filter((one) => one.crmjira_command_type === type)
    .map((one) => [one.crmjira_regarding_id, JSON.parse(one.crmjira_payload)]);

async function open(
  task: IssueTask,
  names: readonly string[],
  language: 1033 | 3084 = 1033,
  table = 'incident',
): Promise<void> {
  sessionStorage.setItem('crmjira.selection', JSON.stringify({ table, ids: names.map(idOf) }));
  window.history.replaceState(null, '', `?data=task%3D${task}`);
  const settings = { language, theme: null, recordId: null };
  render(<RecordPage facts={{ language, format: pageFormat(language, () => 0), dark: false, settings }} />);
  await pass(0);
}

test('R-1705 R-1718 several records get an issue each: progress, what failed, and the way to try that again', async () => {
  await open('tickets', CASES);
  expect(screen.getByText('2 records: Scanner loses the aisle, Label prints twice')).toBeInTheDocument();
  await pass(1_500);
  // The project of their product; of its types those that ask for nothing that differs by record.
  expect(screen.getByRole('combobox', { name: /^Project/ })).toHaveValue(idOf('DOCK'));
  expect(screen.getByRole('combobox', { name: /^Issue type/ })).toHaveValue('Bug');
  press('Create 2 tickets');
  await pass(0);
  const wish = { project: idOf('DOCK'), type: 'Bug', sync: SyncPreference.Both, note: null };
  const labels = ['dynamics', 'case', 'DockFlow'];
  expect(asked(CommandType.CreateIssue)).toEqual(CASES.map((title) => [idOf(title), { ...wish, labels }]));
  expect(screen.getByText('0 of 2 created')).toBeInTheDocument();
  answer = ({ crmjira_regarding_id: id }) =>
    id === idOf(CASES[0] ?? '')
      ? { crmjira_command_state: CommandState.Done, crmjira_answer: JSON.stringify({ link: 'one' }) }
      : { crmjira_command_state: CommandState.Failed, crmjira_result: 'Jira asked to slow down.' };
  await pass(1_500);
  // Accepted is not created: the link tells.
  expect(screen.getByText('0 of 2 created')).toBeInTheDocument();
  link = { crmjira_state: LinkState.Linked, crmjira_name: 'DOCK-7' };
  await pass(1_500);
  expect(screen.getByText('DOCK-7 was created and linked.')).toBeInTheDocument();
  expect(screen.getByText('1 of 2 tickets created, 1 not.')).toBeInTheDocument();
  expect(screen.getByText('What was created is linked and stays.')).toBeInTheDocument();
  expect(screen.getByText('Jira asked to slow down.')).toBeInTheDocument();
  press('Try again for 1');
  await pass(0);
  expect(asked(CommandType.CreateIssue)).toHaveLength(3);
});

test('R-1705 what Jira refused after the request was accepted is said, and not asked for twice', async () => {
  await open('tickets', CASES);
  await pass(1_500);
  press('Create 2 tickets');
  answer = () => ({ crmjira_command_state: CommandState.Done, crmjira_answer: JSON.stringify({ link: 'one' }) });
  link = { crmjira_state: LinkState.Failing, crmjira_last_error: 'DOCK requires Team for the type Bug.' };
  await pass(3_000);
  expect(screen.getByText('0 of 2 tickets created, 2 not.')).toBeInTheDocument();
  expect(screen.queryByText('What was created is linked and stays.')).toBeNull();
  expect(screen.getAllByText('DOCK requires Team for the type Bug.')).toHaveLength(2);
  expect(screen.queryByRole('button', { name: /^Try again/ })).toBeNull();
});

test('R-1705 of a single record all is asked that Jira will want, before anything is sent', async () => {
  await open('create', CASES.slice(0, 1));
  await pass(1_500);
  expect(screen.getByText('In Jira: Highest.')).toBeInTheDocument();
  press('Create issue');
  expect(screen.getByText('Fill in Team.')).toBeInTheDocument();
  expect(asked(CommandType.CreateIssue)).toEqual([]);
  fireEvent.change(screen.getByRole('combobox', { name: /^Team/ }), { target: { value: 'Blue' } });
  press('Create issue');
  await pass(0);
  expect(asked(CommandType.CreateIssue)).toEqual([
    [
      idOf(CASES[0] ?? ''),
      {
        project: idOf('DOCK'),
        type: 'Task',
        sync: SyncPreference.Both,
        note: null,
        priority: 'high',
        summary: CASES[0],
        labels: ['dynamics', 'case'],
        description: 'Made from the case.',
        fields: { customfield_1: 'Blue' },
      },
    ],
  ]);
});

test('R-1707 an issue that Jira finds is linked, one that is linked already is not offered', async () => {
  linked = [{ crmjira_jira_issue: { crmjira_issue_key: 'DOCK-1' } }];
  await open('link', CASES.slice(0, 1));
  const issues = ['DOCK-1', 'DOCK-2'].map((key, id) => ({
    id: String(id),
    key,
    summary: 's',
    status: 'To Do',
    integration: 'i',
  }));
  answer = ({ crmjira_command_type: type }) =>
    type === CommandType.FindIssues
      ? { crmjira_command_state: CommandState.Done, crmjira_answer: JSON.stringify({ issues }) }
      : { crmjira_command_state: CommandState.Done };
  fireEvent.change(screen.getByRole('textbox', { name: /^Key or words/ }), { target: { value: 'aisle' } });
  press('Search');
  await pass(1_500);
  expect(screen.getByText('Already linked')).toBeInTheDocument();
  press('Link DOCK-2');
  await pass(1_500);
  expect(screen.getByText('DOCK-2 was linked.')).toBeInTheDocument();
  const payload = { key: 'DOCK-2', issueId: '1', integration: 'i', sync: SyncPreference.Both };
  expect(asked(CommandType.LinkIssue)).toEqual([[idOf(CASES[0] ?? ''), payload]]);
});

test('R-1714 of an opportunity its project is offered beside its issues', async () => {
  linked = [
    { crmjira_jira_issue: { crmjira_issue_key: 'DOCK-1', crmjira_url: 'https://acme.atlassian.net/browse/DOCK-1' } },
  ];
  await open('open', ['Rollout'], 1033, 'opportunity');
  expect(screen.getAllByRole('link').map((one) => one.getAttribute('href'))).toEqual([
    'https://acme.atlassian.net/browse/CRMW',
    'https://acme.atlassian.net/browse/DOCK-1',
  ]);
});

test('R-1714 a comment is sent once, in either language; without a link there is nothing to comment on', async () => {
  linked = [{ crmjira_jira_issue: { crmjira_issue_key: 'DOCK-1' } }];
  await open('comment', CASES.slice(0, 1), 3084);
  fireEvent.change(screen.getByRole('textbox'), { target: { value: ' Voir la trace. ' } });
  answer = () => ({ crmjira_command_state: CommandState.Done });
  press('Transmettre');
  await pass(1_500);
  expect(screen.getByText('Le commentaire a été transmis.')).toBeInTheDocument();
  press('Transmettre');
  expect(asked(CommandType.CommentToJira)).toEqual([[idOf(CASES[0] ?? ''), { text: 'Voir la trace.' }]]);
});

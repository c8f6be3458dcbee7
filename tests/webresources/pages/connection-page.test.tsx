import '@testing-library/jest-dom';
import { webcrypto } from 'node:crypto';
import * as React from 'react';
import { act, fireEvent, render, screen, within } from '@testing-library/react';
import { AuthType, CommandState, CommandType } from '@crmjira/domain';
import { ConnectionPage } from '../../../webresources/src/pages/my-connection/connection-page';
import { pageFormat } from '../../../webresources/src/pages/platform/page-format';
import { sealSecret } from '../../../webresources/src/sealed/seal-secret';
import { idOf } from './jira-rows';

// What it does is tested with the service that opens it: plugins-proxy/capabilities/time/my-connections.
jest.mock('../../../webresources/src/sealed/seal-secret', () => ({ sealSecret: jest.fn(async () => 'sealed') }));

type Row = Readonly<Record<string, unknown>>;
interface Command {
  readonly crmjira_commandid?: string;
  readonly crmjira_command_type: number;
  readonly crmjira_regarding_id: string;
  readonly crmjira_payload?: string;
  readonly crmjira_sealed?: string;
}

const ORGANIZATION = idOf('organization');
const USER = idOf('Olivia');
const [CLOUD, PLANT] = [idOf('Cloud'), idOf('Plant')];
const SITES = [
  { integration: CLOUD, name: 'Cloud', url: 'https://company.atlassian.net', deployment: 'cloud', oauth: false },
  { integration: PLANT, name: 'Plant', url: 'https://jira.plant.example', deployment: 'dc', oauth: false },
];
const connection = (name: string, more: Row = {}): Row => ({
  crmjira_jira_connectionid: idOf(name),
  _crmjira_integration_id_value: CLOUD,
  crmjira_jira_url: `https://${name}`,
  crmjira_auth_type: AuthType.ApiToken,
  crmjira_email: 'olivia@company.com',
  crmjira_display_name: 'Olivia Owens',
  crmjira_is_active: false,
  crmjira_inbound: false,
  crmjira_last_test_on: '2025-05-16T12:12:00Z',
  crmjira_last_test_ok: true,
  crmjira_last_test_ms: 412,
  crmjira_last_test_reason: null,
  ...more,
});
const ACTIVE = connection('company.atlassian.net', { crmjira_is_active: true });
const OTHER = connection('hydro.atlassian.net');

let rows: readonly Row[];
let commands: Command[];
let answers: Readonly<Record<number, Row>>;
let keys: readonly Row[];
let times: readonly Row[];

const done = (answer: Row, result = ''): Row => ({
  crmjira_command_state: CommandState.Done,
  crmjira_result: result,
  crmjira_answer: JSON.stringify(answer),
});
const failed = (reason: string): Row => ({
  ...done({ reason, ok: false }),
  crmjira_command_state: CommandState.Failed,
});

beforeEach(() => {
  jest.useFakeTimers();
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
  Object.defineProperty(globalThis, 'crypto', { value: webcrypto, configurable: true });
  rows = [ACTIVE, OTHER];
  commands = [];
  answers = { [CommandType.FindJiraSites]: done({ sites: SITES }) };
  times = [];
  keys = [{ crmjira_key_id: 'key', crmjira_public_key: 'public' }];
  Object.assign(globalThis, {
    Xrm: {
      Utility: {
        getGlobalContext: () => ({
          organizationSettings: { organizationId: ORGANIZATION },
          userSettings: { userId: USER },
        }),
      },
      WebApi: {
        retrieveMultipleRecords: async (table: string) => ({
          entities:
            { crmjira_jira_connection: rows, crmjira_service_key: keys, crmjira_time_record: times }[table] ?? [],
        }),
        createRecord: async (_table: string, row: Command) => {
          commands.push(row);
          return { id: String(commands.length - 1) };
        },
        retrieveRecord: async (_table: string, id: string) =>
          answers[commands[Number(id)]?.crmjira_command_type ?? 0] ?? { crmjira_command_state: CommandState.Running },
      },
    },
  });
});
afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
});

const pass = (milliseconds: number) => act(async () => void (await jest.advanceTimersByTimeAsync(milliseconds)));
const button = (name: string) => screen.getByRole('button', { name });
const press = (name: string): void => void fireEvent.click(screen.getAllByRole('button', { name }).at(-1)!);
const type = (label: string, value: string): void =>
  void fireEvent.change(screen.getByLabelText(label), { target: { value } });
const asked = (kind: CommandType): readonly Command[] => commands.filter((one) => one.crmjira_command_type === kind);
const payloadOf = (command: Command | undefined): unknown => JSON.parse(command?.crmjira_payload ?? 'null');

async function open(language: 1033 | 3084 = 1033): Promise<void> {
  const settings = { language, theme: null, recordId: null };
  render(<ConnectionPage facts={{ language, format: pageFormat(language, () => -240), dark: false, settings }} />);
  await pass(0);
}

/** Opens the form of a new connection and waits until the sites are known. */
async function add(): Promise<void> {
  press('Add connection');
  await pass(1_500);
}

test('R-1802 R-1803 a connection is added: tested first, its token sealed for this person, command and Jira alone', async () => {
  rows = [];
  await open();
  expect(screen.getByText('No connection yet.')).toBeInTheDocument();
  expect(screen.getByText('Jira: not connected')).toBeInTheDocument();
  await add();
  type('E-mail', 'olivia@company.com');
  type('API token', 'typed-token');
  answers = { ...answers, [CommandType.SaveMyConnection]: failed('refused') };
  press('Test & Save');
  await pass(0);
  expect(screen.getByText('Testing')).toBeInTheDocument();
  expect(button('Test & Save')).toHaveAttribute('aria-disabled', 'true');
  const [first] = asked(CommandType.SaveMyConnection);
  expect(first).toMatchObject({ crmjira_regarding_table: 'crmjira_jira_connection', crmjira_sealed: 'sealed' });
  expect(payloadOf(first)).toEqual({ integration: CLOUD, authType: AuthType.ApiToken, email: 'olivia@company.com' });
  expect(sealSecret).toHaveBeenLastCalledWith(
    { keyId: 'key', publicKey: 'public' },
    {
      organizationId: ORGANIZATION,
      userId: USER,
      commandId: first?.crmjira_commandid,
      targetHost: 'company.atlassian.net',
    },
    'typed-token',
  );
  expect(JSON.stringify(commands)).not.toContain('typed-token');
  await pass(1_500);
  // A failed test keeps the form as it was, and says at which check it stopped.
  expect(screen.getByText('Jira refused the sign-in (401).')).toBeInTheDocument();
  expect(screen.getByText('The sign-in is accepted').textContent).toBe('The sign-in is accepted (failed)');
  expect(screen.getByText('It is Jira').textContent).toBe('It is Jira (passed)');
  expect(screen.getByLabelText('API token')).toHaveValue('typed-token');

  answers = {
    ...answers,
    [CommandType.SaveMyConnection]: done({ ok: true, reason: null, displayName: 'Olivia Owens', projects: 3 }),
  };
  press('Test & Save');
  rows = [ACTIVE];
  await pass(2_500);
  expect(screen.getByText('Connected as Olivia Owens.')).toBeInTheDocument();
  expect(screen.getByText(/You may log work in 3 projects\. Saved/)).toBeInTheDocument();
  expect(screen.queryByLabelText('API token')).not.toBeInTheDocument();
  expect(screen.getByText('Jira: company.atlassian.net')).toBeInTheDocument();
  // Each try is a command of its own, about the same new connection.
  const [one, two] = asked(CommandType.SaveMyConnection);
  expect(two?.crmjira_regarding_id).toBe(one?.crmjira_regarding_id);
  expect(two?.crmjira_commandid).not.toBe(one?.crmjira_commandid);
});

test('R-1821 R-1822 the way of signing in follows the site, and that Atlassian is not offered is said', async () => {
  rows = [];
  await open();
  await add();
  expect(screen.getByText(/Sign-in with an Atlassian account is not set up/)).toBeInTheDocument();
  expect(screen.queryByLabelText('Atlassian account (OAuth 2.0)')).not.toBeInTheDocument();
  fireEvent.click(screen.getByLabelText('Personal access token (Data Center)'));
  expect(screen.getByRole('option')).toHaveTextContent('https://jira.plant.example');
  expect(screen.queryByLabelText('E-mail')).not.toBeInTheDocument();
  expect(screen.getByRole('heading', { name: 'Get a personal access token' })).toBeInTheDocument();
  press('Test & Save');
  await pass(0);
  expect(screen.getByText('A token is required.')).toBeInTheDocument();
  expect(screen.getByLabelText('Personal access token')).toHaveFocus();
  expect(asked(CommandType.SaveMyConnection)).toEqual([]);
  type('Personal access token', 'pat');
  press('Test & Save');
  await pass(0);
  expect(payloadOf(asked(CommandType.SaveMyConnection)[0])).toEqual({
    integration: PLANT,
    authType: AuthType.PatBearer,
    email: null,
  });
});

test('R-1822 who signs in with Atlassian does so in a window of its own, and the page sees it when it is done', async () => {
  answers = { [CommandType.FindJiraSites]: done({ sites: [{ ...SITES[0], oauth: true }] }) };
  const replace = jest.fn();
  const opened = { location: { replace }, close: jest.fn(), opener: window };
  jest.spyOn(window, 'open').mockReturnValue(opened as unknown as Window);
  await open();
  await add();
  fireEvent.click(screen.getByLabelText('Atlassian account (OAuth 2.0)'));
  press('Connect with Atlassian');
  expect(window.open).toHaveBeenCalledWith('', '_blank');
  expect(opened.opener).toBeNull();
  answers = {
    ...answers,
    [CommandType.SignInWithAtlassian]: done({ url: 'https://service.example/oauth/atlassian/start?ticket=1' }),
  };
  await pass(1_500);
  expect(payloadOf(asked(CommandType.SignInWithAtlassian)[0])).toEqual({ integration: CLOUD });
  expect(replace).toHaveBeenCalledWith('https://service.example/oauth/atlassian/start?ticket=1');
  expect(button('Open Atlassian')).toBeInTheDocument();
  rows = [ACTIVE, connection('signed.atlassian.net', { crmjira_auth_type: AuthType.OAuth203Lo })];
  await pass(6_000);
  expect(screen.queryByRole('button', { name: 'Open Atlassian' })).not.toBeInTheDocument();
  expect(screen.getByText('signed.atlassian.net')).toBeInTheDocument();
  expect(screen.queryByRole('button', { name: 'Connect with Atlassian' })).not.toBeInTheDocument();
});

test.each([
  ['refused', 'Jira: sign in again', 'Refused the sign-in on May 16 08:12 (401)', 'Sign in again'],
  ['expired', 'Jira: sign in again', 'The token has expired. Make a new token in Jira and enter it.', 'Sign in again'],
  [
    'unreachable',
    'Jira: no answer since May 16 08:12',
    'company.atlassian.net did not answer within 10 s. Try again; if it stays so, ask your administrator.',
    'Test',
  ],
  [
    'no-permission',
    'Jira: not working',
    'You are signed in, but may not log work in any project. Ask a Jira administrator for the permission “Work On Issues”.',
    'Test',
  ],
])('R-1802 R-1816 a connection that is %s says so, and what to do', async (reason, title, sentence, next) => {
  rows = [{ ...ACTIVE, crmjira_last_test_ok: false, crmjira_last_test_reason: reason }];
  await open();
  expect(screen.getByText(title)).toBeInTheDocument();
  expect(screen.getByText(sentence)).toBeInTheDocument();
  expect(button(`${next}: company.atlassian.net`)).toBeInTheDocument();
});

test('R-1823 another connection becomes the active one by its choice, never by an arrow key', async () => {
  await open();
  const group = screen.getByRole('radiogroup', { name: 'My Jira connections' });
  const [first, second] = within(group).getAllByRole('radio');
  expect(first).toBeChecked();
  first?.focus();
  fireEvent.keyDown(first!, { key: 'ArrowDown' });
  expect(second).toHaveFocus();
  expect(asked(CommandType.UseConnection)).toEqual([]);
  answers = { [CommandType.UseConnection]: done({ ok: true }, 'hydro.atlassian.net is now active.') };
  fireEvent.click(second!);
  rows = [
    { ...ACTIVE, crmjira_is_active: false },
    { ...OTHER, crmjira_is_active: true },
  ];
  await pass(2_500);
  expect(asked(CommandType.UseConnection)).toMatchObject([{ crmjira_regarding_id: idOf('hydro.atlassian.net') }]);
  expect(screen.getByText('hydro.atlassian.net is now active.')).toBeInTheDocument();
  expect(second).toBeChecked();
});

test('R-1802 deleting asks first, and warns of the active one', async () => {
  HTMLDialogElement.prototype.showModal = function showModal() {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function close() {
    this.open = false;
  };
  await open();
  press('Delete: hydro.atlassian.net');
  expect(screen.getByRole('dialog')).not.toHaveTextContent('It is the active one');
  fireEvent.click(within(screen.getByRole('dialog')).getAllByRole('button', { name: 'Cancel' }).at(-1)!);
  press('Delete: company.atlassian.net');
  expect(screen.getByRole('dialog')).toHaveTextContent('It is the active one: hydro.atlassian.net becomes active.');
  expect(asked(CommandType.DeleteConnection)).toEqual([]);
  press('Delete');
  await pass(0);
  expect(asked(CommandType.DeleteConnection)).toMatchObject([{ crmjira_regarding_id: idOf('company.atlassian.net') }]);
});

test('R-1829 a person switches on that their worklogs arrive from Jira, for one connection', async () => {
  await open();
  const name = 'My worklogs arrive from Jira: company.atlassian.net';
  expect(screen.getByRole('switch', { name })).not.toBeChecked();
  answers = { [CommandType.SaveMyConnection]: failed('unreachable') };
  fireEvent.click(screen.getByRole('switch', { name }));
  await pass(0);
  expect(payloadOf(asked(CommandType.SaveMyConnection)[0])).toEqual({
    integration: CLOUD,
    authType: AuthType.ApiToken,
    email: 'olivia@company.com',
    inbound: true,
  });
  expect(screen.getByRole('switch', { name })).toBeChecked();
  await pass(1_500);
  // What was not saved is not shown as if it were.
  expect(screen.getByRole('switch', { name })).not.toBeChecked();
  expect(screen.getByText(/did not answer within 10/)).toBeInTheDocument();
});

test('R-1822 R-1829 who has signed in with Atlassian has the same switch, though no token to edit', async () => {
  const signedIn = { crmjira_auth_type: AuthType.OAuth203Lo, crmjira_email: null };
  rows = [connection('signed.atlassian.net', signedIn), connection('old.example', { crmjira_auth_type: null })];
  await open();
  expect(screen.queryByRole('button', { name: 'Edit: signed.atlassian.net' })).not.toBeInTheDocument();
  expect(screen.getAllByRole('switch')).toHaveLength(1);
  fireEvent.click(screen.getByRole('switch', { name: 'My worklogs arrive from Jira: signed.atlassian.net' }));
  await pass(0);
  const wish = { integration: CLOUD, authType: AuthType.OAuth203Lo, email: null, inbound: true };
  expect(payloadOf(asked(CommandType.SaveMyConnection)[0])).toEqual(wish);
});

test('R-1802 R-1803 an edit keeps the stored token unless another is entered', async () => {
  await open();
  press('Edit: company.atlassian.net');
  expect(screen.getByText('Leave empty to keep the stored token.')).toBeInTheDocument();
  expect(screen.getByLabelText('API token')).toHaveValue('');
  type('E-mail', 'olivia.owens@company.com');
  press('Test & Save');
  await pass(0);
  const [save] = asked(CommandType.SaveMyConnection);
  expect(save?.crmjira_sealed).toBeUndefined();
  expect(save?.crmjira_regarding_id).toBe(idOf('company.atlassian.net'));
});

test('R-1802 R-1816 beside the connections stands how much of the week is in Jira; a running record is not counted', async () => {
  const [timeIn, timeOut] = ['2025-05-16T13:00:00Z', '2025-05-16T15:30:00Z'];
  times = [
    { crmjira_time_in: timeIn, crmjira_time_out: timeOut, crmjira_jira_worklog_id: '1', crmjira_jira_seconds: 7_200 },
    { crmjira_time_in: timeIn, crmjira_time_out: timeOut },
    { crmjira_time_in: timeIn },
  ];
  await open();
  expect(screen.getByText('In Jira').nextSibling).toHaveTextContent('2:00');
  expect(screen.getByText('Not yet').nextSibling).toHaveTextContent('3:00');
});

test('R-1803 without a key of the service no token leaves the page, and that is said', async () => {
  keys = [];
  await open();
  press('Edit: company.atlassian.net');
  type('API token', 'typed-token');
  press('Test & Save');
  await pass(0);
  expect(screen.getByText('The integration cannot take a token yet. Ask your administrator.')).toBeInTheDocument();
  expect(commands).toEqual([]);
});

test('R-1936 R-1802 the page speaks French', async () => {
  rows = [];
  await open(3084);
  expect(screen.getByRole('heading', { name: 'Mes connexions Jira' })).toBeInTheDocument();
  expect(screen.getByText('Aucune connexion.')).toBeInTheDocument();
});

import '@testing-library/jest-dom';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { CommandType, Direction, type EnteredIntegration, Health, Verification } from '@crmjira/domain';
import { DetailPage } from '../../../webresources/src/pages/integration-detail/detail-page';
import { settingsFile } from '../../../webresources/src/pages/integration-detail/export-settings';
import { newSecret } from '../../../webresources/src/pages/integration-detail/new-secret';
import { sealSecret } from '../../../webresources/src/sealed/seal-secret';
import {
  type Asked,
  type Desk,
  button,
  done,
  enter,
  field,
  leaveDesk,
  openDesk,
  openEntering,
  pass,
  press,
  refusedAnswer,
  saved,
  tested,
} from './enter-desk';
import { idOf } from './jira-rows';

// What it does is tested with the service that opens it.
jest.mock('../../../webresources/src/sealed/seal-secret', () => ({ sealSecret: jest.fn(async () => 'sealed') }));

const ID = idOf('Rideau Logic Data Center');
const HOOK = idOf('Issues');
const integration = {
  crmjira_integrationid: ID,
  crmjira_name: 'Rideau Logic Data Center',
  crmjira_base_url: 'https://jira.corp.rideaulogic.example',
  crmjira_deployment: 2,
  crmjira_username: '',
  crmjira_default_project_key: 'SUPPORT',
  crmjira_default_issue_type: 'Task',
  crmjira_issue_limit_per_project: 2_000,
  crmjira_sync_interval_minutes: 60,
  crmjira_batch_size: 100,
  crmjira_secret_name: 'row:x',
  crmjira_tested_hash: 'hash',
  crmjira_is_active: true,
  crmjira_health: Health.Degraded,
  crmjira_last_test_on: '2025-05-16T16:00:00Z',
  crmjira_last_test_ok: true,
  crmjira_last_sync_on: '2025-05-16T16:00:00Z',
  modifiedon: '2025-05-16T16:00:00Z',
  crmjira_provider: { crmjira_code: 'JIRA' },
};
const mapping = (sourceField: string, targetField: string, direction: Direction) => ({
  crmjira_direction: direction,
  crmjira_source_table: 'incident',
  crmjira_source_field: sourceField,
  crmjira_target_object: 'issue',
  crmjira_target_field: targetField,
  crmjira_transform: null,
  crmjira_is_key: false,
});
const webhook = {
  crmjira_integration_webhookid: HOOK,
  crmjira_name: 'Issues',
  crmjira_url: 'https://hooks.rideaulogic.example/jira/dc-issues',
  crmjira_events: 'issue created, issue updated',
  crmjira_verification: Verification.HmacSignature,
  crmjira_is_active: true,
  crmjira_last_received_on: '2025-05-09T15:52:00Z',
  crmjira_secret_rotated_on: '2025-04-07T15:52:00Z',
};

let desk: Desk;
const of = (type: CommandType): readonly Asked[] => desk.asked.filter((one) => one.type === type);
const tab = (name: string): void => void fireEvent.click(screen.getByRole('tab', { name }));

beforeEach(() => {
  desk = openDesk();
  jest.setSystemTime(new Date('2025-05-16T17:00:00Z'));
  desk.rows = {
    ...desk.rows,
    crmjira_integration: [integration],
    crmjira_integration_mapping: [
      mapping('title', 'summary', Direction.Both),
      mapping('resolveby', 'duedate', Direction.Outbound),
    ],
    crmjira_integration_webhook: [webhook],
  };
  desk.answers = {
    [CommandType.SaveIntegration]: () => saved,
    [CommandType.SetActive]: () => saved,
    [CommandType.TestConnection]: () => tested(['reach', 'product', 'sign-in', 'permissions']),
    [CommandType.RotateWebhookSecret]: () => done(null, 'Renewed.'),
    [CommandType.Run]: () => done({ run: 'r', processed: 3, changed: 1, removed: 0, failed: 0, preview: null }, 'Ran.'),
    [CommandType.TryMapping]: () =>
      done({
        sample: { id: 'x', name: 'CAS-01042' },
        rows: [
          { index: 0, before: 'Scanner', after: 'Scanner', says: null },
          { index: 1, before: '2025-05-16', after: null, says: 'A date with time' },
        ],
        response: null,
      }),
  };
});
afterEach(leaveDesk);

const open = (language: 1033 | 3084 = 1033): Promise<void> => openEntering(DetailPage, { language, recordId: ID });

test('R-1602 R-1618 an integration is shown as its row says, and its stored token can only be replaced', async () => {
  await open();
  expect(screen.getByRole('heading', { name: 'Rideau Logic Data Center' })).toBeInTheDocument();
  expect(screen.getByText('Jira Data Center · jira.corp.rideaulogic.example')).toBeInTheDocument();
  expect(screen.getByText('Attention')).toBeInTheDocument();
  expect(screen.getByText('12:00, passed')).toBeInTheDocument();
  expect(field(/^Personal access token/)).toHaveAttribute('placeholder', 'Stored. Enter a new one to replace it.');
  enter(/^Default|^Project key/, 'FIELD');
  expect(screen.getByText('These settings have changed since the last passed test.')).toBeInTheDocument();
  expect(screen.getByText(/^Test them before you save; the integration stays active/)).toBeInTheDocument();
  await press('Save');
  const [command] = of(CommandType.SaveIntegration);
  expect(command?.sealed).toBeNull();
  expect((command?.payload as EnteredIntegration).settings).toEqual({
    ...{ url: 'https://jira.corp.rideaulogic.example', deployment: 2, username: '', projectKey: 'FIELD' },
    ...{ issueType: 'Task', issueLimit: 2_000 },
  });
  expect(screen.queryByText('These settings have changed since the last passed test.')).not.toBeInTheDocument();
});

test('R-1614 a refused save leads to the mapping and its reason; a try shows what each gives', async () => {
  await open();
  tab('Field mappings');
  await press('Try with a case');
  expect(of(CommandType.TryMapping)[0]?.payload).toMatchObject({ sample: null, entered: { provider: 'jira' } });
  expect(screen.getByText('Tried with CAS-01042.')).toBeInTheDocument();
  expect(screen.getByText('A date with time')).toBeInTheDocument();
  const says =
    'Resolve By is a date with time, Due date is a date only. Choose the transform Date only, or another field.';
  desk.answers[CommandType.SaveIntegration] = () =>
    refusedAnswer({
      ...{ integration: ID, isSaved: false, test: null },
      problems: [{ path: 'mappings.1.transform', code: 'date-only', says }],
    });
  tab('Settings');
  await press('Save');
  expect(screen.getByRole('tab', { name: 'Field mappings' })).toHaveAttribute('aria-selected', 'true');
  expect(screen.getByText('Not saved: 1 of 2 mappings is invalid.')).toBeInTheDocument();
  fireEvent.click(button('Go to mapping 2'));
  expect(field('Field in Jira of mapping 2')).toHaveFocus();
});

test('R-1610 R-1611 R-1619 schedule and batch size are changed; everything is read again after a question', async () => {
  desk.rows['crmjira_jira_project'] = [{ found: 6 }];
  desk.rows['crmjira_jira_issue'] = [{ found: 1_932 }];
  HTMLDialogElement.prototype.showModal = jest.fn();
  HTMLDialogElement.prototype.close = jest.fn();
  await open();
  tab('Schedule');
  expect(screen.getByText('5 to 1,440. About 24 runs a day.')).toBeInTheDocument();
  expect(
    screen.getByText(/^Next run 13:00\. Last run 12:00\. A failed run is repeated after 5, 10, 20 and 40/),
  ).toBeInTheDocument();
  enter(/^Records a batch/, '20');
  fireEvent.click(screen.getByRole('switch', { name: 'Run on schedule', hidden: true }));
  await press('Save');
  expect(of(CommandType.SaveIntegration)[0]?.payload).toMatchObject({ batchSize: 20, everyMinutes: null });
  await press('Read everything again…');
  expect(
    screen.getByText(
      'All 6 projects and their 1,932 issues are read again. It takes about 3 minutes and about 26 calls to Jira. Nothing is changed in Jira; nothing is lost.',
    ),
  ).toBeInTheDocument();
  expect(of(CommandType.Run)).toEqual([]);
  fireEvent.click(screen.getByRole('button', { name: 'Read everything', hidden: true }));
  await pass();
  expect(of(CommandType.Run).map(({ payload }) => payload)).toEqual([{ mode: 'everything' }]);
});

test('R-1612 a webhook’s secret is renewed: made here, sent sealed, shown this once and only where the service took it', async () => {
  HTMLDialogElement.prototype.showModal = jest.fn();
  HTMLDialogElement.prototype.close = jest.fn();
  await open();
  tab('Webhooks');
  expect(screen.getByText('Nothing for 7 days')).toBeInTheDocument();
  const rotate = async (): Promise<void> => {
    fireEvent.click(button('Rotate secret: Issues'));
    fireEvent.click(screen.getByRole('button', { name: 'Rotate secret', hidden: true }));
    await pass();
  };
  desk.answers[CommandType.RotateWebhookSecret] = () => refusedAnswer(null, 'Refused.');
  await rotate();
  expect(screen.queryByLabelText('New secret')).not.toBeInTheDocument();
  desk.answers[CommandType.RotateWebhookSecret] = () => done(null, 'Renewed.');
  await rotate();
  const command = of(CommandType.RotateWebhookSecret).at(-1);
  expect(command).toMatchObject({ regarding: `crmjira_integration_webhook(${HOOK})`, sealed: 'sealed', payload: null });
  const shown = (field('New secret') as HTMLInputElement).value;
  expect(shown).toMatch(/^[\w-]{43}$/);
  expect(sealSecret).toHaveBeenLastCalledWith(
    expect.anything(),
    expect.objectContaining({ targetHost: 'jira.corp.rideaulogic.example' }),
    JSON.stringify({ secret: shown }),
  );
  expect(JSON.stringify(desk.asked)).not.toContain(shown);
  expect(field('New secret')).toHaveAttribute('type', 'password');
  expect(screen.getByText('Enter it in Jira under System, WebHooks before May 17 13:00.')).toBeInTheDocument();
  expect(newSecret()).not.toBe(newSecret());
});

test('R-1602 an inactive integration is deleted from its page, after a question; an active one is not', async () => {
  desk.answers[CommandType.DeleteIntegration] = () => done(null, 'Deleted.');
  await open();
  expect(button('Delete')).toHaveAttribute('aria-disabled', 'true');
  await press('Deactivate');
  expect(of(CommandType.SetActive)).toEqual([]);
  fireEvent.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Deactivate' }));
  await pass();
  expect(of(CommandType.SetActive).map(({ payload }) => payload)).toEqual([{ active: false }]);
  await press('Delete');
  const dialog = screen.getByRole('dialog', { name: 'Delete Rideau Logic Data Center?' });
  expect(within(dialog).getAllByRole('button', { name: 'Keep it' }).at(-1)).toHaveFocus();
  fireEvent.click(within(dialog).getByRole('button', { name: 'Delete' }));
  await pass();
  expect(of(CommandType.DeleteIntegration)).toHaveLength(1);
  expect(desk.opened).toEqual(['crmjira_/pages/integrations-list.html']);
});

test('R-1616 R-1613 runs and administrative actions of this integration are shown, in French too', async () => {
  await open(3084);
  tab('Exécutions');
  await waitFor(() => expect(screen.getByText(/^Aucune exécution n’a eu lieu/)).toBeInTheDocument());
  tab('Actions administratives');
  await waitFor(() => expect(screen.getByText('Aucun administrateur n’est encore intervenu.')).toBeInTheDocument());
  fireEvent.click(within(screen.getByRole('tabpanel')).getByRole('button', { name: 'Chercher dans les journaux' }));
  expect(desk.opened).toEqual([`crmjira_/pages/integrations-logs.html?id=${ID}`]);
});

test('R-1618 the export holds settings and mappings, and no secret', () => {
  const entered = {
    ...{ provider: 'jira' as const, name: 'A', settings: { url: 'https://x' }, everyMinutes: 5, batchSize: 1 },
    mappings: [],
  };
  expect(JSON.parse(settingsFile(entered))).toEqual(entered);
});

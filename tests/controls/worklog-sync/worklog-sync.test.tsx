import '@testing-library/jest-dom';
import { onSynced } from '@crmjira/form-data';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { WorklogSync } from '../../../controls/worklog-sync/src/WorklogSync/index';
import { withChannels } from '../../webresources/fake-channel';
import { PAUL, type Row } from '../platform/rows';
import { type ControlClass, freezePage, showControl, thawPage } from '../platform/show-control';
import { TIME_ID, connection, failed, kept, sent, synced, timeRecord, timeTables } from './time-rows';

// The lifecycle is driven without the control's own inputs: it only reads what the form hands over.
const Control = WorklogSync as unknown as ControlClass;
type Options = Omit<Parameters<typeof showControl>[1], 'control' | 'rows'> & {
  readonly record?: Row;
  readonly rows?: Parameters<typeof timeTables>[0];
};
const show = ({ record, rows, ...options }: Options = {}) =>
  showControl(Control, {
    control: 'worklog-sync',
    table: 'crmjira_time_record',
    recordId: TIME_ID,
    rows: timeTables({ ...(record && { crmjira_time_record: [record] }), ...rows }),
    ...options,
  });
/** The connection as the service leaves it when Jira has refused its token. */
const refused = { crmjira_jira_connection: [connection({ crmjira_last_test_ok: false })] };
const user = () => userEvent.setup({ advanceTimers: (ms) => void jest.advanceTimersByTime(ms) });
const chip = (name: string) => screen.getByText(name, { selector: '.crmjira-heading .crmjira-chip' });
const button = (name: string) => screen.getByRole('button', { name });
const text = () => (document.body.textContent ?? '').replace(/[\u00a0\u202f]/g, ' ');
const buttons = () => screen.queryAllByRole('button').map(({ textContent }) => textContent);

beforeEach(() => {
  freezePage();
  // jsdom draws no dialogs.
  HTMLDialogElement.prototype.showModal = function showModal(this: HTMLDialogElement) {
    this.open = true;
  };
});
afterEach(thawPage);

describe('R-1809 one state at a time, the first that holds', () => {
  it.each([
    [{ readable: false }, 'Hidden', 'You do not have permission to see the worklog.', []],
    [{ recordId: null }, 'Not saved', 'Save the time record first.', []],
    [{ failure: new Error('down') }, 'Not read', 'The worklog could not be read.', ['Try again']],
    [{ record: timeRecord({ _ownerid_value: PAUL }), offline: true }, 'Not synced', 'can sync this time.', []],
    [{ offline: true }, 'Offline', 'You are offline. This is the state as of 14:04.', []],
    [{ record: timeRecord({ crmjira_sync_requested: true }) }, 'Syncing', 'Usually under 3 seconds.', []],
    [
      { record: failed('jira-unavailable', { crmjira_sync_requested: true }) },
      'Waiting',
      'In the words of the service.',
      ['Try now'],
    ],
    [{ rows: { crmjira_jira_connection: [] } }, 'Not ready', 'once all are true', ['Set up my connection']],
    [{ record: timeRecord({ crmjira_time_out: null }) }, 'Not ready', 'Time Out is entered', []],
    [{ record: failed('time-issue-missing') }, 'Failed', 'Nothing was logged. Choose another issue.', ['Sync again']],
    [{ record: failed('time-sign-in'), rows: refused }, 'Failed', 'Sign in again, then sync.', ['Sign in again']],
    [{ record: failed('time-sign-in') }, 'Failed', 'Sign in again, then sync.', ['Sync again']],
    [{ record: failed('time-refused') }, 'Failed', 'In the words of the service.', ['Sync again']],
    [
      { record: synced({ crmjira_time_out: '2025-05-16T12:00:00Z' }), rows: { crmjira_worklog_sync_log: [sent()] } },
      'Failed',
      'Time Out is not after Time In.',
      [],
    ],
    [{}, 'Not synced', '1 h 30 min will be logged on CRMYKBZADZ-17.', ['Sync to Jira']],
    [{ record: synced() }, 'Synced', '48112', ['Remove from Jira']],
    [{ privileges: () => false }, 'Not synced', 'You can see this worklog, not send it.', []],
  ] as [Options, string, string, string[]][])('%#', async (options, name, words, offered) => {
    await show(options);
    expect(chip(name)).toBeInTheDocument();
    expect(text()).toContain(words);
    expect(buttons()).toEqual(offered);
  });

  it('links to the worklog of the record, on the site of the connection', async () => {
    await show({
      record: synced(),
      rows: { crmjira_jira_connection: [connection({ crmjira_jira_url: 'https://j.example.com/jira/' })] },
    });
    expect(screen.getByRole('link', { name: 'Open in Jira' })).toHaveAttribute(
      'href',
      'https://j.example.com/jira/browse/CRMYKBZADZ-17?focusedWorklogId=48112',
    );
  });

  it('says exact seconds only where there are some', async () => {
    await show({ record: timeRecord({ crmjira_time_out: '2025-05-16T14:00:20Z' }) });
    expect(text()).toContain('1 h 30 min 20 s will be logged');
  });
});

describe('R-1839 what was changed since', () => {
  it('shows both sides of each difference and updates the worklog', async () => {
    const record = synced({ crmjira_time_out: '2025-05-16T14:30:00Z', crmjira_notes: 'All letters' });
    const { server, pass } = await show({ record, rows: { crmjira_worklog_sync_log: [sent()] } });
    expect(chip('Changed since sync')).toBeInTheDocument();
    const rows = screen
      .getAllByRole('row')
      .slice(1)
      .map(({ textContent }) => textContent?.replace(/\u00a0/g, ' '));
    expect(rows).toEqual(['Duration1 h 30 min2 h', 'CommentTime logged for Merge fields of all lettersAll letters']);
    await user().click(button('Update in Jira'));
    await pass(0);
    expect(server.tables.crmjira_command).toMatchObject([{ crmjira_command_type: 32, crmjira_regarding_id: TIME_ID }]);
  });

  it.each([
    [true, 'In Jira'],
    [false, 'In Jira as of May 16, 2025 13:06'],
  ])(
    'R-1829 says as of when Jira is told, where nothing arrives from there: inbound %s',
    async (isInbound, heading) => {
      const record = synced({ crmjira_notes: 'All letters', crmjira_last_synced_at: '2025-05-16T17:06:00Z' });
      const tables = { crmjira_jira_connection: [connection({ crmjira_inbound: isInbound })] };
      await show({ record, rows: { crmjira_worklog_sync_log: [sent()], ...tables } });
      const headings = screen
        .getAllByRole('columnheader')
        .map(({ textContent }) => textContent?.replace(/\u00a0/g, ' '));
      expect(headings).toEqual([heading, 'Here']);
    },
  );

  it('R-1829 tells of a change on both sides what Jira has now, and leaves or updates it', async () => {
    const said = 'This time was changed on both sides.\nWhat stands here is kept. In Jira: duration 600 s (Paul).';
    const entry = { crmjira_operation: 2, crmjira_sync_error: said, crmjira_sent_seconds: 600 };
    const change = { crmjira_jira_seconds: 600, crmjira_base: kept('2025-05-16T12:30:00Z', 600) };
    await show({ record: synced(change), rows: { crmjira_worklog_sync_log: [sent(entry)] } });
    expect(text()).toContain('What stands here is kept. In Jira: duration 600 s (Paul).');
    expect(screen.getAllByRole('row').at(1)).toHaveTextContent('Duration10 min1 h 30 min');
    expect(buttons()).toEqual(['Update in Jira', 'Leave it']);
    await user().click(button('Leave it'));
    expect(buttons()).toEqual(['Update in Jira']);
    expect(text()).toContain('This time was changed after it was synced.');
  });

  it.each([
    ['time-kept', '{"sent":"630","kept":"600"}', 'This time was changed after it was synced.', ['Update in Jira']],
    [
      'time-kept-crm',
      '{"seconds":"600","by":"Paul"}',
      'What stands here is kept. In Jira: duration 10 min (Paul).',
      ['Update in Jira', 'Leave it'],
    ],
  ])(
    'R-1829 R-1825 tells a change on both sides from a value that Jira rounds by its code, in the reader’s words: %s',
    async (code, facts, told, actions) => {
      const entry = { crmjira_operation: 2, crmjira_sync_error: 'Écrit en français.', crmjira_sent_seconds: 600 };
      const row = sent({ ...entry, crmjira_error_code: code, crmjira_error_facts: facts });
      const change = { crmjira_jira_seconds: 600, crmjira_base: kept('2025-05-16T12:30:00Z', 600) };
      await show({ record: synced(change), rows: { crmjira_worklog_sync_log: [row] } });
      expect(text()).toContain(told);
      expect(buttons()).toEqual(actions);
    },
  );

  it('R-1825 is nothing where a record is shorter than the minute that Jira got', async () => {
    const short = { crmjira_time_out: '2025-05-16T12:30:20Z', crmjira_base: kept('2025-05-16T12:30:00Z', 60) };
    const rows = { crmjira_worklog_sync_log: [sent({ crmjira_sent_seconds: 60 })] };
    await show({ record: synced({ ...short, crmjira_jira_seconds: 60 }), rows });
    expect(chip('Synced')).toBeInTheDocument();
  });

  it('is told by what the service keeps, where the log has gone', async () => {
    await show({ record: synced({ crmjira_base: kept('2025-05-16T12:30:00Z', 3_600) }) });
    expect(chip('Changed since sync')).toBeInTheDocument();
  });
});

it('R-1809 syncing is asked for once, and the record tells what came of it', async () => {
  const { server, pass } = await show();
  await user().click(button('Sync to Jira'));
  await pass(0);
  expect(chip('Syncing')).toBeInTheDocument();
  expect(buttons()).toEqual([]);
  Object.assign(server.tables.crmjira_time_record?.[0] ?? {}, synced());
  Object.assign(server.tables.crmjira_command?.[0] ?? {}, { crmjira_command_state: 3 });
  await pass(500);
  expect(chip('Synced')).toBeInTheDocument();
  expect(screen.getAllByRole('status').map(({ textContent }) => textContent?.replace(/\u00a0/g, ' '))).toEqual([
    '1 h 30 min logged on CRMYKBZADZ-17.',
  ]);
});

it('R-1809 what is not saved is not sent: it says so until the saved row has it', async () => {
  const { server, pass, update } = await show({ fields: { notes: 'one' } });
  update({ fields: { notes: 'two' } });
  expect(text()).toContain('Save your changes first: the saved times are sent.');
  expect(buttons()).toEqual([]);
  Object.assign(server.tables.crmjira_time_record?.[0] ?? {}, { crmjira_notes: 'two' });
  await pass(8_000);
  expect(buttons()).toEqual(['Sync to Jira']);
});

it('R-1826 a worklog of the same person that overlaps is named, and does not hinder', async () => {
  const other = synced({
    crmjira_time_recordid: '71000000-0000-4000-8000-000000000002',
    crmjira_jira_worklog_id: '48190',
    crmjira_jira_issue_key: 'CRMYKBZADZ-12',
    crmjira_time_in: '2025-05-16T13:30:00Z',
    crmjira_time_out: '2025-05-16T15:00:00Z',
  });
  await show({ rows: { crmjira_time_record: [timeRecord(), other] } });
  expect(chip('Overlap')).toBeInTheDocument();
  expect(text()).toContain('Your worklog 48190 overlaps: 09:30–11:00 on CRMYKBZADZ-12.');
  expect(buttons()).toEqual(['Sync anyway']);
});

it('R-1839 removing from Jira is asked about first, with the focus on the safe answer', async () => {
  const { server, pass } = await show({ record: synced() });
  await user().click(button('Remove from Jira'));
  expect(text()).toContain(
    'Worklog 48112 (1 h 30 min on CRMYKBZADZ-17) is deleted in Jira. The time record stays here.',
  );
  expect(button('Keep it')).toHaveFocus();
  await user().click(button('Keep it'));
  expect(server.tables.crmjira_command).toEqual([]);
  await user().click(button('Remove from Jira'));
  await user().click(screen.getAllByRole('button', { name: 'Remove from Jira' }).at(-1) as HTMLElement);
  await pass(0);
  expect(server.tables.crmjira_command).toMatchObject([{ crmjira_command_type: 33 }]);
});

it('a worklog that is gone can be made anew, or left', async () => {
  const trouble = { code: 'time-worklog-gone', about: '48112', on: '2025-05-16T13:10:00Z' };
  await show({
    record: synced({ crmjira_jira_synced: false, crmjira_base: kept('2025-05-16T12:30:00Z', 5_400, trouble) }),
  });
  expect(text()).toContain('Worklog 48112 is no longer in Jira (checked 09:10).');
  await user().click(button('Leave it'));
  expect(chip('Gone from Jira')).toBeInTheDocument();
  expect(buttons()).toEqual([]);
});

it('opens the page of the own connections', async () => {
  const { context } = await show({ record: failed('time-sign-in'), rows: refused });
  await user().click(button('Sign in again'));
  const navigation = context().navigation as unknown as { readonly navigateTo: jest.Mock };
  expect(navigation.navigateTo).toHaveBeenCalledWith(
    expect.objectContaining({ webresourceName: 'crmjira_/pages/my-connection.html' }),
  );
});

it('R-1833 tells the form once a sync has written the record, whoever asked for it', () => {
  const told: unknown[] = [];
  return withChannels(async () => {
    const stop = onSynced((key) => told.push(key));
    const { server, pass, unmount } = await show();
    await pass(30_000);
    expect(told).toEqual([]);
    server.tables.crmjira_time_record = [synced()];
    await pass(30_000);
    expect(chip('Synced')).toBeInTheDocument();
    expect(told).toEqual([`crmjira_time_record ${TIME_ID}`]);
    unmount();
    stop();
  });
});

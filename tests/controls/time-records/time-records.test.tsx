import '@testing-library/jest-dom';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { TimeRecords } from '../../../controls/time-records/src/TimeRecords/index';
import type { Row } from '../platform/rows';
import { type ControlClass, freezePage, showControl, thawPage } from '../platform/show-control';
import { fakeDataSet } from '../portfolio/fake-data-set';
import { idOfRow, weekRecords, weekSynced, weekTables } from './week-rows';

// The lifecycle is driven without the control's own inputs.
const Control = TimeRecords as unknown as ControlClass;
const held = { asked: [] as string[], selected: [] as string[], rows: [] };
type Options = Omit<Parameters<typeof showControl>[1], 'control' | 'rows'> & {
  readonly rows?: Parameters<typeof weekTables>[0];
};
const show = ({ rows, ...options }: Options = {}) =>
  showControl(Control, {
    control: 'time-records',
    width: 960,
    rows: weekTables(rows),
    parameters: { records: fakeDataSet(held) },
    ...options,
  });
const user = () => userEvent.setup({ advanceTimers: (ms) => void jest.advanceTimersByTime(ms) });
const plain = (text: string | null | undefined) => (text ?? '').replace(/[\u00a0\u202f]/g, ' ');
const text = () => plain(document.body.textContent);
const box = (name: string) => screen.getByRole('checkbox', { name });
const button = (name: string) => screen.getByRole('button', { name });
const asked = (commands: readonly Row[] | undefined) =>
  (commands ?? []).map((row) => [
    row.crmjira_command_type,
    row.crmjira_regarding_id,
    JSON.parse(String(row.crmjira_payload)),
  ]);

beforeEach(() => {
  freezePage();
  Object.assign(held, { asked: [], selected: [] });
});
afterEach(thawPage);

it('R-1831 a record that ends before it begins takes nothing from the week', async () => {
  const rows = weekRecords();
  const [first] = rows;
  await show({
    rows: { crmjira_time_record: [{ ...first!, crmjira_time_out: '2025-05-12T03:00:00Z' }, ...rows.slice(1)] },
  });
  // An hour and a half less than with it, and no negative time anywhere.
  expect(text()).toContain('30:00 of 37:30 hours');
  expect(text()).not.toMatch(/[^A-Z]-\d/);
});

it('R-1831 shows a week of the own time by days, with totals and what is missing until today', async () => {
  await show();
  expect(text()).toContain('May 12–18, 2025');
  expect(text()).toContain('31:30 of 37:30 hours');
  expect(text()).toContain('6 h 15 min left to log by today');
  expect(
    screen
      .getAllByRole('img')
      .map((bar) => plain(bar.getAttribute('aria-label')))
      .slice(0, 7),
  ).toContain('Wednesday, May 14: 5 h 30 min / 7 h 30 min');
  const days = screen.getAllByRole('rowheader').map((header) => plain(header.closest('tr')?.textContent));
  expect(days).toEqual([
    'Monday, May 127:30of 7:30',
    'Tuesday, May 137:30of 7:30',
    'Wednesday, May 145:30of 7:30, log 2 h',
    'Thursday, May 157:45of 7:30',
    'Friday, May 163:15of 7:30, 1 h 19 min running',
  ]);
  expect(text()).toContain('16 recordsNot synced 11, changed since sync 1, synced 2, no issue 1, running 1');
});

it('R-1811 R-1810 a row has the badge of its issue, its state, and a button where a sync is of use', async () => {
  await show();
  const row = screen.getByRole('button', { name: 'Role tests with two brokers' }).closest('tr') as HTMLElement;
  expect(within(row).getByRole('link', { name: 'CRMYKBZADZ-21, Blocked' })).toHaveClass('crmjira-stopped');
  expect(plain(row.textContent)).toBe(
    '08:45–11:45Role tests with two brokersAssurance LaurentideCRMYKBZADZ-213:00Not synced',
  );
  expect(screen.getAllByRole('button', { name: /^Sync to Jira:/ })).toHaveLength(12);
  expect(box('Team meeting: No issue')).toHaveAttribute('aria-disabled', 'true');
});

it('R-1807 syncs what is selected in one command, tells how far it is and what came of it, and keeps what failed selected', async () => {
  const { server, pass } = await show();
  await user().click(box('Select all that can be synced'));
  expect(text()).toContain('12 selected');
  await user().click(button('Sync selected to Jira'));
  await pass(0);
  const [[type, regarding, payload] = []] = asked(server.tables.crmjira_command);
  expect([type, regarding, (payload as { records: unknown[] }).records.length]).toEqual([32, idOfRow(3), 12]);
  server.tables.crmjira_time_record = weekSynced(10);
  Object.assign(server.tables.crmjira_command?.[0] ?? {}, { crmjira_command_state: 2, crmjira_done_count: 7 });
  await pass(500);
  expect(text()).toContain('Syncing 7 of 12 · 2 failed so far.');
  expect(screen.getByRole('progressbar')).toHaveAttribute('value', String(7 / 12));
  server.tables.crmjira_time_record = weekSynced();
  Object.assign(server.tables.crmjira_command?.[0] ?? {}, { crmjira_command_state: 3, crmjira_done_count: 12 });
  await pass(500);
  expect(text()).toContain('10 succeeded, 2 failed');
  expect(screen.getByRole('group', { name: '10 succeeded, 2 failed' })).toHaveFocus();
  expect(text()).toContain('Payment release, last fixes: CRMYKBZADZ-9 is closed, and Jira takes no time on it.');
  expect(held.selected).toEqual([idOfRow(6), idOfRow(7)]);
  await user().click(button('Show failed only'));
  expect(screen.getAllByRole('rowheader')).toHaveLength(2);
  await user().click(button('Retry failed'));
  await pass(0);
  expect(asked(server.tables.crmjira_command).at(-1)).toEqual([32, idOfRow(6), { records: [idOfRow(6), idOfRow(7)] }]);
});

it('R-1807 Stop takes back the wishes that are not served, and tells what was not begun', async () => {
  const { server, pass } = await show();
  await user().click(box('Select all that can be synced'));
  await user().click(button('Sync selected to Jira'));
  server.tables.crmjira_time_record = weekSynced(10);
  Object.assign(server.tables.crmjira_command?.[0] ?? {}, { crmjira_command_state: 2, crmjira_done_count: 7 });
  await pass(500);
  await user().click(button('Stop'));
  await pass(0);
  const back = server.calls.filter((call) => call.startsWith('update crmjira_time_record'));
  expect(back).toEqual(Array(5).fill('update crmjira_time_record {"crmjira_sync_requested":false}'));
  Object.assign(server.tables.crmjira_command?.[0] ?? {}, { crmjira_command_state: 3 });
  await pass(500);
  expect(text()).toContain('Stopped: 5 succeeded, 2 failed, 5 not started');
});

it('R-1831 one record is synced by its own button, and its row says what came of it', async () => {
  const { server, pass } = await show();
  await user().click(button('Sync to Jira: Payment release, last fixes'));
  await pass(0);
  expect(asked(server.tables.crmjira_command)).toEqual([[32, idOfRow(6), { records: [idOfRow(6)] }]]);
  expect(screen.queryByRole('progressbar')).toBeNull();
  server.tables.crmjira_time_record = weekSynced();
  Object.assign(server.tables.crmjira_command?.[0] ?? {}, { crmjira_command_state: 5 });
  await pass(500);
  expect(box('Payment release, last fixes')).toBeChecked();
});

it('R-1831 logs missing time from where the day’s last record ends, and opens records', async () => {
  const { context } = await show();
  await user().click(button('Log 2:00, Wednesday, May 14'));
  await user().click(button('Team meeting'));
  expect((context().navigation.openForm as jest.Mock).mock.calls).toEqual([
    [{ entityName: 'crmjira_time_record' }, { crmjira_time_in: '2025-05-14T19:45:00Z' }],
    [{ entityName: 'crmjira_time_record', entityId: idOfRow(9) }],
  ]);
});

it.each([
  [{ rows: { crmjira_time_record: [] } }, 'No time this week yet.Log today’s first hours, or start the clock.'],
  [{ rows: { crmjira_jira_connection: [] } }, 'You have no Jira connection.Log your time; it can be synced once'],
  [{ failure: new Error('down') }, 'Your time could not be read.Nothing is lost. Try again.'],
  [{ language: 3084 }, '31:30 sur 37:30 heures'],
] as [Options, string][])('R-1831 states: %#', async (options, words) => {
  await show(options);
  expect(text()).toContain(words);
  if (options.rows?.crmjira_jira_connection)
    expect(screen.queryAllByRole('button', { name: /^Sync to Jira:/ })).toEqual([]);
});

it('R-1833 shows another week, and what is selected in it', async () => {
  const { pass } = await show({ rows: { crmjira_time_record: weekRecords().slice(3, 5) } });
  await user().click(box('Tuesday, May 13'));
  expect(held.selected).toEqual([idOfRow(4), idOfRow(5)]);
  await user().click(button('Next week'));
  await pass(0);
  expect(text()).toContain('May 19–25, 2025');
  expect(held.selected).toEqual([]);
});

import '@testing-library/jest-dom';
import * as React from 'react';
import { act, fireEvent, render, screen, within } from '@testing-library/react';
import { CommandState, CommandType } from '@crmjira/domain';
import { pageFormat } from '../../../webresources/src/pages/platform/page-format';
import { HistoryPage } from '../../../webresources/src/pages/sync-history/history-page';
import { syncHistoryTexts } from '../../../webresources/src/strings/generated/sync-history';
import { timeSyncTexts } from '../../../webresources/src/strings/generated/time-sync';
import { ME, historyAnswer, historyRows } from './history-rows';
import { idOf } from './jira-rows';

interface Command {
  readonly crmjira_command_type: number;
  readonly crmjira_regarding_id: string;
  readonly crmjira_payload: string;
}

let world: {
  rows: readonly Readonly<Record<string, unknown>>[];
  readonly queries: string[];
  readonly commands: Command[];
  readonly opened: unknown[];
  /** what a command row holds */
  answer: Readonly<Record<string, unknown>>;
};

beforeEach(() => {
  jest.useFakeTimers({ now: new Date('2025-05-16T17:07:00Z') });
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
  world = { rows: historyRows, queries: [], commands: [], opened: [], answer: {} };
  Object.assign(globalThis, {
    Xrm: {
      Utility: { getGlobalContext: () => ({ userSettings: { userId: `{${ME.toUpperCase()}}` } }) },
      WebApi: {
        retrieveMultipleRecords: async (table: string, query: string) => {
          const asked = decodeURIComponent(query);
          world.queries.push(asked);
          return { entities: historyAnswer(world.rows)(table, asked) ?? [] };
        },
        createRecord: async (_table: string, row: Command) => {
          world.commands.push(row);
          return { id: String(world.commands.length) };
        },
        retrieveRecord: async () => world.answer,
      },
      Navigation: {
        navigateTo: async (page: unknown) => void world.opened.push(page),
        openForm: async (form: unknown) => void world.opened.push(form),
      },
    },
  });
});
afterEach(() => jest.useRealTimers());

const pass = (milliseconds: number) => act(async () => void (await jest.advanceTimersByTimeAsync(milliseconds)));

async function open(recordId: string | null = null, language: 1033 | 3084 = 1033): Promise<void> {
  const settings = { language, theme: null, recordId };
  render(<HistoryPage facts={{ language, format: pageFormat(language, () => -240), dark: false, settings }} />);
  await pass(0);
}

const press = (name: string | RegExp): void =>
  void fireEvent.click(screen.getAllByRole('button', { name })[0] as Element);
const rowOf = (name: RegExp): HTMLElement => screen.getByRole('row', { name });
const asked = () => world.commands.map((one) => [one.crmjira_command_type, JSON.parse(one.crmjira_payload)]);
const lastQuery = (): string => world.queries.findLast((one) => one.includes('top=')) ?? '';
const retryNames = (): readonly (string | null)[] =>
  screen.getAllByRole('button', { name: /^Retry:/ }).map((button) => button.getAttribute('aria-label'));

test('R-1812 an attempt stands with its time, issue, record, status, worklog and error; the person’s own of this week', async () => {
  await open();
  expect(rowOf(/13:06:34/)).toHaveTextContent(
    /May 16, 2025 13:06:34.*CRMOTFFHAU-8.*Essais des factures PDF.*Success.*48249/,
  );
  expect(rowOf(/13:06:20/)).toHaveTextContent(/List of purposes with legal.*Failed.*–.*You may not log work/);
  expect(screen.getByText('1–17 of 17 attempts')).toBeInTheDocument();
  expect(screen.getByText('13')).toBeInTheDocument();
  // Monday to Friday on a clock in Toronto, and nobody else's.
  expect(lastQuery()).toMatch(/ownerid" operator="eq-userid/);
  expect(lastQuery()).toMatch(/operator="ge" value="2025-05-12T04:00:00.000Z".*operator="lt" value="2025-05-17T04:00/);
  expect(lastQuery()).toMatch(/top="50"/);
});

test('R-1812 dates, status and number are asked of Dataverse, and cleared together', async () => {
  await open();
  fireEvent.change(screen.getByLabelText('From'), { target: { value: '2025-04-01' } });
  fireEvent.change(screen.getByLabelText('Status'), { target: { value: 'failed' } });
  fireEvent.change(screen.getByLabelText('Show at most'), { target: { value: '200' } });
  world.rows = [];
  await pass(0);
  expect(lastQuery()).toMatch(/top="200".*value="2025-04-01T04:00.*crmjira_sync_status" operator="eq" value="3"/);
  await pass(30_000);
  expect(screen.getByText('No attempts in this period.')).toBeInTheDocument();
  expect(screen.getByText('Widen the dates or clear the status.')).toBeInTheDocument();
  world.rows = historyRows;
  press('Clear filters');
  await pass(0);
  expect(lastQuery()).toMatch(/top="50".*2025-05-12T04:00/);
  expect(lastQuery()).not.toContain('crmjira_sync_status" operator');
});

test('R-1812 R-1832 rows are sorted by each column, 25 to a page; an error opens in full', async () => {
  world.rows = Array.from({ length: 60 }, (_, index) => ({
    ...historyRows[0],
    crmjira_worklog_sync_logid: idOf(`row ${index}`),
    crmjira_jira_worklog_id: String(100 + index),
  }));
  await open();
  expect(screen.getByText('1–25 of 60 attempts')).toBeInTheDocument();
  press('Worklog ID');
  expect(screen.getAllByRole('row')[1]).toHaveTextContent('100');
  expect(screen.getByRole('columnheader', { name: 'Worklog ID' })).toHaveAttribute('aria-sort', 'ascending');
  press('Worklog ID');
  expect(screen.getAllByRole('row')[1]).toHaveTextContent('159');
  press('Next page');
  press('Next page');
  expect(screen.getByText('51–60 of 60 attempts')).toBeInTheDocument();
  expect(screen.getByText('Page 3 of 3')).toBeInTheDocument();
  press('Next page');
  expect(screen.getByText('Page 3 of 3')).toBeInTheDocument();
  world.rows = historyRows;
  press('Refresh');
  await pass(0);
  const error = screen.getByRole('button', { name: /^You may not log work/ });
  expect(error).toHaveAttribute('title', expect.stringMatching(/“Work On Issues”\.$/));
  expect(error).toHaveAttribute('aria-expanded', 'false');
  fireEvent.click(error);
  expect(error).toHaveAttribute('aria-expanded', 'true');
  expect(screen.getByText('You may not log work in project CRMVCKSBZD.')).toBeInTheDocument();
});

test('R-1832 only what failed last and is not in Jira is tried again; the list is read again with the answer', async () => {
  await open();
  // Those of an earlier day have been synced since; one is on its way already.
  expect(retryNames()).toEqual(['Retry: List of purposes with legal']);
  expect(within(rowOf(/13:06:18/)).getByText('Retrying')).toBeInTheDocument();
  world.answer = { crmjira_command_state: CommandState.Running, crmjira_answer: '{"failed":0}' };
  press('Retry: List of purposes with legal');
  await pass(0);
  expect(asked()).toEqual([[CommandType.SyncTime, { records: [idOf('List of purposes with legal')] }]]);
  expect(within(rowOf(/13:06:20/)).getByText('Retrying')).toBeInTheDocument();
  expect(screen.getByText('Syncing 0 of 1 · 0 failed so far.')).toBeInTheDocument();
  const before = world.queries.length;
  world.answer = {
    crmjira_command_state: CommandState.Done,
    crmjira_answer: JSON.stringify({ total: 1, succeeded: 1, failed: 0, errors: [] }),
  };
  await pass(1_500);
  expect(screen.getByText('1 succeeded')).toBeInTheDocument();
  expect(world.queries.length).toBeGreaterThan(before);
  press('Dismiss');
  expect(screen.queryByText('1 succeeded')).toBeNull();
});

test('R-1832 all failed are tried at once; what fails again says why, how often, and can be tried again', async () => {
  world.rows = ['a', 'b', 'c'].map((name) => ({
    ...historyRows[7],
    crmjira_worklog_sync_logid: idOf(`log ${name}`),
    'record.crmjira_time_recordid': idOf(name),
  }));
  await open();
  world.answer = {
    crmjira_command_state: CommandState.Done,
    crmjira_answer: JSON.stringify({
      ...{ total: 3, succeeded: 1, failed: 2 },
      errors: ['b', 'c'].map((name) => ({ record: idOf(name), code: 'x', error: 'It is closed.\nReopen it.' })),
    }),
  };
  press('Retry all failed');
  await pass(1_500);
  expect(asked()).toEqual([[CommandType.SyncTime, { records: ['a', 'b', 'c'].map(idOf) }]]);
  expect(screen.getByText('1 succeeded, 2 failed')).toBeInTheDocument();
  expect(screen.getByText('It is closed. (2 records)')).toBeInTheDocument();
  press('Retry failed');
  await pass(0);
  expect(asked()[1]).toEqual([CommandType.SyncTime, { records: ['b', 'c'].map(idOf) }]);
});

test('R-1832 somebody else’s attempts are shown for a record that one may read, and not tried again', async () => {
  world.rows = historyRows.slice(7, 8).map((row) => ({ ...row, 'record.ownerid': idOf('somebody else') }));
  await open(idOf('List of purposes with legal'));
  expect(lastQuery()).toContain(`crmjira_time_record" operator="eq" value="${idOf('List of purposes with legal')}"`);
  expect(lastQuery()).not.toContain('crmjira_synced_at" operator');
  expect(screen.queryByRole('button', { name: /^Retry:/ })).toBeNull();
  expect(screen.getByRole('button', { name: 'Retry all failed' })).toHaveAttribute('aria-disabled', 'true');
  press('View record: List of purposes with legal');
  press('My connections');
  expect(world.opened).toEqual([
    { entityName: 'crmjira_time_record', entityId: idOf('List of purposes with legal') },
    { pageType: 'webresource', webresourceName: 'crmjira_/pages/my-connection.html' },
  ]);
});

test('R-1812 a record that was never synced says so, in French as well', async () => {
  world.rows = [];
  await open(idOf('new'), 3084);
  expect(screen.getByText('Aucune tentative. Elle apparaît à la première synchronisation.')).toBeInTheDocument();
  for (const texts of [...Object.values(syncHistoryTexts), ...Object.values(timeSyncTexts)])
    expect([texts[1033], texts[3084]].map((text) => /\S/.test(text))).toEqual([true, true]);
});

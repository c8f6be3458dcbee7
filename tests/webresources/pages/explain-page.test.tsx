import '@testing-library/jest-dom';
import * as React from 'react';
import { act, fireEvent, render, screen, within } from '@testing-library/react';
import { CommandState, CommandType, type ExplainAnswer } from '@crmjira/domain';
import { ExplainPage, tableOf } from '../../../webresources/src/pages/explain-sync/explain-page';
import { pageFormat } from '../../../webresources/src/pages/platform/page-format';

const ID = 'a1b2c3d4-e5f6-7890-abcd-ef1234567890';

const inSync: ExplainAnswer = {
  kind: 'time-record',
  standing: 'in-sync',
  fields: [
    { field: 'started', dynamics: '2025-05-16T13:00:00Z', jira: '2025-05-16T13:00:00Z', differs: false, as: 'instant' },
    { field: 'duration', dynamics: '3600', jira: '3600', differs: false, as: 'seconds' },
  ],
  hidden: 0,
  steps: [],
  trouble: null,
  lastFailure: null,
  run: { state: 'done', isRunning: false, at: '2025-05-16T17:00:00Z', attempts: 0 },
};
const failed: ExplainAnswer = {
  kind: 'opportunity',
  standing: 'retrying',
  fields: [
    { field: 'spent', dynamics: '$46,000.00 CAD', jira: '$47,000.00 CAD', differs: true },
    { field: 'existence', dynamics: 'exists', jira: 'no-project', differs: true, as: 'word' },
  ],
  hidden: 1,
  steps: [
    { kind: 'dataverse.change-set', about: 'the figures in Jira changed' },
    { kind: 'dataverse.change-set', about: 'commands were carried out' },
    { kind: 'jira.update-root-issue', about: null },
  ],
  trouble: null,
  lastFailure: {
    code: 'jira-credentials',
    says: 'Jira refused the credentials of the integration account.',
    remedy: 'Create a new token.',
    since: '2025-05-16T16:00:00Z',
    nextRetryOn: '2025-05-16T17:20:00Z',
  },
  run: { state: 'failing', isRunning: false, at: '2025-05-16T17:20:00Z', attempts: 3 },
};
const silent: ExplainAnswer = {
  ...inSync,
  kind: 'issue-link',
  standing: 'unread',
  fields: [{ field: 'summary', dynamics: 'Printer on fire', jira: null, differs: false }],
  steps: null,
  trouble: {
    code: 'jira-unavailable',
    says: 'Jira did not answer within 3 s.',
    remedy: 'Check the firewall.',
    silent: { side: 'jira', seconds: 3 },
  },
  run: null,
};

let row: Record<string, unknown>;
let asked: Record<string, unknown>[];
let refusal: unknown;

beforeEach(() => {
  jest.useFakeTimers({ now: new Date('2025-05-16T17:05:00Z') });
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
  row = { crmjira_command_state: CommandState.Requested };
  asked = [];
  refusal = null;
  Object.assign(globalThis, {
    Xrm: {
      WebApi: {
        retrieveRecord: async () => row,
        createRecord: async (_table: string, columns: Record<string, unknown>) => {
          if (refusal) throw refusal;
          asked.push(columns);
          return { id: 'new' };
        },
      },
    },
  });
});
afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
});

const pass = (ms: number) => act(async () => void (await jest.advanceTimersByTimeAsync(ms)));
const told = (): string => screen.getByRole('status').textContent ?? '';
const answer = (given: ExplainAnswer): void => {
  row = { crmjira_command_state: CommandState.Done, crmjira_result: '', crmjira_answer: JSON.stringify(given) };
};

async function open(language: 1033 | 3084 = 1033, table: string | null = 'opportunity'): Promise<void> {
  const settings = { language, theme: null, recordId: ID };
  render(
    <ExplainPage facts={{ language, format: pageFormat(language, () => 0), dark: false, settings }} table={table} />,
  );
  await pass(600);
}

test('asks about the record as the page opens, and shows both sides of one that is in sync', async () => {
  answer(inSync);
  await open(1033, 'crmjira_time_record');
  expect(asked).toMatchObject([
    {
      crmjira_command_type: CommandType.Explain,
      crmjira_regarding_table: 'crmjira_time_record',
      crmjira_regarding_id: ID,
    },
  ]);
  expect(told()).toBe('This record is in sync.Both sides agree; nothing is left to do.');
  expect(screen.getByRole('row', { name: /^Start .*2025.* 13:00:00 .*2025.* 13:00:00 Same$/ })).toBeVisible();
  expect(screen.getByRole('row', { name: /^Duration 1.h 1.h Same$/ })).toBeVisible();
  expect(screen.getByText('Nothing is left to do.')).toBeVisible();
  expect(screen.getByText('Last run ended: 17:00')).toBeVisible();
  expect(screen.queryByRole('heading', { name: 'What failed last' })).toBeNull();
});

test('says what failed, what to do and when it is tried again; marks what differs; leaves out what this person may not read', async () => {
  answer(failed);
  await open();
  expect(told()).toMatch(/^The last sync failed and is tried again\./);
  const card = (name: string) => within(screen.getByRole('heading', { name }).parentElement!);
  const failure = card('What failed last');
  expect(failure.getByText('Jira refused the credentials of the integration account.')).toBeVisible();
  expect(failure.getByText(/Create a new token\./)).toBeVisible();
  expect(failure.getByText('Since 16:00 · Next try: 17:20')).toBeVisible();
  expect(screen.getByRole('row', { name: 'Spent $46,000.00 CAD $47,000.00 CAD Different' })).toBeVisible();
  expect(screen.getByRole('row', { name: 'Project There No such project Different' })).toBeVisible();
  expect(screen.getByText('1 field is not shown: you may not read it.')).toBeVisible();
  // Two changes of the same kind are one line; the log's own words are nobody's here.
  expect(screen.getAllByRole('listitem').map((item) => item.textContent)).toEqual([
    'Write figures and states to Dynamics',
    'Update the root issue in Jira',
  ]);
  expect(card('What happens next').getByText('Next try: 17:20, after 3 failures')).toBeVisible();
});

test('shows the side of Dynamics alone where Jira does not answer, in French too', async () => {
  answer(silent);
  await open(3084, 'crmjira_issue_link');
  expect(told()).toMatch(/n’a pas pu être vérifiée jusqu’au bout/);
  expect(told()).toMatch(/did not answer within 3 s\..*Check the firewall\./);
  expect(screen.getByRole('row', { name: 'Titre Printer on fire – Non lu' })).toBeVisible();
  expect(screen.getByText('Ce qui reste à faire n’a pas pu être déterminé.')).toBeVisible();
});

test('says after a time that there is still no answer, then what to check, and shows an answer that comes after all', async () => {
  await open();
  expect(told()).toMatch(/^Dynamics and Jira are being read\./);
  expect(screen.getByRole('button', { name: 'Ask again' })).toHaveAttribute('aria-disabled', 'true');
  await pass(6_000);
  expect(told()).toMatch(/^Still no answer after 5 seconds\./);
  await pass(30_000);
  expect(told()).toMatch(/^The integration has not answered\..*page Integration health.*crmjira doctor/);
  answer(inSync);
  await pass(10_000);
  expect(told()).toMatch(/^This record is in sync\./);
  fireEvent.click(screen.getByRole('button', { name: 'Ask again' }));
  await pass(600);
  expect(asked).toHaveLength(2);
});

test('says who may not ask, and gives the service’s words where it refuses', async () => {
  refusal = Object.assign(new Error('No privilege.'), { errorCode: 0x80040220 });
  await open();
  expect(told()).toMatch(/^You may not ask the integration\./);
  refusal = null;
  row = { crmjira_command_state: CommandState.Refused, crmjira_result: 'This is switched off in this environment.' };
  fireEvent.click(screen.getByRole('button', { name: 'Ask again' }));
  await pass(600);
  expect(told()).toBe('There is no answer.This is switched off in this environment.');
  expect(screen.queryByRole('table')).toBeNull();
});

test('asks about nothing where it was opened from no record that is kept in agreement', async () => {
  expect(tableOf('?data=table%3Dincident%26id%3Dx')).toBe('incident');
  expect(tableOf('?data=table%3Dlead')).toBeNull();
  await open(1033, null);
  expect(asked).toEqual([]);
  expect(screen.getByText('This page was not opened from a record.')).toBeVisible();
});

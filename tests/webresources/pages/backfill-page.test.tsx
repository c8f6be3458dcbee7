import '@testing-library/jest-dom';
import * as React from 'react';
import { act, fireEvent, render, screen, within } from '@testing-library/react';
import { CommandState, CommandType } from '@crmjira/domain';
import { BackfillPage } from '../../../webresources/src/pages/backfill/backfill-page';
import { excerpt, keysOf } from '../../../webresources/src/pages/backfill/backfill-view';
import { pageFormat } from '../../../webresources/src/pages/platform/page-format';
import { backfillPageTexts } from '../../../webresources/src/strings/generated/backfill-page';
import { type Wish, backfillAnswer, backfillQuery, earlierRows } from './backfill-rows';
import { idOf } from './jira-rows';

interface Command {
  readonly type: number;
  readonly payload: { readonly records: readonly Wish[]; readonly check: boolean };
}

let world: {
  rows: readonly Readonly<Record<string, unknown>>[];
  isConnected: boolean;
  readonly queries: string[];
  readonly commands: Command[];
  readonly opened: unknown[];
  /** null: as the service would */
  answer: ((command: Command) => Readonly<Record<string, unknown>>) | null;
};

beforeEach(() => {
  jest.useFakeTimers({ now: new Date('2025-05-16T17:07:00Z') });
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
  // jsdom has no dialogs that open
  Object.assign(HTMLDialogElement.prototype, {
    showModal(this: HTMLDialogElement) {
      this.open = true;
    },
    close(this: HTMLDialogElement) {
      this.open = false;
    },
  });
  world = { rows: earlierRows, isConnected: true, queries: [], commands: [], opened: [], answer: null };
  const answered = (command: Command): Readonly<Record<string, unknown>> => ({
    crmjira_command_state: CommandState.Done,
    crmjira_result: 'Done.',
    crmjira_answer: JSON.stringify(backfillAnswer(command.payload)),
  });
  Object.assign(globalThis, {
    Xrm: {
      WebApi: {
        retrieveMultipleRecords: async (table: string, query: string) => {
          const asked = decodeURIComponent(query);
          world.queries.push(asked);
          return { entities: backfillQuery(world.rows, world.isConnected)(table, asked) ?? [] };
        },
        createRecord: async (_table: string, row: { crmjira_command_type: number; crmjira_payload: string }) => {
          // its own document, written a moment ago
          const payload = JSON.parse(row.crmjira_payload) as Command['payload'];
          world.commands.push({ type: row.crmjira_command_type, payload });
          return { id: String(world.commands.length - 1) };
        },
        retrieveRecord: async (_table: string, id: string) => {
          const command = world.commands[Number(id)];
          return command === undefined ? {} : (world.answer ?? answered)(command);
        },
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

async function open(language: 1033 | 3084 = 1033): Promise<void> {
  const settings = { language, theme: null, recordId: null };
  render(<BackfillPage facts={{ language, format: pageFormat(language, () => -240), dark: false, settings }} />);
  await pass(0);
}
async function press(name: string, wait = 1_500): Promise<void> {
  fireEvent.click(screen.getByRole('button', { name }));
  await pass(wait);
}
const box = (name: string): HTMLElement => screen.getByRole('checkbox', { name });
const rowOf = (name: RegExp): HTMLElement => screen.getByRole('row', { name });
const wishes = (command: Command | undefined) =>
  command?.payload.records.map(({ record, from, to }) => [record, from, to]);

test('R-1814 the person’s own records without an issue are counted, and looked through with the person’s own account', async () => {
  await open();
  expect(screen.getByText('9 of your records have no issue. Look in:')).toBeInTheDocument();
  const query = world.queries.find((one) => one.includes('aggregate')) ?? '';
  expect(query).toMatch(/ownerid" operator="eq-userid.*crmjira_jira_issue_key" operator="null"/);
  expect(query).toMatch(/operator="ge" value="2025-01-06T04:00:00.000Z".*operator="lt" value="2025-05-12T04:00/);
  await press('Find candidates');
  // Each key once, and nothing is written.
  expect(world.commands).toEqual([{ type: CommandType.Backfill, payload: expect.objectContaining({ check: true }) }]);
  expect(wishes(world.commands[0])?.map(([, , to]) => to)).toEqual([
    ...['CRMYKBZADZ-17', 'CRMYKBZADZ-12', 'CRMOTFFHAU-8', 'CRMYKBZADZ-21', 'CRMYKBZADZ-26', 'UTF-8'],
  ]);
  expect(screen.getByText(/candidates in 9 records without an issue, January 6 – May 11, 2025/)).toHaveTextContent(
    'Nothing found in 2.',
  );
  expect(screen.getAllByRole('button', { name: /^(All|High|Medium|Low)/ }).map((one) => one.textContent)).toEqual([
    ...['All 7', 'High 3', 'Medium 2', 'Low 2'],
  ]);
  expect(rowOf(/^Letter layout/)).toHaveTextContent(/May 9 09:00.*2:30.*External Link.*High.*Letters in English/);
});

test('R-1814 a link is taken as meant, a key in notes is confirmed, several are chosen from, what is no key stays out', async () => {
  await open();
  await press('Find candidates');
  expect(box('Letter layout with print shop')).toBeChecked();
  expect(box('Broker roles, first draft')).not.toBeChecked();
  expect(box('Import of old letters')).toHaveAttribute('aria-disabled', 'true');
  fireEvent.click(box('Import of old letters'));
  fireEvent.click(box('Broker roles, first draft'));
  fireEvent.change(screen.getByLabelText('Jira issue: Review comments'), { target: { value: 'CRMYKBZADZ-12' } });
  expect(box('Review comments')).toBeChecked();
  await press('Link 5 records');
  expect(world.commands[1]).toMatchObject({ type: CommandType.Backfill, payload: { check: false } });
  expect(wishes(world.commands[1])).toEqual([
    [idOf('Letter layout with print shop'), null, 'CRMYKBZADZ-17'],
    [idOf('Téléversement, essais sur mobile'), null, 'CRMYKBZADZ-12'],
    [idOf('Factures, gabarit PDF'), null, 'CRMOTFFHAU-8'],
    [idOf('Broker roles, first draft'), null, 'CRMYKBZADZ-21'],
    [idOf('Review comments'), null, 'CRMYKBZADZ-12'],
  ]);
  expect(screen.getByText('5 linked, 4 left without an issue.')).toBeInTheDocument();
  expect(['3 of 3', '1 of 2'].map((text) => screen.getAllByText(text).length)).toEqual([1, 2]);
});

test('R-1814 another issue is looked up before it is taken', async () => {
  await open();
  await press('Find candidates');
  await press('Change issue: Import of old letters', 0);
  const dialog = screen.getByRole('dialog');
  const type = (value: string) => fireEvent.change(within(dialog).getByLabelText('Issue key'), { target: { value } });
  type('not a key');
  await press('Use this issue');
  expect(dialog).toHaveTextContent('A key is capital letters');
  expect(world.commands).toHaveLength(1);
  type('NONE-1');
  await press('Use this issue');
  expect(dialog).toHaveTextContent('NONE-1 is not in Jira, or you may not see it.');
  type('crmykbzadz-26');
  await press('Use this issue');
  expect(screen.queryByRole('dialog')).toBeNull();
  expect(box('Import of old letters')).toBeChecked();
  expect(rowOf(/^Import of old/)).toHaveTextContent(/Entered by you.*CRMYKBZADZ-26.*Letter templates/);
});

test('R-1814 linking is undone with the key that was written, and what somebody changed meanwhile is told', async () => {
  await open();
  await press('Find candidates');
  world.answer = (command) => ({
    crmjira_command_state: CommandState.Done,
    crmjira_answer: JSON.stringify(backfillAnswer(command.payload, [idOf('Factures, gabarit PDF')])),
  });
  await press('Link 3 records');
  expect(screen.getByText('2 linked, 7 left without an issue.')).toBeInTheDocument();
  expect(screen.getByText(/^1 record was left unchanged/)).toBeInTheDocument();
  await press('Undo linking');
  expect(wishes(world.commands[2])).toEqual([
    [idOf('Letter layout with print shop'), 'CRMYKBZADZ-17', null],
    [idOf('Téléversement, essais sur mobile'), 'CRMYKBZADZ-12', null],
  ]);
  expect(screen.getByRole('button', { name: 'Link 3 records' })).toBeInTheDocument();
});

test('R-1814 R-1807 what is linked is synced together, with progress, result and retry of what failed', async () => {
  await open();
  await press('Find candidates');
  await press('Link 3 records');
  world.answer = () => ({
    ...{ crmjira_command_state: CommandState.Running, crmjira_done_count: 2, crmjira_total_count: 3 },
    crmjira_answer: '{"asked":[],"refused":[],"failed":1}',
  });
  await press('Sync 3 to Jira');
  expect(screen.getByText('Syncing 2 of 3 · 1 failed so far.')).toBeInTheDocument();
  expect(screen.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '2');
  world.answer = () => ({
    crmjira_command_state: CommandState.Done,
    crmjira_answer: JSON.stringify({
      ...{ total: 3, succeeded: 2, failed: 1 },
      errors: [{ record: idOf('Factures, gabarit PDF'), code: 'x', error: 'It is closed.\nReopen it.' }],
    }),
  });
  await pass(1_500);
  expect(screen.getByText('2 succeeded, 1 failed')).toBeInTheDocument();
  await press('Retry failed');
  expect(world.commands.slice(2).map(({ type, payload }) => [type, payload.records])).toEqual([
    [
      CommandType.SyncTime,
      ['Letter layout with print shop', 'Téléversement, essais sur mobile', 'Factures, gabarit PDF'].map(idOf),
    ],
    [CommandType.SyncTime, [idOf('Factures, gabarit PDF')]],
  ]);
  await press('Start over');
  expect(screen.getByRole('button', { name: 'Find candidates' })).toBeInTheDocument();
});

test('R-1814 without a connection nothing is looked for; what Jira refuses is said, and nothing goes on', async () => {
  world.isConnected = false;
  await open();
  expect(screen.getByRole('button', { name: 'Find candidates' })).toHaveAttribute('aria-disabled', 'true');
  await press('Set up my connection', 0);
  expect(world.opened).toEqual([{ pageType: 'webresource', webresourceName: 'crmjira_/pages/my-connection.html' }]);
  world.isConnected = true;
  await pass(30_000);
  world.answer = () => ({
    ...{ crmjira_command_state: CommandState.Failed, crmjira_result: 'Jira does not answer just now.' },
    crmjira_answer: null,
  });
  await press('Find candidates');
  expect(screen.getByText('Jira does not answer just now.')).toBeInTheDocument();
  expect(screen.getByRole('button', { name: 'Find candidates' })).not.toHaveAttribute('aria-disabled', 'true');
});

test('R-1814 more keys than one command takes are asked for by several, and a text is cut around its key', async () => {
  world.rows = Array.from({ length: 150 }, (_, index) => ({
    ...earlierRows[0],
    crmjira_time_recordid: idOf(`record ${index}`),
    crmjira_external_link: `https://company.atlassian.net/browse/ACME-${index + 1}`,
  }));
  await open();
  await press('Find candidates', 3_000);
  expect(world.commands.map(({ payload }) => payload.records.length)).toEqual([100, 50]);
  expect(screen.getByText('1–25 of 150, newest first')).toBeInTheDocument();
  const long = { id: '1', externalLink: null, notes: `${'a '.repeat(40)}ACME-1${' b'.repeat(40)}` };
  const record = { ...long, subject: '', timeIn: '', seconds: null };
  expect([...keysOf([record], { links: true, notes: true }, [])]).toEqual([['ACME-1', '1']]);
  const finding = { source: 'notes', text: long.notes, keys: [{ key: 'ACME-1', start: 80, end: 86 }] } as const;
  const [before, key, after] = excerpt({ confidence: 'medium', issue: null, choices: [], reason: null, finding });
  expect([before.startsWith('…a'), before.length, key, after.length]).toEqual([true, 25, 'ACME-1', 41]);
});

test('R-1814 the wizard speaks French as well', async () => {
  await open(3084);
  expect(screen.getByText(/^9 de vos feuilles n’ont pas de ticket. Chercher dans.:$/)).toBeInTheDocument();
  for (const texts of Object.values(backfillPageTexts))
    expect([texts[1033], texts[3084]].map((text) => /\S/.test(text))).toEqual([true, true]);
});

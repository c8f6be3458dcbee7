import '@testing-library/jest-dom';
import * as React from 'react';
import { act, fireEvent, render, screen, within } from '@testing-library/react';
import { CommandState, CommandType, SyncPreference, entryOf, tables } from '@crmjira/domain';
import { barChart, dayNames, gridValues } from '../../../webresources/src/pages/platform/bar-chart';
import { ProductPage } from '../../../webresources/src/pages/product-health/product-page';
import { healthOf, progressOf, statusCounts } from '../../../webresources/src/pages/product-health/product-view';
import { readProduct } from '../../../webresources/src/pages/product-health/read-product';
import { pageFormat } from '../../../webresources/src/pages/platform/page-format';
import { idOf } from './jira-rows';
import { emptyProduct, productAnswer, silentSentry } from './product-rows';

const NOW = '2025-05-16T17:00:00Z';
type Row = Readonly<Record<string, unknown>>;

interface Command {
  readonly crmjira_command_type: number;
  readonly crmjira_regarding_id: string;
  readonly crmjira_payload: string;
}

const setOf = (table: string): string => entryOf(tables, table)?.entitySet ?? `${table}s`;
let answer: (set: string, query: string) => readonly Row[] | null;
let commands: Command[];
/** columns of the row of a command, by its type */
let answers: Readonly<Record<number, Row>>;

beforeEach(() => {
  jest.useFakeTimers({ now: new Date(NOW) });
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
  Object.assign(HTMLDialogElement.prototype, {
    showModal(this: HTMLDialogElement) {
      this.open = true;
    },
    close(this: HTMLDialogElement) {
      this.open = false;
    },
  });
  answer = productAnswer;
  commands = [];
  answers = {};
  Object.assign(globalThis, {
    // jsdom lays nothing out: there is no width to hear of
    ResizeObserver: class {
      observe(): void {}
      disconnect(): void {}
    },
    Xrm: {
      WebApi: {
        retrieveMultipleRecords: async (table: string, query: string) => ({
          entities: answer(setOf(table), decodeURIComponent(query)) ?? [],
        }),
        createRecord: async (_table: string, row: Command) => {
          commands.push(row);
          return { id: String(commands.length - 1) };
        },
        retrieveRecord: async (_table: string, id: string) =>
          answers[commands[Number(id)]?.crmjira_command_type ?? 0] ?? { crmjira_command_state: CommandState.Requested },
      },
      Navigation: { navigateTo: async () => undefined, openForm: async () => undefined },
    },
  });
});
afterEach(() => jest.useRealTimers());

const pass = (milliseconds: number) => act(async () => void (await jest.advanceTimersByTimeAsync(milliseconds)));

async function open(language: 1033 | 3084 = 1033): Promise<void> {
  const settings = { language, theme: null, recordId: idOf('DockFlow') };
  render(<ProductPage facts={{ language, format: pageFormat(language, () => -240), dark: false, settings }} />);
  await pass(0);
}

const card = (name: string): HTMLElement => {
  const found = screen.getByRole('heading', { level: 2, name }).closest<HTMLElement>('.page-card');
  if (found === null) throw new Error(`${name} stands on no card.`);
  return found;
};

test('R-1710 R-1717 both figures stand side by side with their change, and no score is made of them', async () => {
  await open();
  expect(card('Error events')).toHaveTextContent(/20\.0 a day, last 7 days.*Up 100%10\.0 a day in the 7 days before/);
  expect(card('Issues resolved')).toHaveTextContent(/9 last 7 days.*Down 25%12 in the 7 days before/);
  expect(
    screen.getByRole('img', {
      name: 'Error events a day, UTC, May 2 to May 15: 12, 7, 6, 11, 13, 10, 11, 14, 8, 9, 21, 29, 31, 28. Last 7 days 140, 7 days before 70. Today so far 11.',
    }),
  ).toBeInTheDocument();
  expect(card('Open tickets by status')).toHaveTextContent(/43 open now.*DOCK 31 \(solid\), SCAN 12 \(hatched\)/);
});

test('R-1716 product, monitored projects and Jira projects stand in one row, each with its share', async () => {
  await open(3084);
  expect(card('Ce qui relève de ce produit')).toHaveTextContent(
    /DockFlow.*5 incidents ouverts · 2 liés.*dockflow-android.*96 événements40 avant.*DOCK.*7 résolus8 avant/,
  );
});

const CHOSEN = ['NullReferenceException in PickListService.Merge', 'SQLITE_FULL: database or disk is full'];

test('R-1705 R-1718 selected errors get a ticket each: asked for once, followed until Jira has answered, tried again where it failed', async () => {
  await open();
  CHOSEN.forEach((name) => fireEvent.click(screen.getByRole('checkbox', { name: `Select ${name}` })));
  answers = {
    [CommandType.FindIssues]: {
      crmjira_command_state: CommandState.Done,
      crmjira_answer: JSON.stringify({
        types: [
          { name: 'Task', fields: [{}] },
          { name: 'Bug', fields: [] },
        ],
      }),
    },
    [CommandType.CreateTicketsFromErrors]: { crmjira_command_state: CommandState.Done, crmjira_result: 'Asked.' },
  };
  fireEvent.click(within(card('Top errors')).getByRole('button', { name: 'Create JIRA tickets' }));
  const dialog = within(screen.getByRole('dialog', { name: 'Create JIRA tickets' }));
  fireEvent.change(dialog.getByRole('combobox', { name: /^Project/ }), { target: { value: idOf('DOCK') } });
  await pass(1_500);
  expect(dialog.getByRole('combobox', { name: /^Issue type/ })).toHaveValue('Bug');
  const ticket = (title: string, came: Row) => ({
    error: idOf(title),
    title,
    link: 'l',
    key: null,
    code: null,
    says: null,
    ...came,
  });
  const told = (state: CommandState, ...came: readonly Row[]): void => {
    answers = {
      [CommandType.CreateTicketsFromErrors]: {
        crmjira_command_state: state,
        crmjira_answer: JSON.stringify({ tickets: CHOSEN.map((title, index) => ticket(title, came[index] ?? {})) }),
      },
    };
  };
  told(CommandState.Running);
  fireEvent.click(dialog.getByRole('button', { name: 'Create 2 tickets' }));
  await pass(1_500);
  expect(dialog.getByText('0 of 2 created')).toBeInTheDocument();
  told(CommandState.Failed, { key: 'DOCK-495' }, { code: 'jira-rate-limit', says: 'Jira asked to slow down.' });
  await pass(1_500);
  expect(dialog.getByText('1 of 2 tickets created, 1 not.')).toBeInTheDocument();
  expect(dialog.getByText('Jira asked to slow down.')).toBeInTheDocument();
  expect(dialog.getByText('DOCK-495')).toBeInTheDocument();
  fireEvent.click(dialog.getByRole('button', { name: 'Try again for 1' }));
  await pass(0);
  const asked = commands.filter((one) => one.crmjira_command_type === CommandType.CreateTicketsFromErrors);
  const wish = { project: idOf('DOCK'), type: 'Bug', sync: SyncPreference.Both };
  expect(asked.map((one) => JSON.parse(one.crmjira_payload))).toEqual([
    { ...wish, errors: CHOSEN.map(idOf) },
    { ...wish, errors: CHOSEN.slice(1).map(idOf) },
  ]);
});

test('R-1705 an error with an open ticket gets no second one, and says whose it is', async () => {
  await open();
  fireEvent.click(screen.getByRole('checkbox', { name: /^Select SocketTimeoutException/ }));
  fireEvent.click(within(card('Top errors')).getByRole('button', { name: 'Create JIRA tickets' }));
  expect(
    screen.getByText('SocketTimeoutException: resume after roaming failed already has the open ticket DOCK-482.'),
  ).toBeInTheDocument();
  expect(screen.getByText('Nothing was created. It was linked by Samira Haddad on May 12.')).toBeInTheDocument();
  expect(commands).toEqual([]);
});

test('R-1716 an error that came back after its ticket was resolved says so', async () => {
  await open();
  expect(screen.getByText('Came back May 15, after DOCK-455 was resolved')).toBeInTheDocument();
});

test('R-1710 what is not assigned, not permitted or not answered is said, and nothing is shown as 0', async () => {
  answer = emptyProduct;
  await open();
  // what nobody watches is not free of errors
  const words = 'No monitored project belongs to DockFlow. The error rate appears once one is assigned.';
  for (const name of ['Error events', 'Top errors']) expect(card(name)).toHaveTextContent(words);
  expect(card('Error events')).not.toHaveTextContent('0.0');
});

test('R-1711 a silent Sentry is told with the time of its events; who may not see errors is told that', async () => {
  answer = (set, query) => {
    if (set === tables.crmjira_monitor_error_day.entitySet)
      throw Object.assign(new Error('no'), { errorCode: 0x80040220 });
    return silentSentry[set] ?? productAnswer(set, query);
  };
  await open();
  expect(screen.getByText('Sentry unreachable since 11:30. Error events are shown as of 11:15.')).toBeInTheDocument();
  expect(card('Top errors')).toHaveTextContent('You do not have permission to see monitored errors.');
});

describe('rows become a view', () => {
  test('R-1717 the figures of a product are those of its projects together', async () => {
    const facts = await readProduct(idOf('DockFlow'), Date.parse(NOW));
    const parts = facts.monitored.map(({ id }) => healthOf(facts, '2025-05-16', id).errors.last);
    expect([parts, healthOf(facts, '2025-05-16').errors.last]).toEqual([[96, 38, 6], 140]);
    expect(statusCounts(facts).map(({ status, all }) => [status, all])).toEqual([
      ['To Do', 18],
      ['In Progress', 14],
      ['In Review', 7],
      ['Blocked', 4],
    ]);
  });

  test('R-1715 what Jira created, refused and has not answered, and what was left out, are told apart', () => {
    const ticket = (came: Row) => ({ error: '', title: '', link: 'l', key: null, code: null, says: null, ...came });
    const tickets = [{ key: 'DOCK-1' }, { code: 'jira-refused' }, {}, { link: null, says: 'has one' }].map(ticket);
    const { created, waiting, failed, leftOut } = progressOf({ tickets });
    expect([created, failed, waiting, leftOut]).toEqual(tickets.map((one) => [one]));
    expect(progressOf(null).waiting).toEqual([]);
  });

  test('R-1717 bars begin at 0, and lines behind them are round', () => {
    expect(gridValues(31)).toEqual([0, 10, 20, 30]);
    expect(gridValues(0)).toEqual([0]);
    const { bars, bottom } = barChart([0, 10, 5], ['a', '', 'c'], { width: 100, height: 100, left: 10 });
    expect(bars.map(({ height }) => height)).toEqual([0, bottom - 20, (bottom - 20) / 2]);
    const days = Array.from({ length: 14 }, (_, index) => `2025-05-${String(index + 2).padStart(2, '0')}`);
    expect(dayNames(days, pageFormat(1033, () => 0).day, false).filter(Boolean)).toEqual([
      'May 2',
      '4',
      '6',
      '8',
      '9',
      '11',
      '13',
      '15',
    ]);
  });
});

import '@testing-library/jest-dom';
import { act, fireEvent, render, screen, within } from '@testing-library/react';
import { Portfolio } from '../../../controls/portfolio/src/Portfolio/index';
import { fakeWebApi } from '../platform/fake-web-api';
import { type ControlClass, freezePage, thawPage } from '../platform/show-control';
import { CAD, type Cells, EUR, mapping } from './fake-data-set';
import { fakeView } from './fake-view';

const Control = Portfolio as unknown as ControlClass;
const [A, B, C] = ['a', 'b', 'c'].map((digit) => digit.repeat(8) + '-0000-4000-8000-000000000000') as [
  string,
  string,
  string,
];

beforeEach(freezePage);
afterEach(thawPage);

/** Newest snapshot of each mapping: E3's 82 % done and 210 hours left. */
const estimated = (...ids: readonly string[]): Cells[] =>
  ids.map((id) => ({
    crmjira_budget_mappingid: id,
    crmjira_budget_mapping_budget_snapshot: [{ crmjira_remaining_estimate_hours: 210, crmjira_done_fraction: 0.82 }],
  }));

const currencies: Cells[] = [
  {
    transactioncurrencyid: 'cad00000-0000-4000-8000-000000000001',
    isocurrencycode: 'CAD',
    currencysymbol: '$',
    exchangerate: 1,
  },
  {
    transactioncurrencyid: 'eur00000-0000-4000-8000-000000000002',
    isocurrencycode: 'EUR',
    currencysymbol: '€',
    exchangerate: 0.68,
  },
];

type Shown = Partial<Parameters<typeof fakeView>[0]> & {
  readonly estimates?: readonly Cells[];
  /** value of `crmjira_WarningThreshold` */
  readonly warning?: string;
};

async function show(rows: readonly Cells[], { estimates = [], warning, ...options }: Shown = {}) {
  const server = fakeWebApi({
    transactioncurrency: currencies,
    environmentvariabledefinition: warning
      ? [{ schemaname: 'crmjira_WarningThreshold', defaultvalue: warning } as Cells]
      : [],
    crmjira_budget_mapping: [...estimates],
    crmjira_command: [],
    crmjira_budget_snapshot: [],
    crmjira_resource_allocation: [],
  });
  if (estimates.length === 0) server.refusals['crmjira_budget_mapping'] = { errorCode: 0x80040220 };
  const { retrieveMultipleRecords } = server.api;
  const webApi = Object.assign(server.api, {
    retrieveMultipleRecords: (table: string, query: string) => {
      if (table === 'crmjira_budget_mapping')
        server.calls.push(`estimates of ${String(query.match(/[0-9a-f-]{36}/g)?.length ?? 0)}`);
      return retrieveMultipleRecords(table, query);
    },
  });
  const view = fakeView({ ...options, rows, webApi });
  const control = new Control();
  control.init(view.context, () => undefined, {}, document.createElement('div'));
  const shown = render(control.updateView(view.context));
  const pass = (milliseconds: number) => act(async () => void (await jest.advanceTimersByTimeAsync(milliseconds)));
  const update = () => act(() => void shown.rerender(control.updateView(view.context)));
  await pass(0);
  return { ...shown, server, view, pass, update };
}

const row = (name: string): HTMLElement =>
  screen.getAllByRole('row').find((each) => each.textContent?.includes(name)) as HTMLElement;

test('R-211 a row tells the forecast of the worked example, and that it is past 80 %', async () => {
  await show([mapping(A, 'Acme')], { estimates: estimated(A) });
  const cells = within(row('Acme'));
  cells.getByText('$238,750 – $259,146');
  cells.getByText('85.0%');
  cells.getByText('Past 80%');
  screen.getByText('1 past 80%');
});

test.each([
  [1033, 'Past 90%', '1 past 90%', 'dashed tick = 90%'],
  [3084, 'Au-delà de 90\u00a0%', '1 au-delà de 90\u00a0%', 'tiret = 90\u00a0%'],
] as const)(
  'R-703 warns from the share that the environment sets, in words, bars and filter: %s',
  async (...wanted) => {
    const [language, past, counted, legend] = wanted;
    const rows = [mapping(A, 'Near', { crmjira_utilization: 89.99 }), mapping(B, 'Past', { crmjira_utilization: 90 })];
    const { container } = await show(rows, { warning: '90', language });
    const plain = (name: string) => row(name).textContent ?? '';
    expect(plain('Near')).not.toContain(past);
    expect(plain('Past')).toContain(past);
    expect(container.textContent).toContain(counted);
    expect(container.textContent).toContain(legend);
    expect([...container.querySelectorAll('option')].map(({ text }) => text)).toContain(past);
    const [near, over] = [...container.querySelectorAll('.crmjira-bar')].map(({ className }) => className);
    expect([near, over]).toEqual([expect.stringContaining('brand'), expect.stringContaining('warn')]);
    expect(container.querySelector<HTMLElement>('.crmjira-tick')?.style.left).toMatch(/^78\.26/);
  },
);

test('R-211 a forecast beyond the approved amount is a risk; too early, nothing spent and final are said in words', async () => {
  const rows = [
    mapping(A, 'Risky', { crmjira_utilization: 78, crmjira_spent_amount: 195_000, crmjira_total_hours: 1_560 }),
    mapping(B, 'Early', { crmjira_utilization: 28, crmjira_spent_amount: 2_800 }),
    mapping(C, 'Done', { crmjira_budget_status: '5' }),
    mapping('d', 'New', { crmjira_utilization: 0, crmjira_spent_amount: 0, crmjira_budget_status: '2' }),
  ];
  const estimates = estimated(A, B).map((one, index) =>
    index === 0
      ? {
          ...one,
          crmjira_budget_mapping_budget_snapshot: [
            { crmjira_remaining_estimate_hours: 350, crmjira_done_fraction: 0.74 },
          ],
        }
      : {
          ...one,
          crmjira_budget_mapping_budget_snapshot: [
            { crmjira_remaining_estimate_hours: 90, crmjira_done_fraction: 0.1 },
          ],
        },
  );
  const { server } = await show(rows, { estimates });
  within(row('Risky')).getByText('$238,750 – $263,514');
  within(row('Risky')).getByText('At risk');
  within(row('Early')).getByText('Too early to tell');
  within(row('Done')).getByText('Final');
  within(row('New')).getByText('No spending yet');
  // One question for those that have something to forecast.
  expect(server.calls.filter((call) => call.startsWith('estimates'))).toEqual(['estimates of 2']);
});

test('R-519 a few dollars too much, or any where nothing is approved, is over budget: counted, and drawn as such', async () => {
  const rows = [
    mapping(A, 'By a little', {
      crmjira_approved_budget: 180_000,
      crmjira_spent_amount: 180_002.08,
      crmjira_remaining_budget: -2.08,
      crmjira_utilization: 100,
      crmjira_budget_status: '4',
    }),
    mapping(B, 'Of nothing', {
      crmjira_approved_budget: 0,
      crmjira_spent_amount: 500,
      crmjira_remaining_budget: -500,
      crmjira_utilization: null,
      crmjira_budget_status: '1',
    }),
    mapping(C, 'All of it', {
      crmjira_spent_amount: 250_000,
      crmjira_remaining_budget: 0,
      crmjira_utilization: 100,
    }),
  ];
  await show(rows, { estimates: estimated(A, B, C) });
  screen.getByText('2 over budget');
  screen.getByText('1 past 80%');
  const bars = ['By a little', 'Of nothing', 'All of it'].map((name) => {
    const bar = row(name).querySelector<HTMLElement>('.crmjira-bar');
    return [bar?.className.split('crmjira-bar-')[1], Math.round(parseFloat(bar?.style.width ?? ''))];
  });
  // The bar ends at 115 % of the approved amount: 100 % stands at 87 % of it.
  expect(bars).toEqual([
    ['over', 87],
    ['over', 100],
    ['warn', 87],
  ]);
  for (const name of ['By a little', 'Of nothing']) expect(within(row(name)).queryByText(/Past 80|At risk/)).toBeNull();
});

test('R-109 each currency has a sum of its own, and none where an amount is hidden', async () => {
  const rows = [
    mapping(A, 'One'),
    mapping(B, 'Two', { crmjira_approved_budget: 10_000.1, crmjira_spent_amount: 2_800.2 }),
    mapping(C, 'Drei', { transactioncurrencyid: EUR }),
  ];
  const { unmount } = await show(rows, { estimates: estimated(A) });
  const total = within(row('Total approved, CAD'));
  total.getByText('$260,000.10');
  total.getByText('$215,300.20');
  total.getByText('$44,699.90');
  within(row('Total approved, EUR')).getByText('€250,000.00');
  // With others beside it a row says which dollar it means.
  within(row('One')).getByText('CAD');
  unmount();
  await show([mapping(A, 'One', { crmjira_spent_amount: null }), mapping(B, 'Two', { transactioncurrencyid: CAD })]);
  expect(screen.queryByText(/^Total/)).toBeNull();
  within(row('One')).getAllByText('Not known');
});

test('R-211 a sum of some pages says so', async () => {
  await show([mapping(A, 'One')], { paging: { hasNextPage: true, totalResultCount: 612 } });
  screen.getByText('Total approved of the rows shown, CAD');
  screen.getByText('1 of 612 shown');
});

test('R-211 pages have 250 rows, and the next is asked for by a press alone', async () => {
  const { view } = await show([mapping(A, 'One')], {
    paging: { pageSize: 50, hasNextPage: true, totalResultCount: 612 },
  });
  expect(view.asked).toContain('page of 250');
  expect(view.asked).not.toContain('next page');
  fireEvent.click(screen.getByRole('button', { name: 'Load more' }));
  expect(view.asked.filter((what) => what === 'next page')).toHaveLength(1);
});

test('R-211 without the snapshots the rows stand, and the forecast is not known', async () => {
  await show([mapping(A, 'Acme')]);
  within(row('Acme')).getByText('Not known');
  within(row('Acme')).getByText('$212,500.00');
});

test('R-1506 tools do what suits the selected rows: sync of several, and the words of the worst answer', async () => {
  const { view, update, server, pass } = await show([mapping(A, 'One'), mapping(B, 'Two')], {
    estimates: estimated(A, B),
  });
  expect(screen.getByRole('button', { name: 'Sync now' }).getAttribute('aria-disabled')).toBe('true');
  fireEvent.click(screen.getByRole('checkbox', { name: 'Select all rows' }));
  update();
  expect(view.selected).toEqual([A, B]);
  screen.getByText('2 of 2 shown · 2 selected');
  expect(screen.getByRole('button', { name: 'Open in Jira' }).getAttribute('aria-disabled')).toBe('true');
  fireEvent.click(screen.getByRole('button', { name: 'Sync now' }));
  await pass(0);
  screen.getByText('Sync requested.');
  const commands = server.tables['crmjira_command'] as Record<string, unknown>[];
  expect(commands.map((command) => command['crmjira_opportunity_id@odata.bind'])).toEqual([
    `/opportunities(${A})`,
    `/opportunities(${B})`,
  ]);
  Object.assign(commands[0] ?? {}, { crmjira_command_state: 3, crmjira_result: 'Up to date with Jira.' });
  Object.assign(commands[1] ?? {}, { crmjira_command_state: 4, crmjira_result: 'The project is completed.' });
  await pass(2_000);
  screen.getByText('Not done: The project is completed.');
  expect(view.asked).toContain('refresh');
});

test('R-211 one selected row leads to its project in Jira, and to nothing that is no web address', async () => {
  const { view, update } = await show([
    mapping(A, 'One'),

    mapping(B, 'Two', { crmjira_jira_project_url: 'javascript:alert(1)' }),
  ]);
  fireEvent.click(screen.getByRole('checkbox', { name: 'Select One' }));
  update();
  fireEvent.click(screen.getByRole('button', { name: 'Open in Jira' }));
  expect(view.asked).toContain('url https://jira.example.com/browse/CRMWYVLZZJ');
  fireEvent.click(screen.getByRole('checkbox', { name: 'Select One' }));
  update();
  fireEvent.click(screen.getByRole('checkbox', { name: 'Select Two' }));
  update();
  expect(screen.getByRole('button', { name: 'Open in Jira' }).getAttribute('aria-disabled')).toBe('true');
});

test('R-1407 a failure is told by its code in the words of the language, at the row that it belongs to', async () => {
  const failing = {
    crmjira_last_error: 'Jira does not answer (ECONNREFUSED): it is tried again by itself.',
    crmjira_last_error_code: 'jira-unavailable',
  };
  const { pass } = await show([mapping(A, 'One', failing)], { language: 3084 });
  within(row('One')).getByText(/^Périmé/);
  fireEvent.click(screen.getByRole('button', { name: 'Détails de One' }));
  await pass(0);
  screen.getByText('Jira ne répond pas pour l’instant. Nouvelle tentative automatique.');
});

test('R-211 the control asks for the columns that the view lacks, once', async () => {
  const { view, update } = await show([mapping(A, 'One')]);
  update();
  const columns = view.asked.filter((one) => one.startsWith('column'));
  expect(columns).toEqual(
    expect.arrayContaining([
      'column crmjira_spent_amount',
      'column crmjira_last_error_code',
      'column crmjira_provisioning_state',
      'column crmjira_completed_on',
    ]),
  );
  expect(new Set(columns).size).toBe(columns.length);
  expect(columns).not.toContain('column crmjira_budget_status');
  expect(view.asked.filter((one) => one === 'refresh')).toHaveLength(1);
});

test('R-211 of many rows the first are there at once with the sums of all, and the others follow without anybody asking', async () => {
  const ids = Array.from({ length: 100 }, (_, n) => `${String(n).padStart(8, '0')}-0000-4000-8000-000000000000`);
  const rows = ids.map((id, n) => mapping(id, `Project ${String(n)}`));
  const { container, pass, view, unmount } = await show(rows);
  const table = screen.getByRole('table');
  const drawn = (): number => container.querySelectorAll('tbody > tr').length;
  expect(drawn()).toBe(40);
  expect(table).toHaveAttribute('aria-busy', 'true');
  expect(container.querySelector('.crmjira-foot')).toHaveTextContent('100');
  expect(container.querySelector('tfoot')).toHaveTextContent('$25,000,000.00');
  // All means all of the view, drawn or not.
  fireEvent.click(screen.getByRole('checkbox', { name: 'Select all rows' }));
  expect(view.selected).toEqual(ids);
  const [first] = container.querySelectorAll('tbody > tr');
  await pass(1_000);
  expect(drawn()).toBe(100);
  expect(container.querySelector('tbody > tr')).toBe(first);
  expect(row('Project 99')).toBeInTheDocument();
  expect(table).toHaveAttribute('aria-busy', 'false');
  unmount();
  expect(jest.getTimerCount()).toBe(0);
});

test('R-211 a control that leaves the page draws no more rows', async () => {
  const rows = Array.from({ length: 41 }, (_, n) =>
    mapping(`${String(n).padStart(8, '0')}-0000-4000-8000-000000000000`, `Project ${String(n)}`),
  );
  const { unmount } = await show(rows);
  unmount();
  expect(jest.getTimerCount()).toBe(0);
});

test('R-211 the same rows again change nothing on the page', async () => {
  const { update, container } = await show([mapping(A, 'One')], { estimates: estimated(A) });
  const changes: MutationRecord[] = [];
  const observer = new MutationObserver((found) => changes.push(...found));
  observer.observe(container, { subtree: true, childList: true, attributes: true, characterData: true });
  update();
  await act(async () => void (await jest.advanceTimersByTimeAsync(5_000)));
  expect([...changes, ...observer.takeRecords()]).toEqual([]);
});

describe('F-106 planned amounts', () => {
  it('are in no total of approved ones, and say that nobody has approved them', async () => {
    await show([
      mapping(A, 'Approved one'),
      mapping(B, 'Draft', { crmjira_budget_status: '1', crmjira_approved_budget: 1e12, crmjira_spent_amount: 0 }),
    ]);
    within(row('Total approved, CAD')).getByText('$250,000.00');
    within(row('Total not approved, CAD')).getAllByText('$1,000,000,000,000.00');
    within(row('Draft')).getByText('Not approved');
    expect(within(row('Approved one')).queryByText('Not approved')).toBeNull();
  });
});

it('F-107 a project that is held back says so, and shows no key that Jira does not have', async () => {
  await show([
    mapping(A, 'Held', {
      crmjira_provisioning_state: '1',
      crmjira_last_error: 'Not created …',
      crmjira_last_error_code: 'provisioning-held',
      crmjira_held_on: new Date('2025-05-16T17:04:00Z'),
    }),
    mapping(B, 'Linked'),
  ]);
  within(row('Held')).getByText('On hold: 1 hour ago');
  expect(within(row('Held')).queryByText('CRMWYVLZZJ')).toBeNull();
  within(row('Linked')).getByText('CRMWYVLZZJ');
});

it('F-122 a sum below zero has its minus where the rows have theirs', async () => {
  const over = { crmjira_approved_budget: 1_000, crmjira_spent_amount: 2_947.5, crmjira_remaining_budget: -1_947.5 };
  await show([mapping(A, 'Over', over)]);
  within(row('Over')).getByText('-$1,947.50');
  within(row('Total approved')).getByText('-$1,947.50');
});

describe('F-124', () => {
  const inBase = { crmjira_approved_budget_base: 367_647.06, crmjira_spent_amount_base: 312_500 };
  const cadBase = { crmjira_approved_budget_base: 250_000, crmjira_spent_amount_base: 212_500 };

  it('totals several currencies in that of the organization', async () => {
    await show([
      mapping(A, 'One', cadBase),
      mapping(B, 'Two', { transactioncurrencyid: EUR, ...inBase }),
      mapping(C, 'Draft', { crmjira_budget_status: '1', ...cadBase }),
    ]);
    const total = within(row('Total approved in CAD'));
    total.getByText('$617,647.06');
    total.getByText('$525,000.00');
  });

  it('names no such total where there is one currency', async () => {
    await show([mapping(A, 'One', cadBase)]);
    expect(screen.queryByText(/Total approved in/)).toBeNull();
  });

  it('shows the bars alone, and the table again', async () => {
    await show([mapping(A, 'One')]);
    const isChart = () => screen.getByRole('table').classList.contains('crmjira-charted');
    expect(isChart()).toBe(false);
    fireEvent.click(screen.getByRole('button', { name: 'Chart' }));
    expect(isChart()).toBe(true);
    fireEvent.click(screen.getByRole('button', { name: 'Table' }));
    expect(isChart()).toBe(false);
  });

  it('hands the rows to Excel: numbers as numbers, and no name as a formula', async () => {
    const files: Blob[] = [];
    Object.assign(URL, {
      createObjectURL: (file: Blob) => `blob:${files.push(file)}`,
      revokeObjectURL: () => undefined,
    });
    const names: string[] = [];
    jest.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
      names.push(this.download);
    });
    const evil = { crmjira_opportunity_id: { id: { guid: A }, name: '=HYPERLINK("x")' } };
    await show([mapping(A, 'One', evil), mapping(B, 'Two', { transactioncurrencyid: EUR })]);
    fireEvent.click(screen.getByRole('button', { name: 'Export to Excel' }));
    const text = await new Promise<string>((resolve) => {
      const reader = new FileReader();
      reader.onload = () => resolve(String(reader.result));
      reader.readAsText(files[0] as Blob);
      jest.useRealTimers();
    });
    expect(names).toEqual(['Project budgets.csv']);
    const [heads, one, two] = text.split('\r\n');
    expect(heads).toBe(
      '"Opportunity","Project key","Status","Currency","Burn (%)","Approved","Spent","Remaining","Forecast at completion","Last sync"',
    );
    expect(one).toMatch(/^"'=HYPERLINK\(""x""\)","CRMWYVLZZJ","Active","CAD",85,250000,212500,37500,/);
    expect(two).toContain('"EUR",85,250000');
  });
});

describe('F-112 the details offer only the side that can be taken', () => {
  const line = (field: string, jira: string) => ({ field, crm: 'x', jira, since: '2025-05-16T12:00:00Z' });
  const lines = [line('approved', '300000'), line('spent', '1'), line('status', 'Draft'), line('key', 'OTHER')];
  const differing = { crmjira_discrepancies: JSON.stringify(lines) };

  it.each([
    ['3', ['Dynamics', 'Jira', 'Dynamics', 'Jira']],
    ['1', ['Dynamics', 'Jira', 'Jira', 'Dynamics', 'Jira']],
  ])('budget status %s', async (status, offered) => {
    const { pass } = await show([mapping(A, 'One', { ...differing, crmjira_budget_status: status })]);
    fireEvent.click(screen.getByRole('button', { name: 'Details of One' }));
    await pass(0);
    const buttons = [...document.querySelectorAll('.crmjira-details button')];
    expect(buttons.map(({ textContent }) => textContent)).toEqual(offered);
  });
});

export type Cells = Readonly<Record<string, unknown>>;

export const CAD = { id: { guid: 'CAD00000-0000-4000-8000-000000000001' } };
export const EUR = { id: { guid: 'EUR00000-0000-4000-8000-000000000002' } };
const SIGNS: ReadonlyMap<unknown, string> = new Map([
  [CAD, '$'],
  [EUR, '€'],
]);

/** A mapping as a data set gives it; E3 of the worked examples unless told otherwise. */
export function mapping(id: string, name: string, cells: Cells = {}): Cells {
  return {
    id,
    crmjira_opportunity_id: { id: { guid: `{${id.toUpperCase()}}` }, name },
    crmjira_jira_project_key: 'CRMWYVLZZJ',
    crmjira_jira_project_url: 'https://jira.example.com/browse/CRMWYVLZZJ',
    crmjira_budget_status: '3',
    crmjira_utilization: 85,
    crmjira_approved_budget: 250_000,
    crmjira_spent_amount: 212_500,
    crmjira_remaining_budget: 37_500,
    crmjira_total_hours: 1_700,
    crmjira_provisioning_state: '4',
    crmjira_last_sync_date: new Date('2025-05-16T17:02:00Z'),
    transactioncurrencyid: CAD,
    modifiedon: new Date('2025-05-16T17:00:00Z'),
    ...cells,
  };
}

// One for each number of digits: to make one takes longer than to read a row.
const numbers = [0, 1, 2, 3, 4].map(
  (digits) => new Intl.NumberFormat('en-CA', { minimumFractionDigits: digits, maximumFractionDigits: digits }),
);
const money = (value: number, digits: number, sign: string): string =>
  `${value < 0 ? '-' : ''}${sign}${numbers[digits]?.format(Math.abs(value)) ?? String(value)}`;

/** What a host writes for a value: amounts with the sign of the row's currency. */
function formatted(cells: Cells, column: string): string {
  const value = cells[column];
  if (typeof value === 'number') return money(value, 2, SIGNS.get(cells['transactioncurrencyid']) ?? '');
  if (column === 'crmjira_budget_status')
    return ['', 'Draft', 'Approved', 'Active', 'Over Budget', 'Completed'][Number(value)] ?? '';
  return (value as { readonly name?: string } | null | undefined)?.name ?? '';
}

/** What a data set and a host in memory keep of it: the rows, and what a control asked for; a test changes the rows to play the platform. */
export interface Held {
  /** what the control asked of the data set and of the host, in order */
  readonly asked: string[];
  selected: string[];
  rows: readonly Cells[];
}

interface DataSetOptions {
  readonly paging?: Readonly<Record<string, unknown>>;
  readonly state?: Readonly<Record<string, unknown>>;
}

const read = new WeakMap<readonly Cells[], Readonly<Record<string, unknown>>>();

/** The records of rows by their ids, made once: a platform keeps them too. */
function recordsOf(rows: readonly Cells[]): Readonly<Record<string, unknown>> {
  const before = read.get(rows);
  if (before) return before;
  const records = Object.fromEntries(
    rows.map((cells) => [
      String(cells['id']),
      {
        getRecordId: () => cells['id'],
        getValue: (column: string) => cells[column] ?? null,
        getFormattedValue: (column: string) => formatted(cells, column),
      },
    ]),
  );
  read.set(rows, records);
  return records;
}

/** The data set of a component on a view, over rows in memory. It runs in a browser too. */
export function fakeDataSet(view: Held, { paging, state }: DataSetOptions = {}) {
  return {
    loading: false,
    error: false,
    columns: [{ name: 'crmjira_budget_status' }],
    get sortedRecordIds() {
      return view.rows.map(({ id }) => String(id));
    },
    get records() {
      return recordsOf(view.rows);
    },
    sorting: [] as unknown[],
    paging: {
      pageSize: 250,
      totalResultCount: view.rows.length,
      hasNextPage: false,
      reset: () => view.asked.push('reset'),
      loadNextPage: () => view.asked.push('next page'),
      setPageSize: (size: number) => view.asked.push(`page of ${size}`),
      ...paging,
    },
    filtering: {
      setFilter: (filter: unknown) => view.asked.push(JSON.stringify(filter)),
      clearFilter: () => view.asked.push('no filter'),
    },
    addColumn: (name: string) => view.asked.push(`column ${name}`),
    refresh: () => view.asked.push('refresh'),
    getSelectedRecordIds: () => view.selected,
    setSelectedRecordIds: (ids: string[]) => {
      view.selected = ids;
    },
    ...state,
  };
}

/** `context.formatting`, as far as a control on a view reads it. */
export const hostFormatting = {
  formatCurrency: money,
  formatDecimal: (value: number, digits: number) => money(value, digits, ''),
  formatDateShort: (value: Date) => value.toISOString().slice(0, 16),
  formatDateYearMonth: (value: Date) => value.toISOString().slice(0, 7),
};

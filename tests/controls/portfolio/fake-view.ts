import { fakeContext } from '../platform/fake-context';
import type { WebApi } from '../../../controls/form-data/src/store/read-record';

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

/** What a host writes for a value: amounts with the sign of the row's currency. */
function formatted(cells: Cells, column: string): string {
  const value = cells[column];
  if (typeof value === 'number')
    return `${value < 0 ? '-' : ''}${SIGNS.get(cells['transactioncurrencyid']) ?? ''}${Math.abs(value).toLocaleString('en-CA', { minimumFractionDigits: 2 })}`;
  if (column === 'crmjira_budget_status')
    return ['', 'Draft', 'Approved', 'Active', 'Over Budget', 'Completed'][Number(value)] ?? '';
  return (value as { readonly name?: string } | null | undefined)?.name ?? '';
}

export interface FakeView {
  readonly context: ComponentFramework.Context<never>;
  /** what the control asked of the data set and of the host, in order */
  readonly asked: string[];
  selected: string[];
  rows: readonly Cells[];
}

interface Options {
  readonly rows: readonly Cells[];
  readonly webApi: WebApi;
  readonly language?: 1033 | 3084;
  readonly privileges?: (table: string) => boolean;
  readonly paging?: Readonly<Record<string, unknown>>;
  readonly state?: Readonly<Record<string, unknown>>;
}

/** The context of a component on a view: rows as the platform's runtime gives them, and a host that keeps what is asked of it. */
export function fakeView({ rows, webApi, language, privileges, paging, state }: Options): FakeView {
  const asked: string[] = [];
  const view: FakeView = { context: undefined as never, asked, selected: [], rows }; // set below: the two refer to each other
  const dataset = {
    loading: false,
    error: false,
    columns: [{ name: 'crmjira_budget_status' }],
    get sortedRecordIds() {
      return view.rows.map(({ id }) => String(id));
    },
    get records() {
      return Object.fromEntries(
        view.rows.map((cells) => [
          cells['id'],
          {
            getRecordId: () => cells['id'],
            getValue: (column: string) => cells[column] ?? null,
            getFormattedValue: (column: string) => formatted(cells, column),
          },
        ]),
      );
    },
    sorting: [] as unknown[],
    paging: {
      pageSize: 250,
      totalResultCount: rows.length,
      hasNextPage: false,
      reset: () => asked.push('reset'),
      loadNextPage: () => asked.push('next page'),
      setPageSize: (size: number) => asked.push(`page of ${size}`),
      ...paging,
    },
    filtering: {
      setFilter: (filter: unknown) => asked.push(JSON.stringify(filter)),
      clearFilter: () => asked.push('no filter'),
    },
    addColumn: (name: string) => asked.push(`column ${name}`),
    refresh: () => asked.push('refresh'),
    getSelectedRecordIds: () => view.selected,
    setSelectedRecordIds: (ids: string[]) => {
      view.selected = ids;
    },
    ...state,
  };
  const base = fakeContext<never>({
    control: 'portfolio',
    webApi,
    ...(language ? { language } : {}),
    ...(privileges ? { privileges } : {}),
  });
  const money = (value: number, digits: number, sign: string): string =>
    `${value < 0 ? '-' : ''}${sign}${Math.abs(value).toLocaleString('en-CA', { minimumFractionDigits: digits, maximumFractionDigits: digits })}`;
  const context = {
    ...base,
    parameters: { mappings: dataset },
    formatting: {
      formatCurrency: money,
      formatDecimal: (value: number, digits: number) => money(value, digits, ''),
      formatDateShort: (value: Date) => value.toISOString().slice(0, 16),
      formatDateYearMonth: (value: Date) => value.toISOString().slice(0, 7),
    },
    navigation: {
      openForm: async ({ entityName, entityId }: { entityName: string; entityId: string }) =>
        asked.push(`form ${entityName} ${entityId}`),
      openUrl: (url: string) => asked.push(`url ${url}`),
    },
  };
  return Object.assign(view, { context: context as unknown as ComponentFramework.Context<never> });
}

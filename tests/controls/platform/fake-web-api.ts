import type { WebApi } from '../../../controls/form-data/src/store/read-record';
import type { Row, Tables } from './rows';

export interface FakeWebApi {
  readonly api: WebApi;
  /** rows as the server holds them; a test changes them to play the integration */
  readonly tables: Tables;
  readonly calls: string[];
  /** set: every call is refused with it */
  failure: unknown;
  /** calls on these tables are refused with the value */
  readonly refusals: Record<string, unknown>;
  /** true: no call is ever answered */
  hanging: boolean;
}

/**
 * `context.webAPI` over rows in memory. It knows equality filters joined by `or` or `and`, and answers only selected columns;
 * rows stand in the order of the answer.
 */
export function fakeWebApi(tables: Tables): FakeWebApi {
  const fake: FakeWebApi = {
    tables,
    calls: [],
    failure: null,
    refusals: {},
    hanging: false,
    api: undefined as unknown as WebApi,
  }; // set below: the two refer to each other
  const rowsOf = (table: string): Row[] => {
    const rows = fake.tables[table];
    if (!rows) throw Object.assign(new Error(`no table ${table}`), { errorCode: 0x80060888 });
    return rows;
  };
  const refuse = async (table: string): Promise<void> => {
    const refusal = fake.refusals[table];
    if (refusal !== undefined) throw refusal;
    if (fake.hanging) await new Promise(() => undefined);
    if (fake.failure !== null) throw fake.failure;
  };
  const api: Pick<WebApi, 'createRecord' | 'retrieveRecord' | 'retrieveMultipleRecords'> = {
    createRecord: (async (table: string, row: Row) => {
      fake.calls.push(`create ${table}`);
      await refuse(table);
      const id = `00000000-0000-4000-8000-${String(rowsOf(table).length + 1).padStart(12, '0')}`;
      rowsOf(table).push({ ...row, [`${table}id`]: id });
      return { id, entityType: table };
    }) as unknown as WebApi['createRecord'], // the platform's promise type differs from the language's
    retrieveRecord: (async (table: string, id: string, options = '') => {
      fake.calls.push(`read ${table}`);
      await refuse(table);
      const row = rowsOf(table).find((candidate) => candidate[`${table}id`] === id);
      if (!row) throw Object.assign(new Error('gone'), { errorCode: 0x80040217 });
      return select(row, options);
    }) as unknown as WebApi['retrieveRecord'],
    retrieveMultipleRecords: (async (table: string, options = '') => {
      fake.calls.push(`list ${table}`);
      await refuse(table);
      const query = new URLSearchParams(options.slice(1));
      const matching = rowsOf(table).filter((row) => matches(row, query.get('$filter') ?? ''));
      return { entities: matching.map((row) => select(row, options)), nextLink: '' };
    }) as unknown as WebApi['retrieveMultipleRecords'],
  };
  return Object.assign(fake, { api });
}

/** Comparisons that are not an equality of an id, a number or a text hold for every row: the fake does not judge queries. */
function matches(row: Row, filter: string): boolean {
  const one = (comparison: string): boolean => {
    const [, column = '', id, text, number] = /^(\w+) eq (?:([0-9a-f-]{36})|'([^']*)'|(\d+))$/.exec(comparison) ?? [];
    if (column === '' || column === 'schemaname') return true;
    return row[column] === (id ?? text ?? Number(number));
  };
  return filter.split(' or ').some((part) => part.split(' and ').every(one));
}

/** Only what was asked for comes back: a column that the query forgets is missing, as on the platform. */
function select(row: Row, options: string): Row {
  const columns = new URLSearchParams(options.slice(1)).get('$select')?.split(',') ?? [];
  // With a lookup comes its name, as the platform annotates it.
  const all = columns.flatMap((column) => [column, `${column}@OData.Community.Display.V1.FormattedValue`]);
  const wanted = all.filter((column) => column in row).map((column) => [column, row[column]]);
  return Object.fromEntries([...wanted, ['@odata.etag', row['@odata.etag']]]);
}

import type { WebApi } from '../../../controls/form-data/src/store/read-record';
import type { Row, Tables } from './rows';

export interface FakeWebApi {
  readonly api: WebApi;
  /** rows as the server holds them; a test changes them to play the integration */
  readonly tables: Tables;
  readonly calls: string[];
  /** set: every call is refused with it */
  failure: unknown;
  /** true: no call is ever answered */
  hanging: boolean;
}

/** `context.webAPI` over rows in memory. It knows equality filters, ordering and `$top`, and answers only selected columns. */
export function fakeWebApi(tables: Tables): FakeWebApi {
  const fake: FakeWebApi = { tables, calls: [], failure: null, hanging: false, api: undefined as unknown as WebApi }; // set below: the two refer to each other
  const rowsOf = (table: string): Row[] => {
    const rows = fake.tables[table];
    if (!rows) throw Object.assign(new Error(`no table ${table}`), { errorCode: 0x80060888 });
    return rows;
  };
  const refuse = async (): Promise<void> => {
    if (fake.hanging) await new Promise(() => undefined);
    if (fake.failure !== null) throw fake.failure;
  };
  const api: Pick<WebApi, 'createRecord' | 'retrieveRecord' | 'retrieveMultipleRecords'> = {
    createRecord: (async (table: string, row: Row) => {
      fake.calls.push(`create ${table}`);
      await refuse();
      const id = `00000000-0000-4000-8000-${String(rowsOf(table).length + 1).padStart(12, '0')}`;
      rowsOf(table).push({ ...row, [`${table}id`]: id });
      return { id, entityType: table };
    }) as unknown as WebApi['createRecord'], // the platform's promise type differs from the language's
    retrieveRecord: (async (table: string, id: string, options = '') => {
      fake.calls.push(`read ${table}`);
      await refuse();
      const row = rowsOf(table).find((candidate) => candidate[`${table}id`] === id);
      if (!row) throw Object.assign(new Error('gone'), { errorCode: 0x80040217 });
      return select(row, options);
    }) as unknown as WebApi['retrieveRecord'],
    retrieveMultipleRecords: (async (table: string, options = '') => {
      fake.calls.push(`list ${table}`);
      await refuse();
      const query = new URLSearchParams(options.slice(1));
      const [, column, value] = /^(\w+) eq ([0-9a-f-]{36})$/.exec(query.get('$filter') ?? '') ?? [];
      const matching = rowsOf(table).filter((row) => column === undefined || row[column] === value);
      return { entities: matching.map((row) => select(row, options)), nextLink: '' };
    }) as unknown as WebApi['retrieveMultipleRecords'],
  };
  return Object.assign(fake, { api });
}

/** Only what was asked for comes back: a column that the query forgets is missing, as on the platform. */
function select(row: Row, options: string): Row {
  const columns = new URLSearchParams(options.slice(1)).get('$select')?.split(',') ?? [];
  const wanted = columns.filter((column) => column in row).map((column) => [column, row[column]]);
  return Object.fromEntries([...wanted, ['@odata.etag', row['@odata.etag']]]);
}

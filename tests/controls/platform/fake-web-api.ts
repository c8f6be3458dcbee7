import type { WebApi } from '../../../controls/form-data/src/store/desk';
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
 * `context.webAPI` over rows in memory. It knows filters of equal and not equal joined by `or` or `and`, and answers only selected columns;
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
  const api: Pick<ComponentFramework.WebApi, keyof WebApi | 'updateRecord'> = {
    createRecord: (async (table: string, row: Row) => {
      fake.calls.push(`create ${table}`);
      await refuse(table);
      const id = `00000000-0000-4000-8000-${String(rowsOf(table).length + 1).padStart(12, '0')}`;
      rowsOf(table).push({ ...row, [`${table}id`]: id });
      // The platform's answer is a lookup value, with a name that may be empty.
      return { id, entityType: table, name: '' };
    }) as unknown as WebApi['createRecord'], // the platform's promise type differs from the language's
    updateRecord: (async (table: string, id: string, change: Row) => {
      fake.calls.push(`update ${table} ${JSON.stringify(change)}`);
      await refuse(table);
      const row = rowsOf(table).find((candidate) => candidate[`${table}id`] === id || candidate['activityid'] === id);
      if (!row) throw Object.assign(new Error('gone'), { errorCode: 0x80040217 });
      Object.assign(row, change);
      // The platform's answer is a lookup value, with a name that may be empty.
      return { id, entityType: table, name: '' };
    }) as unknown as ComponentFramework.WebApi['updateRecord'],
    retrieveRecord: (async (table: string, id: string, options = '') => {
      fake.calls.push(`${options.includes('versionnumber') ? 'look at' : 'read'} ${table}`);
      await refuse(table);
      const row = rowsOf(table).find((candidate) => candidate[`${table}id`] === id);
      if (!row) throw Object.assign(new Error('gone'), { errorCode: 0x80040217 });
      // Versions of the rows of a record: what a test changes in the tables raises one, as every write does on the platform.
      if (options.includes('versionnumber')) return { versionnumber: JSON.stringify(fake.tables) };
      return selecting(new URLSearchParams(options.slice(1)))(row);
    }) as unknown as WebApi['retrieveRecord'],
    retrieveMultipleRecords: (async (table: string, options = '') => {
      fake.calls.push(`list ${table}`);
      await refuse(table);
      const query = new URLSearchParams(options.slice(1));
      const id = `${table}id`; // comes with each row, asked for or not
      const matching = rowsOf(table).filter(satisfying(query.get('$filter') ?? ''));
      const select = selecting(query);
      return { entities: matching.map((row) => ({ ...select(row), [id]: row[id] })), nextLink: '' };
    }) as unknown as WebApi['retrieveMultipleRecords'],
  };
  return Object.assign(fake, { api });
}

/** Comparisons that are not an equality of an id, a number or a text hold for every row: the fake does not judge queries. */
function satisfying(filter: string): (row: Row) => boolean {
  const one = (comparison: string): ((row: Row) => boolean) => {
    const [, column = '', is, id, text, number] =
      /^(\w+) (eq|ne) (?:([0-9a-f-]{36})|'([^']*)'|(\d+))$/.exec(comparison) ?? [];
    if (column === '' || column === 'schemaname') return () => true;
    return (row) => (row[column] === (id ?? text ?? Number(number))) === (is === 'eq');
  };
  const alternatives = filter.split(' or ').map((part) => part.split(' and ').map(one));
  return (row) => alternatives.some((all) => all.every((holds) => holds(row)));
}

/** Only what was asked for comes back: a column that the query forgets is missing, as on the platform. */
function selecting(query: URLSearchParams): (row: Row) => Row {
  const expanded = [...(query.get('$expand') ?? '').matchAll(/(?:^|,)(\w+)(?=\(|$)/g)].map(([, name = '']) => name);
  const columns = [...(query.get('$select')?.split(',') ?? []), ...expanded];
  // With a lookup comes its name, as the platform annotates it.
  const all = columns.flatMap((column) => [column, `${column}@OData.Community.Display.V1.FormattedValue`]);
  return (row) => {
    const wanted = all.filter((column) => column in row).map((column) => [column, row[column]]);
    return Object.fromEntries([...wanted, ['@odata.etag', row['@odata.etag']]]);
  };
}

import { profileMember, rootBusinessUnitId } from '../../sandbox/src/dataverse';
import { ids, startDataverse, type Fixture } from '../sandbox/dataverse/dataverse-fixture';
import { PLATFORM_TABLES } from '../../solution/tools/read/platform-tables';
import { ADMINISTRATOR, type Depth, granted, MATRIX, ROLES, SERVICE, USER } from './role-matrix';
import { columnsOf, solution } from './solution-folder';

/** Every right that a role can grant; Assign and Share are granted by none of ours. */
const RIGHTS = ['Create', 'Read', 'Write', 'Delete', 'Append', 'AppendTo', 'Assign', 'Share'] as const;

const guid = (kind: string, number: number): string =>
  `00000000-0000-4000-8000-${kind}${String(number).padStart(12 - kind.length, '0')}`;

const UNIT = { ours: guid('b', 1), below: guid('b', 2), elsewhere: guid('b', 3) };

/** Whose row it is, seen from a member of the unit "ours"; and the depths that reach it. */
const OWNERS = {
  own: ['Basic', 'Local', 'Deep', 'Global'],
  colleague: ['Local', 'Deep', 'Global'],
  below: ['Deep', 'Global'],
  elsewhere: ['Global'],
} as const satisfies Record<string, readonly Depth[]>;

type Place = keyof typeof OWNERS;
const PLACES = Object.keys(OWNERS) as Place[];

const member = (role: string): string => guid('a', ROLES.findIndex((name) => name === role) + 1);
const OTHERS: Readonly<Record<Exclude<Place, 'own'>, string>> = {
  colleague: guid('c', 1),
  below: guid('c', 2),
  elsewhere: guid('c', 3),
};
const ownerAt = (role: string, place: Place): string => (place === 'own' ? member(role) : OTHERS[place]);

const TABLES = [...solution.tables, ...solution.extensions].map(({ logicalName }) => logicalName);
/** What a request calls a table and its rows. */
function namesOf(table: string): { readonly entitySet: string; readonly primaryId: string } {
  const own = solution.tables.find(({ logicalName }) => logicalName === table);
  if (own !== undefined) return { entitySet: own.entitySetName, primaryId: own.primaryId };
  return PLATFORM_TABLES[table === 'account' ? 'account' : 'opportunity'];
}
const setName = (table: string): string => namesOf(table).entitySet;
const primaryId = (table: string): string => namesOf(table).primaryId;
const isOrganizationOwned = (table: string): boolean =>
  solution.tables.some(({ logicalName, ownership }) => logicalName === table && ownership === 'OrganizationOwned');

/** One row of every table for every owner; the first digits say the table, the last the owner. */
const rowId = (table: string, owner: string): string =>
  `${String(TABLES.indexOf(table) + 1).padStart(8, '0')}-0000-4000-8000-${owner.slice(-12)}`;

let f: Fixture;

const as = (role: string): string => `${ROLES.findIndex((name) => name === role)}@company.com`;

beforeAll(async () => {
  f = await startDataverse();
  const unit = (id: string, parent: string) => ({
    table: 'businessunit',
    row: { businessunitid: id, name: id, parentbusinessunitid: { table: 'businessunit', id: parent } },
  });
  const user = (id: string, domainname: string, businessunit: string) => ({
    table: 'systemuser',
    row: {
      systemuserid: id,
      lastname: domainname,
      domainname,
      businessunitid: { table: 'businessunit', id: businessunit },
    },
  });
  const owners = [...ROLES.map(member), ...Object.values(OTHERS)];
  await f.dataverse.seed([
    unit(UNIT.ours, rootBusinessUnitId),
    unit(UNIT.below, UNIT.ours),
    unit(UNIT.elsewhere, rootBusinessUnitId),
    ...ROLES.map((role) => user(member(role), as(role), UNIT.ours)),
    user(OTHERS.colleague, 'colleague@company.com', UNIT.ours),
    user(OTHERS.below, 'below@company.com', UNIT.below),
    user(OTHERS.elsewhere, 'elsewhere@company.com', UNIT.elsewhere),
    ...ROLES.map((role) => ({
      table: 'systemuserroles',
      row: { systemuserid: member(role), roleid: f.dataverse.roleId(role) },
    })),
    ...[SERVICE, ADMINISTRATOR].map((role) =>
      profileMember(f.dataverse.profileId('CRM-JIRA Integration Columns: Service') ?? '', {
        table: 'systemuser',
        id: member(role),
      }),
    ),
    ...TABLES.flatMap((table) =>
      owners.map((owner) => ({
        table,
        row: {
          [primaryId(table)]: rowId(table, owner),
          ...(isOrganizationOwned(table) ? {} : { ownerid: { table: 'systemuser', id: owner } }),
        },
      })),
    ),
  ]);
});
afterAll(() => f.dataverse.close());

/** What Dataverse says that the holder of the role may do with a row. */
async function accessOf(role: string, table: string, place: Place): Promise<string[]> {
  const target = encodeURIComponent(
    JSON.stringify({ '@odata.id': `${setName(table)}(${rowId(table, ownerAt(role, place))})` }),
  );
  const url = `systemusers(${member(role)})/Microsoft.Dynamics.CRM.RetrievePrincipalAccess(Target=@t)?@t=${target}`;
  const { status, json, text } = await f.call('GET', url);
  if (status !== 200) throw new Error(text);
  const rights = String((json as { AccessRights: string }).AccessRights);
  return rights === 'None' ? [] : rights.split(', ').map((right) => right.replace(/Access$/, ''));
}

function expected(role: string, table: string, place: Place): string[] {
  const rights = granted(role, table);
  const reaches = (depth: Depth | undefined): boolean =>
    depth !== undefined && (OWNERS[place] as readonly Depth[]).includes(depth);
  return RIGHTS.filter((right) => reaches(rights.get(right)));
}

/** The requirement that speaks of the role and the table; the rest of the matrix is Decision. */
const requirement = (role: string, table: string): string =>
  MATRIX.find(([of, on]) => of === role && on.toLowerCase() === table)?.[4] ?? 'in no row of the matrix';

describe.each(ROLES)('%s may do on rows of their own, of their unit, below it and elsewhere', (role) => {
  test.each(TABLES.map((table) => [table, requirement(role, table)]))(
    '%s what the matrix grants (%s)',
    async (table) => {
      const found = await Promise.all(PLACES.map(async (place) => [place, await accessOf(role, table, place)]));
      expect(Object.fromEntries(found)).toEqual(
        Object.fromEntries(PLACES.map((place) => [place, expected(role, table, place)])),
      );
    },
  );
});

const NEW_ROW: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  crmjira_budget_mapping: { crmjira_name: 'CRM-202501-A1B2C3D4' },
  crmjira_integration_log: { crmjira_error_message: 'a try' },
  opportunity: { name: 'a try' },
};

/** The verbs as requests: what is refused is refused with the privilege's name. */
async function answers(role: string, table: string): Promise<Record<string, number | string>> {
  const found: Record<string, number | string> = {};
  const row = NEW_ROW[table] ?? {};
  const at = (place: Place): string => `${setName(table)}(${rowId(table, ownerAt(role, place))})`;
  const send = async (verb: string, method: string, url: string, body?: unknown): Promise<void> => {
    const { status, json } = await f.call(method, url, body, {}, as(role));
    const missing = /is missing (prv\w+) privilege/.exec(
      String((json as { error?: { message?: string } } | undefined)?.error?.message),
    )?.[1];
    found[verb] = missing ?? status;
  };
  await send('create', 'POST', setName(table), row);
  await send('read', 'GET', `${at('elsewhere')}?$select=${primaryId(table)}`);
  await send('write', 'PATCH', at('elsewhere'), row);
  // Another row: the tests that follow still need the first.
  await send('delete', 'DELETE', at('below'));
  return found;
}

describe('the same as requests', () => {
  test('R-1201 an administrator creates, reads, writes and deletes mappings', async () => {
    const found = await answers(ADMINISTRATOR, 'crmjira_budget_mapping');
    expect(found).toEqual({ create: 204, read: 200, write: 204, delete: 204 });
  });

  test('R-1202 an administrator creates, reads and writes log rows and deletes none', async () => {
    expect(await answers(ADMINISTRATOR, 'crmjira_integration_log')).toEqual({
      create: 204,
      read: 200,
      write: 204,
      delete: 'prvDeletecrmjira_integration_log',
    });
  });

  test('R-1203 an administrator reads and writes opportunities and neither creates nor deletes one', async () => {
    expect(await answers(ADMINISTRATOR, 'opportunity')).toEqual({
      create: 'prvCreateOpportunity',
      read: 200,
      write: 204,
      delete: 'prvDeleteOpportunity',
    });
  });

  test.each([
    ['R-1204', 'crmjira_budget_mapping'],
    ['R-1205', 'opportunity'],
  ])('%s a user only reads %s, and not those of another unit', async (_id, table) => {
    const name = table === 'opportunity' ? 'Opportunity' : table;
    expect(await answers(USER, table)).toEqual({
      create: `prvCreate${name}`,
      read: 403,
      write: `prvWrite${name}`,
      delete: `prvDelete${name}`,
    });
    const near = await f.call('GET', `${setName(table)}(${rowId(table, OTHERS.colleague)})`, undefined, {}, as(USER));
    expect(near.status).toBe(200);
  });

  test('R-1206 a user does nothing with the log', async () => {
    expect(await answers(USER, 'crmjira_integration_log')).toEqual({
      create: 'prvCreatecrmjira_integration_log',
      read: 'prvReadcrmjira_integration_log',
      write: 'prvWritecrmjira_integration_log',
      delete: 'prvDeletecrmjira_integration_log',
    });
  });

  test('R-1207 the service appends to the log, and changes or deletes none of its rows', async () => {
    expect(await answers(SERVICE, 'crmjira_integration_log')).toEqual({
      create: 204,
      read: 200,
      write: 'prvWritecrmjira_integration_log',
      delete: 'prvDeletecrmjira_integration_log',
    });
  });
});

test('R-1207 the service sees which solutions are imported and that it holds its own profile', async () => {
  const read = async (path: string): Promise<string[]> =>
    (await f.call('GET', path, undefined, {}, as(SERVICE))).json.value.map(
      (row: Record<string, string>) => row.name ?? row.uniquename,
    );
  await expect(read('solutions?$select=uniquename')).resolves.toContain('crmjira');
  await expect(read(`systemusers(${member(SERVICE)})/systemuserprofiles_association?$select=name`)).resolves.toEqual([
    'CRM-JIRA Integration Columns: Service',
  ]);
  const refused = await f.call('GET', 'solutions?$select=uniquename', undefined, {}, as(USER));
  expect(refused.status).toBe(403);
});

describe('R-1208 secured columns', () => {
  const sample = (type: string): unknown =>
    ({ Boolean: true, Picklist: 2, DateTime: '2025-01-15T14:00:00Z', Lookup: `/systemusers(${ids.administrator})` })[
      type
    ] ?? 'X';
  const secured = solution.extensions
    .flatMap(({ columns }) => columns)
    .filter(({ isSecured }) => isSecured)
    .map(
      ({ logicalName, type }) => [type === 'Lookup' ? `${logicalName}@odata.bind` : logicalName, sample(type)] as const,
    );
  const opportunity = `opportunities(${ids.opportunity})`;
  const seller = 'opportunity.owner@company.com';

  test.each(secured)(
    '%s is written by service and administrator, not by who owns the opportunity',
    async (column, value) => {
      const write = async (who: string) => (await f.call('PATCH', opportunity, { [column]: value }, {}, who)).status;
      expect([await write(seller), await write(as(SERVICE)), await write(as(ADMINISTRATOR))]).toEqual([403, 204, 204]);
    },
  );

  test('the project budget is written by who may write the opportunity', async () => {
    const { status } = await f.call('PATCH', opportunity, { crmjira_project_budget: 12_000 }, {}, seller);
    expect(status).toBe(204);
  });
});

test('R-1801 R-1806 R-1834 a user keeps their own time records but what Jira has of them, and writes no connection', async () => {
  const mine = member(USER);
  const patch = async (who: string, owner: string, columns: Record<string, unknown>): Promise<number> =>
    (await f.call('PATCH', `crmjira_time_records(${rowId('crmjira_time_record', owner)})`, columns, {}, who)).status;
  expect(await patch(as(USER), mine, { crmjira_notes: 'a try' })).toBe(204);
  expect(await patch(as(USER), OTHERS.colleague, { crmjira_notes: 'a try' })).toBe(403);
  const secured = columnsOf('crmjira_time_record').filter(({ isSecured }) => isSecured);
  expect(secured).toHaveLength(9);
  for (const { logicalName, type } of secured) {
    const value = { Boolean: true, DateTime: '2025-01-15T14:00:00Z', Integer: 60 }[String(type)] ?? 'X';
    expect([logicalName, await patch(as(USER), mine, { [logicalName]: value })]).toEqual([logicalName, 403]);
    expect([logicalName, await patch(as(SERVICE), mine, { [logicalName]: value })]).toEqual([logicalName, 204]);
  }
  expect(await answers(USER, 'crmjira_jira_connection')).toEqual({
    create: 'prvCreatecrmjira_jira_connection',
    read: 403,
    write: 'prvWritecrmjira_jira_connection',
    delete: 'prvDeletecrmjira_jira_connection',
  });
});

import { ids, startDataverse, type Answer, type Fixture } from './dataverse-fixture';

const rep = 'opportunity.owner@company.com';
let f: Fixture;

beforeAll(async () => {
  f = await startDataverse();
});
afterAll(() => f.dataverse.close());

const get = (path: string, headers?: Record<string, string>, as?: string): Promise<Answer> =>
  f.call('GET', path.replaceAll(' ', '%20'), undefined, headers, as);

describe('a filter over other tables', () => {
  const logs = 'crmjira_budget_mapping_integration_log';

  it.each([`${logs}/any()`, `${logs}/any(l:l/crmjira_name ne 'x')`, `not ${logs}/any(l:l/crmjira_http_status eq 500)`])(
    'does not tell what the caller may not read: %s',
    async (filter) => {
      const answer = await get(`crmjira_budget_mappings?$select=crmjira_name&$filter=${filter}`, {}, rep);
      expect(answer.status).toBe(403);
      expect(answer.json.error).toMatchObject({
        code: '0x80040220',
        message: expect.stringContaining('prvReadcrmjira_integration_log'),
      });
    },
  );
});

it('treats two empty columns as SQL does: neither equal nor different', async () => {
  await f.dataverse.seed([{ table: 'account', row: { name: 'No numbers', revenue: null } }]);
  const filter = (operator: string): string =>
    `accounts?$filter=name eq 'No numbers' and revenue ${operator} revenue_base`;
  expect((await get(filter('eq'))).json.value).toEqual([]);
  expect((await get(filter('ne'))).json.value).toEqual([]);
});

it('refuses a text where an identifier belongs, takes one in quotes', async () => {
  const wrong = await get("opportunities?$filter=_customerid_value eq 'xyz'");
  expect([wrong.status, wrong.json.error.code]).toEqual([400, '0x80060888']);
  const quoted = await get(`opportunities?$filter=_customerid_value eq '${ids.account}'`);
  expect(quoted.json.value).toHaveLength(1);
});

it('refuses a $count that is neither true nor false', async () => {
  expect((await get('accounts?$count=maybe')).status).toBe(400);
});

// The Web API declares ownerid as a principal, of which only the key is known: see $metadata, EntityType "principal"
describe('$expand=ownerid', () => {
  it('shows a user as a principal', async () => {
    const answer = await get(`opportunities(${ids.opportunity})?$select=name&$expand=ownerid($select=ownerid)`);
    expect(answer.json.ownerid).toMatchObject({
      '@odata.type': '#Microsoft.Dynamics.CRM.systemuser',
      ownerid: ids.salesRep,
      systemuserid: ids.salesRep,
    });
  });

  it('refuses the columns of a user; owninguser has them', async () => {
    const refused = await get(`opportunities(${ids.opportunity})?$expand=ownerid($select=fullname)`);
    expect(refused.status).toBe(400);
    expect(refused.json.error.message).toContain("'fullname' on type 'Microsoft.Dynamics.CRM.principal'");
    const answer = await get(`opportunities(${ids.opportunity})?$expand=owninguser($select=fullname)`);
    expect(answer.json.owninguser.fullname).toBe('Olivia Owens');
  });
});

// Source: learn.microsoft.com "Join tables using OData"
describe('a user or a team', () => {
  it('shows the key of a principal beside its own', async () => {
    const answer = await get(`opportunities(${ids.opportunity})?$select=name&$expand=createdby($select=fullname)`);
    expect(answer.json.createdby).toMatchObject({ ownerid: answer.json.createdby.systemuserid });
    const user = await get(`systemusers(${ids.salesRep})?$select=ownerid`);
    expect(user.json).toMatchObject({ ownerid: ids.salesRep, systemuserid: ids.salesRep });
  });
});

it('expands references of lookups only', async () => {
  const single = await get(`accounts(${ids.account})?$select=name&$expand=primarycontactid/$ref`);
  expect(single.json.primarycontactid['@odata.id']).toContain(`/contacts(${ids.contact})`);
  const collection = await get(`accounts(${ids.account})?$expand=opportunity_customer_accounts/$ref`);
  expect([collection.status, collection.json.error.message]).toEqual([
    400,
    'Expand with $ref is only supported on lookup type navigation property.',
  ]);
});

// Source: learn.microsoft.com "Page results using OData" and "Count rows using OData"
describe('counts and pages', () => {
  it('let a page size outweigh $top', async () => {
    const answer = await get('systemusers?$select=fullname&$top=1', { prefer: 'odata.maxpagesize=2' });
    expect(answer.json.value).toHaveLength(2);
    expect(answer.json['@odata.nextLink']).toBeDefined();
  });

  it('annotate -1 when nobody asked for a count', async () => {
    const prefer = 'odata.include-annotations="Microsoft.Dynamics.CRM.totalrecordcount"';
    const total = async (path: string): Promise<unknown> =>
      (await get(path, { prefer })).json['@Microsoft.Dynamics.CRM.totalrecordcount'];
    const xml = encodeURIComponent('<fetch><entity name="contact"><attribute name="fullname"/></entity></fetch>');
    expect(await total('contacts?$select=fullname')).toBe(-1);
    expect(await total('contacts?$select=fullname&$count=true')).toBe(1);
    expect(await total(`contacts?fetchXml=${xml}`)).toBe(-1);
    expect(await total(`contacts?fetchXml=${xml}&$count=true`)).toBe(1);
    expect((await get(`contacts?fetchXml=${xml}&$count=true`)).json['@odata.count']).toBe(1);
  });
});

describe('names that every JavaScript object knows', () => {
  it.each([
    ['GET', 'constructor', 404],
    ['POST', 'hasOwnProperty', 404],
    ['POST', 'accounts/Microsoft.Dynamics.CRM.toString', 404],
    ['GET', `accounts(${ids.account})/Microsoft.Dynamics.CRM.valueOf()`, 404],
    ['GET', `accounts(${ids.account})/constructor`, 400],
    ['GET', 'accounts?$select=constructor', 400],
    ['GET', 'accounts?$filter=toString eq 1', 400],
    ['GET', 'accounts?$filter=constructor/any()', 400],
    ['GET', "accounts?$filter=toString(name,'x')", 400],
    ['GET', "accounts?$filter=Microsoft.Dynamics.CRM.toString(PropertyName='name')", 400],
  ])('%s %s is no part of the Web API', async (method, path, status) => {
    const answer = await f.call(method, path.replaceAll(' ', '%20'), method === 'POST' ? {} : undefined);
    expect(answer.status).toBe(status);
    expect(answer.json.error).toBeDefined();
  });
});

it('refuses an expression that is nested without end', async () => {
  const nested = (depth: number): string => `${'('.repeat(depth)}name eq 'x'${')'.repeat(depth)}`;
  const batch = (url: string): Promise<Answer> =>
    f.call('POST', '$batch', `--b\nContent-Type: application/http\n\nGET ${url} HTTP/1.1\n\n\n--b--\n`, {
      'content-type': 'multipart/mixed; boundary=b',
    });
  expect((await get(`accounts?$filter=${nested(50)}`)).status).toBe(200);
  expect((await batch(`accounts?$filter=${nested(20_000)}`)).text).toContain('nested too deeply');
  expect((await batch(`accounts?$filter=${nested(40_000)}`)).text).toContain('must not exceed 65536 characters');
});

// Source: OData JSON Format 4.0, "Controlling the Amount of Control Information in Responses"
it('leaves out control information when the client wants none', async () => {
  const none = { accept: 'application/json;odata.metadata=none', prefer: 'odata.maxpagesize=1' };
  const answer = await get('systemusers?$select=fullname&$count=true', none);
  expect(Object.keys(answer.json).sort()).toEqual(['@odata.count', '@odata.nextLink', 'value']);
  expect(Object.keys(answer.json.value[0]).sort()).toEqual(['fullname', 'ownerid', 'systemuserid']);
  expect(answer.headers['content-type']).toBe('application/json; odata.metadata=none; odata.streaming=true');
});

it('names the default status and the unchanging name of a state', async () => {
  const answer = await get(
    "EntityDefinitions(LogicalName='opportunity')/Attributes(LogicalName='statecode')/Microsoft.Dynamics.CRM.StateAttributeMetadata?$expand=OptionSet",
  );
  expect(answer.json.OptionSet.Options).toMatchObject([
    { Value: 0, DefaultStatus: 1, InvariantName: 'Open' },
    { Value: 1, DefaultStatus: 3, InvariantName: 'Won' },
    { Value: 2, InvariantName: 'Lost' },
  ]);
});

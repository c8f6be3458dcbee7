import { ids, startDataverse, type Fixture } from './dataverse-fixture';

let f: Fixture;
beforeEach(async () => {
  f = await startDataverse();
});
afterEach(() => f.dataverse.close());

const missing = '00000000-0000-4000-8000-00000000abcd';
const etag = async (): Promise<string> => (await f.call('GET', `accounts(${ids.account})`)).headers.etag ?? '';

describe('PATCH', () => {
  it('creates the row that is not there, under the identifier of the address', async () => {
    const answer = await f.call('PATCH', `accounts(${missing})`, { name: 'New' });
    expect(answer.status).toBe(204);
    expect(answer.headers['odata-entityid']).toBe(`http://localhost:4110/api/data/v9.2/accounts(${missing})`);
    expect((await f.call('GET', `accounts(${missing})`)).json.name).toBe('New');
  });

  it('answers 201 to a create and 200 to an update when the representation is preferred', async () => {
    const prefer = { prefer: 'return=representation' };
    expect((await f.call('PATCH', `accounts(${missing})?$select=name`, { name: 'New' }, prefer)).status).toBe(201);
    const second = await f.call('PATCH', `accounts(${missing})?$select=name`, { name: 'Newer' }, prefer);
    expect(second).toMatchObject({ status: 200, json: { name: 'Newer' } });
  });

  it('updates only, with If-Match: *', async () => {
    const answer = await f.call('PATCH', `accounts(${missing})`, { name: 'New' }, { 'if-match': '*' });
    expect(answer).toMatchObject({ status: 404, json: { error: { code: '0x80040217' } } });
    expect((await f.call('PATCH', `accounts(${ids.account})`, { name: 'Known' }, { 'if-match': '*' })).status).toBe(
      204,
    );
  });

  it('creates only, with If-None-Match: *', async () => {
    const answer = await f.call('PATCH', `accounts(${ids.account})`, { name: 'Over' }, { 'if-none-match': '*' });
    expect(answer).toMatchObject({ status: 412, json: { error: { code: '0x80040237' } } });
    expect((await f.call('PATCH', `accounts(${missing})`, { name: 'New' }, { 'if-none-match': '*' })).status).toBe(204);
  });
});

describe('ETag', () => {
  it('lets the holder of the current version write and delete, nobody else', async () => {
    const old = await etag();
    expect((await f.call('PATCH', `accounts(${ids.account})`, { name: 'A' }, { 'if-match': old })).status).toBe(204);
    const stale = await f.call('PATCH', `accounts(${ids.account})`, { name: 'B' }, { 'if-match': old });
    expect(stale).toMatchObject({ status: 412, json: { error: { code: '0x80060882' } } });
    expect((await f.call('DELETE', `accounts(${ids.account})`, undefined, { 'if-match': old })).status).toBe(412);
    expect((await f.call('DELETE', `accounts(${ids.account})`, undefined, { 'if-match': await etag() })).status).toBe(
      204,
    );
  });

  it('changes with every write, also one that changes nothing', async () => {
    const before = await etag();
    await f.call('PATCH', `accounts(${ids.account})`, { name: 'Acme Corp' });
    expect(await etag()).not.toBe(before);
  });
});

describe('alternate keys', () => {
  const integration = '00000000-0000-4000-8000-0000000000c1';
  const mapping = {
    crmjira_name: 'M',
    crmjira_jira_project_key: 'CRMA',
    crmjira_jira_project_id: '10150',
    'crmjira_integration_id@odata.bind': `/crmjira_integrations(${integration})`,
    'crmjira_opportunity_id@odata.bind': `/opportunities(${ids.opportunity})`,
  };
  beforeEach(() =>
    f.dataverse.seed([
      { table: 'crmjira_integration', row: { crmjira_integrationid: integration, crmjira_name: 'Jira' } },
    ]),
  );

  it('address a row by a text, by a lookup and by several columns', async () => {
    await f.call('POST', 'crmjira_budget_mappings', mapping);
    const byLookup = await f.call('GET', `crmjira_budget_mappings(_crmjira_opportunity_id_value=${ids.opportunity})`);
    expect(byLookup.json.crmjira_jira_project_key).toBe('CRMA');
    const bySeveral = await f.call(
      'GET',
      `crmjira_budget_mappings(crmjira_jira_project_id='10150',_crmjira_integration_id_value=${integration})?$select=crmjira_name`,
    );
    expect(bySeveral.json.crmjira_name).toBe('M');
    const none = await f.call(
      'GET',
      `crmjira_budget_mappings(crmjira_jira_project_id='9',_crmjira_integration_id_value=${integration})`,
    );
    expect(none).toMatchObject({ status: 404, json: { error: { code: '0x80060891' } } });
    expect((await f.call('GET', "crmjira_budget_mappings(crmjira_name='M')")).status).toBe(400);
  });

  it('upsert: create with the key of the address, then update the same row', async () => {
    const url = "crmjira_inbound_events(crmjira_event_id='a''b')";
    const created = await f.call('PATCH', url, { crmjira_event_type: 'one' });
    expect(created).toMatchObject({ status: 204 });
    expect(created.headers['odata-entityid']).toContain("crmjira_inbound_events(crmjira_event_id='a''b')");
    await f.call('PATCH', url, { crmjira_event_type: 'two' });
    const { json } = await f.call('GET', 'crmjira_inbound_events');
    expect(json.value).toHaveLength(1);
    expect(json.value[0]).toMatchObject({ crmjira_event_id: "a'b", crmjira_event_type: 'two' });
    expect(
      (await f.call('PATCH', "crmjira_inbound_events(crmjira_event_id='zz')", {}, { 'if-match': '*' })).status,
    ).toBe(404);
  });

  it('a second row with the same values gets 412, also by an update', async () => {
    await f.call('POST', 'crmjira_inbound_events', { crmjira_event_id: 'x' });
    const double = await f.call('POST', 'crmjira_inbound_events', { crmjira_event_id: 'X' });
    expect(double).toMatchObject({ status: 412, json: { error: { code: '0x80060892' } } });
    const other = await f.call('POST', 'crmjira_inbound_events', { crmjira_event_id: 'y' });
    const answer = await f.call('PATCH', other.headers['odata-entityid'] ?? '', { crmjira_event_id: 'x' });
    expect(answer.status).toBe(412);
    expect((await f.call('GET', 'crmjira_inbound_events/$count')).text).toBe('2');
  });

  it('binds by key', async () => {
    await f.call('POST', 'environmentvariablevalues', {
      value: '125.00',
      'EnvironmentVariableDefinitionId@odata.bind':
        "/environmentvariabledefinitions(schemaname='crmjira_DefaultHourlyRate')",
    });
    const { json } = await f.call(
      'GET',
      "environmentvariabledefinitions?$select=schemaname,defaultvalue&$filter=schemaname eq 'crmjira_DefaultHourlyRate'&$expand=environmentvariabledefinition_environmentvariablevalue($select=value)",
    );
    expect(json.value[0]).toMatchObject({
      defaultvalue: '150.00',
      environmentvariabledefinition_environmentvariablevalue: [{ value: '125.00' }],
    });
  });
});

describe('many at once', () => {
  it('CreateMultiple, UpdateMultiple, UpsertMultiple: all or none', async () => {
    const created = await f.call('POST', 'accounts/Microsoft.Dynamics.CRM.CreateMultiple', {
      Targets: [
        { '@odata.type': 'Microsoft.Dynamics.CRM.account', name: 'One' },
        { '@odata.type': 'Microsoft.Dynamics.CRM.account', name: 'Two' },
      ],
    });
    expect(created.status).toBe(200);
    const [one, two] = created.json.Ids;
    const update = await f.call('POST', 'accounts/Microsoft.Dynamics.CRM.UpdateMultiple', {
      Targets: [
        { accountid: one, name: 'Uno' },
        { accountid: two, name: 'Dos' },
      ],
    });
    expect(update.status).toBe(204);
    const upsert = await f.call('POST', 'crmjira_inbound_events/Microsoft.Dynamics.CRM.UpsertMultiple', {
      Targets: [{ '@odata.id': "crmjira_inbound_events(crmjira_event_id='e')", crmjira_event_type: 't' }],
    });
    expect(upsert.status).toBe(204);
    const bad = await f.call('POST', 'accounts/Microsoft.Dynamics.CRM.UpdateMultiple', {
      Targets: [
        { accountid: one, name: 'X' },
        { accountid: missing, name: 'Y' },
      ],
    });
    expect(bad.status).toBe(404);
    expect((await f.call('GET', `accounts(${one})/name/$value`)).text).toBe('Uno');
  });
});

it('numbers autonumber columns by their format', async () => {
  const body = {
    crmjira_operation_type: 1,
    crmjira_source_system: 1,
    crmjira_source_record_id: 'x',
    crmjira_integration_status: 2,
    crmjira_correlation_id: 'c',
  };
  const prefer = { prefer: 'return=representation' };
  const first = await f.call('POST', 'crmjira_integration_logs?$select=crmjira_name', body, prefer);
  const second = await f.call('POST', 'crmjira_integration_logs?$select=crmjira_name', body, prefer);
  expect(first.json.crmjira_name).toMatch(/^LOG-\d{8}$/);
  expect(Number(second.json.crmjira_name.slice(4))).toBe(Number(first.json.crmjira_name.slice(4)) + 1);
});

import { ids, startDataverse, type Fixture } from './dataverse-fixture';

/** Sequences of calls as Microsoft's Web API samples make them (learn.microsoft.com "Web API samples"). */
let f: Fixture;
beforeEach(async () => {
  f = await startDataverse();
});
afterEach(() => f.dataverse.close());

test('basic operations: create with related rows, associate, clean up', async () => {
  const contact =
    (await f.call('POST', 'contacts', { firstname: 'Rafel', lastname: 'Shillo' })).headers['odata-entityid'] ?? '';
  await f.call('PATCH', contact, { annualincome: 80000, jobtitle: 'Junior Developer' });
  expect((await f.call('GET', `${contact}?$select=fullname,annualincome,jobtitle,description`)).json).toMatchObject({
    fullname: 'Rafel Shillo',
    annualincome: 80000,
    description: null,
  });
  expect((await f.call('PUT', `${contact}/telephone1`, { value: '555-0105' })).status).toBe(204);
  expect((await f.call('GET', `${contact}/telephone1`)).json.value).toBe('555-0105');

  const account = await f.call('POST', 'accounts', {
    name: 'Contoso Ltd',
    telephone1: '555-5555',
    'primarycontactid@odata.bind': contact,
  });
  const url = account.headers['odata-entityid'] ?? '';
  const read = await f.call(
    'GET',
    `${url}?$select=name&$expand=primarycontactid($select=fullname,jobtitle,annualincome)`,
  );
  expect(read.json.primarycontactid.jobtitle).toBe('Junior Developer');

  const tasks = [
    {
      subject: 'Sign invoice',
      description: 'Invoice #12321',
      scheduledstart: '2025-04-19T03:00:00.0000000Z',
      scheduledend: '2025-04-19T04:00:00.0000000Z',
      scheduleddurationminutes: 60,
    },
  ];
  const nested = await f.call('POST', 'accounts', {
    name: 'Fourth Coffee',
    primarycontactid: { firstname: 'Susie', lastname: 'Curtis', Contact_Tasks: tasks },
  });
  const company = await f.call(
    'GET',
    `${nested.headers['odata-entityid']}?$select=name&$expand=primarycontactid($select=fullname,contactid)`,
  );
  const person: string = company.json.primarycontactid.contactid;
  const expanded = await f.call(
    'GET',
    `contacts(${person})?$select=fullname&$expand=Contact_Tasks($select=subject,description,scheduledstart)`,
  );
  expect(expanded.json.Contact_Tasks).toMatchObject([
    { subject: 'Sign invoice', scheduledstart: '2025-04-19T03:00:00Z' },
  ]);

  expect(
    (
      await f.call('POST', `${nested.headers['odata-entityid']}/contact_customer_accounts/$ref`, {
        '@odata.id': contact,
      })
    ).status,
  ).toBe(204);
  const employees = await f.call(
    'GET',
    `${nested.headers['odata-entityid']}/contact_customer_accounts?$select=fullname,jobtitle`,
  );
  expect(employees.json.value).toMatchObject([{ fullname: 'Rafel Shillo' }]);
  const removed = await f.call(
    'DELETE',
    `${nested.headers['odata-entityid']}/contact_customer_accounts/$ref?$id=${encodeURIComponent(contact)}`,
  );
  expect(removed.status).toBe(204);

  const who = (await f.call('GET', 'WhoAmI')).json;
  const role = await f.call('POST', 'roles', {
    name: 'Example Security Role',
    'businessunitid@odata.bind': `businessunits(${who.BusinessUnitId})`,
  });
  expect(role.status).toBe(204);
  const roles = `systemusers(${who.UserId})/systemuserroles_association`;
  expect((await f.call('POST', `${roles}/$ref`, { '@odata.id': role.headers['odata-entityid'] })).status).toBe(204);
  expect(
    (await f.call('GET', `${roles}?$select=name&$filter=name eq 'Example Security Role'`)).json.value,
  ).toHaveLength(1);
  expect((await f.call('DELETE', role.headers['odata-entityid'] ?? '')).status).toBe(204);
});

test('queries: aliases of parameters, formatted values, views, aggregates', async () => {
  await f.dataverse.seed(
    [
      ['Yvonne', 'Marketing Manager', 140000],
      ['Susanna', 'Sales', 70000],
      ['Nancy', 'Marketing Manager', 100000],
    ].map(([firstname, jobtitle, annualincome]) => ({
      table: 'contact',
      row: { firstname, lastname: '(sample)', jobtitle, annualincome },
    })),
  );
  const aliased = await f.call(
    'GET',
    "contacts?$select=fullname,jobtitle,annualincome&$filter=contains(fullname,@p1) and Microsoft.Dynamics.CRM.LastXHours(PropertyName=@p2,PropertyValue=@p3)&$orderby=@p4 asc,@p5 desc&@p1='(sample)'&@p2='createdon'&@p3='1'&@p4=jobtitle&@p5=annualincome",
    undefined,
    { prefer: 'odata.include-annotations="OData.Community.Display.V1.FormattedValue"' },
  );
  expect(aliased.json.value.map((row: { fullname: string }) => row.fullname)).toEqual([
    'Yvonne (sample)',
    'Nancy (sample)',
    'Susanna (sample)',
  ]);
  expect(aliased.json.value[0]['annualincome@OData.Community.Display.V1.FormattedValue']).toBe('$140,000.00');
  const truth = await f.call(
    'GET',
    `contacts?$filter=${encodeURIComponent("contains(fullname,'(sample)') eq true")}&$count=true`,
  );
  expect(truth.json['@odata.count']).toBe(3);
  const [view] = (await f.call('GET', "savedqueries?$select=name,savedqueryid&$filter=returnedtypecode eq 'contact'"))
    .json.value;
  expect(view.name).toBe('Active Contacts');
  expect((await f.call('GET', `contacts?savedQuery=${view.savedqueryid}`)).json.value).toHaveLength(4);
  const own = await f.call('POST', 'userqueries', {
    name: 'Sales people',
    returnedtypecode: 'contact',
    querytype: 0,
    fetchxml:
      '<fetch><entity name="contact"><attribute name="fullname"/><filter><condition attribute="jobtitle" operator="eq" value="Sales"/></filter></entity></fetch>',
  });
  const ownId = /\(([^)]+)\)/.exec(own.headers['odata-entityid'] ?? '')?.[1];
  expect((await f.call('GET', `contacts?userQuery=${ownId}`)).json.value).toMatchObject([
    { fullname: 'Susanna (sample)' },
  ]);
  const aggregate = await f.call(
    'GET',
    `contacts?$apply=${encodeURIComponent('aggregate(annualincome with average as average,annualincome with sum as total,annualincome with min as minimum,annualincome with max as maximum)')}`,
  );
  expect(aggregate.json.value).toEqual([
    { average: expect.closeTo(103333.3333, 3), total: 310000, minimum: 70000, maximum: 140000 },
  ]);
});

test('conditional operations', async () => {
  const { headers, json } = await f.call(
    'POST',
    'accounts?$select=name,revenue,telephone1',
    { name: 'Contoso Ltd', telephone1: '555-0000', revenue: 5000000 },
    { prefer: 'return=representation' },
  );
  const url = `accounts(${json.accountid})`;
  const etag = headers.etag ?? '';
  expect((await f.call('GET', url, undefined, { 'if-none-match': etag })).status).toBe(304);
  await f.call('PUT', `${url}/telephone1`, { value: '555-0001' });
  expect((await f.call('GET', url, undefined, { 'if-none-match': etag })).status).toBe(200);
  expect((await f.call('DELETE', url, undefined, { 'if-match': etag })).status).toBe(412);
  expect((await f.call('PATCH', url, { telephone1: '555-0005' }, { 'if-match': etag })).status).toBe(412);
  const fresh = (await f.call('GET', `${url}?$select=name`)).headers.etag ?? '';
  expect(
    (await f.call('PATCH', url, { telephone1: '555-0005' }, { 'if-match': fresh, prefer: 'return=representation' }))
      .status,
  ).toBe(200);
});

test('metadata changes by table and column', async () => {
  const query = {
    Criteria: {
      FilterOperator: 'And',
      Conditions: [
        {
          PropertyName: 'LogicalName',
          ConditionOperator: 'Equals',
          Value: { Value: 'account', Type: 'System.String' },
        },
      ],
    },
    Properties: { PropertyNames: ['Attributes', 'SchemaName', 'EntitySetName'] },
    AttributeQuery: { Properties: { PropertyNames: ['SchemaName', 'OptionSet', 'Targets'] } },
  };
  const { json } = await f.call(
    'GET',
    `RetrieveMetadataChanges(Query=@p0)?@p0=${encodeURIComponent(JSON.stringify(query))}`,
  );
  expect(json.EntityMetadata).toMatchObject([{ LogicalName: 'account', EntitySetName: 'accounts' }]);
  expect(json.EntityMetadata[0].Attributes).toContainEqual(
    expect.objectContaining({ LogicalName: 'primarycontactid', Targets: ['contact'] }),
  );
});

test('change tracking: how many changes there are', async () => {
  const { json } = await f.call('GET', 'accounts?$select=name', undefined, { prefer: 'odata.track-changes' });
  const token = /\$deltatoken=([^&]+)/.exec(json['@odata.deltaLink'])?.[1];
  await f.call('PATCH', `accounts(${ids.account})`, { name: 'A' });
  await f.call('POST', 'accounts', { name: 'B' });
  expect((await f.call('GET', `accounts/$count?$deltatoken=${token}`)).text).toBe('2');
});

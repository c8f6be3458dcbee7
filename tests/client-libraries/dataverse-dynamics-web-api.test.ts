import { DynamicsWebApi } from 'dynamics-web-api';
import { ids, startDataverse, type Fixture } from '../sandbox/dataverse/dataverse-fixture';

let f: Fixture;
let api: DynamicsWebApi;

beforeEach(async () => {
  f = await startDataverse();
  const serverUrl = await f.dataverse.app.listen({ host: '127.0.0.1', port: 0 });
  const token = await f.token('admin@company.com');
  api = new DynamicsWebApi({ serverUrl, dataApi: { version: '9.2' }, onTokenRefresh: async () => token });
});
afterEach(() => f.dataverse.close());

const collection = 'accounts';

test('create, retrieve, update, upsert, single property, delete', async () => {
  const id = await api.create<object, string>({ collection, data: { name: 'Contoso', revenue: 10 } });
  expect(id).toMatch(/^[0-9a-f-]{36}$/);
  const full = await api.create({ collection, data: { name: 'Shown' }, select: ['name'], returnRepresentation: true });
  expect(full).toMatchObject({ name: 'Shown' });
  const read = await api.retrieve({ collection, key: id, select: ['name', 'revenue'], includeAnnotations: '*' });
  expect(read).toMatchObject({ name: 'Contoso', revenue_Formatted: '$10.00' });
  await api.update({ collection, key: id, data: { name: 'Renamed' } });
  await api.updateSingleProperty({ collection, key: id, fieldValuePair: { telephone1: '555' } });
  expect(await api.retrieve({ collection, key: id, select: ['name', 'telephone1'] })).toMatchObject({
    name: 'Renamed',
    telephone1: '555',
  });

  const key = '00000000-0000-4000-8000-00000000abcd';
  await api.upsert({ collection, key, data: { name: 'Upserted' } });
  expect(await api.retrieve({ collection, key, select: ['name'] })).toMatchObject({ name: 'Upserted' });
  // ifnonematch: the library takes 412 for "was there already" and answers null
  expect(await api.upsert({ collection, key, data: { name: 'x' }, ifnonematch: '*' })).toBeNull();
  const version: string = read['@odata.etag'];
  await expect(api.update({ collection, key: id, data: { name: 'late' }, ifmatch: version })).resolves.toBe(false);
  await api.deleteRecord({ collection, key: id, fieldName: 'telephone1' });
  await api.deleteRecord({ collection, key });
  await expect(api.retrieve({ collection, key })).rejects.toMatchObject({ status: 404, code: '0x80040217' });
});

test('lists, pages, counts and FetchXML to the last page', async () => {
  await f.dataverse.seed(
    Array.from({ length: 7 }, (_each, index) => ({ table: 'account', row: { name: `P${index}` } })),
  );
  const first = await api.retrieveMultiple({
    collection,
    select: ['name'],
    filter: "startswith(name,'P')",
    orderBy: ['name'],
    maxPageSize: 3,
    count: true,
  });
  expect(first.oDataCount).toBe(7);
  const second = await api.retrieveMultiple({ collection, maxPageSize: 3 }, first.oDataNextLink);
  expect(second.value.map(({ name }) => name)).toEqual(['P3', 'P4', 'P5']);
  const all = await api.retrieveAll({ collection, select: ['name'], filter: "startswith(name,'P')", maxPageSize: 2 });
  expect(all.value).toHaveLength(7);
  expect(await api.count({ collection, filter: "startswith(name,'P')" })).toBe(7);
  expect(await api.countAll({ collection, filter: "startswith(name,'P')" })).toBe(7);
  const fetchXml =
    '<fetch count="3"><entity name="account"><attribute name="name"/><order attribute="name"/><filter><condition attribute="name" operator="like" value="P%"/></filter></entity></fetch>';
  const page = await api.fetch({ collection, fetchXml, includeAnnotations: '*' });
  expect(page.PagingInfo).toMatchObject({ nextPage: 2 });
  const next = await api.fetch({
    collection,
    fetchXml,
    includeAnnotations: '*',
    pageNumber: 2,
    pagingCookie: page.PagingInfo?.cookie,
  });
  expect(next.value?.map(({ name }) => name)).toEqual(['P3', 'P4', 'P5']);
  expect((await api.fetchAll({ collection, fetchXml, includeAnnotations: '*' })).value).toHaveLength(7);
});

test('changes are tracked', async () => {
  const first = await api.retrieveMultiple({ collection, select: ['name'], trackChanges: true });
  await api.update({ collection, key: ids.account, data: { name: 'Changed' } });
  const delta = await api.retrieveMultiple({ collection }, first.oDataDeltaLink);
  expect(delta.value).toMatchObject([{ name: 'Changed' }]);
});

test('alternate keys, associations, lookups', async () => {
  await api.upsert({
    collection: 'crmjira_inbound_events',
    key: "crmjira_event_id='e-1'",
    data: { crmjira_event_type: 'worklog_created' },
  });
  const event = await api.retrieve({
    collection: 'crmjira_inbound_events',
    key: "crmjira_event_id='e-1'",
    select: ['crmjira_event_type'],
  });
  expect(event.crmjira_event_type).toBe('worklog_created');

  const opportunity = await api.create<object, string>({ collection: 'opportunities', data: { name: 'Loose' } });
  await api.associate({
    collection,
    primaryKey: ids.account,
    relationshipName: 'opportunity_customer_accounts',
    relatedCollection: 'opportunities',
    relatedKey: opportunity,
  });
  const account = await api.retrieve({
    collection,
    key: ids.account,
    select: ['name'],
    expand: [
      { property: 'opportunity_customer_accounts', select: ['name'], orderBy: ['name'] },
      { property: 'primarycontactid', select: ['fullname'] },
    ],
  });
  expect(account.opportunity_customer_accounts.map(({ name }: { name: string }) => name)).toEqual([
    'Digital Transformation',
    'Loose',
  ]);
  await api.disassociate({
    collection,
    primaryKey: ids.account,
    relationshipName: 'opportunity_customer_accounts',
    relatedKey: opportunity,
  });
  await api.disassociateSingleValued({ collection, primaryKey: ids.account, navigationProperty: 'primarycontactid' });
  await api.associateSingleValued({
    collection,
    primaryKey: ids.account,
    navigationProperty: 'primarycontactid',
    relatedCollection: 'contacts',
    relatedKey: ids.contact,
  });
  const contact = await api.retrieve({
    collection,
    key: ids.account,
    navigationProperty: 'primarycontactid',
    select: ['fullname'],
  });
  expect(contact.fullname).toBe('Rene Valdes');
});

test('batch, change set with content ids, roll-back', async () => {
  api.startBatch();
  void api.create({ collection, data: { name: 'First' }, contentId: '1' });
  void api.create({
    collection: 'contacts',
    data: { lastname: 'Of first', 'parentcustomerid_account@odata.bind': '$1' },
    contentId: '2',
  });
  void api.update({ collection, key: ids.account, data: { telephone1: '1' } });
  const results = await api.executeBatch();
  expect(results).toHaveLength(3);
  const contacts = await api.retrieveMultiple({
    collection: 'contacts',
    filter: "lastname eq 'Of first'",
    expand: [{ property: 'parentcustomerid_account', select: ['name'] }],
  });
  expect(contacts.value[0].parentcustomerid_account.name).toBe('First');

  api.startBatch();
  void api.create({ collection, data: { name: 'Rolled back' } });
  void api.create({ collection, data: { nonsense: 1 } });
  const refused: unknown = await api.executeBatch().catch((error: unknown) => error);
  expect(refused).toMatchObject([{ status: 400, error: { code: '0x80048d19' } }]);
  expect(await api.count({ collection, filter: "name eq 'Rolled back'" })).toBe(0);

  api.startBatch();
  void api.retrieve({ collection, key: ids.account, select: ['name'], inChangeSet: false });
  void api.retrieve({ collection, key: '00000000-0000-4000-8000-00000000dead', inChangeSet: false });
  void api.retrieveMultiple({ collection: 'contacts', select: ['fullname'], inChangeSet: false });
  const mixed = await api.executeBatch({ continueOnError: true });
  expect(mixed[0]).toMatchObject({ name: 'Acme Corp' });
  expect(mixed[1]).toMatchObject({ status: 404 });
  expect(mixed[2]).toMatchObject({
    value: expect.arrayContaining([expect.objectContaining({ fullname: 'Rene Valdes' })]),
  });
});

test('functions, actions, impersonation', async () => {
  expect(await api.callFunction('WhoAmI')).toMatchObject({ UserId: ids.administrator });
  const count = await api.callFunction({ name: 'RetrieveTotalRecordCount', parameters: { EntityNames: ['account'] } });
  expect(count.EntityRecordCountCollection.Values).toEqual([1]);
  const target = { '@odata.id': `opportunities(${ids.opportunity})` };
  const access = await api.callFunction({
    collection: 'systemusers',
    key: ids.salesRep,
    name: 'Microsoft.Dynamics.CRM.RetrievePrincipalAccess',
    parameters: { Target: target },
  });
  expect(access.AccessRights).toContain('ReadAccess');
  await api.callAction({
    actionName: 'WinOpportunity',
    action: {
      Status: 3,
      OpportunityClose: {
        subject: 'Won',
        'opportunityid@odata.bind': `/opportunities(${ids.opportunity})`,
        '@odata.type': 'Microsoft.Dynamics.CRM.opportunityclose',
      },
    },
  });
  expect(
    await api.retrieve({ collection: 'opportunities', key: ids.opportunity, select: ['statecode'] }),
  ).toMatchObject({ statecode: 1 });
  const created = await api.create({
    collection,
    data: { name: 'Mine' },
    impersonate: ids.salesRep,
    returnRepresentation: true,
    select: ['_createdby_value'],
  });
  expect(created).toMatchObject({ _createdby_value: ids.salesRep });
});

test('definitions and the CSDL document', async () => {
  const entities = await api.retrieveEntities({
    select: ['LogicalName', 'EntitySetName'],
    filter: "LogicalName eq 'opportunity'",
  });
  expect(entities.value).toMatchObject([{ EntitySetName: 'opportunities' }]);
  const entity = await api.retrieveEntity({
    key: "LogicalName='opportunity'",
    select: ['SchemaName'],
    expand: [{ property: 'Keys' }],
  });
  expect(entity.SchemaName).toBe('Opportunity');
  const attribute = await api.retrieveAttribute({
    entityKey: "LogicalName='opportunity'",
    attributeKey: "LogicalName='statuscode'",
    castType: 'Microsoft.Dynamics.CRM.StatusAttributeMetadata',
    expand: [{ property: 'OptionSet' }],
  });
  expect(attribute.OptionSet.Options).toHaveLength(5);
  const attributes = await api.retrieveAttributes({
    entityKey: entity.MetadataId,
    castType: 'Microsoft.Dynamics.CRM.LookupAttributeMetadata',
    select: ['LogicalName'],
  });
  expect(attributes.value).toContainEqual(expect.objectContaining({ LogicalName: 'customerid' }));
  const relationships = await api.retrieveRelationships({
    castType: 'Microsoft.Dynamics.CRM.OneToManyRelationshipMetadata',
    select: ['SchemaName'],
    filter: "SchemaName eq 'opportunity_customer_accounts'",
  });
  expect(relationships.value).toHaveLength(1);
  const choice = await api.retrieveGlobalOptionSet({ key: "Name='crmjira_budgetstatus'" });
  expect(choice.Options).toHaveLength(5);
  expect(await api.retrieveCsdlMetadata()).toContain('EntityType Name="opportunity"');
});

test('the collection name may be the logical name of the table', async () => {
  const token = await f.token('admin@company.com');
  const address = f.dataverse.app.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const named = new DynamicsWebApi({
    serverUrl: `http://127.0.0.1:${port}`,
    dataApi: { version: '9.2' },
    onTokenRefresh: async () => token,
    useEntityNames: true,
  });
  expect(await named.retrieve({ collection: 'opportunity', key: ids.opportunity, select: ['name'] })).toMatchObject({
    name: 'Digital Transformation',
  });
});

test('an error carries code and message', async () => {
  await expect(api.create({ collection, data: { name: 'x'.repeat(200) } })).rejects.toMatchObject({
    status: 400,
    code: '0x80044331',
    message: expect.stringContaining("exceeded the maximum allowed length of '160'"),
  });
});

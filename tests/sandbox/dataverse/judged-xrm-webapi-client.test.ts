import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { JSDOM } from 'jsdom';
import { ids, startDataverse, type Fixture } from './dataverse-fixture';

let f: Fixture;
let dom: JSDOM;
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the library's own types need bluebird's, which are not installed
let client: any;

/** xrm-webapi-client speaks XMLHttpRequest: it runs in a window of the same origin, as a web resource would. */
beforeAll(async () => {
  f = await startDataverse();
  await f.dataverse.app.listen({ host: '127.0.0.1', port: 0 });
  // The server listens on a TCP port: never a pipe's path.
  const { port } = f.dataverse.app.server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  dom = new JSDOM('<!doctype html>', { url, runScripts: 'outside-only' });
  dom.window.eval(readFileSync(require.resolve('xrm-webapi-client'), 'utf8'));
  client = dom.window['WebApiClient'];
  client.ClientUrl = `${url}/api/data/v9.2/`;
  client.ApiVersion = '9.2';
  client.Token = await f.token('admin@company.com');
});
afterAll(async () => {
  dom.window.close();
  await f.dataverse.close();
});

it('writes, reads by id and by alternate key, associates, deletes', async () => {
  const created: string = await client.Create({ entityName: 'account', entity: { name: 'Northwind' } });
  const entityId = /\(([0-9a-f-]{36})\)$/.exec(created)?.[1];
  const shown = await client.Create({
    entityName: 'opportunity',
    entity: { name: 'Shown', 'customerid_account@odata.bind': `/accounts(${entityId})` },
    headers: [{ key: 'Prefer', value: 'return=representation' }],
  });
  await client.Update({ entityName: 'account', entityId, entity: { name: 'Northwind Ltd' } });
  expect(await client.Retrieve({ entityName: 'account', entityId, queryParams: '?$select=name' })).toMatchObject({
    name: 'Northwind Ltd',
  });
  const alternateKey = [{ property: 'crmjira_event_id', value: 'e-1' }];
  const entity = { crmjira_event_type: 'worklog_created' };
  await client.Update({ entityName: 'crmjira_inbound_event', alternateKey, entity });
  expect(await client.Retrieve({ entityName: 'crmjira_inbound_event', alternateKey })).toMatchObject(entity);
  const link = {
    relationShip: 'opportunity_customer_accounts',
    source: { entityName: 'opportunity', entityId: shown.opportunityid },
    target: { entityName: 'account', entityId },
  };
  await client.Disassociate(link);
  await client.Associate(link);
  await client.Delete({ entityName: 'account', entityId });
  await expect(client.Retrieve({ entityName: 'account', entityId })).rejects.toMatchObject({
    message: `Not Found: Entity 'account' With Id = ${entityId} Does Not Exist`,
  });
});

describe('follows pages to the end', () => {
  beforeAll(() =>
    f.dataverse.seed(
      Array.from({ length: 12 }, (_each, index) => ({ table: 'contact', row: { lastname: `C${index}` } })),
    ),
  );

  it('by next links', async () => {
    const headers = [{ key: 'Prefer', value: 'odata.maxpagesize=5' }];
    const queryParams = '?$select=fullname';
    const all = await client.Retrieve({ entityName: 'contact', queryParams, returnAllPages: true, headers });
    expect(new Set(all.value.map((row: { contactid: string }) => row.contactid)).size).toBe(13);
  });

  // The client looks for the cookie's escapes in the lower case in which .NET writes them
  it('by paging cookies', async () => {
    const headers = [{ key: 'Prefer', value: 'odata.include-annotations="*"' }];
    const fetchXml = '<fetch count="5" page="1"><entity name="contact"><attribute name="fullname"/></entity></fetch>';
    const all = await client.Retrieve({ entityName: 'contact', fetchXml, returnAllPages: true, headers });
    expect(new Set(all.value.map((row: { contactid: string }) => row.contactid)).size).toBe(13);
  });

  it('in a batch, when the address is too long for one request', async () => {
    const conditions = Array.from(
      { length: 60 },
      (_each, index) => `<condition attribute="lastname" operator="eq" value="C${index}"/>`,
    );
    const fetchXml = `<fetch><entity name="contact"><attribute name="fullname"/><filter type="or">${conditions.join('')}</filter></entity></fetch>`;
    expect((await client.Retrieve({ entityName: 'contact', fetchXml })).value).toHaveLength(12);
  });
});

it('sends batches with change sets and reads their failures', async () => {
  const create = (entity: object, contentId: string): unknown =>
    Object.assign(client.Create({ entityName: 'account', entity, asBatch: true }), { contentId });
  const contact = new client.BatchRequest({
    method: 'POST',
    url: `${client.GetApiUrl()}contacts`,
    payload: { lastname: 'Of batch', 'parentcustomerid_account@odata.bind': '$1' },
    contentId: '2',
  });
  const read = client.Retrieve({
    entityName: 'account',
    entityId: ids.account,
    queryParams: '?$select=name',
    asBatch: true,
  });
  const sent = new client.Batch({
    changeSets: [new client.ChangeSet({ requests: [create({ name: 'Batched' }, '1'), contact] })],
    requests: [read],
  });
  const answer = await client.SendBatch(sent);
  expect(answer.isFaulted).toBe(false);
  expect(answer.changeSetResponses[0].responses).toHaveLength(2);
  expect(answer.batchResponses[0].payload.name).toBe('Acme Corp');
  const failing = new client.Batch({
    changeSets: [new client.ChangeSet({ requests: [create({ nonsense: 1 }, '1')] })],
  });
  await expect(client.SendBatch(failing)).rejects.toMatchObject({ message: expect.stringContaining("'nonsense'") });
});

it('runs functions and actions', async () => {
  expect(await client.Execute(client.Requests.WhoAmIRequest)).toMatchObject({ UserId: ids.administrator });
  const payload = {
    Status: 3,
    OpportunityClose: { subject: 'Won', 'opportunityid@odata.bind': `/opportunities(${ids.opportunity})` },
  };
  await client.Execute(client.Requests.WinOpportunityRequest.with({ payload }));
  const won = await client.Retrieve({
    entityName: 'opportunity',
    entityId: ids.opportunity,
    queryParams: '?$select=statecode',
  });
  expect(won.statecode).toBe(1);
});

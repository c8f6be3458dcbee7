import { ids, startDataverse, type Fixture } from './dataverse-fixture';

let f: Fixture;

beforeAll(async () => {
  f = await startDataverse();
});
afterAll(() => f.dataverse.close());

const accountCount = async (): Promise<string> => (await f.call('GET', 'accounts/$count')).text;

describe('a body', () => {
  // Source: learn.microsoft.com "Compose HTTP requests and handle errors": JSON data needs Content-Type application/json
  it.each(['text/plain;charset=UTF-8', 'application/x-www-form-urlencoded', 'application/xml'])(
    'of type %s is not read',
    async (type) => {
      const before = await accountCount();
      const answer = await f.call('POST', 'accounts', '{"name":"x"}', { 'content-type': type });
      expect([answer.status, answer.json.error.message]).toEqual([415, expect.stringContaining(type)]);
      expect(await accountCount()).toBe(before);
    },
  );

  it('may say more about itself than application/json', async () => {
    const type = 'application/json; charset=utf-8; IEEE754Compatible=false';
    expect((await f.call('POST', 'accounts', '{"name":"x"}', { 'content-type': type })).status).toBe(204);
  });

  it('that is empty is no row', async () => {
    const before = await accountCount();
    const answer = await f.call('POST', 'accounts', '');
    expect([answer.status, answer.json.error.code]).toEqual([400, '0x80048d19']);
    expect(await accountCount()).toBe(before);
  });

  // 0x8004431A PicklistValueOutOfRange of "Web service error codes"
  it('with an option that is none is told by the code of choices', async () => {
    const answer = await f.call('PATCH', `opportunities(${ids.opportunity})`, { crmjira_budget_status: 99 });
    expect(answer.json.error).toMatchObject({
      code: '0x8004431a',
      message: expect.stringContaining('Accepted Values: 1,2,3,4,5'),
    });
  });
});

describe('verbs', () => {
  it('an action is not run by GET, a function not by POST', async () => {
    const close = `WinOpportunity?Status=3`;
    expect((await f.call('GET', close)).status).toBe(405);
    expect((await f.call('POST', 'WhoAmI', {})).status).toBe(405);
    const row = await f.call('GET', `opportunities(${ids.opportunity})?$select=statecode`);
    expect(row.json.statecode).toBe(0);
  });
});

// Source: learn.microsoft.com "Compose HTTP requests and handle errors", "Include more details with errors"
it('adds details to an error on request only', async () => {
  const missing = 'accounts(11111111-1111-4111-8111-111111111100)';
  const plain = await f.call('GET', missing);
  expect(Object.keys(plain.json.error)).toEqual(['code', 'message']);
  const helpLink = { prefer: 'odata.include-annotations="Microsoft.PowerApps.CDS.HelpLink"' };
  expect((await f.call('GET', missing, undefined, helpLink)).json.error).toEqual({
    ...plain.json.error,
    '@Microsoft.PowerApps.CDS.HelpLink': expect.stringContaining('%3a80040217&'),
  });
  const all = await f.call('GET', missing, undefined, { prefer: 'odata.include-annotations="*"' });
  expect(all.json.error['@Microsoft.PowerApps.CDS.InnerError.Message']).toBe(plain.json.error.message);
});

// Source: OData 4.0 protocol 11.7.3.1: a Content-ID is unique within its change set
it('refuses a change set in which two requests have one Content-ID', async () => {
  const before = await accountCount();
  const part =
    '--c\nContent-Type: application/http\nContent-ID: 1\n\nPOST accounts HTTP/1.1\nContent-Type: application/json\n\n{"name":"twin"}\n';
  const body = `--b\nContent-Type: multipart/mixed; boundary=c\n\n${part}${part}--c--\n--b--\n`;
  const answer = await f.call('POST', '$batch', body, { 'content-type': 'multipart/mixed; boundary=b' });
  expect([answer.status, answer.text]).toEqual([400, expect.stringContaining("content ID '1'")]);
  expect(await accountCount()).toBe(before);
});

import { ids, startDataverse, type Answer, type Fixture } from './dataverse-fixture';

let f: Fixture;
beforeEach(async () => {
  f = await startDataverse();
});
afterEach(() => f.dataverse.close());

const root = 'http://localhost:4110/api/data/v9.2';

interface Request {
  readonly method: string;
  readonly url: string;
  readonly id?: string;
  readonly body?: unknown;
  readonly headers?: readonly string[];
}

const part = ({ method, url, id, body, headers = [] }: Request): string[] => [
  'Content-Type: application/http',
  'Content-Transfer-Encoding: binary',
  ...(id === undefined ? [] : [`Content-ID: ${id}`]),
  '',
  `${method} ${url} HTTP/1.1`,
  ...(body === undefined ? ['Accept: application/json'] : ['Content-Type: application/json; type=entry']),
  ...headers,
  '',
  ...(body === undefined ? [''] : [JSON.stringify(body)]),
];

const changeSet = (requests: readonly Request[]): string[] => [
  'Content-Type: multipart/mixed;boundary="changeset_1"',
  '',
  ...requests.flatMap((request) => ['--changeset_1', ...part(request)]),
  '--changeset_1--',
];

const batch = (
  parts: readonly (readonly string[])[],
  options: { newline?: string; boundary?: string; headers?: Record<string, string> } = {},
): Promise<Answer> => {
  const { newline = '\r\n', boundary = 'multipart/mixed;boundary=batch_1', headers = {} } = options;
  const body = [...parts.flatMap((each) => ['--batch_1', ...each]), '--batch_1--', ''].join(newline);
  return f.call('POST', '$batch', body, { 'content-type': boundary, ...headers });
};

const statuses = (answer: Answer): number[] =>
  [...answer.text.matchAll(/HTTP\/1\.1 (\d+)/g)].map((match) => Number(match[1]));

const account = '00000000-0000-4000-8000-00000000aaaa';

describe('$batch', () => {
  it.each([
    ['CRLF, bare boundary', '\r\n', 'multipart/mixed;boundary=batch_1'],
    ['LF, bare boundary', '\n', 'multipart/mixed; boundary=batch_1'],
    ['CRLF, quoted boundary', '\r\n', 'multipart/mixed; boundary="batch_1"'],
    ['LF, quoted boundary', '\n', 'multipart/mixed;boundary="batch_1"'],
  ])('reads %s', async (_name, newline, boundary) => {
    const answer = await batch(
      [
        part({ method: 'GET', url: `${root}/accounts(${ids.account})?$select=name` }),
        changeSet([{ method: 'POST', url: 'accounts', id: '1', body: { name: 'In batch' } }]),
      ],
      { newline, boundary },
    );
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toMatch(/^multipart\/mixed; boundary=batchresponse_/);
    expect(statuses(answer)).toEqual([200, 204]);
    expect(answer.text).toContain('"name":"Acme Corp"');
    expect(answer.text).toMatch(/OData-EntityId: http:\/\/localhost:4110\/api\/data\/v9\.2\/accounts\(/);
  });

  it('takes absolute addresses, rooted ones and names alone', async () => {
    const urls = [`${root}/accounts`, '/api/data/v9.2/accounts', 'accounts', '/accounts'];
    const answer = await batch(urls.map((url) => part({ method: 'GET', url: `${url}?$select=name` })));
    expect(statuses(answer)).toEqual([200, 200, 200, 200]);
  });

  it('resolves $1 in addresses and in bindings', async () => {
    const answer = await batch([
      changeSet([
        { method: 'POST', url: 'accounts', id: '1', body: { accountid: account, name: 'Parent' } },
        {
          method: 'POST',
          url: `${root}/contacts`,
          id: '2',
          body: { firstname: 'A', lastname: 'B', 'parentcustomerid_account@odata.bind': '$1' },
        },
        { method: 'PUT', url: '$1/primarycontactid/$ref', id: '3', body: { '@odata.id': '$2' } },
        { method: 'PATCH', url: '/$1', id: '4', body: { telephone1: '555' } },
      ]),
    ]);
    expect(statuses(answer)).toEqual([204, 204, 204, 204]);
    expect(answer.text).toContain('Content-ID: 4');
    const { json } = await f.call(
      'GET',
      `accounts(${account})?$select=telephone1&$expand=primarycontactid($select=fullname,_parentcustomerid_value)`,
    );
    expect(json).toMatchObject({
      telephone1: '555',
      primarycontactid: { fullname: 'A B', _parentcustomerid_value: account },
    });
  });

  it('keeps nothing of a change set in which one request fails, over all tables', async () => {
    const answer = await batch([
      changeSet([
        { method: 'POST', url: 'accounts', id: '1', body: { accountid: account, name: 'Gone' } },
        { method: 'POST', url: 'tasks', id: '2', body: { subject: 'Gone too' } },
        { method: 'PATCH', url: `opportunities(${ids.opportunity})`, id: '3', body: { name: 'Changed' } },
        { method: 'DELETE', url: `contacts(${ids.contact})`, id: '4' },
        { method: 'POST', url: 'accounts', id: '5', body: { nonsense: true } },
      ]),
    ]);
    expect(answer.status).toBe(400);
    expect(statuses(answer)).toEqual([400]);
    expect((await f.call('GET', `accounts(${account})`)).status).toBe(404);
    expect((await f.call('GET', 'tasks')).json.value).toEqual([]);
    expect((await f.call('GET', `opportunities(${ids.opportunity})/name/$value`)).text).toBe('Digital Transformation');
    expect((await f.call('GET', `contacts(${ids.contact})`)).status).toBe(200);
  });

  it('keeps what another change set of the same batch did', async () => {
    await batch([
      changeSet([{ method: 'POST', url: 'accounts', id: '1', body: { accountid: account, name: 'Stays' } }]),
      changeSet([{ method: 'POST', url: 'accounts', id: '1', body: { nonsense: true } }]),
    ]);
    expect((await f.call('GET', `accounts(${account})`)).status).toBe(200);
  });

  const mixed = [
    part({ method: 'GET', url: 'accounts(00000000-0000-4000-8000-00000000dead)' }),
    part({ method: 'GET', url: `accounts(${ids.account})?$select=name` }),
  ];

  it('stops at the first failure', async () => {
    const answer = await batch(mixed);
    expect(answer.status).toBe(404);
    expect(statuses(answer)).toEqual([404]);
  });

  it('goes on with odata.continue-on-error', async () => {
    const answer = await batch(mixed, { headers: { prefer: 'odata.continue-on-error' } });
    expect(answer.status).toBe(200);
    expect(statuses(answer)).toEqual([404, 200]);
  });

  it('writes outside of a change set one by one, honouring headers of their own', async () => {
    const answer = await batch(
      [
        part({ method: 'PATCH', url: `accounts(${ids.account})`, body: { name: 'X' }, headers: ['If-Match: W/"1"'] }),
        part({
          method: 'POST',
          url: 'accounts?$select=name',
          body: { name: 'Y' },
          headers: ['Prefer: return=representation'],
        }),
      ],
      { headers: { prefer: 'odata.continue-on-error' } },
    );
    expect(statuses(answer)).toEqual([412, 201]);
    expect(answer.text).toContain('"name":"Y"');
  });

  it('refuses a GET in a change set, more than 1,000 requests, and what is no multipart', async () => {
    expect((await batch([changeSet([{ method: 'GET', url: 'accounts', id: '1' }])])).status).toBe(400);
    const many = await batch(Array.from({ length: 1001 }, () => part({ method: 'GET', url: 'WhoAmI' })));
    expect(many.json.error.message).toContain('1000');
    expect((await f.call('POST', '$batch', '{}')).status).toBe(400);
  });

  it('carries a FetchXML query that would be too long for an address', async () => {
    const fetch = `<fetch><entity name="account"><attribute name="name"/><filter type="or">${"<condition attribute='name' operator='eq' value='Acme Corp'/>".repeat(200)}</filter></entity></fetch>`;
    const answer = await batch([part({ method: 'GET', url: `accounts?fetchXml=${encodeURIComponent(fetch)}` })]);
    expect(statuses(answer)).toEqual([200]);
    expect(answer.text).toContain('Acme Corp');
  });
});

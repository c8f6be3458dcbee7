import { openRest } from '../../../../plugins-proxy/src/clients/rest/open-rest';
import { restSettings } from '../../../../plugins-proxy/src/clients/rest/rest-settings';
import type { ServiceError } from '../../../../plugins-proxy/src/clients/web-service/service-error';
import type { ServiceSecrets } from '../../../../plugins-proxy/src/clients/web-service/service-settings';
import { json, serviceParts, startService } from './service-world';

const allowed: string[] = [];
const parts = serviceParts(() => allowed);
afterAll(() => parts.evaluator.close());

type Service = Awaited<ReturnType<typeof startService>>;
const open: Service[] = [];
async function serve(...given: Parameters<typeof startService>): Promise<Service> {
  const service = await startService(...given);
  allowed.push(`localhost:${service.port}`);
  open.push(service);
  return service;
}
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

async function readAll(given: Record<string, unknown>, secrets: ServiceSecrets = {}, since: Date | null = null) {
  const rest = await openRest(restSettings.parse(given), secrets, parts);
  try {
    const codes: unknown[] = [];
    for await (const { rows } of rest.pages(since, ['code'])) codes.push(...rows.map(([code]) => code));
    return codes;
  } finally {
    await rest.close();
  }
}

const records = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => ({ code: `C-${from + index}` }));
const codes = (count: number) => records(1, count).map(({ code }) => code);

describe('requests of a REST service (R-1608)', () => {
  it('fills in method, path, query, headers and body, and keeps secrets out of the address', async () => {
    const service = await serve((_request, response) => json(response, { items: records(1, 1) }));
    await readAll(
      {
        url: `${service.url}/base`,
        method: 'POST',
        path: '/v2/rates?since={lastSync}',
        query: [
          { name: 'size', value: '{pageSize}' },
          { name: 'cursor', value: '{cursor}' },
          { name: 'q', value: 'a&b' },
        ],
        headers: [
          { name: 'X-Api-Version', value: '2024-10' },
          { name: 'X-Account-Key', isSecret: true },
        ],
        body: '{"account": "{secret:account}", "filter": {"any": true}}',
        signIn: 'bearer',
        records: 'items',
      },
      { token: 'tok-1234567', 'header:X-Account-Key': 'key-1234567', 'secret:account': 'quoted"secret' },
      new Date('2025-05-16T13:00:00Z'),
    );
    expect(service.seen).toMatchObject([
      {
        method: 'POST',
        url: '/base/v2/rates?since=2025-05-16T13%3A00%3A00.000Z&size=100&q=a%26b',
        headers: {
          authorization: 'Bearer tok-1234567',
          'x-api-version': '2024-10',
          'x-account-key': 'key-1234567',
          'content-type': 'application/json',
        },
      },
    ]);
    expect(JSON.parse(service.seen[0]?.body ?? '')).toEqual({ account: 'quoted"secret', filter: { any: true } });
  });

  it.each([
    ['a secret in the path', { path: '/a?key={secret:key}' }],
    ['a secret in the query', { query: [{ name: 'key', value: '{secret:key}' }] }],
    ['a user in the address', { url: 'https://user:password@api.example' }],
    ['plain http', { url: 'http://api.example' }],
    ['another scheme', { url: 'gopher://api.example' }],
    ['a path that is another host', { path: '//evil.example/a' }],
    ['a header that frames the request', { headers: [{ name: 'Transfer-Encoding', value: 'chunked' }] }],
    ['a header with a line end', { headers: [{ name: 'X-A', value: 'a\r\nX-B: b' }] }],
  ])('refuses %s before anything is sent (R-1618)', (_name, wrong) => {
    expect(restSettings.safeParse({ url: 'https://api.example', ...wrong }).success).toBe(false);
  });

  it('takes a draft in which nothing is entered yet, and says what is lacking when it is used', async () => {
    const draft = restSettings.parse({ url: '' });
    await expect(openRest(draft, {}, parts)).rejects.toMatchObject({
      fault: 'service-incomplete',
      args: { what: 'url' },
    });
    const basic = restSettings.parse({ url: 'https://api.example', signIn: 'basic' });
    await expect(openRest(basic, { username: 'a' }, parts)).rejects.toMatchObject({ args: { what: 'password' } });
  });

  it.each([
    ['basic', { username: 'ana', password: 'p:1' }, 'authorization', `Basic ${btoa('ana:p:1')}`],
    ['bearer', { token: 't' }, 'authorization', 'Bearer t'],
    ['api-key', { apiKey: 'k' }, 'x-api-key', 'k'],
  ])('signs in by %s', async (signIn, secrets, header, value) => {
    const service = await serve((_request, response) => json(response, []));
    await readAll({ url: service.url, signIn }, secrets as ServiceSecrets);
    expect(service.seen[0]?.headers[header]).toBe(value);
  });
});

describe('OAuth 2.0 by client credentials (R-1608)', () => {
  const settings = (api: Service, tokens: Service) => ({
    url: api.url,
    signIn: 'oauth',
    tokenUrl: `${tokens.url}/token`,
    clientId: 'id',
    scope: 'rates.read',
  });

  it('asks for a token once, and once more when the service refuses it', async () => {
    let given = 0;
    const tokens = await serve((_request, response) =>
      json(response, { access_token: `token-${++given}`, token_type: 'Bearer', expires_in: 3600 }),
    );
    const api = await serve(({ headers }, response) =>
      headers.authorization === 'Bearer token-2' ? json(response, records(1, 2)) : json(response, {}, 401),
    );
    expect(await readAll(settings(api, tokens), { clientSecret: 'shh-shh-shh' })).toEqual(codes(2));
    expect(tokens.seen).toHaveLength(2);
    expect(tokens.seen[0]).toMatchObject({
      method: 'POST',
      body: 'grant_type=client_credentials&scope=rates.read',
      headers: { authorization: `Basic ${btoa('id:shh-shh-shh')}` },
    });
  });

  it.each([
    [{ error: 'invalid_client' }, 401, 'service-token-refused', { error: 'invalid_client' }],
    [{ error: 'see <b>https://evil.example</b>' }, 400, 'service-token-refused', { error: '400' }],
    ['<html>sign in</html>', 200, 'service-token-unreadable', {}],
    [{ access_token: 'a\r\nb', token_type: 'Bearer' }, 200, 'service-token-unreadable', {}],
    [{ error: 'busy' }, 503, 'unavailable', {}],
  ])('tells that %j (%i) is no token', async (answer, status, fault, args) => {
    const tokens = await serve((_request, response) => json(response, answer, status));
    const api = await serve((_request, response) => json(response, []));
    await expect(readAll(settings(api, tokens), { clientSecret: 'shh-shh-shh' })).rejects.toMatchObject({
      fault,
      args: expect.objectContaining(args),
    });
    expect(api.seen).toEqual([]);
  });
});

describe('paging (R-1608)', () => {
  const five = records(1, 5);
  const numberIn = (url: string, name: string) => Number(new URL(url, 'http://x').searchParams.get(name));

  it('goes by page until one is empty, however few a page holds', async () => {
    const service = await serve(({ url }, response) =>
      json(response, five.slice((numberIn(url, 'page') - 1) * 2, numberIn(url, 'page') * 2)),
    );
    expect(await readAll({ url: service.url, path: '/r?page={page}', paging: 'page' })).toEqual(codes(5));
    expect(service.seen).toHaveLength(4);
  });

  it('goes by offset, by what has come', async () => {
    const service = await serve(({ url }, response) =>
      json(response, five.slice(numberIn(url, 'o'), numberIn(url, 'o') + 2)),
    );
    expect(await readAll({ url: service.url, path: '/r?o={offset}', paging: 'offset' })).toEqual(codes(5));
  });

  it('goes by a cursor', async () => {
    const service = await serve(({ url }, response) => {
      const at = numberIn(url, 'c');
      json(response, { rows: five.slice(at, at + 2), cursor: at + 2 < 5 ? at + 2 : null });
    });
    const query = [{ name: 'c', value: '{cursor}' }];
    expect(await readAll({ url: service.url, query, paging: 'cursor', records: 'rows', next: 'cursor' })).toEqual(
      codes(5),
    );
  });

  it.each(['next', 'link'] as const)('follows a %s to the same service', async (paging) => {
    const service = await serve(({ url }, response) => {
      const at = numberIn(url, 'at');
      const next = at + 2 < 5 ? `/r?at=${at + 2}` : null;
      const link: Record<string, string> = next === null ? {} : { link: `<${next}>; rel="next", </r>; rel="first"` };
      json(response, { rows: five.slice(at, at + 2), next }, 200, paging === 'link' ? link : {});
    });
    expect(await readAll({ url: service.url, path: '/r?at=0', paging, records: 'rows', next: 'next' })).toEqual(
      codes(5),
    );
  });

  it.each(['next', 'link'] as const)(
    'follows no %s to another service, with the credentials or without (R-1609)',
    async (paging) => {
      const other = await serve((_request, response) => json(response, []));
      const service = await serve((_request, response) =>
        json(response, { rows: five, next: `${other.url}/r` }, 200, { link: `<${other.url}/r>; rel=next` }),
      );
      const wrong = readAll({ url: service.url, paging, records: 'rows', next: 'next' });
      await expect(wrong).rejects.toMatchObject({ fault: 'service-other-origin' });
      expect(other.seen).toEqual([]);
    },
  );

  it('ends where pages lead to themselves, and where there are more than allowed', async () => {
    const service = await serve((_request, response) => json(response, { rows: five, next: '/r' }));
    const settings = { url: service.url, path: '/r', paging: 'next', records: 'rows', next: 'next' };
    await expect(readAll(settings)).rejects.toMatchObject({ fault: 'service-page-again' });
    const endless = { url: service.url, path: '/r?p={page}', paging: 'page', records: 'rows', maxPages: 3 };
    await expect(readAll(endless)).rejects.toMatchObject({ fault: 'service-too-many-pages', args: { most: '3' } });
  });
});

describe('writing (R-1608)', () => {
  it('creates and changes a record as the settings say, by a key that a repeat has too', async () => {
    const service = await serve((_request, response) => json(response, {}, 201));
    const settings = restSettings.parse({
      url: service.url,
      create: { method: 'POST', path: '/products' },
      update: { method: 'PATCH', path: '/products/{id}', body: '{"amount": "{value:price.amount}"}' },
    });
    const rest = await openRest(settings, {}, parts);
    await rest.write({
      id: '',
      values: { code: 'C-1', 'price.amount': 12, 'price.taxed': true },
      whole: {},
      idempotencyKey: 'k-1',
    });
    await rest.write({ id: 'a/b', values: {}, whole: { 'price.amount': '1"2' }, idempotencyKey: 'k-2' });
    await rest.close();
    expect(service.seen.map(({ method, url, headers }) => [method, url, headers['idempotency-key']])).toEqual([
      ['POST', '/products', 'k-1'],
      ['PATCH', '/products/a%2Fb', 'k-2'],
    ]);
    expect(service.seen.map(({ body }) => JSON.parse(body) as unknown)).toEqual([
      { code: 'C-1', price: { amount: 12, taxed: true } },
      { amount: '1"2' },
    ]);
  });

  it('writes nothing by a path that is more than names', async () => {
    const service = await serve((_request, response) => json(response, {}));
    const settings = restSettings.parse({ url: service.url, create: { method: 'POST', path: '/p' } });
    const rest = await openRest(settings, {}, parts);
    for (const path of ['__proto__.polluted', 'a[0]', '$sum(a)']) {
      const wrong = rest.write({ id: '', values: { [path]: 1 }, whole: {}, idempotencyKey: 'k' });
      await expect(wrong).rejects.toMatchObject({
        fault: 'service-expression-invalid',
      } satisfies Partial<ServiceError>);
    }
    await rest.close();
    expect(service.seen).toEqual([]);
  });
});

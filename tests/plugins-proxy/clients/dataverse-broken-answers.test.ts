import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { z } from 'zod';
import { createDataverseClient } from '../../../plugins-proxy/src/clients/dataverse/dataverse-client';
import { createTokenSource } from '../../../plugins-proxy/src/clients/dataverse/token-source';
import { longestAnswer } from '../../../plugins-proxy/src/platform/http-client/answer-too-long';
import { attemptLimit } from '../../../plugins-proxy/src/queue/backoff';
import { createJiraHttp } from '../../../plugins-proxy/src/clients/jira/jira-http';
import type { HttpClient } from '../../../plugins-proxy/src/platform/http-client/http-client';

type Answer = (response: ServerResponse) => void;
const json = { 'content-type': 'application/json' };
const sent =
  (status: number, headers: Record<string, string>, body: string | Buffer): Answer =>
  (response) =>
    void response.writeHead(status, headers).end(body);

/** Sends for as long as somebody reads. */
const endless: Answer = (response) => {
  const piece = Buffer.alloc(256 * 1024, 0x20);
  const send = (): void => {
    while (!response.destroyed && response.write(piece));
  };
  response.writeHead(200, json).on('drain', send);
  send();
};

/** Something in between that answers in place of the other side. */
const broken: readonly [what: string, answer: Answer][] = [
  ['JSON that breaks off', sent(200, json, '{"value":[{"accountid":"1')],
  ['a page that calls itself JSON', sent(200, json, '<html>secret-of-the-page</html>')],
  [
    'an answer that is cut off',
    (response) => {
      response.writeHead(200, { ...json, 'content-length': '5000' });
      response.write('{"value":[');
      setTimeout(() => response.destroy(), 20);
    },
  ],
  [
    'an answer that stops half-way',
    (response) => {
      response.writeHead(200, { ...json, 'content-length': '5000' });
      response.write('{"value":[');
    },
  ],
  ['a page', sent(200, { 'content-type': 'text/html' }, '<html>secret-of-the-page</html>')],
  ['nothing', sent(200, json, '')],
  ['an empty object', sent(200, json, '{}')],
  ['null', sent(200, json, 'null')],
  ['an answer without an end (F-306)', endless],
];

let url: string;
let answer: Answer = sent(200, json, '{}');
const server = createServer((request, response) => {
  request.resume();
  answer(response);
});
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const stopsProxy: (() => void)[] = [];
afterEach(() => stopsProxy.splice(0).forEach((stop) => stop()));

const clock = { sleep: async (): Promise<void> => undefined, random: (): number => 0.5 };
const thrownBy = (run: Promise<unknown>): Promise<unknown> =>
  run.then(
    (value) => ({ value }),
    (error: unknown) => error,
  );
/** Tried again for hours, so that no delivery is given up for a proxy's bad hour (T6, "no acknowledged delivery lost"). */
function expectPatience(error: unknown): void {
  expect(error).toMatchObject({ errorClass: expect.stringMatching(/^(transient|configuration)$/) });
  const { errorClass } = error as { errorClass: keyof typeof attemptLimit };
  expect(attemptLimit[errorClass]).toBeGreaterThan(10);
}

describe('R-1401 answers that are not Dataverse’s', () => {
  const client = () =>
    createDataverseClient({
      url,
      tokens: { token: async () => 'token', drop: () => undefined },
      timeoutMs: 300,
      clock,
    });

  test.each(broken)(
    '%s: the caller gets an error that names Dataverse, nothing ends, nothing waits',
    async (_what, bad) => {
      answer = bad;
      for (const call of [
        () => client().many('accounts', { select: ['accountid'] }, z.object({ accountid: z.string() })),
        () => client().whoAmI(),
      ]) {
        const error = await thrownBy(call());
        expectPatience(error);
        expect(error).toMatchObject({ message: expect.stringMatching(/Dataverse/) });
        expect(String(error)).not.toContain('secret-of-the-page');
      }
    },
  );

  test('R-415 only Dataverse says that a row is gone: a page with 404 orphans nothing', async () => {
    const read = () => client().one('opportunities', '12345678-90ab-cdef-1234-567890abcdef', ['name'], z.unknown());
    answer = sent(404, json, '{"error":{"code":"0x80040217","message":"Does Not Exist"}}');
    expect(await read()).toBeNull();
    for (const page of ['<html>secret-of-the-page</html>', '']) {
      answer = sent(404, { 'content-type': 'text/html' }, page);
      expect(await thrownBy(read())).toMatchObject({
        code: 'dataverse-unavailable',
        message: expect.stringContaining('Check DATAVERSE_URL'),
      });
    }
    for (const status of [302, 400, 418]) {
      answer = sent(status, { 'content-type': 'text/html' }, '<html>secret-of-the-page</html>');
      const error = await thrownBy(read());
      expectPatience(error);
      expect(String(error)).toContain('Check DATAVERSE_URL');
      expect(String(error)).not.toContain('secret-of-the-page');
    }
  });

  test.each([
    [
      400,
      "Could not find a property named 'crmjira_spent_amount' on type 'Microsoft.Dynamics.CRM.crmjira_budget_mapping'.",
    ],
    [404, "Resource not found for the segment 'crmjira_budget_mappings'."],
    [400, "The property 'crmjira_team' does not exist on type 'Microsoft.Dynamics.CRM.crmjira_budget_mapping'."],
  ])(
    'R-1401 a renamed column or missing table (%i %s) is told to an administrator and is no missing row',
    async (status, message) => {
      answer = sent(status, json, JSON.stringify({ error: { code: '0x80060888', message } }));
      const read = client().one('crmjira_budget_mappings', '12345678-90ab-cdef-1234-567890abcdef', ['x'], z.unknown());
      const error = await thrownBy(read);
      expectPatience(error);
      expect(error).toMatchObject({
        code: 'dataverse-refused',
        errorClass: 'configuration',
        message: expect.stringMatching(/Import the solution of this version.*crmjira_/),
      });
    },
  );

  test('behind a proxy of the environment too', async () => {
    answer = broken[0]![1];
    // By another name than that of the tests before, whose answers are guarded already.
    process.env['http_proxy'] = url.replace('127.0.0.1', 'localhost');
    stopsProxy.push(() => delete process.env['http_proxy']);
    const elsewhere = createDataverseClient({
      url: 'http://dataverse.invalid',
      tokens: { token: async () => 'token', drop: () => undefined },
      timeoutMs: 300,
      clock,
    });
    expectPatience(await thrownBy(elsewhere.whoAmI()));
  });

  test.each(broken.slice(0, 5))('%s: a change set ends too', async (_what, bad) => {
    answer = bad;
    const write = {
      op: 'update',
      collection: 'accounts',
      id: '12345678-90ab-cdef-1234-567890abcdef',
      columns: {},
    } as const;
    expectPatience(await thrownBy(client().changeSet([write])));
  });
});

describe('R-1401 answers that are not the sign-in service’s', () => {
  const pages: readonly [string, Answer][] = [
    ...broken.filter(([what]) => !/cut|half-way/.test(what)),
    ['a redirect', sent(302, { location: 'https://login.example.com/' }, '')],
    ['a page that says 404', sent(404, { 'content-type': 'text/html' }, '<html>no</html>')],
  ];

  test.each(pages)('%s: nobody’s credentials were refused', async (_what, bad) => {
    answer = bad;
    let renewed = 0;
    const secret = { current: () => 'secret', renew: async () => (renewed += 1) > 0 };
    const config = { tokenUrl: `${url}/token`, url, clientId: 'a', clientSecret: 'secret' } as never;
    const error = await thrownBy(createTokenSource(config, 300, Date.now, secret, clock).token());
    expectPatience(error);
    expect(error).toMatchObject({ code: 'dataverse-sign-in', message: expect.stringContaining('Check TOKEN_URL') });
    expect(renewed).toBe(0);
  });
});

describe('R-1401 answers that are not Jira’s', () => {
  let client: HttpClient;
  beforeEach(() => {
    client = createJiraHttp({ url, credentials: { kind: 'bearer', pat: 'x' }, timeoutMs: 300, clock });
  });
  afterEach(() => client.close());
  const call = { method: 'GET', path: '/rest/api/3/myself', schema: z.object({ name: z.string() }) } as const;

  test.each([
    ...broken,
    ['what is no gzip', sent(200, { ...json, 'content-encoding': 'gzip' }, '{}')] as const,
    [
      'gzip that breaks off',
      sent(200, { ...json, 'content-encoding': 'gzip' }, gzipSync('{"name":"x"}').subarray(0, 20)),
    ] as const,
    [
      'gzip that unpacks to more than is taken (F-306)',
      sent(200, { ...json, 'content-encoding': 'gzip' }, gzipSync(Buffer.alloc(longestAnswer + 1, 0x20), { level: 1 })),
    ] as const,
    ['a redirect', sent(302, { location: 'https://login.example.com/' }, '')] as const,
  ])('%s: the error names Jira and is not final', async (_what, bad) => {
    answer = bad;
    const error = await thrownBy(client.call(call));
    expectPatience(error);
    expect(error).toMatchObject({ message: expect.stringMatching(/^Jira /) });
    expect(String(error)).not.toContain('secret-of-the-page');
  });

  test('R-517 only Jira says that something is gone: a page with 404 takes no cost out of the figures', async () => {
    answer = sent(404, json, '{"errorMessages":["Issue does not exist"]}');
    expect(await client.find(call)).toBeNull();
    answer = sent(404, { 'content-type': 'text/html' }, '<html>no such application</html>');
    expect(await thrownBy(client.find(call))).toMatchObject({ code: 'jira-page', status: 404 });
  });
});

import Fastify, { type FastifyInstance } from 'fastify';
import fc from 'fast-check';
import { allOperations } from '../../../../plugins-proxy/src/inbound/connector/all-operations';
import { connectorApi } from '../../../../plugins-proxy/src/inbound/connector/connector-api';
import { Absence } from '../../../../plugins-proxy/src/platform/http-client/create-classifier';
import { cloudProfile } from '../../../../plugins-proxy/src/clients/jira/profile';
import type { HttpClient } from '../../../../plugins-proxy/src/platform/http-client/http-client';

const key = 'connector-api-key-of-the-tests';
/** Paths that were asked of Jira. */
let asked: string[];
let started: unknown[];
let app: FastifyInstance;

const gone = new Absence('Jira does not have this.', 'jira-not-found', 'No such thing.');
const http: HttpClient = {
  call: async (call) => {
    asked.push(call.path);
    throw gone;
  },
  find: async (call) => {
    asked.push(call.path);
    return null;
  },
  close: async () => undefined,
};
const fields = { opportunityId: 'a', accountId: 'b', budgetStatus: 'c', approvedAmount: 'd', epicName: null };

beforeEach(async () => {
  [asked, started] = [[], []];
  app = Fastify();
  await app.register(connectorApi, {
    access: () => ({ basic: null, apiKeys: [key] }),
    accepts: () => true,
    count: async () => undefined,
    context: {
      site: { http, profile: cloudProfile, url: 'http://localhost' },
      fields: async () => fields,
      at: () => Promise.reject(new Error('only one connection here')),
      budgetModule: async () => '/rest/tempo-budgets/1',
      mappedBudgets: { ofProject: async () => [], ofId: async () => null },
      longRunning: {
        start: async (request) => {
          started.push(request);
          throw gone;
        },
        read: async () => {
          throw gone;
        },
        hasQueued: async () => undefined,
      },
    },
  });
});
afterEach(() => app.close());

const awkward = fc.oneof(
  fc.constantFrom(
    '..',
    '../../../..',
    '%2e%2e',
    '/',
    '//evil.example',
    '\\',
    '\u0000',
    '?a=b',
    '#',
    ' ',
    'A-1',
    "'",
    '😀',
    '',
  ),
  fc.string({ unit: 'binary', maxLength: 40 }),
);
/** Lone surrogates cannot be encoded; they become what they would be on the wire. */
const encoded = (text: string): string => encodeURIComponent(Buffer.from(text).toString());
const content = fc.oneof(
  fc.json(),
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc
    .record({ fields: fc.anything(), kind: fc.anything(), amount: fc.anything(), __proto__: fc.anything() })
    .map((value) => {
      try {
        return JSON.stringify(value) ?? '';
      } catch {
        return '{';
      }
    }),
);

test('whatever comes in, nothing is a 5xx and nothing but the described addresses is asked of Jira (R-1225)', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...allOperations),
      awkward,
      awkward,
      content,
      async (operation, value, query, body) => {
        const path = operation.path.replace(/\{\w+\}/g, encoded(value));
        const response = await app.inject({
          method: operation.method,
          url: `/rest${path}?projectKey=${encoded(query)}`,
          headers: {
            authorization: `Bearer ${key}`,
            ...(operation.method === 'GET' ? {} : { 'content-type': 'application/json' }),
          },
          ...(operation.method === 'GET' ? {} : { payload: body }),
        });
        expect(response.statusCode).toBeLessThan(500);
        expect(response.body).not.toContain(key);
      },
    ),
    { numRuns: 1_000 },
  );
  const allowed =
    /^\/rest\/(api\/[23]\/(issue|project|myself|worklog\/list)|tempo-budgets\/1\/budget)(\/[A-Za-z0-9_-]+(\/worklog|\/spending)?)?$/;
  expect(asked.length).toBeGreaterThan(20);
  expect(asked.filter((path) => !allowed.test(path))).toEqual([]);
});

test('without the key nothing at all happens, whatever is sent (R-903)', async () => {
  let attempts = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...allOperations),
      fc.string({ maxLength: 60 }),
      content,
      async (operation, secret, body) => {
        fc.pre(!secret.includes(key));
        const authorization = secret.replace(/[^\x20-\x7e]/g, '');
        const url = `/rest${operation.path.replace(/\{\w+\}/g, 'A-1')}?projectKey=A`;
        // Another address each time: one that guesses must wait (F-310).
        const remoteAddress = `10.0.${attempts >> 8}.${attempts++ & 255}`;
        const response = await app.inject({
          method: operation.method,
          url,
          remoteAddress,
          headers: { authorization },
          payload: body,
        });
        expect(response.statusCode).toBe(401);
      },
    ),
    { numRuns: 500 },
  );
  expect(asked).toEqual([]);
  expect(started).toEqual([]);
});

test('an operation that takes longer than the gateway waits is answered before it gives up (R-903)', async () => {
  const slow = Fastify();
  await slow.register(connectorApi, {
    access: () => ({ basic: null, apiKeys: [key] }),
    accepts: () => true,
    count: async () => undefined,
    answerWithinMs: 5,
    context: {
      site: {
        http: { ...http, call: () => new Promise(() => undefined) },
        profile: cloudProfile,
        url: 'http://localhost',
      },
      fields: async () => fields,
      at: () => Promise.reject(new Error('only one connection here')),
      budgetModule: async () => '/rest/tempo-budgets/1',
      mappedBudgets: { ofProject: async () => [], ofId: async () => null },
      longRunning: {
        start: async () => {
          throw gone;
        },
        read: async () => {
          throw gone;
        },
        hasQueued: async () => undefined,
      },
    },
  });
  const headers = { authorization: `Bearer ${key}` };
  const read = await slow.inject({ method: 'GET', url: '/rest/api/2/project/A', headers });
  expect([read.statusCode, read.json()]).toEqual([504, expect.objectContaining({ code: 'too-late' })]);
  const payload = { timeSpentSeconds: 60, started: '2025-01-15T09:00:00Z' };
  const write = await slow.inject({ method: 'POST', url: '/rest/api/2/issue/A-1/worklog', headers, payload });
  expect([write.statusCode, write.json()]).toEqual([409, expect.objectContaining({ code: 'outcome-unknown' })]);
  await slow.close();
});

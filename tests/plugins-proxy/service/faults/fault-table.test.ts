import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { failureTexts, type Fault, faultOf, faultTable, money, remedyOf } from '@crmjira/domain';
import { z } from 'zod';
import { conversionBy } from '../../../../plugins-proxy/src/capabilities/budget/source/convert-money';
import { type Connections, connect } from '../../../../plugins-proxy/src/capabilities/connect';
import { createSentryHttp } from '../../../../plugins-proxy/src/clients/sentry/sentry-http';
import { createSentryOrganization } from '../../../../plugins-proxy/src/clients/sentry/sentry-organization';
import { readCurrencies } from '../../../../plugins-proxy/src/connections/environment/read-currencies';
import { hasEntry } from '../../../../plugins-proxy/src/connections/providers/problem-of';
import { classifyError } from '../../../../plugins-proxy/src/platform/errors/classify-error';
import { createSideProbes, type SideProbes } from '../../../../plugins-proxy/src/operations/health/side-probes';
import type { SecretFacts } from '../../../../plugins-proxy/src/platform/secrets/collect-secrets';
import { connectVault } from '../../../../plugins-proxy/src/platform/secrets/key-vault';
import { fixedKeyring } from '../../../../plugins-proxy/src/platform/secrets/service-keys';
import { storeSecret } from '../../../../plugins-proxy/src/platform/secrets/store-secret';
import { storeFailure } from '../../../../plugins-proxy/src/queue/store/store-failure';
import { type Answer, recordedServer, type Seen } from '../../recorded-server';
import { testConfig } from '../../test-config';

/** A fault as a side shows it, and where it is looked at. */
interface Case {
  readonly code: string;
  readonly status?: number;
  /** What a side answers; null: it ends the connection without a word. */
  readonly answer: (request: Seen) => Answer | null | undefined;
  readonly environment?: (url: string) => Record<string, string>;
  /** Left out: health asks the side that the code names. */
  readonly call?: (connections: Connections) => Promise<unknown>;
}

const refused = (code: string, message = 'No.') => ({ error: { code, message } });
const everything = (answer: Answer | null) => () => answer;
/** The sign-in goes well, and everything else is as told. */
const dataverse = (answer: Answer | null) => (request: Seen) => (request.path === '/token' ? undefined : answer);
const tempo = (): Record<string, string> => ({ TEMPO_TOKEN: 'tempo-token-of-the-tests' });
const organization = '5a8d2c1e-0000-4000-8000-00000000c0de';
const canadian = '5a8d2c1e-0000-4000-8000-000000000ccc';
/** An organization whose base is the Canadian dollar, with the currencies that are given. */
const withCurrencies = (...rows: unknown[]) =>
  function answer({ path }: Seen): Answer | undefined {
    if (path === '/token') return undefined;
    return { body: { value: path.includes('organizations') ? [{ _basecurrencyid_value: canadian }] : rows } };
  };
const wordsOf = (body: unknown): Answer => ({ status: 400, body });

/** An organization of Sentry at the same address as Jira. */
const sentry = ({ jira }: Connections): Promise<unknown> => {
  const { url } = jira.first.site;
  const http = createSentryHttp({
    url,
    credentials: { kind: 'bearer', pat: 'sentry-token-of-the-tests' },
    timeoutMs: 5_000,
  });
  return createSentryOrganization(http, 'rideau-logic')
    .projects()
    .finally(() => http.close());
};

const cases: readonly Case[] = [
  { code: 'jira-unavailable', status: 503, answer: everything({ status: 503, body: '<h1>Maintenance</h1>' }) },
  { code: 'jira-unavailable', answer: everything(null) },
  { code: 'jira-rate-limit', answer: everything({ status: 429, headers: { 'retry-after': '60' }, body: {} }) },
  { code: 'jira-page', answer: everything({ body: '<h1>Sign in</h1>' }) },
  {
    code: 'jira-credentials',
    answer: ({ path }) =>
      path.endsWith('/serverInfo')
        ? { body: { version: '1001.0', deploymentType: 'Cloud' } }
        : { status: 401, body: {} },
  },
  { code: 'jira-forbidden', answer: everything({ status: 403, body: { errorMessages: ['Not you.'] } }) },
  {
    code: 'jira-not-found',
    answer: everything({ status: 404, body: { errorMessages: ['Nothing.'] } }),
    call: ({ jira }) => jira.first.site.http.call({ method: 'GET', path: '/rest/api/3/issue/1', schema: z.unknown() }),
  },
  {
    code: 'jira-refused',
    answer: everything(wordsOf({ errors: { summary: 'Too long.' } })),
    call: ({ jira }) => jira.first.site.http.call({ method: 'GET', path: '/rest/api/3/issue/1', schema: z.unknown() }),
  },
  {
    code: 'jira-deployment',
    answer: everything({ body: { version: '10.3.0', deploymentType: 'Server' } }),
    environment: () => ({ JIRA_DEPLOYMENT: 'cloud' }),
  },
  {
    code: 'jira-connection',
    answer: dataverse({ body: { value: [] } }),
    call: ({ jira }) => jira.of('5a8d2c1e-0000-4000-8000-000000000c02'),
  },
  {
    code: 'jira-fields-missing',
    answer: everything({ body: [] }),
    call: ({ jira }) => jira.first.fields({}),
  },
  {
    code: 'gateway-unavailable',
    answer: everything({ body: {} }),
    // A server that opens no tunnel.
    environment: (url) => ({ JIRA_GATEWAY_URL: url }),
  },
  { code: 'tempo-unavailable', status: 503, answer: everything({ status: 503, body: {} }), environment: tempo },
  { code: 'tempo-unavailable', answer: everything(null), environment: tempo },
  {
    code: 'tempo-rate-limit',
    answer: everything({ status: 429, headers: { 'retry-after': '60' }, body: {} }),
    environment: tempo,
  },
  { code: 'tempo-page', answer: everything({ body: '<h1>Sign in</h1>' }), environment: tempo },
  { code: 'tempo-credentials', answer: everything({ status: 401, body: {} }), environment: tempo },
  { code: 'tempo-forbidden', answer: everything({ status: 403, body: {} }), environment: tempo },
  { code: 'tempo-not-found', answer: everything({ status: 404, body: {} }), environment: tempo },
  {
    code: 'tempo-refused',
    answer: everything(wordsOf({ errors: [{ message: 'Currency XXX is not known.' }] })),
    environment: tempo,
  },
  { code: 'sentry-unavailable', status: 503, answer: everything({ status: 503, body: {} }), call: sentry },
  { code: 'sentry-unavailable', answer: everything(null), call: sentry },
  {
    code: 'sentry-rate-limit',
    answer: everything({ status: 429, headers: { 'retry-after': '60' }, body: {} }),
    call: sentry,
  },
  { code: 'sentry-page', answer: everything({ body: '<h1>Sign in</h1>' }), call: sentry },
  { code: 'sentry-credentials', answer: everything({ status: 401, body: { detail: 'Invalid token' } }), call: sentry },
  { code: 'sentry-forbidden', answer: everything({ status: 403, body: {} }), call: sentry },
  { code: 'sentry-not-found', answer: everything({ status: 404, body: {} }), call: sentry },
  { code: 'sentry-refused', answer: everything(wordsOf({ status: ['Invalid status value.'] })), call: sentry },
  {
    code: 'sentry-connection',
    answer: dataverse({ body: { value: [] } }),
    call: (connections) => connections.sentry.of('5a8d2c1e-0000-4000-8000-000000000c03'),
  },
  { code: 'budget-source-not-available', answer: everything({ body: {} }) },
  { code: 'dataverse-unavailable', status: 503, answer: dataverse({ status: 503, body: '<h1>Maintenance</h1>' }) },
  {
    // The sign-in before it.
    code: 'dataverse-unavailable',
    status: 503,
    answer: everything({ status: 503, body: '<h1>Maintenance</h1>' }),
  },
  { code: 'dataverse-unavailable', status: 403, answer: dataverse({ status: 403, body: '<h1>Blocked</h1>' }) },
  { code: 'dataverse-unavailable', status: 407, answer: dataverse({ status: 407, body: '<h1>Who?</h1>' }) },
  { code: 'dataverse-unavailable', answer: dataverse(null) },
  { code: 'dataverse-unavailable', answer: dataverse({ body: '<h1>Sign in</h1>' }) },
  {
    code: 'dataverse-limit',
    answer: dataverse({ status: 429, headers: { 'retry-after': '60' }, body: refused('0x80072322') }),
  },
  {
    code: 'dataverse-batch-cut',
    answer: dataverse({ headers: { 'content-type': 'multipart/mixed; boundary=b' }, body: '--b--' }),
    call: ({ dataverse: { batched } }) =>
      Promise.all(['accounts', 'tasks'].map((collection) => batched.many(collection, { select: ['x'] }, z.unknown()))),
  },
  { code: 'dataverse-token', answer: dataverse({ status: 401, body: {} }) },
  {
    code: 'dataverse-sign-in',
    status: 401,
    answer: everything({ status: 401, body: { error: 'invalid_client', error_description: 'AADSTS7000215: Wrong.' } }),
  },
  { code: 'dataverse-sign-in', answer: everything({ body: '<h1>Sign in</h1>' }) },
  { code: 'dataverse-precondition', answer: dataverse({ status: 412, body: refused('0x80060882') }) },
  { code: 'dataverse-forbidden', answer: dataverse({ status: 403, body: refused('0x80040220') }) },
  { code: 'dataverse-not-found', answer: dataverse({ status: 404, body: refused('0x80040217') }) },
  { code: 'dataverse-refused', answer: dataverse({ status: 400, body: refused('0x80040203') }) },
  { code: 'unexpected-answer', answer: dataverse({ body: { OrganizationId: 7 } }) },
  {
    code: 'foreign-link',
    answer: dataverse({ body: { value: [], '@odata.nextLink': 'https://elsewhere.example.com/next' } }),
    call: ({ dataverse: client }) => client.changes('tasks', ['subject'], null),
  },
  {
    code: 'currency-missing',
    answer: withCurrencies(),
    call: ({ dataverse: client }) => readCurrencies(client, organization),
  },
  {
    code: 'exchange-rate-missing',
    answer: withCurrencies({ transactioncurrencyid: canadian, isocurrencycode: 'CAD', exchangerate: 1 }),
    call: async ({ dataverse: client }) => {
      const { exchangeRates } = await readCurrencies(client, organization);
      return conversionBy(exchangeRates)(money(100, 'USD'), 'CAD');
    },
  },
  {
    code: 'secret-not-stored',
    answer: everything(null),
    call: () => {
      const facts = { name: 'JIRA_API_TOKEN', place: { kind: 'variable' } } as SecretFacts;
      return storeSecret(facts, 'new-token-of-the-tests', connectVault(), new Date());
    },
  },
  {
    code: 'secret-unreadable',
    answer: everything(null),
    call: async () => fixedKeyring([]).current(),
  },
];

/** What is thrown and shown by no side. */
const thrown = [
  [new Error('A mistake of ours.'), 'unexpected'],
  [Object.assign(new Error('x'), { code: 'ECONNREFUSED' }), 'network'],
  [
    storeFailure({ kind: 'sqlite', file: 'x', maximumBytes: null }, { errcode: 11, message: 'malformed' }),
    'store-damaged',
  ],
] as const;

/** Each is produced where its cause is made: by a plan that is given the facts, or by a fault of that test's own. */
const producedElsewhere: Readonly<Record<string, string>> = {
  'address-refused': 'plugins-proxy/connections/egress-and-residency.test.ts',
  'currency-kept': 'domain/budget/plan/cases.test.ts',
  'environment-moved': 'domain/budget/plan/realities.test.ts',
  'environment-variable': 'plugins-proxy/connections/egress-and-residency.test.ts',
  'jira-fields-off-screen': 'plugins-proxy/clients/fields-off-screen.test.ts',
  'key-vault': 'plugins-proxy/platform/secrets-key-vault.test.ts',
  'notification-undelivered': 'plugins-proxy/capabilities/integrations/notifications.test.ts',
  'plan-does-not-settle': 'plugins-proxy/capabilities/budget/requests-per-change.test.ts',
  'project-deleted': 'domain/budget/plan/cases.test.ts',
  'provisioning-held': 'domain/budget/plan/realities.test.ts',
  'stage-step-unavailable': 'plugins-proxy/capabilities/budget/stage-step-failure.test.ts',
  'store-lost': 'plugins-proxy/queue/store-failure.test.ts',
  'webhooks-silent': 'plugins-proxy/inbound/polling/watch-webhooks.test.ts',
};

const accessToken = { body: { access_token: 'token-of-the-tests', expires_in: 3_600, token_type: 'Bearer' } };

/** Health asks the side that a code names. */
function probeOf(code: string, { jira, dataverse: other, budgetSource }: SideProbes) {
  if (/^(jira|gateway)/.test(code)) return jira();
  return /^(tempo|budget)/.test(code) ? budgetSource() : other();
}

async function withConnections<T>(
  { answer, environment }: Pick<Case, 'answer' | 'environment'>,
  work: (connections: Connections) => Promise<T>,
): Promise<T> {
  const server = await recordedServer((request) => {
    const given = answer(request);
    if (given === null) return { hangUp: true };
    return given ?? (request.path === '/token' ? accessToken : undefined);
  });
  const { url } = server;
  const sides = { JIRA_URL: url, TEMPO_URL: url, DATAVERSE_URL: url, TOKEN_URL: `${url}/token` };
  const connections = connect(testConfig({ ...sides, ...environment?.(url) }), () => new Date());
  // Which hosts may be called is a setting of Dynamics, which is no side of most of these.
  Object.assign(connections.egress, { require: async () => undefined });
  try {
    return await work(connections);
  } finally {
    await connections.close();
    await server.close();
  }
}

const observe = ({ code, call, ...fault }: Case) =>
  withConnections(fault, async (connections) => {
    if (call !== undefined)
      return call(connections).then(
        () => ({ ok: true, code: 'none', remedy: undefined, status: undefined }),
        (error: unknown) => {
          const { code: found, status } = classifyError(error);
          return { ok: false, code: found, status, remedy: remedyOf(found, status) ?? undefined };
        },
      );
    const { dataverse: client, jira, reconciler } = connections;
    const probes = createSideProbes({
      dataverse: client,
      jira,
      budgetSource: async (connection) => reconciler.source('tempo-cloud', connection),
      now: () => new Date(),
    });
    return probeOf(code, probes);
  });

describe('every fault has one remedy, chosen from what was observed (F-206, F-503)', () => {
  let observed: readonly Awaited<ReturnType<typeof observe>>[] = [];
  // All at once: each waits for the pauses between the tries of a call.
  beforeAll(async () => {
    observed = await Promise.all(cases.map(observe));
  });

  test.each(cases.map(({ code, status }, n) => [n, code, status ?? 'any', status] as const))(
    '%i: %s (%s)',
    (n, code, _told, status) => {
      const fault = faultOf(code, status);
      expect(fault?.status?.includes(status ?? 0) ?? false).toBe(status !== undefined);
      expect(observed[n]).toMatchObject({ ok: false, code, remedy: fault?.remedy[1033] });
    },
  );
});

const isProduced = ({ code, status }: Fault): boolean =>
  cases.some(
    (one) => one.code === code && (status === undefined ? one.status === undefined : status.includes(one.status ?? 0)),
  );

test('F-206 every row is produced by a fault in a test', () => {
  const known = [...thrown.map(([, code]) => code), ...Object.keys(producedElsewhere)];
  expect(faultTable.filter((row) => !isProduced(row) && !known.includes(row.code))).toEqual([]);
  for (const [code, file] of Object.entries(producedElsewhere)) {
    expect(faultOf(code)).not.toBeNull();
    // With its quotes: the test asserts the code, and not only its words.
    const asserted = readFileSync(join(__dirname, '..', '..', '..', file), 'utf8').includes(`'${code}'`);
    expect([code, file, asserted]).toEqual([code, file, true]);
  }
});

describe('providers tell what is wrong in one vocabulary', () => {
  test('every failure code has an entry', () => {
    const codes = [...Object.keys(failureTexts), ...faultTable.map(({ code }) => code)];
    // Red? Give it a word, or null, in plugins-proxy/src/connections/providers/problem-of.ts.
    expect(codes.filter((code) => !hasEntry(code))).toEqual([]);
    expect(hasEntry('unheard-of')).toBe(false);
  });

  const site = { body: { version: '1001.0', deploymentType: 'Cloud' } };
  const known = { deployment: { verdict: 'fits' } };
  test.each([
    ['unreachable', {}, { serverInfo: { status: 503, body: {} } }],
    ['rate-limited', {}, { serverInfo: { status: 429, headers: { 'retry-after': '60' }, body: {} } }],
    ['wrong-product', {}, { serverInfo: { body: '<h1>Sign in</h1>' } }],
    ['wrong-product', {}, { serverInfo: { status: 404, body: {} } }],
    ['wrong-product', {}, { serverInfo: { body: { version: '10.3.0', deploymentType: 'Server' } } }],
    ['refused', known, { serverInfo: site, myself: { status: 401, body: {} } }],
    ['invalid', known, { serverInfo: site, myself: { status: 400, body: {} } }],
  ])('a Jira that is %s, and what was found until then: %j', async (word, found, answers) => {
    const byName: Readonly<Record<string, Answer>> = answers;
    const answer = ({ path }: Seen) => byName[path.split('/').at(-1) ?? ''];
    const observed = await withConnections({ answer }, ({ jira }) => jira.first.provider.test());
    expect(observed).toMatchObject({ ok: false, problem: word, found });
    expect(Object.keys(observed.found)).toEqual(Object.keys(found));
  });

  test('and what was found, without the secrets that their settings take', async () => {
    const answer = ({ path }: Seen): Answer =>
      path.startsWith('/4/')
        ? { body: { metadata: {}, results: [] } }
        : path.endsWith('/myself')
          ? { body: { accountId: 'a', displayName: 'Service' } }
          : site;
    const { jira, tempo: found } = await withConnections({ answer, environment: tempo }, async (all) => ({
      jira: await all.jira.first.provider.test(),
      tempo: await all.tempo?.test(),
      described: [all.jira.first.provider.describe(), all.tempo?.describe()].map((schema) => {
        const secrets = JSON.stringify(schema).match(/"writeOnly":true/g);
        expect(secrets?.length).toBeGreaterThan(0);
      }),
    }));
    expect(jira).toMatchObject({ ok: true, found: { account: { displayName: 'Service' } } });
    expect(found).toEqual({ ok: true, found: { seesProjects: false } });
  });
});

test('every failure that people are told of has a row, and both languages say what to do', () => {
  for (const code of Object.keys(failureTexts)) expect([code, faultOf(code)]).not.toEqual([code, null]);
  for (const { remedy } of faultTable) {
    expect(remedy[1033]).toMatch(/\S.*\.$/);
    expect(remedy[3084]).toMatch(/\S.*\.$/);
    expect(remedy[3084]).not.toBe(remedy[1033]);
  }
});

test.each(thrown)('%s is told as %s', (error, code) => {
  const told = classifyError(error);
  expect(told.code).toBe(code);
  expect(remedyOf(told.code, told.status)).toBe(faultOf(code)?.remedy[1033]);
});

test('the remedies that were wrong are told no more (F-206)', () => {
  expect(remedyOf('jira-unavailable', 503)).not.toMatch(/gateway/i);
  expect(remedyOf('gateway-unavailable', undefined)).toMatch(/^Check the forward gateway of JIRA_GATEWAY_URL/);
  expect(remedyOf('dataverse-unavailable', 503)).not.toMatch(/address|application user/i);
});

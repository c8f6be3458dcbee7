import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Writable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { buildApp } from '../../plugins-proxy/src/app';
import { readConfig } from '../../plugins-proxy/src/platform/config/read-config';
import { secretsOf } from '../../plugins-proxy/src/platform/config/secrets-of';
import { createLongRunning } from '../../plugins-proxy/src/inbound/connector/long-running';
import { IntegrationError } from '../../plugins-proxy/src/platform/errors/integration-error';
import { createJiraHttp } from '../../plugins-proxy/src/clients/jira/jira-http';
import { cloudProfile } from '../../plugins-proxy/src/clients/jira/profile';
import { fixedKeyring } from '../../plugins-proxy/src/platform/secrets/service-keys';
import { createLogger } from '../../plugins-proxy/src/platform/log/create-logger';
import { createMetrics } from '../../plugins-proxy/src/operations/metrics/create-metrics';
import type { Store } from '../../plugins-proxy/src/queue/store/store';
import { openSqliteStore } from '../../plugins-proxy/src/queue/store/sqlite/open-sqlite-store';
import { keepLog } from '../log-scan/kept-logs';
import { fakeDataverse } from '../plugins-proxy/fake-dataverse';
import { issuer, signingKey } from '../plugins-proxy/relay-world';
import { environment } from '../plugins-proxy/test-config';
import { defaultThresholds } from '../../plugins-proxy/src/platform/config/thresholds';
import { type CapabilityParts, triggersOf } from '../../plugins-proxy/src/capabilities/register';

export const secrets = {
  jira: 'webhook-secret-of-the-tests',
  step: 'step-key-of-the-tests-0001',
  apiKey: 'connector-api-key-of-the-tests',
  relay: 'gateway-password-of-the-tests',
  metrics: 'metrics-token-of-the-tests',
  sentry: 'sentry-client-secret-of-the-tests',
} as const;
/** Signed when the app starts. */
export const tokens = { api: '' };
export const connectionId = '5a8d2c1e-0000-4000-8000-000000000c01';

/** Row of the connection to Sentry. */
export const monitorId = '5a8d2c1e-0000-4000-8000-000000000c03';

/** A request that reached what stands in for Jira. */
export interface Asked {
  readonly method: string;
  readonly url: string;
  readonly authorization: string | undefined;
}

/** What a request may have changed outside of itself; security counters may move, these may not. */
export interface Effects {
  readonly deliveries: number;
  readonly jobs: number;
  readonly asked: number;
  readonly decided: number;
}

export interface WholeApp {
  readonly app: FastifyInstance;
  /** Every route there is, as the framework knows them. */
  readonly routes: readonly { readonly method: string; readonly url: string }[];
  readonly asked: Asked[];
  effects(): Promise<Effects>;
  /** Lines logged so far that show a secret. */
  readonly leaks: string[];
  close(): Promise<void>;
}

/** The person that the API knows, by an account in Entra. */
const person = { account: '0b0e3c6e-54f1-4c0e-9a67-2f6f7b5d1a0f', id: '87654321-abcd-ef12-3456-7890abcdef12' };

/** Parts of the API: a person without connections and records. */
function apiParts(now: () => Date, store: Store): CapabilityParts {
  const dataverse = fakeDataverse();
  dataverse.rows.set(person.account, { columns: { systemuserid: person.id }, version: 1 });
  const environmentSettings = {
    settings: async () => ({ capabilities: new Set(['time']) }),
    languageOf: async () => 1033,
    whoAmI: async () => ({ organizationId: 'o', userId: 'u' }),
  };
  const personal = { of: async () => ({ missing: 'no-connection' }), sites: async () => [] };
  // What the operations of the API reach; the rest belongs to jobs.
  return { dataverse, environmentSettings, personal, store, now } as unknown as CapabilityParts;
}

/** A Jira that has nothing but the published keys, and a count of who asked for what. */
async function startEmptyJira(asked: Asked[], keys: readonly unknown[]) {
  const server = createServer((request, response) => {
    asked.push({
      method: request.method ?? '',
      url: request.url ?? '',
      authorization: request.headers.authorization,
    });
    request.resume();
    request.on('end', () => {
      if (request.url === '/keys') return void response.end(JSON.stringify({ keys }));
      response.writeHead(404, { 'content-type': 'application/json' }).end('{"errorMessages":["No."],"errors":{}}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // listen() on a TCP port always gives an AddressInfo.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The whole HTTP side with every option switched on, before a store in memory and a Jira that has nothing. */
export async function startWholeApp(): Promise<WholeApp> {
  const asked: Asked[] = [];
  const key = await signingKey('key-of-the-fuzz');
  const jira = await startEmptyJira(asked, [key.jwk]);
  const at = Math.floor(Date.now() / 1_000);
  const times = { iat: at, nbf: at, exp: at + 86_400 };
  const claims = { ...times, aud: 'api://crmjira', tid: environment.DATAVERSE_TENANT_ID, oid: person.account };
  tokens.api = await key.sign({ ...claims, scp: 'access_as_user', roles: [] });
  const config = readConfig({
    ...environment,
    JIRA_URL: jira.url,
    CONNECTOR_ENABLED: 'true',
    CONNECTOR_PASSWORD: 'connector-password-of-the-tests',
    CONNECTOR_API_KEY: secrets.apiKey,
    RELAY_ENABLED: 'true',
    RELAY_AUDIENCE: 'api://crmjira-relay',
    // Asked for keys as for everything else: a token of nobody must not make the service ask without end.
    RELAY_KEYS_URL: `${jira.url}/keys`,
    RELAY_BASIC_USER: 'jira-gateway',
    RELAY_BASIC_PASSWORD: secrets.relay,
    // Out of the way: what is refused for its number tells nothing of what it was.
    RELAY_PER_MINUTE: '10000000',
    API_ENABLED: 'true',
    API_AUDIENCE: 'api://crmjira',
    API_PER_MINUTE: '10000000',
    RELAY_ISSUER: issuer,
    METRICS_TOKEN: secrets.metrics,
  });
  const known = secretsOf(config);
  const leaks: string[] = [];
  const keep = keepLog();
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      const line = chunk.toString();
      keep(line);
      if (known.some((secret) => line.includes(secret))) leaks.push(line);
      done();
    },
  });
  const store = openSqliteStore(':memory:');
  const http = createJiraHttp({ url: jira.url, credentials: config.jira.credentials, timeoutMs: 5_000 });
  const now = (): Date => new Date();
  const longRunning = createLongRunning({
    store,
    connectionId: config.connectionId,
    now,
    wake: () => undefined,
    projectKeyOf: async () => null,
  });
  let decided = 0;
  const metrics = createMetrics();
  const app = buildApp({
    config,
    logger: createLogger('trace', known, stream),
    intake: {
      store,
      now,
      wake: () => undefined,
      accepts: () => true,
      triggers: () => triggersOf(new Set(['budget', 'issues'])),
    },
    signIn: {
      publicUrl: 'https://crmjira.example',
      keyring: fixedKeyring([randomBytes(32).toString('base64url')]),
      store,
      entra: {
        issuer,
        authorizeUrl: () => 'https://login.example/authorize',
        redeem: async () => {
          throw new Error('nobody has signed in');
        },
      },
      atlassian: { issuer: 'https://auth.example', authorizeUrl: () => 'https://auth.example/authorize' },
      objectIdOf: async () => person.account,
      finish: async () => {
        decided += 1;
        return { ok: true, text: 'Connected.' };
      },
      now,
    },
    monitorOf: (id) =>
      id.toLowerCase() === monitorId ? { id: monitorId, webhookSecrets: () => [secrets.sentry] } : undefined,
    decideStep: async () => {
      decided += 1;
      return decided % 2 === 0 ? { allowed: true } : { allowed: false, reasons: ['No.'] };
    },
    health: {
      ready: () => true,
      report: async () => {
        const { pending, running, dead, oldestDueAgeMs, deliveries, counters } = await store.statistics(Date.now());
        const well = { ok: true };
        return {
          status: 'ok',
          store: well,
          dataverse: well,
          jira: well,
          connections: [],
          budgetSource: well,
          gateway: 'none' as const,
          jiraCallsPerMinute: 0,
          processingSeconds: null,
          queue: { pending, running, dead, retrying: 0, failing: {}, oldestDueAgeMs },
          deliveries,
          counters,
          lastSyncOn: null,
          uptimeSeconds: 1,
          daysLeft: {},
          secretAgeDays: {},
          thresholds: defaultThresholds,
          alerts: [],
          recentFailures: 0,
          environment: well,
          webhooks: null,
          sweep: null,
          provisioningsHeld: 0,
          unfinished: {},
          shownInDynamics: null,
        };
      },
    },
    connector: {
      access: () => config.connector ?? { basic: null, apiKeys: [] },
      accepts: () => true,
      count: store.count,
      context: {
        site: { http, profile: cloudProfile, url: jira.url },
        fields: async () => ({
          opportunityId: 'a',
          accountId: 'b',
          budgetStatus: 'c',
          approvedAmount: 'd',
          epicName: null,
        }),
        longRunning,
        at: () =>
          Promise.reject(new IntegrationError('none', { code: 'not-found', errorClass: 'permanent', status: 404 })),
        budgetModule: async () => '/rest/tempo-budgets/1',
        mappedBudgets: { ofProject: async () => [], ofId: async () => null },
      },
    },
    api: {
      // Switched on above.
      access: config.api!,
      parts: apiParts(now, store),
      enqueue: async () => undefined,
      pause: async () => undefined,
      accepts: () => true,
      count: store.count,
    },
    metrics: { metrics, tokens: () => config.metricsTokens, refresh: async () => undefined },
  });
  const routes: { method: string; url: string }[] = [];
  app.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) routes.push({ method: one, url });
  });
  await app.ready();
  return {
    app,
    routes,
    asked,
    leaks,
    effects: async () => {
      const { deliveries, pending } = await store.statistics(Date.now());
      return { deliveries: deliveries.accepted + deliveries.ignored, jobs: pending, asked: asked.length, decided };
    },
    close: async () => {
      await app.close();
      await http.close();
      await store.close();
      await jira.close();
    },
  };
}

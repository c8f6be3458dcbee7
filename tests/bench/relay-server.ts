/** Child processes of the relay rows: our relay, and a bare pass-through. */
import { createServer, type Server } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { Pool } from 'undici';
import { buildApp } from '../../plugins-proxy/src/app';
import { secretsOf } from '../../plugins-proxy/src/platform/config/secrets-of';
import { readConfig } from '../../plugins-proxy/src/platform/config/read-config';
import { createLogger } from '../../plugins-proxy/src/platform/log/create-logger';
import { createAccessRecorder } from '../../plugins-proxy/src/operations/maintenance/access-log';
import { createPerformanceRecorder } from '../../plugins-proxy/src/operations/maintenance/performance';
import { createMetrics } from '../../plugins-proxy/src/operations/metrics/create-metrics';
import { createFigures } from '../../plugins-proxy/src/operations/metrics/figures-line';
import { watchOutgoing } from '../../plugins-proxy/src/operations/metrics/watch-outgoing';
import { openArchive } from '../../plugins-proxy/src/operations/retention/archive/open-archive';
import { openSqliteStore } from '../../plugins-proxy/src/queue/store/sqlite/open-sqlite-store';
import { environment } from '../plugins-proxy/test-config';
import { defaultTriggers } from '../plugins-proxy/default-triggers';

const AUDIENCE = 'api://crmjira-relay';

/** What a child tells its parent. */
export interface Started {
  readonly address: string;
  readonly token: string;
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a TCP port was expected');
  return `http://127.0.0.1:${address.port}`;
}

function bare(jiraUrl: string): Promise<string> {
  const pool = new Pool(jiraUrl, { connections: 32 });
  return listen(
    createServer((request, response) => {
      const path = (request.url ?? '').replace('/relay/jira', '');
      pool
        .stream({ method: 'GET', path, opaque: response }, ({ statusCode, headers }) =>
          response.writeHead(statusCode, { 'content-type': String(headers['content-type']) }),
        )
        .catch(() => response.destroy());
    }),
  );
}

async function relay(jiraUrl: string): Promise<Started> {
  const { privateKey, publicKey } = await generateKeyPair('RS256');
  const keys = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'bench', use: 'sig', alg: 'RS256' }] });
  const keysUrl = await listen(createServer((_request, response) => response.end(keys)));
  const config = readConfig({
    ...environment,
    LOG_LEVEL: 'info',
    STORE_FILE: ':memory:',
    JIRA_URL: jiraUrl,
    RELAY_ENABLED: 'true',
    RELAY_AUDIENCE: AUDIENCE,
    RELAY_KEYS_URL: `${keysUrl}/keys`,
    // The limit is counted as in production, only never reached.
    RELAY_PER_MINUTE: '100000000',
  });
  // As create-proxy wires them.
  const now = (): Date => new Date();
  const metrics = createMetrics();
  const archive = await openArchive(config.archive);
  const recorder = createPerformanceRecorder(archive, 'bench', now);
  const figures = createFigures();
  watchOutgoing(new Map([[new URL(jiraUrl).origin, 'jira']]), (call) => {
    recorder.call(call);
    metrics.outgoingSeconds.observe({ side: call.side, status: call.status }, call.seconds);
    figures.add(call);
  });
  const app = buildApp({
    config,
    metrics: { metrics, tokens: () => [], refresh: () => Promise.resolve() },
    // Lines are written as in production, to the parent's null device.
    logger: createLogger(config.logLevel, secretsOf(config)),
    intake: {
      store: openSqliteStore(':memory:'),
      now,
      wake: () => undefined,
      accepts: () => true,
      triggers: defaultTriggers,
    },
    access: createAccessRecorder(archive, 'bench', now),
    decideStep: () => Promise.resolve({ allowed: true }),
    health: { ready: () => true, report: () => Promise.reject(new Error('not measured')) },
  });
  const tenant = config.dataverse.tenantId;
  const token = await new SignJWT({ tid: tenant, oid: 'bench', roles: ['Relay.Use'] })
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: 'bench' })
    .setIssuer(`https://sts.windows.net/${tenant}/`)
    .setAudience(AUDIENCE)
    .setIssuedAt()
    .setExpirationTime('1h')
    .sign(privateKey);
  return { address: await app.listen({ host: '127.0.0.1', port: 0 }), token };
}

async function main(): Promise<void> {
  const [, , part, jiraUrl = ''] = process.argv;
  const started: Started = part === 'relay' ? await relay(jiraUrl) : { address: await bare(jiraUrl), token: '' };
  process.send?.(started);
}

void main();

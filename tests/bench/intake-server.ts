/** Child process of the intake rows: the real routes on SQLite (`sqlite`), on PostgreSQL (its address), or on a store that keeps nothing (`none`). */
import { mkdtempSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildApp } from '../../plugins-proxy/src/app';
import { readConfig } from '../../plugins-proxy/src/platform/config/read-config';
import { createLogger } from '../../plugins-proxy/src/platform/log/create-logger';
import { createMetrics } from '../../plugins-proxy/src/operations/metrics/create-metrics';
import { openPostgresStore } from '../../plugins-proxy/src/queue/store/postgres/open-postgres-store';
import { openSqliteStore } from '../../plugins-proxy/src/queue/store/sqlite/open-sqlite-store';
import { environment } from '../plugins-proxy/test-config';
import { defaultTriggers } from '../plugins-proxy/default-triggers';

const session = new Session();

/** Between the two orders of the parent, every 200 µs. */
async function profile(order: unknown): Promise<void> {
  if (order === 'profile') {
    session.connect();
    await session.post('Profiler.enable');
    await session.post('Profiler.setSamplingInterval', { interval: 200 });
    await session.post('Profiler.start');
    process.send?.('started');
  } else if (order === 'profiled') process.send?.((await session.post('Profiler.stop')).profile);
}

async function main(): Promise<void> {
  const config = readConfig({ ...environment, LOG_LEVEL: 'info' });
  const folder = mkdtempSync(join(tmpdir(), 'crmjira-bench-'));
  const kind = process.argv[2] ?? '';
  const real = kind.startsWith('postgres')
    ? await openPostgresStore(kind)
    : openSqliteStore(kind === 'none' ? ':memory:' : join(folder, 'proxy.sqlite'));
  const store = kind === 'none' ? { ...real, receive: () => Promise.resolve('stored' as const) } : real;
  const metrics = createMetrics();
  const app = buildApp({
    config,
    metrics: { metrics, tokens: () => [], refresh: () => Promise.resolve() },
    // Lines are written as in production, to the parent's null device.
    logger: createLogger(config.logLevel, []),
    intake: { store, now: () => new Date(), wake: () => undefined, accepts: () => true, triggers: defaultTriggers },
    decideStep: () => Promise.resolve({ allowed: true }),
    health: { ready: () => true, report: () => Promise.reject(new Error('not measured')) },
  });
  const address = await app.listen({ host: '127.0.0.1', port: 0 });
  process.on('message', (order) => void profile(order));
  process.send?.({ address });
}

void main();

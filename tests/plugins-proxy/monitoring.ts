import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ALL_SCOPES, createSentry, seedSentry, type Sentry } from '../../sandbox/src/sentry';
import { monitoringRows } from '../../sandbox/src/seed/monitoring-rows';
import type { SeedRow } from '../../sandbox/src/dataverse';
import { freePort } from '../free-port';
import { stopLater } from './world';

/** Row of the connection to Sentry. */
export const monitorConnection = '5a8d2c1e-0000-4000-8000-000000000c03';
const token = 'sentry-token-of-the-tests';
const clientSecret = 'sentry-client-secret-of-the-tests';

/** An organization of Sentry with the errors of the company's product, and what connects it: rows and variables. */
export interface Monitoring {
  readonly sentry: Sentry;
  readonly url: string;
  readonly rows: readonly SeedRow[];
  readonly environment: Readonly<Record<string, string>>;
  /** Its fault switches; rules are taken in order. */
  faults(rules: readonly Record<string, unknown>[]): Promise<void>;
  /** Of its webhooks. */
  deliveries(faults: Record<string, unknown>): Promise<void>;
}

/** @param proxyPort of the service that its webhooks go to */
export async function startMonitoring(clock: () => Date, proxyPort: number): Promise<Monitoring> {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const sentry = createSentry({
    stateFile: ':memory:',
    publicUrl: url,
    organization: 'rideau-logic',
    tokens: [{ token, scopes: ALL_SCOPES }],
    webhook: { url: `http://localhost:${proxyPort}/webhooks/sentry/${monitorConnection}`, secret: clientSecret },
    clock,
  });
  seedSentry(sentry.site, clock());
  await sentry.app.listen({ port, host: '127.0.0.1' });
  stopLater(() => sentry.close());
  const folder = mkdtempSync(join(tmpdir(), 'crmjira-connection-secrets-'));
  stopLater(async () => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, monitorConnection), token, { mode: 0o600 });
  writeFileSync(join(folder, `${monitorConnection}-webhook`), clientSecret, { mode: 0o600 });
  const set = async (settings: Record<string, unknown>): Promise<void> => {
    const response = await fetch(`${url}/sandbox/faults`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(settings),
    });
    if (!response.ok) throw new Error(await response.text());
  };
  return {
    sentry,
    url,
    rows: monitoringRows({ connectionId: monitorConnection, url, organization: 'rideau-logic' }),
    environment: { CONNECTION_SECRETS_DIR: folder, ALLOWED_PRIVATE_HOSTS: `localhost:${port}` },
    faults: (rules) => set({ rules }),
    deliveries: (deliveries) => set({ deliveries }),
  };
}

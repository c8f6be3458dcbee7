import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AuthType, Deployment } from '@crmjira/domain';
import { createJira, type Jira, SERVICE_ACCOUNT } from '../../sandbox/src/jira';
import type { SeedRow } from '../../sandbox/src/dataverse';
import { freePort } from '../free-port';
import { stopLater } from './world';

/** Row of the second connection. */
export const secondConnection = '5a8d2c1e-0000-4000-8000-000000000c02';
const providerId = '5a8d2c1e-0000-4000-8000-000000000c09';
const pat = 'pat-of-the-second-site-0001';

/** A Jira Data Center beside the one of the stand-ins, and what connects it: rows and variables. */
export interface SecondSite {
  readonly jira: Jira;
  readonly url: string;
  readonly rows: readonly SeedRow[];
  readonly environment: Readonly<Record<string, string>>;
  /** Calls it as its service account. */
  call(method: string, path: string, body?: unknown): Promise<Record<string, unknown>>;
  /** Its fault switches; rules are taken in order. */
  faults(rules: readonly Record<string, unknown>[]): Promise<void>;
}

/** Starts the site; it has the same ids of projects and issues as the first one. */
export async function startSecondSite(clock: () => Date): Promise<SecondSite> {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const jira = await createJira({
    stateFile: ':memory:',
    publicUrl: url,
    clock,
    firstProjectId: 10_150,
    defaultHourlyRate: 125,
    credentials: [{ email: SERVICE_ACCOUNT.email, pat }],
    retryDelays: [200, 400, 800, ...Array<number>(20).fill(1_600)],
  });
  await jira.app.listen({ port, host: '127.0.0.1' });
  stopLater(() => jira.close());
  const folder = mkdtempSync(join(tmpdir(), 'crmjira-connection-secrets-'));
  stopLater(async () => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, secondConnection), `${pat}\n`, { mode: 0o600 });
  const send = async (path: string, init: RequestInit): Promise<Record<string, unknown>> => {
    const response = await fetch(url + path, {
      ...init,
      headers: { authorization: `Bearer ${pat}`, 'content-type': 'application/json' },
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${init.method} ${path}: ${response.status} ${text}`);
    // The stand-in answers objects here.
    return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
  };
  return {
    jira,
    url,
    environment: { CONNECTION_SECRETS_DIR: folder, ALLOWED_PRIVATE_HOSTS: `localhost:${port}` },
    rows: [
      {
        table: 'crmjira_integration_provider',
        row: { crmjira_integration_providerid: providerId, crmjira_code: 'JIRA', crmjira_name: 'Jira' },
      },
      {
        table: 'crmjira_integration',
        row: {
          crmjira_integrationid: secondConnection,
          crmjira_name: 'Plant Jira',
          crmjira_provider: { table: 'crmjira_integration_provider', id: providerId },
          crmjira_base_url: url,
          crmjira_deployment: Deployment.JiraDataCenter,
          crmjira_auth_type: AuthType.PatBearer,
          crmjira_secret_name: `file:${secondConnection}`,
          crmjira_is_active: true,
        },
      },
    ],
    call: (method, path, body) =>
      send(`/rest/api/2${path}`, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }),
    faults: async (rules) => void (await send('/sandbox/faults', { method: 'PUT', body: JSON.stringify({ rules }) })),
  };
}

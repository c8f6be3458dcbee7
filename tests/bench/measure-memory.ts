import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool, request } from 'undici';
import { z } from 'zod';
import { AuthType, Deployment, ProvisioningState } from '@crmjira/domain';
import { writeConnectionSecret } from '../../sandbox/src/run/connection-secret';
import { signBody } from '../../plugins-proxy/src/inbound/webhooks/verify-signature';
import { createOpportunity } from '../plugins-proxy/create-opportunity';
import { eventually } from '../plugins-proxy/eventually';
import { pat, type StandIns, startStandIns, variable } from '../plugins-proxy/stand-ins';
import { type BenchRow, median, milliseconds, rounded } from './bench-row';
import { bundle, onCore, SUBJECT_CORE } from './bundled-process';
import { allocatorArguments, nodeFlags } from './container';

const STARTS = 5;
const READY_WITHIN_MS = 1_000;
const PROJECTS = 100;
const DELIVERIES = 10_000;
const AT_ONCE = 64;
const LIMIT_MB = 160;
/** Further connections, and the most that one of them may take. */
const FURTHER = 20;
const FURTHER_LIMIT_MB = 4;
/** Milliseconds after the start at which a service with nothing to do is looked at: rows are read and webhooks registered. */
const AT_REST_MS = 20_000;
/** Milliseconds for the hundred projects, and for the storm to be worked off. */
const WITHIN = 600_000;

const opportunityId = (n: number): string => `a1b2c3d4-e5f6-4890-abcd-ef12345${String(n).padStart(5, '0')}`;

/** Starts the bundle as the container does, on one core. @returns the process and the milliseconds until it was ready */
async function start(file: string, environment: Record<string, string>) {
  const began = performance.now();
  const variables = Object.entries(environment).map(([name, value]) => `${name}=${value}`);
  const child = onCore(
    SUBJECT_CORE,
    'env',
    [
      '-i',
      `PATH=${process.env['PATH'] ?? ''}`,
      ...allocatorArguments,
      ...variables,
      process.execPath,
      ...nodeFlags(),
      file,
    ],
    'ignore',
  );
  const ready = async (): Promise<boolean> => {
    try {
      const answer = await request(`${environment['PUBLIC_URL']}/ready`);
      await answer.body.dump();
      return answer.statusCode === 200;
    } catch {
      // not listening yet
      return false;
    }
  };
  while (!(await ready())) {
    if (child.exitCode !== null) throw new Error(`the proxy ended with code ${child.exitCode}`);
    if (performance.now() - began > WITHIN) throw new Error('the proxy is not ready');
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  return { child, readyMs: performance.now() - began };
}

/** Kilobytes of /proc/<pid>/status: `VmRSS` now, `VmHWM` at its highest. */
function memory(pid: number | undefined, name: 'VmRSS' | 'VmHWM'): number {
  const line = new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(line?.[1]);
}

async function linkProjects({ admin, dataverse }: StandIns): Promise<string[]> {
  await dataverse.seed([variable('crmjira_ProvisioningLimitPerHour', String(PROJECTS))]);
  for (let n = 0; n < PROJECTS; n += 1) await createOpportunity({ admin }, n, opportunityId(n));
  const mapping = z.object({ crmjira_jira_project_id: z.string().nullish(), crmjira_provisioning_state: z.number() });
  return eventually(async () => {
    const rows = await admin.many('crmjira_budget_mappings', { select: [] }, mapping);
    const linked = rows.filter((row) => row.crmjira_provisioning_state === ProvisioningState.Linked);
    if (linked.length < PROJECTS) throw new Error(`${linked.length} of ${PROJECTS} projects linked`);
    return linked.map((row) => row.crmjira_jira_project_id ?? '');
  }, WITHIN);
}

async function storm({ environment }: StandIns, projects: readonly string[]): Promise<void> {
  const pool = new Pool(environment['PUBLIC_URL'] ?? '', { connections: AT_ONCE });
  let next = 0;
  const send = async (): Promise<void> => {
    for (let n = next++; n < DELIVERIES; n = next++) {
      // Every fifth is a repeat of the one before.
      const distinct = n % 5 === 4 ? n - 1 : n;
      const event = {
        timestamp: distinct,
        webhookEvent: 'project_updated',
        project: { id: projects[distinct % PROJECTS] },
      };
      const body = Buffer.from(JSON.stringify({ ...event, padding: 'x'.repeat(8_000) }));
      const answer = await pool.request({
        method: 'POST',
        path: `/webhooks/jira/${environment['CONNECTION_ID']}`,
        headers: {
          'content-type': 'application/json',
          'x-hub-signature': signBody(body, environment['JIRA_WEBHOOK_SECRET'] ?? ''),
        },
        body,
      });
      await answer.body.dump();
      if (answer.statusCode >= 300) throw new Error(`delivery ${n}: ${answer.statusCode}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, send));
  await pool.close();
  const health = z.object({ queue: z.object({ pending: z.number() }) });
  await eventually(async () => {
    const answer = await request(`${environment['PUBLIC_URL']}/health`);
    const { queue } = health.parse(await answer.body.json());
    if (queue.pending > 0) throw new Error(`${queue.pending} jobs are left`);
  }, WITHIN);
}

/** Rows of connections, all to the Data Center side of one stand-in, and their tokens in files of the service. */
async function connectMore({ dataverse, jiraUrl }: StandIns, folder: string): Promise<void> {
  const provider = '5a8d2c1e-0000-4000-8000-000000000c09';
  const rows = Array.from({ length: FURTHER }, (_, n) => {
    const id = `5a8d2c1e-0000-4000-8000-0000000001${String(n).padStart(2, '0')}`;
    writeConnectionSecret(folder, id, pat);
    return {
      table: 'crmjira_integration',
      row: {
        crmjira_integrationid: id,
        crmjira_name: `Jira ${n}`,
        crmjira_provider: { table: 'crmjira_integration_provider', id: provider },
        crmjira_base_url: jiraUrl,
        crmjira_deployment: Deployment.JiraDataCenter,
        crmjira_auth_type: AuthType.PatBearer,
        crmjira_secret_name: `file:${id}`,
        crmjira_is_active: true,
      },
    };
  });
  await dataverse.seed([
    {
      table: 'crmjira_integration_provider',
      row: { crmjira_integration_providerid: provider, crmjira_code: 'JIRA', crmjira_name: 'Jira' },
    },
    ...rows,
  ]);
}

/** Megabytes of a service at rest, median of some. */
async function atRest(file: string, environment: Record<string, string>): Promise<number> {
  const found: number[] = [];
  for (let n = 0; n < 3; n += 1) {
    const { child } = await start(file, environment);
    await new Promise((resolve) => setTimeout(resolve, AT_REST_MS));
    found.push(memory(child.pid, 'VmRSS') / 1024);
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('exit', resolve));
  }
  return median(found);
}

async function measureFurther(
  file: string,
  standIns: StandIns,
  environment: Record<string, string>,
): Promise<BenchRow> {
  const folder = mkdtempSync(join(tmpdir(), 'crmjira-bench-secrets-'));
  const variables = { ...environment, REGISTER_STEPS: 'true', CONNECTION_SECRETS_DIR: folder };
  const alone = await atRest(file, variables);
  await connectMore(standIns, folder);
  const together = await atRest(file, variables);
  const each = (together - alone) / FURTHER;
  return {
    what: `memory at rest that each of ${FURTHER} further connections takes`,
    measured: `${each.toFixed(2)} MB; ${together.toFixed(0)} MB in all, ${alone.toFixed(0)} MB with one`,
    reference: 'the aim',
    referenceMeasured: `${FURTHER_LIMIT_MB} MB`,
    ratio: rounded(each / FURTHER_LIMIT_MB),
    aim: '< 1',
  };
}

/** From the start of the process to `/ready`, and the most memory it ever had through a storm; as bundled for the container. */
export async function measureMemory(): Promise<BenchRow[]> {
  const file = await bundle(join(__dirname, '..', '..', 'plugins-proxy', 'src', 'server.ts'));
  const standIns = await startStandIns(() => new Date());
  const folder = mkdtempSync(join(tmpdir(), 'crmjira-bench-'));
  const environment = { ...standIns.environment, STORE_FILE: join(folder, 'proxy.sqlite') };
  try {
    const starts: number[] = [];
    for (let n = 0; n < STARTS; n += 1) {
      const { child, readyMs } = await start(file, environment);
      starts.push(readyMs);
      child.kill('SIGKILL');
      await new Promise((resolve) => child.once('exit', resolve));
    }
    const further = await measureFurther(file, standIns, environment);
    const { child } = await start(file, environment);
    const idle = memory(child.pid, 'VmRSS');
    try {
      await storm(standIns, await linkProjects(standIns));
      const highest = memory(child.pid, 'VmHWM') / 1024;
      return [
        {
          what: `start of the proxy to ready, median of ${STARTS}`,
          measured: milliseconds(median(starts)),
          reference: 'the aim',
          referenceMeasured: milliseconds(READY_WITHIN_MS),
          ratio: rounded(median(starts) / READY_WITHIN_MS),
          aim: '< 1',
        },
        {
          what: `highest memory (VmHWM) through ${PROJECTS} provisionings and ${DELIVERIES} deliveries, SQLite`,
          measured: `${highest.toFixed(0)} MB; after the start ${(idle / 1024).toFixed(0)} MB`,
          reference: 'the aim',
          referenceMeasured: `${LIMIT_MB} MB`,
          ratio: rounded(highest / LIMIT_MB),
          aim: '< 1',
        },
        further,
      ];
    } finally {
      child.kill();
    }
  } finally {
    await standIns.close();
  }
}

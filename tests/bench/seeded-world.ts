import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SERVICE_ACCOUNT, createJira, type Jira, type RateLimits } from '../../sandbox/src/jira';
import { createDataverse, type Dataverse, organizationId, rootBusinessUnitId } from '../../sandbox/src/dataverse';
import type { ServiceProtection } from '../../sandbox/src/dataverse';
import { createEntra } from '../../sandbox/src/entra';
import {
  CONNECTION_ID,
  PLANT_CONNECTION_ID,
  SERVICE_APP,
  TENANT_ID,
  TOOLS_APP,
  directoryUsers,
  SENTRY_CONNECTION_ID,
  SENTRY_ORGANIZATION,
} from '../../sandbox/src/run/directory';
import { writeConnectionSecret } from '../../sandbox/src/run/connection-secret';
import { companyRows } from '../../sandbox/src/seed/company-rows';
import { jiraPeople } from '../../sandbox/src/seed/people';
import { opportunityRows, statusOf } from '../../sandbox/src/seed/opportunity-rows';
import type { OpportunityScenario, ProjectScenario } from '../../sandbox/src/seed/scenarios';
import { simulateWork } from '../../sandbox/src/seed/simulate-work';
import { writeJiraProject } from '../../sandbox/src/seed/write-jira-project';
import { mappingId } from '@crmjira/domain';
import {
  createDataverseClient,
  type DataverseClient,
} from '../../plugins-proxy/src/clients/dataverse/dataverse-client';
import { createTokenSource } from '../../plugins-proxy/src/clients/dataverse/token-source';
import { readConfig } from '../../plugins-proxy/src/platform/config/read-config';
import { freePort } from '../free-port';
import { countRequests, type RequestCounts } from './count-requests';

const secret = 'service-secret-of-the-benches';
const toolsSecret = 'tools-secret-of-the-benches-01';
const apiToken = 'api-token-of-the-benches';

/** One linked project, in agreement on both sides. */
export interface SeededProject {
  readonly opportunityId: string;
  readonly mappingId: string;
  readonly projectId: string;
}

/** Both stand-ins with linked projects in them, and what was asked of them. */
export interface SeededWorld {
  readonly dataverse: Dataverse;
  readonly jira: Jira;
  readonly projects: readonly SeededProject[];
  /** Environment variables of a proxy for them; without a store. */
  readonly environment: Readonly<Record<string, string>>;
  readonly admin: DataverseClient;
  readonly counts: { readonly dataverse: RequestCounts; readonly jira: RequestCounts };
  /** The second site, its projects, and its fault switches; null without one. */
  readonly second: SecondSeededSite | null;
  /** Holds back every answer of both sides, in milliseconds. */
  slowDown(ms: number): Promise<void>;
  close(): Promise<void>;
}

export interface SecondSeededSite {
  readonly url: string;
  readonly connectionId: string;
  readonly projects: readonly SeededProject[];
  faults(rules: readonly Record<string, unknown>[]): Promise<void>;
}

export interface SeededWorldOptions {
  readonly projects: number;
  /** Projects of a second site, Data Center; none, and nothing is connected, when left out. */
  readonly atSecondSite?: number;
  /** of each project; three when left out */
  readonly issues?: number;
  /** False: of the days gone by no project has a snapshot; the stand-in looks through all of them for each that it takes in. */
  readonly history?: boolean;
  /** the stand-in's generous limits when left out */
  readonly serviceProtection?: ServiceProtection;
  /** Of Jira; the stand-in's generous ones when left out. */
  readonly rateLimits?: RateLimits;
  /** Called before Jira listens, for hooks that watch what passes. */
  readonly prepare?: (jira: Jira) => void;
}

/** Money enough that no threshold is crossed while hours are logged: what follows a crossing is measured elsewhere. */
const budget = 1_000_000;
const project: ProjectScenario = {
  startedDaysAgo: 12,
  lastWorkDaysAgo: 1,
  endsInDays: 60,
  spentShare: 0.005,
  doneShare: 0.3,
  issues: 3,
  team: [0],
  state: 'active',
  theme: 'data',
};

function scenario(n: number, issues: number): OpportunityScenario & { readonly project: ProjectScenario } {
  const start = (0x10000000 + n).toString(16);
  return {
    id: `${start}-5e11-4a0b-9c0d-0000000003${String(n % 100).padStart(2, '0')}`,
    name: `Measured project ${n}`,
    description: 'Made to be measured',
    account: 'acme',
    owner: 'sales-rep',
    currency: 'CAD',
    budget,
    estimatedValue: budget,
    probability: 80,
    closesInDays: 60,
    project: { ...project, issues },
  };
}

/** @param from number of the first one, so that two sites have other opportunities */
function writeProjects(jira: Jira, count: number, issues: number, now: Date, from = 0) {
  for (const person of jiraPeople) jira.site.addUser(person);
  return Array.from({ length: count }, (_, n) => {
    const opportunity = scenario(from + n, issues);
    const { project } = opportunity;
    const work = simulateWork(opportunity, project, now);
    const status = statusOf(project);
    const options = { organizationId, now, budgetSource: 'computed' } as const;
    const written = writeJiraProject(jira.site, opportunity, project, work, status, options);
    return { opportunity, scenario: project, work, status, jira: written };
  });
}

const seededProject = ({ opportunity, jira }: ReturnType<typeof writeProjects>[number]): SeededProject => ({
  opportunityId: opportunity.id,
  mappingId: mappingId(opportunity.id),
  projectId: jira.id,
});

/** A Data Center with linked projects, whose token lies in a file of the service. */
async function startSecondSite(projects: number, issues: number, now: Date, from: number) {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const pat = 'pat-of-the-second-site-of-the-benches';
  const jira = await createJira({
    stateFile: ':memory:',
    publicUrl: url,
    edition: 'dc',
    credentials: [{ email: SERVICE_ACCOUNT.email, pat }],
  });
  const written = jira.site.together(() => writeProjects(jira, projects, issues, now, from));
  await jira.app.listen({ port, host: '127.0.0.1' });
  const folder = mkdtempSync(join(tmpdir(), 'crmjira-bench-secrets-'));
  writeConnectionSecret(folder, PLANT_CONNECTION_ID, pat);
  return {
    url,
    written,
    environment: { CONNECTION_SECRETS_DIR: folder, ALLOWED_PRIVATE_HOSTS: `localhost:${port}` },
    close: async () => {
      await jira.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Starts the stand-ins on free ports with so many linked projects that nothing has to be done about. */
export async function startSeededWorld(options: SeededWorldOptions): Promise<SeededWorld> {
  const [dataversePort, jiraPort, proxyPort] = [await freePort(), await freePort(), await freePort()];
  const [publicUrl, jiraUrl] = [`http://localhost:${dataversePort}`, `http://localhost:${jiraPort}`];
  const now = new Date();
  const entra = await createEntra({
    keyFile: ':memory:',
    publicUrl,
    tenantId: TENANT_ID,
    apps: [
      { ...SERVICE_APP, clientSecret: secret },
      { ...TOOLS_APP, clientSecret: toolsSecret },
    ],
    users: directoryUsers,
  });
  const dataverse = await createDataverse({
    stateFile: ':memory:',
    publicUrl,
    entra,
    tenantId: TENANT_ID,
    ...(options.serviceProtection === undefined ? {} : { serviceProtection: options.serviceProtection }),
  });
  await dataverse.app.register(entra.plugin);
  const jira = await createJira({
    stateFile: ':memory:',
    publicUrl: jiraUrl,
    credentials: [{ email: SERVICE_ACCOUNT.email, apiToken, pat: 'pat-of-the-benches' }],
    ...(options.rateLimits === undefined ? {} : { rateLimits: options.rateLimits }),
  });
  const second =
    options.atSecondSite === undefined
      ? null
      : await startSecondSite(options.atSecondSite, options.issues ?? project.issues, now, options.projects);
  const counts = { dataverse: countRequests(dataverse.app, '/api/data/'), jira: countRequests(jira.app, '/rest/') };
  options.prepare?.(jira);
  const written = jira.site.together(() =>
    writeProjects(jira, options.projects, options.issues ?? project.issues, now),
  );
  await dataverse.seed(
    companyRows({
      now: `${now.toISOString().slice(0, 19)}Z`,
      rootBusinessUnitId,
      connectionId: CONNECTION_ID,
      jiraUrl,
      plant: { connectionId: PLANT_CONNECTION_ID, url: second?.url ?? 'http://localhost:1' },
      sentry: { connectionId: SENTRY_CONNECTION_ID, url: 'http://localhost:1', organization: SENTRY_ORGANIZATION },
      budgetSource: 'computed',
      jiraAccounts: jira.site.users.all().flatMap(({ id, key }) => [id, key]),
      serviceAccount: SERVICE_ACCOUNT.email,
      roleId: (name) => dataverse.roleId(name) ?? '',
      profileId: (name) => dataverse.profileId(name) ?? '',
    }),
  );
  const seededAt = { [CONNECTION_ID]: written, [PLANT_CONNECTION_ID]: second?.written ?? [] };
  // Project by project: the stand-in looks through all that a transaction has written so far for each row of it.
  for (const [connectionId, projects] of Object.entries(seededAt))
    for (const one of projects)
      await dataverse.seed(
        opportunityRows(one.opportunity, one, { now, connectionId, budgetSource: 'computed' }).filter(
          ({ table }) => options.history !== false || table !== 'crmjira_budget_snapshot',
        ),
      );
  await dataverse.app.listen({ port: dataversePort, host: '127.0.0.1' });
  await jira.app.listen({ port: jiraPort, host: '127.0.0.1' });
  const environment = {
    PORT: String(proxyPort),
    PUBLIC_URL: `http://localhost:${proxyPort}`,
    DATAVERSE_URL: publicUrl,
    DATAVERSE_TENANT_ID: TENANT_ID,
    DATAVERSE_CLIENT_ID: SERVICE_APP.clientId,
    DATAVERSE_CLIENT_SECRET: secret,
    REGISTRATION_CLIENT_ID: TOOLS_APP.clientId,
    REGISTRATION_CLIENT_SECRET: toolsSecret,
    TOKEN_URL: `${publicUrl}/${TENANT_ID}/oauth2/v2.0/token`,
    DATAVERSE_STEP_KEY: 'step-key-of-the-benches-001',
    JIRA_URL: jiraUrl,
    JIRA_EMAIL: SERVICE_ACCOUNT.email,
    JIRA_API_TOKEN: apiToken,
    JIRA_WEBHOOK_SECRET: 'webhook-secret-of-the-benches',
    CONNECTION_ID,
    REGISTER_STEPS: 'false',
    ...second?.environment,
  };
  const tools = { ...readConfig(environment).dataverse, clientId: TOOLS_APP.clientId, clientSecret: toolsSecret };
  const switches = async (url: string, body: unknown): Promise<void> => {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${url}/sandbox/faults`, { method: 'POST', headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${url}: ${answer.status} ${await answer.text()}`);
  };
  return {
    dataverse,
    jira,
    environment,
    counts,
    projects: written.map(seededProject),
    second:
      second === null
        ? null
        : {
            url: second.url,
            connectionId: PLANT_CONNECTION_ID,
            projects: second.written.map(seededProject),
            faults: (rules) => switches(second.url, { rules }),
          },
    admin: createDataverseClient({
      url: publicUrl,
      timeoutMs: 60_000,
      tokens: createTokenSource(tools, 10_000),
    }),
    slowDown: async (ms) => {
      await switches(publicUrl, { slowMs: ms, count: 100_000_000 });
      await switches(jiraUrl, { rules: [{ delayMs: ms }] });
    },
    close: async () => {
      await jira.close();
      await second?.close();
      await dataverse.close();
    },
  };
}

import { CommandState, CommandType, process } from '@crmjira/domain';
import { unzipSync, zipSync } from 'fflate';
import type { AddressInfo } from 'node:net';
import { readCrmFacts } from '../../../plugins-proxy/src/capabilities/budget/read/read-crm-facts';
import {
  createDataverseClient,
  type DataverseClient,
} from '../../../plugins-proxy/src/clients/dataverse/dataverse-client';
import {
  createEnvironmentSettings,
  type EnvironmentSettings,
} from '../../../plugins-proxy/src/connections/environment/environment-settings';
import {
  type CommandHandler,
  commandResolver,
  type GivenCommand,
} from '../../../plugins-proxy/src/reconciler/commands';
import type { Job } from '../../../plugins-proxy/src/reconciler/job-handler';
import { regardingColumns } from '../../../plugins-proxy/src/reconciler/actions/event-columns';
import { createLogger } from '../../../plugins-proxy/src/platform/log/create-logger';
import { keepLines } from '../../plugins-proxy/log-lines';
import type { Claim } from '../../../plugins-proxy/src/queue/store/store';
import { profileMember, type SeedRow, userRole } from '../../../sandbox/src/dataverse';
import { guidOf } from '../../../sandbox/src/dataverse/guid';
import { type Answer, type Fixture, ids, now } from '../dataverse/dataverse-fixture';
import { beforeIssues, first } from './earlier-versions';
import { importBody, startEnvironment } from './environment';
import { type FilledRow, fill, filledId } from './filled-environment';
import { packed } from './packages';

const application = '22222222-2222-4222-8222-222222222222';
const present = [packed('connector', '0.2.0.0'), packed('main', '0.2.0.0')];

let environment: Fixture;
afterEach(() => environment.dataverse.close());

/** As docs/runbook.md imports a newer version. */
async function upgrade(packages: readonly Uint8Array[]): Promise<void> {
  for (const content of packages) {
    const { status, text } = await environment.call(
      'POST',
      'StageAndUpgrade',
      importBody(content, { ImportJobId: undefined }),
    );
    if (status !== 200) throw new Error(text);
  }
}

/** As docs/runbook.md upgrades from a main solution that brought the lookups to a case itself: both hold them before the former one lets go. */
async function upgradeWithCases([connector, main]: readonly Uint8Array[]): Promise<void> {
  await upgrade([connector!]);
  const held = importBody(main!, { ImportJobId: undefined, HoldingSolution: true });
  expect((await environment.call('POST', 'ImportSolution', held)).status).toBe(204);
  await upgrade([cases]);
  expect((await environment.call('POST', 'DeleteAndPromote', { UniqueName: 'crmjira' })).status).toBe(200);
}

const bound = (set: string, table: string): string => `/${set}(${filledId(table)})`;

/** What must make sense together for the service to read it. */
const meaningful = {
  crmjira_budget_mapping: { crmjira_mapping_status: 1, crmjira_provisioning_state: 4, crmjira_budget_source: 3 },
  crmjira_command: {
    crmjira_command_type: CommandType.SyncNow,
    crmjira_command_state: CommandState.Requested,
    // With one it would be about an issue.
    crmjira_payload: undefined,
  },
  crmjira_budget_decision: {
    crmjira_decision: 3,
    'crmjira_budget_approval_id@odata.bind': bound('crmjira_budget_approvals', 'crmjira_budget_approval'),
  },
};

async function prepared(packages: readonly Uint8Array[]): Promise<readonly FilledRow[]> {
  environment = await startEnvironment(packages);
  const { dataverse } = environment;
  const service = { table: 'systemuser', id: ids.service } as const;
  const named = (id: string | null): string => id ?? 'not there';
  await dataverse.seed([
    userRole(ids.service, named(dataverse.roleId('CRM-JIRA Integration Service'))),
    userRole(ids.salesRep, named(dataverse.roleId('CRM-JIRA Integration User'))),
    profileMember(named(dataverse.profileId('CRM-JIRA Integration Columns: Service')), service),
    {
      table: 'environmentvariablevalue',
      row: {
        environmentvariablevalueid: guidOf('value'),
        schemaname: 'crmjira_WarningThreshold',
        value: '65',
        environmentvariabledefinitionid: {
          table: 'environmentvariabledefinition',
          id: guidOf('variable:crmjira_WarningThreshold'),
        },
      },
    } satisfies SeedRow,
  ]);
  const rows = await fill(environment, meaningful);
  const opportunity = {
    crmjira_jira_project_key: 'CRMABCDEFG',
    crmjira_project_budget: 1234.56,
    crmjira_budget_status: 3,
  };
  await written(`opportunities(${ids.opportunity})`, opportunity);
  const instance = `${process.entitySet}(${guidOf('process')})`;
  const { OpportunityQualification: one, JiraProjectCreation: two } = process.stages;
  await written(instance, { 'bpf_opportunityid@odata.bind': `/opportunities(${ids.opportunity})` });
  await written(instance, { 'activestageid@odata.bind': `/processstages(${two})`, traversedpath: `${one},${two}` });
  return [...rows, { table: 'process', url: instance }];
}

async function written(url: string, columns: object): Promise<void> {
  const { status, text } = await environment.call('PATCH', url, columns);
  if (status !== 204) throw new Error(`${url}: ${text}`);
}

type Values = ReadonlyMap<string, Readonly<Record<string, unknown>>>;

async function valuesOf(rows: readonly FilledRow[]): Promise<Values> {
  const values = new Map<string, Readonly<Record<string, unknown>>>();
  for (const { table, url } of rows) {
    const { status, json } = await environment.call('GET', url);
    expect([url, status]).toEqual([url, 200]);
    values.set(table, json);
  }
  return values;
}

/** `table.column` of each value that is no longer what it was. */
function differences(before: Values, after: Values): readonly string[] {
  const found = [...before].flatMap(([table, row]) =>
    Object.entries(row)
      // Of a row that loses a value the version changes, and with it the tag.
      .filter(([column, value]) => !/^@odata|^versionnumber$/.test(column) && after.get(table)?.[column] !== value)
      .map(([column]) => `${table}.${column}`),
  );
  return found.sort();
}

async function serviceClient(): Promise<DataverseClient> {
  const { app } = environment.dataverse;
  await app.listen({ port: 0, host: '127.0.0.1' });
  // Fastify gives a path only for a socket in the file system.
  const { port } = app.server.address() as AddressInfo;
  return createDataverseClient({
    url: `http://127.0.0.1:${port}`,
    timeoutMs: 60_000,
    tokens: { token: () => environment.token(application), drop: () => undefined },
  });
}

/** The job of the command that was given before the upgrade. */
function resolved(
  dataverse: DataverseClient,
  environmentSettings: EnvironmentSettings,
  handlers: readonly CommandHandler[],
) {
  const modules = [{ kind: 'opportunity', table: 'opportunity' }];
  const capabilities = [{ commands: [], modules, isOn: async () => true }];
  const id = filledId('crmjira_command');
  const job: Job = {
    id,
    claim: { key: `command:${id}` } as Claim,
    logger: createLogger('silent', [], keepLines().stream),
    log: () => ({ correlationId: 'after-the-upgrade', durationMs: 0 }),
  };
  return commandResolver({ dataverse, environmentSettings, capabilities, handlers, now: () => now })
    .start(job)
    .run();
}

/** Rows of the earlier version as the service of today reads them, and what it does about them. */
async function expectServed(): Promise<void> {
  const client = await serviceClient();
  const settings = createEnvironmentSettings(client, filledId('crmjira_integration'), '');
  const read = async () => (await readCrmFacts(client.batched, settings, ids.opportunity, now.toISOString())).facts;
  const amount = { minor: 123_456, currency: 'CAD' };
  expect((await settings.settings()).policy.warningThreshold).toBe(65);
  expect(await read()).toMatchObject({
    opportunity: { jiraProjectKey: 'CRMABCDEFG', projectBudget: amount, budgetStatus: 3 },
    mapping: {
      id: filledId('crmjira_budget_mapping'),
      connectionId: filledId('crmjira_integration'),
      approved: amount,
      spent: amount,
      lastError: 'What crmjira_last_error held',
    },
    process: { activeStageId: process.stages.JiraProjectCreation },
    alerts: [{ id: filledId('crmjira_budget_alert'), crossingNo: 7 }],
    approval: {
      requestId: filledId('crmjira_budget_approval'),
      decision: { id: filledId('crmjira_budget_decision'), outcome: 3 },
    },
    commands: [{ id: filledId('crmjira_command'), type: CommandType.SyncNow, requestedById: ids.administrator }],
    snapshots: [{ spent: amount }],
  });
  const answer = jest.fn(async (_: GivenCommand) => ({ state: CommandState.Done, result: 'Done.' }));
  const handlers = [{ type: CommandType.SyncNow, answer }];
  await expect(resolved(client, settings, [])).resolves.toMatchObject({ keys: [`opportunity:${ids.opportunity}`] });
  await resolved(client, settings, handlers);
  expect(answer.mock.lastCall?.[0].regarding).toEqual({ table: 'opportunity', id: ids.opportunity });
  // A failure of today, beside those of the earlier version.
  const regarding = regardingColumns({ table: 'opportunity', id: ids.opportunity });
  const failure = { crmjira_operation_type: 4, crmjira_integration_status: 3, crmjira_source_system: 1, ...regarding };
  await client.changeSet([
    { op: 'create', collection: 'crmjira_integration_logs', id: guidOf('failure'), columns: failure },
  ]);
  const asOwner = await environment.call(
    'GET',
    `crmjira_budget_mappings`,
    undefined,
    {},
    'opportunity.owner@company.com',
  );
  expect(asOwner.json.value).toHaveLength(1);
}

/** Names of secrets of personal connections, which nothing has ever written (CHANGELOG.md). */
const replaced = [
  'crmjira_jira_connection.crmjira_oauth_access_secret_name',
  'crmjira_jira_connection.crmjira_oauth_refresh_secret_name',
];
/** What `crmjiracases` keeps where it is imported while the main solution waits to be applied. */
const ofCases = [
  'crmjira_issue_link._crmjira_regarding_incident_value',
  'crmjira_time_record._crmjira_regarding_incident_value',
];
const cases = packed('cases', '0.2.0.0');

/** The package as one of another version. */
function numbered(content: Uint8Array, version: string): Uint8Array {
  const parts = unzipSync(content);
  const manifest = new TextDecoder().decode(parts['solution.xml']);
  const changed = manifest.replace(/<Version>[^<]+/, `<Version>${version}`);
  return zipSync({ ...parts, 'solution.xml': new TextEncoder().encode(changed) }, { level: 0 });
}

type Steps = readonly (() => Promise<void>)[];
const toPresent = (): Promise<void> => upgrade(present);
const withCases = (): Promise<void> => upgradeWithCases(present);
test.each<[string, string, readonly string[], readonly Uint8Array[], Steps]>([
  ['the version before', 'every row and value but cases', [...ofCases, ...replaced].sort(), beforeIssues, [toPresent]],
  ['the version before', 'every row and value, cases too', replaced, beforeIssues, [withCases]],
  ['the first one', 'every row and value', [], first, [toPresent, () => upgrade([cases])]],
  [
    'the first one by way of the one between',
    'every row and value',
    [],
    first,
    [() => upgrade(beforeIssues), withCases],
  ],
])('R-2207 an upgrade from %s keeps %s, and the service reads them', async (_from, _what, lost, from, steps) => {
  const rows = await prepared(from);
  const before = await valuesOf(rows);
  for (const step of steps) await step();
  const after = await valuesOf(rows);
  expect(differences(before, after)).toEqual(lost);
  await expectServed();
});

test('R-2207 the former version under a higher number takes nothing from rows of the present one', async () => {
  environment = await startEnvironment([...present, cases]);
  const rows = await fill(environment);
  const before = await valuesOf(rows);
  for (const content of beforeIssues) {
    const body = importBody(numbered(content, '0.3.0.0'), { ImportJobId: undefined });
    expect((await environment.call('POST', 'ImportSolution', body)).status).toBe(204);
  }
  expect(differences(before, await valuesOf(rows))).toEqual([]);
});

test('cases come after the main solution, bring their lookups, and go with them alone', async () => {
  environment = await startEnvironment([present[0]!]);
  const importing = (content: Uint8Array): Promise<Answer> =>
    environment.call('POST', 'ImportSolution', importBody(content, { ImportJobId: undefined }));
  expect((await importing(cases)).json.error.message).toContain('Import these first: crmjira (');
  expect((await importing(present[1]!)).status).toBe(204);
  expect((await importing(cases)).status).toBe(204);
  const rows = await fill(environment);
  expect((await valuesOf(rows)).get('crmjira_time_record')).toMatchObject({
    _crmjira_regarding_incident_value: filledId('incident'),
  });
  const role = environment.dataverse.roleId('CRM-JIRA Integration Service for Cases');
  expect(role).not.toBeNull();
  const { json } = await environment.call('GET', "solutions?$select=solutionid&$filter=uniquename eq 'crmjiracases'");
  expect((await environment.call('DELETE', `solutions(${json.value[0].solutionid})`)).status).toBe(204);
  const left = (await valuesOf(rows)).get('crmjira_time_record');
  expect(left).toMatchObject({ crmjira_subject: 'What crmjira_subject held' });
  expect(left).not.toHaveProperty('_crmjira_regarding_incident_value');
});

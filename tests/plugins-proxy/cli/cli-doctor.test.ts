import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clockSkew, judgeSkew } from '../../../plugins-proxy/src/cli/doctor/clock-check';
import { failed, ok, runChecks } from '../../../plugins-proxy/src/cli/doctor/check';
import { z } from 'zod';
import { crmjira, jsonOf, type Run } from '../cli-terminal';
import { connectFlows } from '../connect-flows';
import { eventually } from '../eventually';
import { secondJira } from '../second-jira';
import { dataCenter, variable } from '../stand-ins';
import { startWorld, type World } from '../world';
import { environment } from '../test-config';

interface Found {
  readonly id: string;
  readonly status: string;
  readonly says: string;
  readonly remedy?: string;
}

function checksOf(run: Run): Record<string, Found> {
  const checks = jsonOf(run)['checks'] as Found[];
  return Object.fromEntries(checks.map((check) => [check.id, check]));
}

describe('crmjira doctor against the stand-ins', () => {
  let world: World;
  afterEach(() => world.stop(), 30_000);
  // Date headers of the stand-ins carry the time of this machine, so the doctor's clock is the real one.
  const doctor = (over: Record<string, string> = {}, ...args: string[]): Promise<Run> =>
    crmjira({ ...world.standIns.environment, ...over }, ['doctor', ...args]);

  test('R-414 finds a working service in order, check by check; permissions that its account loses are named', async () => {
    world = await startWorld('2025-01-15T14:00:00Z');
    await world.provision();
    await connectFlows(world.standIns);
    // The service derives something slow from a secret before it knows how old it is.
    await eventually(async () => {
      const { secretAgeDays } = z
        .object({ secretAgeDays: z.record(z.string(), z.number()) })
        .parse(await (await fetch(`${world.proxyUrl}/health`)).json());
      expect(secretAgeDays).toHaveProperty('JIRA_API_TOKEN');
    });
    const run = await doctor({}, '--json');
    const checks = checksOf(run);
    expect(run.code).toBe(0);
    expect(Object.values(checks).filter(({ status }) => status !== 'ok')).toEqual([
      // What the stand-in has not: the connector's solution, addresses set at the import.
      expect.objectContaining({ id: 'solutions', status: 'warning', says: 'not imported: crmjiraconnector' }),
      expect.objectContaining({ id: 'connector', status: 'skipped' }),
      expect.objectContaining({ id: 'addresses', status: 'skipped' }),
      expect.objectContaining({ id: 'egress', status: 'skipped' }),
      expect.objectContaining({ id: 'environment-variables', status: 'warning' }),
      expect.objectContaining({ id: 'api', status: 'skipped' }),
      expect.objectContaining({ id: 'gateway', status: 'skipped' }),
      expect.objectContaining({ id: 'atlassian-sign-in', status: 'skipped' }),
      expect.objectContaining({ id: 'issue-maps', status: 'skipped' }),
    ]);
    expect(Object.keys(checks)).toEqual([
      'configuration',
      'store',
      'jira',
      'credentials',
      'token',
      'who-am-i',
      'roles',
      'privileges',
      'connection',
      'organization',
      'solutions',
      'column-security',
      'connection-references',
      'connector',
      'addresses',
      'egress',
      'overruled-settings',
      'auditing',
      'environment-variables',
      'capabilities',
      'sender-queue',
      'public-address',
      'steps',
      'permissions',
      'fields',
      'webhook',
      'clock',
      'requests',
      'api',
      'gateway',
      'residency',
      'secret-ages',
      'stored-secrets',
      'atlassian-sign-in',
      'issue-maps',
    ]);
    // Cases are tables of another app: what the service may do with them stands in a role of its own.
    expect(checks['roles']?.says).toBe('CRM-JIRA Integration Service, CRM-JIRA Integration Service for Cases');
    expect(checks['credentials']?.says).toContain('Power Platform Integration');
    expect(checks['permissions']?.says).toContain('VIEW_DEV_TOOLS');

    expect(checks['requests']?.says).toMatch(/polled every 60 s: about \d+ to Dataverse and \d+ to Jira/);

    const text = await doctor();
    expect(text.code).toBe(0);
    expect(text.out).toMatch(/26 ok, 2 warnings, 0 failed$/);
    for (const name of ['DATAVERSE_CLIENT_SECRET', 'JIRA_API_TOKEN', 'DATAVERSE_STEP_KEY', 'JIRA_WEBHOOK_SECRET'])
      expect(text.out + run.out).not.toContain(world.standIns.environment[name]);

    // ADR-19: what is switched off keeps no steps.
    expect(checks['capabilities']?.says).toBe('budget');
    await world.standIns.dataverse.seed([variable('crmjira_Capabilities', '-')]);
    const off = checksOf(await doctor({}, '--json'));
    expect(off['capabilities']).toMatchObject({ status: 'warning', says: 'none' });
    expect(off['steps']).toMatchObject({
      status: 'warning',
      says: expect.stringMatching(
        /^left of capabilities that are off: Create of opportunity, .*opportunitytojiraproject$/,
      ),
    });
    expect((await crmjira(world.standIns.environment, ['register-steps'])).code).toBe(0);
    expect(checksOf(await doctor({}, '--json'))['steps']?.says).toMatch(/^1 steps call /);

    const { users } = world.standIns.jira.site;
    for (const user of users.all()) users.put({ ...user, groups: [] });
    expect(checksOf(await doctor({}, '--json'))['permissions']).toMatchObject({
      status: 'failed',
      says: 'missing: ADMINISTER (to create, archive and restore projects), ADMINISTER_PROJECTS (to mark projects as ours), MANAGE_WATCHERS (to manage watchers)',
      remedy: expect.stringContaining('jira-administrators'),
    });
  });

  test('R-404 R-601 R-604 names a setting of Dynamics that cannot be used, and digits that Data Center refuses in a key', async () => {
    world = await startWorld('2025-01-15T14:00:00Z', dataCenter);
    const variables = async (name: string, value: string): Promise<Found | undefined> => {
      await world.setVariable(name, value);
      const { 'environment-variables': found } = checksOf(await doctor(dataCenter, '--json'));
      return found;
    };
    expect(await variables('crmjira_ProjectKeyPattern', 'OPP[A-Z0-9]{4}')).toMatchObject({
      status: 'warning',
      says: expect.stringContaining('crmjira_ProjectKeyPattern has digits'),
    });
    for (const [name, value] of [
      ['crmjira_SyncTimeout', 'ten minutes'],
      ['crmjira_DailySyncTime', 'six'],
      ['crmjira_ProjectKeyPattern', 'opp'],
    ] as const)
      expect(await variables(name, value)).toMatchObject({
        status: 'failed',
        says: expect.stringContaining(`The environment variable ${name} `),
        remedy: expect.stringContaining('Correct the value'),
      });
  });

  test('names the cause and what to do for each thing that is wrong', async () => {
    world = await startWorld('2025-01-15T14:00:00Z');
    await world.standIns.dataverse.seed([variable('crmjira_SenderQueue', 'Nobody')]);
    const run = await doctor(
      { CONNECTION_ID: '5a8d2c1e-0000-4000-8000-000000000c02', PUBLIC_URL: 'http://localhost:1' },
      '--json',
    );
    expect(run.code).toBe(1);
    const checks = checksOf(run);
    expect(checks['connection']).toMatchObject({ status: 'failed', remedy: expect.stringContaining('CONNECTION_ID') });
    expect(checks['organization']).toMatchObject({ status: 'skipped', says: expect.stringContaining('"connection"') });
    expect(checks['sender-queue']).toMatchObject({ status: 'failed', says: 'there is no queue "Nobody"' });
    expect(checks['steps']).toMatchObject({ status: 'failed', remedy: expect.stringContaining('register-steps') });
    expect(checks['steps']?.says).toContain('not http://localhost:1/webhooks/dataverse/async');
    // F-502: the webhook that is there is the first environment's; the remedy makes another one.
    expect(checks['webhook']).toMatchObject({
      status: 'failed',
      says: expect.stringMatching(/^no webhook calls http:\/\/localhost:1\/.*; those of other environments call http/),
      remedy: expect.stringContaining('leaves those of others alone'),
    });

    const jira = checksOf(await doctor({ JIRA_API_TOKEN: 'a-token-that-is-wrong' }, '--json'));
    expect(jira['credentials']).toMatchObject({ status: 'failed', remedy: expect.stringContaining('JIRA_API_TOKEN') });
    expect(jira['permissions']).toMatchObject({ status: 'skipped' });
    expect(jira['roles']).toMatchObject({ status: 'ok' });

    const secret = await doctor({ DATAVERSE_CLIENT_SECRET: 'a-secret-that-is-wrong' }, '--json');
    expect(checksOf(secret)['token']).toMatchObject({
      status: 'failed',
      remedy: expect.stringContaining('DATAVERSE_CLIENT_SECRET'),
    });
    expect(checksOf(secret)['who-am-i']).toMatchObject({ status: 'skipped' });
    expect(secret.out).not.toContain('a-secret-that-is-wrong');
    // Jira is not to blame for what Dataverse does not tell.
    expect(checksOf(secret)['jira']).toMatchObject({
      status: 'skipped',
      says: expect.stringContaining('in Dataverse'),
    });

    // R-1217: the application user that may do anything is told to hold less.
    const { REGISTRATION_CLIENT_ID = '', REGISTRATION_CLIENT_SECRET = '' } = world.standIns.environment;
    const mighty = { DATAVERSE_CLIENT_ID: REGISTRATION_CLIENT_ID, DATAVERSE_CLIENT_SECRET: REGISTRATION_CLIENT_SECRET };
    expect(checksOf(await doctor(mighty, '--json'))['roles']).toMatchObject({
      status: 'warning',
      says: 'System Administrator: more than the service needs',
      remedy: expect.stringContaining('take System Administrator away'),
    });
    // In whatever language Microsoft's role has its name.
    const roleid = world.standIns.dataverse.roleId('System Administrator');
    await world.standIns.dataverse.seed([{ table: 'role', row: { roleid, name: 'Administrateur système' } }]);
    expect(checksOf(await doctor(mighty, '--json'))['roles']).toMatchObject({
      status: 'warning',
      says: 'Administrateur système: more than the service needs',
    });

    const dc = checksOf(await doctor({ ...dataCenter, JIRA_PAT: 'another-token-of-nobody' }, '--json'));
    expect(dc['credentials']).toMatchObject({ status: 'failed', remedy: expect.stringContaining('JIRA_PAT') });

    await world.standIns.dataverse.seed([variable('crmjira_WarningThreshold', 'many')]);
    const variables = checksOf(await doctor({}, '--json'))['environment-variables'];
    expect(variables).toMatchObject({ status: 'failed', says: expect.stringContaining('crmjira_WarningThreshold') });
  });

  test('F-212 leaves out by name what does not apply, and says so; a name that is none is told', async () => {
    world = await startWorld('2025-01-15T14:00:00Z');
    const skips = { DOCTOR_SKIPS: 'connection-references,flows' };
    const checks = checksOf(await doctor(skips, '--json'));
    expect(checks['connection-references']).toMatchObject({ status: 'skipped', says: 'left out by DOCTOR_SKIPS' });
    expect(checks['configuration']).toMatchObject({
      status: 'warning',
      says: expect.stringContaining('no check: flows'),
    });
    expect(checksOf(await doctor({}, '--json'))['connection-references']?.status).toBe('failed');
  }, 60_000);

  test('R-1405 tells of each Jira connection, and examines the one that is named, in words about its row', async () => {
    world = await startWorld('2025-01-15T14:00:00Z');
    const europe = await secondJira();
    try {
      await world.standIns.dataverse.seed(europe.rows);
      const line = `connection-${europe.id}`;
      const whole = checksOf(await doctor(europe.variables, '--json'));
      expect(whole[line]).toMatchObject({ status: 'ok', says: expect.stringContaining(europe.url) });
      expect(whole['configuration']?.says).toContain(world.standIns.jiraUrl);

      const named = (...args: string[]) => doctor(europe.variables, '--json', '--connection', europe.name, ...args);
      const examined = checksOf(await named());
      expect(examined).not.toHaveProperty(line);
      expect(examined['configuration']?.says).toContain(europe.url);
      expect(examined['connection']).toMatchObject({ status: 'ok', says: europe.name });

      writeFileSync(europe.secretFile, 'another-token-of-the-tests');
      const refused = checksOf(await named());
      expect(refused['credentials']).toMatchObject({ status: 'failed' });
      expect(refused['credentials']?.remedy).toMatch(/^Open the connection/);
      const rows = [
        refused['jira'],
        refused['credentials'],
        refused['webhook'],
        refused['fields'],
        refused['connection'],
      ];
      expect(JSON.stringify(rows)).not.toMatch(/JIRA_/);
      expect(checksOf(await doctor(europe.variables, '--json'))[line]).toMatchObject({ status: 'failed' });

      rmSync(europe.secretFile);
      const broken = checksOf(await doctor(europe.variables, '--json'))[line];
      expect(broken).toMatchObject({ status: 'failed', says: expect.stringContaining('There is no file') });
      expect(broken?.remedy).toMatch(/^Open the connection/);
    } finally {
      await europe.close();
    }
  });

  test('finds a working Data Center in order as well', async () => {
    world = await startWorld('2025-01-15T14:00:00Z', dataCenter);
    await connectFlows(world.standIns);
    const run = await doctor(dataCenter, '--json');
    const checks = checksOf(run);
    expect(Object.values(checks).filter(({ status }) => status === 'failed')).toEqual([]);
    expect(run.code).toBe(0);
    expect(checks['jira']?.says).toMatch(/^Server 10\./);
    expect(checks['credentials']?.says).toContain('personal access token');
    expect(checks['webhook']?.says).toContain('PowerPlatform_Integration');
  });

  test('asks the running service about a store that only the service may open', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'crmjira-doctor-'));
    const file = { STORE_FILE: join(folder, 'proxy.sqlite') };
    try {
      world = await startWorld('2025-01-15T14:00:00Z', file);
      expect(checksOf(await doctor(file, '--json'))['store']).toMatchObject({
        status: 'ok',
        says: expect.stringContaining('in use by the running service'),
      });
      await world.stopProxy();
      expect(checksOf(await doctor(file, '--json'))['store']).toMatchObject({
        status: 'ok',
        says: expect.stringContaining('sqlite'),
      });
      const mistyped = { STORE_FILE: join(folder, 'mistyped.sqlite') };
      expect(checksOf(await doctor(mistyped, '--json'))['store']).toMatchObject({
        status: 'warning',
        remedy: expect.stringContaining('Start the service, which makes it'),
      });
      // F-216
      expect(existsSync(mistyped.STORE_FILE)).toBe(false);
      const nowhere = { STORE_FILE: join(folder, 'proxy.sqlite', 'below-a-file.sqlite') };
      expect(checksOf(await doctor(nowhere, '--json'))['store']).toMatchObject({
        status: 'failed',
        remedy: expect.stringContaining('STORE_FILE'),
      });
    } finally {
      await world.stopProxy();
      rmSync(folder, { recursive: true, force: true });
    }
  });

  test('tells a copied environment from the one that owns the projects (R-2302)', async () => {
    world = await startWorld('2025-01-15T14:00:00Z');
    await world.provision();
    await world.stopProxy();
    const { standIns } = world;
    const foreign = '5a8d2c1e-0000-4000-8000-0000000000ff';
    const connection = (organization: string | null): Promise<void> =>
      world.write('crmjira_integrations', standIns.config.connectionId, { crmjira_organization_id: organization });
    // As a copy finds it: the row names the original.
    await connection(foreign);
    expect(checksOf(await crmjira(standIns.environment, ['doctor', '--json']))['organization']).toMatchObject({
      status: 'failed',
      says: expect.stringContaining(`the connection writes for ${foreign}`),
      remedy: expect.stringContaining('crmjira confirm-environment --organization'),
    });
    // Before the row named anybody: Jira knows whose the project is.
    await connection(null);
    const property = '/project/10150/properties/crmjira.opportunity';
    const { value } = await world.jira('GET', property);
    await world.jira('PUT', property, { ...(value as object), organization: foreign });
    const run = await crmjira(standIns.environment, ['doctor', '--json']);
    expect(run.code).toBe(1);
    expect(checksOf(run)['organization']).toMatchObject({
      status: 'failed',
      says: expect.stringContaining(foreign),
      remedy: expect.stringContaining('copied environment'),
    });
  });
});

describe('crmjira doctor', () => {
  test('a wrong configuration is told variable by variable, and ends with 2', async () => {
    const run = await crmjira({ ...environment, JIRA_URL: 'nowhere', CONNECTION_ID: undefined }, ['doctor']);
    expect(run.code).toBe(2);
    expect(run.out).toContain('FAILED   Configuration: JIRA_URL: expected an http or https address');
    expect(run.out).toContain('Configuration: CONNECTION_ID');
    expect(run.out).toContain('→ Set JIRA_URL');
  });

  test('what rests on something broken is skipped, and a check that throws has failed with its remedy', async () => {
    const results = await runChecks([
      { id: 'a', title: 'A', remedy: 'Mend A.', look: () => Promise.reject(new Error('a is broken')) },
      { id: 'b', title: 'B', needs: ['a'], remedy: '', look: async () => ok('never asked') },
      { id: 'c', title: 'C', needs: ['b'], remedy: '', look: async () => ok('never asked') },
      { id: 'd', title: 'D', remedy: '', look: async () => failed('no', 'Mend D.') },
    ]);
    expect(results).toMatchObject([
      { id: 'a', status: 'failed', says: expect.stringContaining('a is broken'), remedy: 'Mend A.' },
      { id: 'b', status: 'skipped', says: expect.stringContaining('"a"') },
      { id: 'c', status: 'skipped', says: expect.stringContaining('"b"') },
      { id: 'd', status: 'failed' },
    ]);
  });

  test('the clock is judged by the worse side', () => {
    const sent = Date.parse('2025-01-17T09:00:00.000Z');
    const skew = clockSkew('Fri, 17 Jan 2025 09:00:40 GMT', sent, sent + 1_000);
    expect(skew).toBe(40_000);
    expect(clockSkew(undefined, sent, sent)).toBeNull();
    expect(judgeSkew({ Dataverse: 200, Jira: -900 })).toMatchObject({ status: 'ok' });
    expect(judgeSkew({ Dataverse: skew, Jira: 0 })).toMatchObject({
      status: 'warning',
      says: '40.0 s behind Dataverse, 0.0 s behind Jira',
    });
    expect(judgeSkew({ Dataverse: null, Jira: -301_000 })).toMatchObject({
      status: 'failed',
      says: '301.0 s ahead of Jira',
    });
    expect(judgeSkew({ Dataverse: null, Jira: null })).toMatchObject({ status: 'skipped' });
  });
});

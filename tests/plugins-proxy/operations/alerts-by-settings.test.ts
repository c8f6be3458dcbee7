import { z } from 'zod';
import { connect } from '../../../plugins-proxy/src/capabilities/connect';
import { IntegrationError } from '../../../plugins-proxy/src/platform/errors/integration-error';
import { createAlertTeller } from '../../../plugins-proxy/src/operations/mail/tell-of-alerts';
import { tokenRotation } from '../../../plugins-proxy/src/operations/maintenance/checks/weekly-checks';
import type { MaintenanceContext } from '../../../plugins-proxy/src/operations/maintenance/maintenance-context';
import type { SpeakingAlert } from '../../../plugins-proxy/src/operations/metrics/judge-alerts';
import { failureRows } from '../../../plugins-proxy/src/capabilities/budget/reconcile/failure-rows';
import { reportFailure } from '../../../plugins-proxy/src/reconciler/report-failure';
import { ageLimits, agesOf } from '../../../plugins-proxy/src/platform/secrets/secret-ages';
import { eventually } from '../eventually';
import { secretFiles } from '../secret-files';
import { rootBusinessUnitId } from '../../../sandbox/src/dataverse';
import { startWorld, stopLater, stopWorlds, type World } from '../world';

const token = 'metrics-token-of-the-tests';
const mailbox = 'jira.admin@company.com';
const health = z.object({
  thresholds: z.record(z.string(), z.number()),
  alerts: z.array(z.object({ alert: z.string(), of: z.string().nullable(), value: z.number(), limit: z.number() })),
});
let world: World;

/** One world: a Jira token of 12 days in a file, told to be rotated after 10, and to end in ten days, told of 14 days before. */
beforeAll(async () => {
  const start = '2025-01-15T15:00:00Z';
  const files = secretFiles({ JIRA_API_TOKEN: 'placeholder' });
  stopLater(files.remove);
  world = await startWorld(
    start,
    (standIns) => {
      files.write('JIRA_API_TOKEN', standIns['JIRA_API_TOKEN'] ?? '');
      files.age('JIRA_API_TOKEN', new Date('2025-01-03T15:00:00Z'));
      return {
        ...files.environment,
        METRICS_TOKEN: token,
        JIRA_TOKEN_EXPIRES_ON: '2025-01-25',
        JIRA_DEPLOYMENT: 'cloud',
      };
    },
    {
      crmjira_TokenRotationDays: '10',
      crmjira_TokenMaxDays: '60',
      crmjira_TokenAlertDays: '14',
      crmjira_WebhookDelayMinutes: '3',
      crmjira_AdministratorMailbox: mailbox,
      crmjira_DegreeOfParallelism: '7',
      crmjira_ConnectionTimeoutSeconds: '45',
      crmjira_MaxConnections: '12',
      crmjira_GatewayRequestsPerMinute: '450',
      crmjira_JiraDeployment: 'dc',
    },
  );
});
afterAll(stopWorlds);

test('R-1218 R-1106 health names the token that is due, and tells of its end as early as Dynamics says', async () => {
  await eventually(async () => {
    const { thresholds, alerts } = health.parse(
      await (await fetch(`${world.proxyUrl}/health`, { headers: { authorization: `Bearer ${token}` } })).json(),
    );
    expect(thresholds).toMatchObject({ TokenRotationDays: 10, TokenAlertDays: 14, WebhookDelayMinutes: 3 });
    expect(alerts).toEqual(
      expect.arrayContaining([
        { alert: 'CrmJiraTokenDue', of: 'JIRA_API_TOKEN', value: 12, limit: 10 },
        { alert: 'CrmJiraTokenExpires', of: 'jira', value: expect.closeTo(10.3, 1), limit: 14 },
      ]),
    );
  });
});

test('R-1218 R-1106 the monitor is given the limits and the service’s own verdict', async () => {
  const text = await eventually(async () => {
    const response = await fetch(`${world.proxyUrl}/metrics`, { headers: { authorization: `Bearer ${token}` } });
    const body = await response.text();
    expect(body).toContain('crmjira_alert{alert="CrmJiraTokenDue"} 1');
    return body;
  });
  const lines = text.split('\n');
  for (const line of [
    'crmjira_threshold{setting="TokenRotationDays"} 10',
    'crmjira_threshold{setting="WebhookDelayMinutes"} 3',
    'crmjira_threshold{setting="LogFailureLimit"} 5',
    'crmjira_alert{alert="CrmJiraTokenExpires"} 1',
    'crmjira_alert{alert="CrmJiraTokenTooOld"} 0',
    'crmjira_recent_failures 0',
  ])
    expect(lines).toContain(line);
  expect(lines.find((line) => line.startsWith('crmjira_secret_age_days{of="JIRA_API_TOKEN"}'))).toMatch(
    /} 12(\.0\d*)?$/,
  );
});

test('R-604 R-909 R-906 what works with both sides goes by Dynamics, save where a variable of the service says it', async () => {
  // The world's own: JIRA_DEPLOYMENT is set there, and wins.
  const told = connect(world.config, world.clock);
  const untold = connect({ ...world.config, setHere: new Set() }, world.clock);
  stopLater(() => Promise.all([told.close(), untold.close()]).then(() => undefined));
  expect(untold.limits().workers).toBe(20);
  for (const { environmentSettings } of [told, untold]) await environmentSettings.settings();
  const set = { workers: 7, timeoutMs: 45_000, connections: 12, callsPerMinute: 450 };
  expect([told.limits(), untold.limits()]).toEqual([set, set]);
  await told.jira.first.site.requireDeployment?.();
  await expect(untold.jira.first.site.requireDeployment?.()).rejects.toMatchObject({
    code: 'jira-deployment',
    message: expect.stringContaining('crmjira_JiraDeployment is "dc", but Jira says that it is Cloud.'),
  });
});

test('R-1106 R-1218 the administrator gets one mail an alert and day, once it has lasted for two looks', async () => {
  const { dataverse, environmentSettings, close } = connect(world.config, world.clock);
  stopLater(close);
  const context = { dataverse, environmentSettings, connectionId: world.config.connectionId, now: world.clock };
  const due: SpeakingAlert = {
    alert: 'CrmJiraTokenTooOld',
    of: 'JIRA_PAT',
    connection: null,
    value: 91,
    limit: 90,
    unit: 'days old',
    severity: 'critical',
    setting: 'crmjira_TokenMaxDays',
  };
  const mails = (): string[] =>
    world.standIns.dataverse
      .outbox()
      .map((mail) => JSON.stringify(mail))
      .filter((mail) => mail.includes(mailbox) && mail.includes('JIRA_PAT'));
  const [one, other] = [createAlertTeller(context), createAlertTeller(context)];
  await one({ alerts: [due] });
  await one({ alerts: [] });
  await one({ alerts: [due] });
  expect(mails()).toEqual([]);
  await one({ alerts: [due] });
  expect(mails()).toEqual([expect.stringContaining('JIRA_PAT is 91 days old; 90 days are the most')]);
  // Another replica, and this one again.
  for (const tell of [other, other, one]) await tell({ alerts: [due] });
  expect(mails()).toHaveLength(1);
});

test('R-1401 the administrator gets one mail a task about what only they can put right, however many replicas run into it', async () => {
  const { dataverse, environmentSettings, close } = connect(world.config, world.clock);
  stopLater(close);
  await environmentSettings.settings();
  const error = new IntegrationError('Jira refused the credentials of the integration account.', {
    code: 'jira-credentials',
    errorClass: 'configuration',
    status: 401,
  });
  const run = (n: number) => ({
    id: `a1b2c3d4-e5f6-7890-abcd-ef123456789${n}`,
    error,
    correlationId: 'trace-of-the-mail',
    trigger: 'event' as const,
    durationMs: 1,
    attempts: 1,
    waitingSince: n,
    retryAt: null,
    facts: null,
    event: null,
  });
  const now = world.clock().toISOString();
  const regarding = { table: 'opportunity', id: run(1).id };
  const report = (n: number) =>
    reportFailure({ dataverse, environmentSettings }, failureRows(run(n), now), { ...run(n), regarding }, now);
  await Promise.all([1, 2].map(report));
  await report(3);
  const mails = world.standIns.dataverse
    .outbox()
    .map((mail) => JSON.stringify(mail))
    .filter((mail) => mail.includes('trace-of-the-mail'));
  expect(mails).toEqual([expect.stringContaining(mailbox)]);
  const [task] = (await world.rows('tasks')).filter(({ subject }) => String(subject).includes('(jira-credentials)'));
  expect(task).toMatchObject({ description: expect.stringContaining('No user could be given this task') });
});

test('R-1401 R-707 the administrator’s tasks are theirs who has the address of the mailbox and can sign in', async () => {
  const administrator = '6f6f6f6f-0000-4000-8000-0000000000ad';
  const user = (isdisabled: boolean) => ({
    table: 'systemuser',
    row: {
      systemuserid: administrator,
      domainname: mailbox,
      internalemailaddress: mailbox,
      firstname: 'Jira',
      lastname: 'Admin',
      businessunitid: { table: 'businessunit', id: rootBusinessUnitId },
      isdisabled,
    },
  });
  const found = async () => {
    const { environmentSettings, close } = connect(world.config, world.clock);
    stopLater(close);
    return environmentSettings.administratorId();
  };
  expect(await found()).toBeNull();
  await world.standIns.dataverse.seed([user(false)]);
  expect(await found()).toBe(administrator);
  await world.write('systemusers', administrator, { isdisabled: true });
  expect(await found()).toBeNull();
});

test('R-1503 R-1218 the weekly check makes a task for a token that is past the days set in Dynamics', async () => {
  const { environmentSettings, close } = connect(world.config, world.clock);
  stopLater(close);
  const { thresholds } = await environmentSettings.settings();
  const since = new Date(world.clock().getTime() - 12 * 86_400_000);
  const fact = { name: 'JIRA_API_TOKEN', place: { kind: 'variable' }, since, expiresOn: null } as const;
  const nobodySaid = { jiraToken: null, dataverseSecret: null };
  const context = {
    config: world.config,
    environmentSettings,
    now: world.clock,
    ages: () => agesOf([fact], nobodySaid, world.clock(), ageLimits(thresholds)),
    // The checks look at nothing else.
  } as unknown as MaintenanceContext;
  const found = await tokenRotation(context);
  expect(found.outcome).toBe('finding');
  expect(found.says).toContain('To be rotated: JIRA_API_TOKEN (12 days old).');
  expect(found.tasks?.map(({ subject }) => subject)).toEqual([
    expect.stringMatching(/^Renew the token of jira: \d+ days left \/ /),
    expect.stringMatching(/^Rotate JIRA_API_TOKEN: 12 days old \/ /),
  ]);
});

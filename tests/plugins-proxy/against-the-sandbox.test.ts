import { signBody } from '../../plugins-proxy/src/intake/verify-signature';
import { createProxy } from '../../plugins-proxy/src/create-proxy';
import { createLogger } from '../../plugins-proxy/src/log/create-logger';
import { eventually } from './eventually';
import { keepLines } from './log-lines';
import { dataCenter } from './stand-ins';
import { postgresMissing, startPostgres } from './temporary-postgres';
import { e1, opportunityId, startWorld, stopLater, stopWorlds, type World } from './world';

/** Sends recorded deliveries to the intake, as Jira did. */
function sender(proxyUrl: string) {
  return {
    webhookUrl: `${proxyUrl}/webhooks/jira/5a8d2c1e-0000-4000-8000-000000000c01`,
    resend: async (url: string, delivery: { id: string; body: string }, named: boolean): Promise<number> => {
      const body = Buffer.from(delivery.body);
      const response = await fetch(url, {
        method: 'POST',
        body,
        headers: {
          'content-type': 'application/json',
          'x-hub-signature': signBody(body, 'webhook-secret-of-the-tests'),
          ...(named ? { 'x-atlassian-webhook-identifier': delivery.id } : {}),
        },
      });
      return response.status;
    },
  };
}

/** The same order on every run, and not the one they came in. */
function shuffle<T>(items: readonly T[]): T[] {
  return items
    .map((item, n) => ({ item, rank: ((n * 7_919) % 104_729) % 31 }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}

afterEach(stopWorlds, 30_000);

describe('the proxy against the stand-ins', () => {
  let world: World;
  test('E1: an opportunity becomes one project, budget and mapping, however often it is triggered at once', async () => {
    world = await startWorld('2025-01-15T14:00:00Z');
    await world.write('opportunities', opportunityId, e1);
    const describeAs = (n: number) =>
      world.write('opportunities', opportunityId, { description: `${e1.description} ${n}` });
    await Promise.all([describeAs(1), describeAs(2), describeAs(3)]);
    await eventually(async () => {
      expect(await world.rows('crmjira_budget_mappings')).toMatchObject([{ crmjira_provisioning_state: 4 }]);
    });
    await world.standIns.jira.deliveriesSettled();
    await world.settled();
    expect(await world.rows('crmjira_budget_mappings')).toMatchObject([
      {
        crmjira_jira_project_key: 'CRMWYVLZZJ',
        crmjira_jira_project_id: '10150',
        crmjira_jira_budget_id: 'COMPUTED-10150',
        crmjira_integration_reference: 'CRM-202501-A1B2C3D4',
        crmjira_approved_budget: 250_000,
        crmjira_spent_amount: 0,
        crmjira_remaining_budget: 250_000,
        crmjira_mapping_status: 1,
        crmjira_budget_status: 1,
        crmjira_period_from: '2025-01-15',
        crmjira_period_to: '2026-01-15',
        crmjira_last_error: null,
      },
    ]);
    expect(await world.one('opportunities', opportunityId)).toMatchObject({
      crmjira_jira_project_key: 'CRMWYVLZZJ',
      crmjira_integration_reference: 'CRM-202501-A1B2C3D4',
      crmjira_budget_status: 1,
      crmjira_project_budget: 250_000,
    });
    const logs = await world.rows('crmjira_integration_logs');
    expect(logs).toMatchObject([
      {
        crmjira_operation_type: 1,
        crmjira_source_system: 1,
        crmjira_source_record_id: opportunityId,
        crmjira_target_record_id: 'CRMWYVLZZJ',
        crmjira_integration_status: 2,
      },
    ]);
    const { site } = world.standIns.jira;
    expect(site.projects.all().map((project) => [project.id, project.key])).toEqual([['10150', 'CRMWYVLZZJ']]);
    expect(site.issues.all()).toHaveLength(1);
    expect(await world.stage()).toBe('BudgetApproval');
  }, 60_000);

  test('E2 and E3: hours become figures, each threshold is told once, repeats change nothing', async () => {
    world = await startWorld('2025-01-15T14:00:00Z');
    const mapping = await world.provision();
    await world.approve();
    expect(await world.stage()).toBe('ProjectExecution');

    world.setClock('2025-01-20T17:30:00Z');
    const issue = await world.newIssue();
    await world.logHours(issue, 360);
    await world.settledAt(mapping, [45_000, 205_000, 18, 3]);
    const worklog = await world.logHours(issue, 8, '2025-01-20T09:00:00.000+0000');
    await world.settledAt(mapping, [46_000, 204_000, 18.4, 3]);
    expect(await world.one('opportunities', opportunityId)).toMatchObject({
      actualvalue: 46_000,
      crmjira_budget_status: 3,
    });
    const after = await world.census();
    expect(after).toMatchObject({ alerts: 0, tasks: 0, outbox: 0 });
    await world.jira('DELETE', `/issue/${issue}/worklog/${worklog}`);
    await world.settledAt(mapping, [45_000, 205_000, 18, 3]);
    await world.logHours(issue, 8, '2025-01-20T09:00:00.000+0000');
    await world.settledAt(mapping, [46_000, 204_000, 18.4, 3]);

    world.setClock('2025-01-24T17:00:00Z');
    await world.logHours(issue, 1_332, '2025-01-24T09:00:00.000+0000');
    await world.settledAt(mapping, [212_500, 37_500, 85, 3]);
    const outbox = () => world.standIns.dataverse.outbox();
    await eventually(async () => expect(outbox()).toHaveLength(1));
    expect(outbox()[0]).toMatchObject({ subject: 'Budget Warning: Digital Transformation Project - Acme Corp' });
    expect(JSON.stringify(outbox()[0])).toMatch(/opportunity\.owner@.*project\.manager@.*finance\.controller@/);
    await world.settled();
    expect(await world.rows('crmjira_budget_alerts')).toMatchObject([{ crmjira_alert_level: 1, crmjira_severity: 2 }]);
    expect(await world.rows('tasks')).toMatchObject([
      { subject: 'Review Budget Status - Digital Transformation Project', prioritycode: 2 },
    ]);
    expect(await world.stage()).toBe('BudgetReviewRequired');

    await world.logHours(issue, 20, '2025-01-24T10:00:00.000+0000');
    await world.settledAt(mapping, [215_000, 35_000, 86, 3]);
    expect(await world.census()).toMatchObject({ alerts: 1, tasks: 1, emails: 1, outbox: 1 });

    await world.logHours(issue, 360, '2025-01-24T11:00:00.000+0000');
    await world.settledAt(mapping, [260_000, -10_000, 104, 4]);
    await eventually(async () => expect(outbox()).toHaveLength(2));
    await world.settled();
    expect(outbox().map((mail) => mail.subject)).toContain('Budget Alert: Project Over Budget');
    expect(await world.census()).toMatchObject({ alerts: 2, tasks: 2, emails: 2, outbox: 2 });

    // The same deliveries again, doubled and shuffled, with their identifiers and without.
    const before = await world.census();
    const deliveries = world.standIns.jira.site.deliveries.all();
    expect(deliveries.length).toBeGreaterThan(6);
    const { webhookUrl, resend } = sender(world.proxyUrl);
    const answers = await Promise.all(
      shuffle([...deliveries, ...deliveries]).map((delivery, n) => resend(webhookUrl, delivery, n % 2 === 0)),
    );
    expect(new Set(answers)).toEqual(new Set([200, 202]));
    await world.settled();
    expect(await world.census()).toEqual(before);
  }, 120_000);

  test('the same on Data Center, by its own REST version and a personal access token (DESIGN 7)', async () => {
    world = await startWorld('2025-01-15T14:00:00Z', dataCenter);
    const mapping = await world.provision();
    await world.approve();
    await world.logHours(await world.newIssue(), 368);
    await world.settledAt(mapping, [46_000, 204_000, 18.4, 3]);
  }, 60_000);

  test('the specification’s budget contract gives the same figures (R-513)', async () => {
    world = await startWorld('2025-01-15T14:00:00Z', {}, { crmjira_BudgetSource: 's0' });
    const mapping = await world.provision();
    expect(await world.one('crmjira_budget_mappings', mapping)).toMatchObject({
      crmjira_jira_budget_id: 'BUD-12345',
      crmjira_jira_amount: 250_000,
      crmjira_budget_source: 1,
    });
    await world.approve();
    await world.logHours(await world.newIssue(), 368);
    await world.settledAt(mapping, [46_000, 204_000, 18.4, 3]);
  }, 60_000);
});

const describePostgres = postgresMissing === null ? describe : describe.skip;
describePostgres(`on PostgreSQL${postgresMissing === null ? '' : ` (skipped: ${postgresMissing})`}`, () => {
  test('two replicas share one queue, and still there is one project', async () => {
    const postgres = await startPostgres();
    stopLater(postgres.stop);
    const world = await startWorld('2025-01-15T14:00:00Z', { DATABASE_URL: postgres.url });
    const second = await createProxy(
      { ...world.config, port: 0 },
      createLogger('silent', [], keepLines().stream),
      world.clock,
    );
    stopLater(second.stop);
    await second.start();
    const mapping = await world.provision();
    await world.approve();
    await world.logHours(await world.newIssue(), 368);
    await world.settledAt(mapping, [46_000, 204_000, 18.4, 3]);
    expect(await world.census()).toMatchObject({ projects: 1, issues: 2 });
  }, 90_000);
});

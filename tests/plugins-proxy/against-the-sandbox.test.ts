import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { process } from '../../domain/src/schema/generated/process';
import { createProxy, type Proxy } from '../../plugins-proxy/src/create-proxy';
import { secretsOf } from '../../plugins-proxy/src/config/secrets-of';
import { signBody } from '../../plugins-proxy/src/intake/verify-signature';
import { createLogger } from '../../plugins-proxy/src/log/create-logger';
import { eventually } from './eventually';
import { keepLines } from './log-lines';
import { acme, people, type StandIns, startStandIns } from './stand-ins';

const opportunityId = 'a1b2c3d4-e5f6-7890-abcd-ef1234567890';
const row = z.record(z.string(), z.unknown());

/** Both stand-ins, a proxy in this process, and a clock that starts where the example does. */
async function setUp(start: string) {
  let offset = Date.parse(start) - Date.now();
  const clock = (): Date => new Date(Date.now() + offset);
  const standIns: StandIns = await startStandIns(clock);
  const { stream, lines } = keepLines();
  const logger = createLogger('debug', secretsOf(standIns.config), stream);
  const proxy: Proxy = await createProxy({ ...standIns.config, registerSteps: true }, logger, clock);
  const proxyUrl = await proxy.start();
  await eventually(async () => {
    if (!lines.some((line) => line.includes('steps and webhook registered')))
      throw new Error(`not registered: ${lines.slice(-5).join('')}`);
  });
  return {
    standIns,
    proxy,
    proxyUrl,
    lines,
    setClock: (to: string) => (offset = Date.parse(to) - Date.now()),
    rows: (collection: string, filter?: string) =>
      standIns.admin.many(collection, { select: [], ...(filter === undefined ? {} : { filter }) }, row),
    one: async (collection: string, id: string) => {
      const found = await standIns.admin.one(collection, id, [], row);
      if (found === null) throw new Error(`no ${collection}(${id})`);
      return found;
    },
    settled: async () => {
      await eventually(async () => {
        const report = z
          .object({ queue: z.object({ pending: z.number() }) })
          .parse(await (await fetch(`${proxyUrl}/health`)).json());
        if (report.queue.pending > 0)
          throw new Error(`${report.queue.pending} jobs pending\n${lines.slice(-8).join('')}`);
      });
    },
    stop: async () => {
      await proxy.stop();
      await standIns.close();
    },
  };
}

const e1 = {
  name: 'Digital Transformation Project - Acme Corp',
  description: 'Complete digital transformation including cloud migration and process automation',
  budgetamount: 250_000,
  estimatedvalue: 275_000,
  'customerid_account@odata.bind': `/accounts(${acme})`,
  'ownerid@odata.bind': `/systemusers(${people.owner})`,
  'crmjira_project_manager_id@odata.bind': `/systemusers(${people.manager})`,
};

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

describe('the proxy against the stand-ins', () => {
  let world: Awaited<ReturnType<typeof setUp>>;
  afterEach(() => world.stop(), 30_000);

  const write = (collection: string, id: string, columns: Record<string, unknown>): Promise<void> =>
    world.standIns.admin.changeSet([{ op: 'upsert', collection, id, columns }]);
  const createOpportunity = (): Promise<void> => write('opportunities', opportunityId, e1);

  /** E1 up to the end: project, budget, mapping. */
  const provision = async (): Promise<string> => {
    await createOpportunity();
    await eventually(async () => {
      const mappings = await world.rows('crmjira_budget_mappings');
      expect(mappings).toMatchObject([{ crmjira_provisioning_state: 4, crmjira_last_error: null }]);
    });
    await world.settled();
    const [mapping] = await world.rows('crmjira_budget_mappings');
    return String(mapping?.['crmjira_budget_mappingid']);
  };

  /** The project manager asks, the sales manager decides: the budget becomes active. */
  const approve = async (): Promise<void> => {
    const request = randomUUID();
    await world.standIns.as('opportunity.owner@company.com').changeSet([
      {
        op: 'upsert',
        collection: 'crmjira_budget_approvals',
        id: request,
        columns: { crmjira_amount: 250_000, 'crmjira_opportunity_id@odata.bind': `/opportunities(${opportunityId})` },
      },
    ]);
    await world.standIns.as('project.manager@company.com').changeSet([
      {
        op: 'upsert',
        collection: 'crmjira_budget_decisions',
        id: randomUUID(),
        columns: {
          crmjira_decision: 3,
          'crmjira_budget_approval_id@odata.bind': `/crmjira_budget_approvals(${request})`,
        },
      },
    ]);
    await eventually(async () => {
      expect(await world.one('opportunities', opportunityId)).toMatchObject({ crmjira_budget_status: 3 });
    });
    await world.settled();
  };

  const jira = async (method: string, path: string, body?: unknown): Promise<z.output<typeof row>> => {
    const { JIRA_EMAIL, JIRA_API_TOKEN } = world.standIns.environment;
    const response = await fetch(`${world.standIns.jiraUrl}/rest/api/3${path}`, {
      method,
      headers: {
        authorization: `Basic ${Buffer.from(`${JIRA_EMAIL}:${JIRA_API_TOKEN}`).toString('base64')}`,
        'content-type': 'application/json',
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text === '' ? {} : row.parse(JSON.parse(text));
  };
  const newIssue = async (): Promise<string> => {
    const fields = { project: { id: '10150' }, issuetype: { name: 'Story' }, summary: 'Authentication' };
    return String((await jira('POST', '/issue', { fields }))['id']);
  };
  const logHours = async (issue: string, hours: number, started = '2025-01-17T09:00:00.000+0000'): Promise<string> => {
    const comment = { type: 'doc', version: 1, content: [] };
    const worklog = { timeSpentSeconds: hours * 3600, started, comment };
    return String((await jira('POST', `/issue/${issue}/worklog`, worklog))['id']);
  };
  const figures = async (mapping: string): Promise<unknown[]> => {
    const found = await world.one('crmjira_budget_mappings', mapping);
    return ['spent_amount', 'remaining_budget', 'utilization', 'budget_status'].map((name) => found[`crmjira_${name}`]);
  };
  const settledAt = async (mapping: string, wanted: unknown[]): Promise<void> => {
    await eventually(async () => expect(await figures(mapping)).toEqual(wanted));
    await world.standIns.jira.deliveriesSettled();
    await world.settled();
    expect(await figures(mapping)).toEqual(wanted);
  };
  /** Everything that an extra run could have doubled or changed. */
  const census = async (): Promise<Record<string, unknown>> => {
    const [mapping] = await world.rows('crmjira_budget_mappings');
    const count = async (collection: string): Promise<number> => (await world.rows(collection)).length;
    return {
      version: mapping?.['versionnumber'],
      logs: await count('crmjira_integration_logs'),
      alerts: await count('crmjira_budget_alerts'),
      tasks: await count('tasks'),
      emails: await count('emails'),
      events: await count('crmjira_inbound_events'),
      snapshots: await count('crmjira_budget_snapshots'),
      outbox: world.standIns.dataverse.outbox().length,
      projects: world.standIns.jira.site.projects.all().length,
      issues: world.standIns.jira.site.issues.all().length,
    };
  };
  const stage = async (): Promise<string> => {
    const [instance] = await world.rows(process.entitySet);
    const id = instance?.['_activestageid_value'];
    return Object.entries(process.stages).find(([, value]) => value === id)?.[0] ?? String(id);
  };

  test('E1: an opportunity becomes one project, budget and mapping, however often it is triggered at once', async () => {
    world = await setUp('2025-01-15T14:00:00Z');
    await createOpportunity();
    const describeAs = (n: number) => write('opportunities', opportunityId, { description: `${e1.description} ${n}` });
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
    expect(await stage()).toBe('BudgetApproval');
  }, 60_000);

  test('E2 and E3: hours become figures, each threshold is told once, repeats change nothing', async () => {
    world = await setUp('2025-01-15T14:00:00Z');
    const mapping = await provision();
    await approve();
    expect(await stage()).toBe('ProjectExecution');

    world.setClock('2025-01-20T17:30:00Z');
    const issue = await newIssue();
    await logHours(issue, 360);
    await settledAt(mapping, [45_000, 205_000, 18, 3]);
    const worklog = await logHours(issue, 8, '2025-01-20T09:00:00.000+0000');
    await settledAt(mapping, [46_000, 204_000, 18.4, 3]);
    expect(await world.one('opportunities', opportunityId)).toMatchObject({
      actualvalue: 46_000,
      crmjira_budget_status: 3,
    });
    const after = await census();
    expect(after).toMatchObject({ alerts: 0, tasks: 0, outbox: 0 });
    await jira('DELETE', `/issue/${issue}/worklog/${worklog}`);
    await settledAt(mapping, [45_000, 205_000, 18, 3]);
    await logHours(issue, 8, '2025-01-20T09:00:00.000+0000');
    await settledAt(mapping, [46_000, 204_000, 18.4, 3]);

    world.setClock('2025-01-24T17:00:00Z');
    await logHours(issue, 1_332, '2025-01-24T09:00:00.000+0000');
    await settledAt(mapping, [212_500, 37_500, 85, 3]);
    const outbox = () => world.standIns.dataverse.outbox();
    await eventually(async () => expect(outbox()).toHaveLength(1));
    expect(outbox()[0]).toMatchObject({ subject: 'Budget Warning: Digital Transformation Project - Acme Corp' });
    expect(JSON.stringify(outbox()[0])).toMatch(/opportunity\.owner@.*project\.manager@.*finance\.controller@/);
    await world.settled();
    expect(await world.rows('crmjira_budget_alerts')).toMatchObject([{ crmjira_alert_level: 1, crmjira_severity: 2 }]);
    expect(await world.rows('tasks')).toMatchObject([
      { subject: 'Review Budget Status - Digital Transformation Project', prioritycode: 2 },
    ]);
    expect(await stage()).toBe('BudgetReviewRequired');

    await logHours(issue, 20, '2025-01-24T10:00:00.000+0000');
    await settledAt(mapping, [215_000, 35_000, 86, 3]);
    expect(await census()).toMatchObject({ alerts: 1, tasks: 1, emails: 1, outbox: 1 });

    await logHours(issue, 360, '2025-01-24T11:00:00.000+0000');
    await settledAt(mapping, [260_000, -10_000, 104, 4]);
    await eventually(async () => expect(outbox()).toHaveLength(2));
    await world.settled();
    expect(outbox().map((mail) => mail.subject)).toContain('Budget Alert: Project Over Budget');
    expect(await census()).toMatchObject({ alerts: 2, tasks: 2, emails: 2, outbox: 2 });

    // The same deliveries again, doubled and shuffled, with their identifiers and without.
    const before = await census();
    const deliveries = world.standIns.jira.site.deliveries.all();
    expect(deliveries.length).toBeGreaterThan(6);
    const { webhookUrl, resend } = sender(world.proxyUrl);
    const answers = await Promise.all(
      shuffle([...deliveries, ...deliveries]).map((delivery, n) => resend(webhookUrl, delivery, n % 2 === 0)),
    );
    expect(new Set(answers)).toEqual(new Set([200, 202]));
    await world.settled();
    expect(await census()).toEqual(before);
  }, 120_000);
});

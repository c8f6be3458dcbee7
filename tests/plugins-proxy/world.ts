import { healthHeaders } from '../../plugins-proxy/src/cli/doctor/health-headers';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { process } from '../../domain/src/schema/generated/process';
import { createProxy, type Proxy } from '../../plugins-proxy/src/create-proxy';
import { createLogger } from '../../plugins-proxy/src/platform/log/create-logger';
import { realRetryClock } from '../../plugins-proxy/src/platform/http-client/with-retries';
import { openConfig } from '../../plugins-proxy/src/platform/secrets/live-config';
import { eventually } from './eventually';
import { keepLines } from './log-lines';
import { acme, people, type StandIns, startStandIns, variable } from './stand-ins';

export const opportunityId = 'a1b2c3d4-e5f6-7890-abcd-ef1234567890';
const row = z.record(z.string(), z.unknown());
export type Row = z.output<typeof row>;

/** The opportunity of E1. */
export const e1 = {
  name: 'Digital Transformation Project - Acme Corp',
  description: 'Complete digital transformation including cloud migration and process automation',
  budgetamount: 250_000,
  estimatedvalue: 275_000,
  'customerid_account@odata.bind': `/accounts(${acme})`,
  'ownerid@odata.bind': `/systemusers(${people.owner})`,
  'crmjira_project_manager_id@odata.bind': `/systemusers(${people.manager})`,
};

/** Tells of a request for approval or of its decision (F-105, R-307), in either language. */
export const isApprovalMail = (subject: unknown): boolean =>
  /^(Budget approv|Budget approuv|Approbation de budget demandée)/.test(String(subject));

const health = z.object({
  queue: z.object({ pending: z.number() }),
  deliveries: z.object({ accepted: z.number(), ignored: z.number() }),
});

type Variables = Record<string, string>;
export type World = Awaited<ReturnType<typeof startWorld>>;

/** What has been started and not yet stopped, last first. */
const started: (() => Promise<void>)[] = [];

/** Adds something to stop. */
export function stopLater(stop: () => Promise<void>): void {
  started.push(stop);
}

/** Stops all that a test has started, also when it failed half-way: for `afterEach`. One that cannot be stopped leaves no other undone. */
export async function stopWorlds(): Promise<void> {
  const failures: unknown[] = [];
  for (const stop of started.splice(0).reverse()) {
    try {
      await stop();
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} could not be stopped`);
}

/**
 * Both stand-ins, a proxy in this process, and a clock that starts where the example does; with the steps of the examples.
 * @param over environment variables of the proxy that differ, or how they follow from those of the stand-ins
 * @param settings environment variables of the solution that are set before the proxy reads them
 * @param prepare is given the stand-ins before anybody calls them
 * @param speed how many times faster than the machine's the clock of the world runs, and pauses pass
 */
export async function startWorld(
  start: string,
  over: Variables | ((standIns: Variables) => Variables) = {},
  settings: Variables = {},
  prepare: (standIns: Pick<StandIns, 'dataverse' | 'jira'>) => void = () => undefined,
  speed = 1,
) {
  let set = { to: Date.parse(start), at: Date.now() };
  const clock = (): Date => new Date(set.to + (Date.now() - set.at) * speed);
  const standIns: StandIns = await startStandIns(clock, undefined, {
    prepare: (dataverse, jira) => prepare({ dataverse, jira }),
  });
  started.push(() => standIns.close());
  await standIns.dataverse.seed(Object.entries(settings).map(([name, value]) => variable(name, value)));
  const { stream, lines } = keepLines();
  const live = await openConfig({
    ...standIns.environment,
    REGISTER_STEPS: 'true',
    // A second look by the machine's own minute would bring the sync of a day that the test's clock has just entered.
    POLL_INTERVAL_MS: '3600000',
    ...(typeof over === 'function' ? over(standIns.environment) : over),
  });
  const config = live.current();
  const proxy: Proxy = await createProxy(config, createLogger('debug', live.secrets, stream), clock, live, {
    ...realRetryClock,
    sleep: (ms) => realRetryClock.sleep(ms / speed),
  });
  let stopping: Promise<void> | null = null;
  const stopProxy = (): Promise<void> => (stopping ??= proxy.stop());
  started.push(stopProxy);
  const proxyUrl = await proxy.start();
  // The first look ends with the day's sync: later it would find what the test has made.
  const wanted = [
    config.inbound === 'none' ? '"msg":"started"' : 'steps and webhook registered',
    ...((settings['crmjira_Capabilities'] ?? 'budget').includes('budget') ? ['daily sync queued'] : []),
  ];
  await eventually(async () => {
    const missing = wanted.filter((words) => !lines.some((line) => line.includes(words)));
    if (missing.length > 0) throw new Error(`not said: ${missing.join()}\n${lines.slice(-5).join('')}`);
  });

  const rows = (collection: string, filter?: string): Promise<Row[]> =>
    standIns.admin.many(collection, { select: [], ...(filter === undefined ? {} : { filter }) }, row);
  const one = async (collection: string, id: string): Promise<Row> => {
    const found = await standIns.admin.one(collection, id, [], row);
    if (found === null) throw new Error(`no ${collection}(${id})`);
    return found;
  };
  const write = (collection: string, id: string, columns: Record<string, unknown>): Promise<void> =>
    standIns.admin.changeSet([{ op: 'upsert', collection, id, columns }]);
  const writeAs = (upn: string, collection: string, id: string, columns: Record<string, unknown>): Promise<void> =>
    standIns.as(`${upn}@company.com`).changeSet([{ op: 'upsert', collection, id, columns }]);
  /** Jobs to do, and deliveries taken in so far, once neither side has one under way. */
  const look = async (): Promise<{ pending: number; taken: number }> => {
    await standIns.jira.deliveriesSettled();
    await standIns.dataverse.settled();
    const { queue, deliveries } = health.parse(
      await (await fetch(`${proxyUrl}/health`, { headers: healthHeaders(config) })).json(),
    );
    return { pending: queue.pending, taken: deliveries.accepted + deliveries.ignored };
  };
  const settled = (): Promise<void> =>
    eventually(async () => {
      const before = await look();
      // What a run has written last is told to the service after that run has ended: two looks in a row must agree.
      const after = await look();
      if (before.pending + after.pending > 0 || before.taken !== after.taken)
        throw new Error(
          `at work: ${JSON.stringify(before)}, then ${JSON.stringify(after)}\n${lines.slice(-8).join('')}`,
        );
    });

  const jira = async (method: string, path: string, body?: unknown): Promise<Row> => {
    const { JIRA_EMAIL, JIRA_API_TOKEN } = standIns.environment;
    const response = await fetch(`${standIns.jiraUrl}/rest/api/3${path}`, {
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

  /** Jira's fault switches; rules are taken in order. */
  const faults = async (rules: readonly Record<string, unknown>[]): Promise<void> => {
    const response = await fetch(`${standIns.jiraUrl}/sandbox/faults`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ rules }),
    });
    if (!response.ok) throw new Error(await response.text());
  };

  /** E1 up to the end: project, budget, mapping; gives the mapping's id. */
  const provision = async (): Promise<string> => {
    await write('opportunities', opportunityId, e1);
    await eventually(async () => {
      const mappings = await rows('crmjira_budget_mappings');
      expect(mappings).toMatchObject([{ crmjira_provisioning_state: 4, crmjira_last_error: null }]);
    });
    await settled();
    const [mapping] = await rows('crmjira_budget_mappings');
    return String(mapping?.['crmjira_budget_mappingid']);
  };
  const requestApproval = async (amount: number, by = 'opportunity.owner'): Promise<string> => {
    const id = randomUUID();
    await writeAs(by, 'crmjira_budget_approvals', id, {
      crmjira_amount: amount,
      'crmjira_opportunity_id@odata.bind': `/opportunities(${opportunityId})`,
    });
    return id;
  };
  const decide = (request: string, outcome: number): Promise<void> =>
    writeAs('project.manager', 'crmjira_budget_decisions', randomUUID(), {
      crmjira_decision: outcome,
      crmjira_comment: 'Decided.',
      'crmjira_budget_approval_id@odata.bind': `/crmjira_budget_approvals(${request})`,
    });
  /**
   * The owner asks, the project manager approves: the budget becomes active, and the owner is told in a mail. The decision waits until a
   * run has seen the request, so that its approvers are asked in a mail each time, however fast the machine is.
   */
  const approve = async (amount = 250_000): Promise<void> => {
    const request = await requestApproval(amount);
    await settled();
    await decide(request, 3);
    await eventually(async () => {
      expect(await one('opportunities', opportunityId)).toMatchObject({ crmjira_budget_status: 3 });
    });
    await settled();
  };
  const command = async (
    type: number,
    by = 'opportunity.owner',
    argument?: string,
    more: Readonly<Record<string, unknown>> = {},
    regarding = opportunityId,
  ): Promise<string> => {
    const id = randomUUID();
    await writeAs(by, 'crmjira_commands', id, {
      crmjira_command_type: type,
      crmjira_command_state: 1,
      ...(argument === undefined ? {} : { crmjira_argument: argument }),
      'crmjira_opportunity_id@odata.bind': `/opportunities(${regarding})`,
      ...more,
    });
    return id;
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
    const found = await one('crmjira_budget_mappings', mapping);
    return ['spent_amount', 'remaining_budget', 'utilization', 'budget_status'].map((name) => found[`crmjira_${name}`]);
  };

  return {
    standIns,
    config,
    clock,
    stopProxy,
    proxyUrl,
    lines,
    setClock: (to: string) => (set = { to: Date.parse(to), at: Date.now() }),
    /** Makes the service look for other secrets now. */
    lookForSecrets: () => live.reload(),
    rows,
    one,
    write,
    writeAs,
    settled,
    jira,
    faults,
    provision,
    requestApproval,
    decide,
    approve,
    command,
    newIssue,
    logHours,
    figures,
    /** What was sent, but for questions to approvers. */
    mails: () =>
      standIns.dataverse
        .outbox()
        .filter(({ subject }) => !/^(Budget approval requested|Approbation de budget demandée)/.test(subject)),
    /** What has left the system, without the mails about requests and their decisions. */
    alertMails: () => standIns.dataverse.outbox().filter(({ subject }) => !isApprovalMail(subject)),
    /** Before the service has read its settings, which it does once a minute. */
    setVariable: (name: string, value: string): Promise<void> => standIns.dataverse.seed([variable(name, value)]),
    /** Figures are spent, remaining, utilization and status. @param withinMs milliseconds */
    settledAt: async (mapping: string, wanted: unknown[], withinMs?: number): Promise<void> => {
      await eventually(async () => expect(await figures(mapping)).toEqual(wanted), withinMs);
      await settled();
      expect(await figures(mapping)).toEqual(wanted);
    },
    stage: async (): Promise<string> => {
      const [instance] = await rows(process.entitySet);
      const id = instance?.['_activestageid_value'];
      return Object.entries(process.stages).find(([, value]) => value === id)?.[0] ?? String(id);
    },
    /** Everything that a run too many could have doubled or changed. */
    census: async (): Promise<Row> => {
      const [mapping] = await rows('crmjira_budget_mappings');
      const count = async (collection: string): Promise<number> => (await rows(collection)).length;
      return {
        version: mapping?.['versionnumber'],
        logs: await count('crmjira_integration_logs'),
        alerts: await count('crmjira_budget_alerts'),
        tasks: await count('tasks'),
        emails: await count('emails'),
        events: await count('crmjira_inbound_events'),
        snapshots: await count('crmjira_budget_snapshots'),
        outbox: standIns.dataverse.outbox().length,
        projects: standIns.jira.site.projects.all().length,
        issues: standIns.jira.site.issues.all().length,
      };
    },
    stop: stopWorlds,
  };
}

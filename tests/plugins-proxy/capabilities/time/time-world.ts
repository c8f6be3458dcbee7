import { randomUUID } from 'node:crypto';
import pino from 'pino';
import { z } from 'zod';
import type { TimeRecordAction } from '@crmjira/domain';
import { connect } from '../../../../plugins-proxy/src/capabilities/connect';
import { followWorklogs, inboundHandlers } from '../../../../plugins-proxy/src/capabilities/time/inbound';
import { type TimeParts, timeRecordWork, timeTriggers } from '../../../../plugins-proxy/src/capabilities/time/record';
import { timeRecordModule } from '../../../../plugins-proxy/src/capabilities/time/record/time-record-module';
import type { PersonalClient, TimeSides } from '../../../../plugins-proxy/src/capabilities/time/record/time-parts';
import { claimEnvironment } from '../../../../plugins-proxy/src/connections/claim/claim-environment';
import { readConfig } from '../../../../plugins-proxy/src/platform/config/read-config';
import { classifyError } from '../../../../plugins-proxy/src/platform/errors/classify-error';
import { parseJobKey } from '../../../../plugins-proxy/src/queue/job-key';
import type { Claim, EnqueueRequest } from '../../../../plugins-proxy/src/queue/store/store';
import { settle } from '../../../../plugins-proxy/src/reconciler/settle';
import type { SyncModule } from '../../../../plugins-proxy/src/reconciler/sync-module';
import { SERVICE_ACCOUNT } from '../../../../sandbox/src/jira';
import { acmeProject } from '../issues/linked-world';
import { dataCenter, people, type StandIns, startStandIns } from '../../stand-ins';

const connectionId = '5a8d2c1e-0000-4000-8000-000000000c01';
const anyRow = z.record(z.string(), z.unknown());
type Row = z.output<typeof anyRow>;
export type TimeWorld = Awaited<ReturnType<typeof startTimeWorld>>;

/** The body of a request that logs time: changed as a site does that rounds. */
const timeOf = z.custom<{ timeSpentSeconds: number }>(
  (body) => typeof body === 'object' && body !== null && 'timeSpentSeconds' in body,
);

const started: StandIns[] = [];
const closing: (() => Promise<void>)[] = [];
export async function stopTimeWorlds(): Promise<void> {
  for (const close of closing.splice(0)) await close();
  for (const standIns of started.splice(0)) await standIns.close();
}

/** Where a run is cut off. */
class Cut extends Error {}

/** Both stand-ins, and the module of time records as the service runs it; time stands until a test lets it pass. */
export async function startTimeWorld(
  deployment: 'cloud' | 'dc' = 'cloud',
  variables: Readonly<Record<string, string | undefined>> = {},
) {
  let at = Date.parse('2025-05-16T17:00:00Z');
  const now = (): Date => new Date(at);
  /** How the next request to Jira like this ends: carried out, and its answer lost. */
  let losing: RegExp | null = null;
  /** Jira keeps whole so many seconds only. */
  let roundsTo = 1;
  const sent: string[] = [];
  const standIns = await startStandIns(now, () => undefined, {
    prepare: (_dataverse, jira) => {
      jira.app.addHook('preHandler', async ({ body }) => {
        const { data } = timeOf.safeParse(body);
        if (data !== undefined) data.timeSpentSeconds = Math.floor(data.timeSpentSeconds / roundsTo) * roundsTo;
      });
      jira.app.addHook('onSend', ({ method, url, raw }, _reply, payload, done) => {
        if (/^\/(rest|4)\//.test(url)) sent.push(`${method} ${url}`);
        if (losing?.test(`${method} ${url}`) === true) {
          losing = null;
          raw.socket.destroy();
        }
        done(null, payload);
      });
    },
  });
  started.push(standIns);
  const config = readConfig({ ...standIns.environment, ...(deployment === 'dc' ? dataCenter : {}), ...variables });
  const connections = connect(config, now);
  closing.push(() => connections.close());
  const { site } = connections.jira.first;
  await claimEnvironment({ dataverse: standIns.admin, site, connectionId });
  const { admin, jira } = standIns;
  jira.site.projects.put(acmeProject);
  const personId = randomUUID();
  await admin.changeSet([
    {
      op: 'create',
      collection: 'crmjira_jira_connections',
      id: personId,
      columns: {
        crmjira_name: 'Jira',
        crmjira_jira_url: standIns.jiraUrl,
        'crmjira_user@odata.bind': `/systemusers(${people.owner})`,
        'ownerid@odata.bind': `/systemusers(${people.owner})`,
        'crmjira_integration_id@odata.bind': `/crmjira_integrations(${connectionId})`,
        crmjira_account_id: deployment === 'dc' ? SERVICE_ACCOUNT.name : SERVICE_ACCOUNT.accountId,
        crmjira_is_active: true,
        crmjira_inbound: true,
      },
    },
  ]);
  let person: PersonalClient = {
    client: site,
    connectionId: personId,
    accountId: deployment === 'dc' ? null : SERVICE_ACCOUNT.accountId,
    integrationId: connectionId,
  };
  const queued: string[] = [];
  const cursors = new Map<string, string>();
  const cursorStore = {
    readCursor: async (name: string) => cursors.get(name) ?? null,
    writeCursor: async (name: string, value: string) => void cursors.set(name, value),
  };
  /** Jobs that runs have named for later. */
  const named: string[] = [];
  const leases = new Map<string, { readonly holder: string; readonly until: number }>();
  const parts: TimeParts = {
    ...connections,
    now,
    personal: { ...connections.personal, of: async () => person },
    store: {
      lease: async (name, holder, ms) => {
        const of = leases.get(name);
        if (of !== undefined && of.holder !== holder && of.until > at) return false;
        leases.set(name, { holder, until: at + ms });
        return true;
      },
      ...cursorStore,
      dropCursors: async (name) => void cursors.delete(name),
    },
  };
  const module = timeRecordModule(parts);
  const work = timeRecordWork(parts);
  const { commands } = work;
  const handlers = [...work.handlers, ...inboundHandlers(parts)];
  const store = {
    ...cursorStore,
    enqueue: async (requests: readonly EnqueueRequest[]) => void queued.push(...requests.map(({ key }) => key)),
  };
  const follow = followWorklogs(
    { ...connections, store, now, logger: pino({ level: 'silent' }), wake: () => undefined },
    connections.jira.first,
  );

  const rows = (collection: string, filter?: string): Promise<Row[]> =>
    admin.many(collection, { select: [], ...(filter === undefined ? {} : { filter }) }, anyRow);
  const record = async (id: string): Promise<Row> => (await admin.one('crmjira_time_records', id, [], anyRow)) ?? {};
  const edit = (id: string, columns: Row): Promise<void> =>
    admin.changeSet([{ op: 'update', collection: 'crmjira_time_records', id, columns }]);
  const api = async (method: string, path: string, body?: unknown): Promise<Row> => {
    const { JIRA_EMAIL, JIRA_API_TOKEN } = standIns.environment;
    const response = await fetch(`${standIns.jiraUrl}/rest/api/2${path}`, {
      method,
      headers: {
        authorization: `Basic ${Buffer.from(`${JIRA_EMAIL}:${JIRA_API_TOKEN}`).toString('base64')}`,
        'content-type': 'application/json',
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text === '' ? {} : anyRow.parse(JSON.parse(text));
  };
  /**
   * One run; a failure is told in its rows, as the job runner does.
   * @param cutAfter so many actions
   * @param meanwhile what people do when that many actions are done
   */
  const run = async (
    id: string,
    cutAfter = Infinity,
    meanwhile: readonly ((() => Promise<unknown>) | null)[] = [],
  ): Promise<readonly string[]> => {
    const done: string[] = [];
    const cut: SyncModule<TimeSides, TimeRecordAction> = {
      ...module,
      open: (of) => {
        const session = module.open(of);
        return {
          ...session,
          apply: async (action, sides, log) => {
            if (done.length >= cutAfter) throw new Cut(`after ${done.join()}`);
            await session.apply(action, sides, log);
            await meanwhile[done.length]?.();
          },
        };
      },
    };
    let facts: TimeSides | null = null;
    try {
      await settle(
        cut,
        {
          id,
          correlationId: randomUUID(),
          logger: pino({ level: 'silent' }),
          onApplied: (action) => void done.push(action.kind),
          onFacts: (known) => (facts = known),
        },
        now,
      );
      // Assigned inside the run, which the compiler does not follow.
      const last = facts as TimeSides | null;
      named.push(...((last && module.again?.(last, now().toISOString())?.keys) ?? []));
    } catch (thrown) {
      if (thrown instanceof Cut) return done;
      const error = classifyError(thrown);
      const rowsOfFailure = module.report(
        {
          ...{ id, error, correlationId: 'c', trigger: 'event', durationMs: 1, attempts: 1, waitingSince: at, facts },
          ...{ retryAt: error.errorClass === 'transient' ? at + 120_000 : null, event: null },
        },
        now().toISOString(),
      );
      await standIns.admin.changeSet([...rowsOfFailure.others]);
      return [...done, error.code];
    }
    return done;
  };
  /** Runs jobs and all that they stand for. @returns what became of those that stand for none */
  const pump = async (keys: readonly string[]): Promise<readonly string[]> => {
    const told: string[] = [];
    for (const key of keys) {
      const { kind, id } = parseJobKey(key)!;
      const handler = handlers.find((one) => one.kind === kind);
      if (handler === undefined) told.push(...(await run(id)));
      else {
        const log = () => ({ correlationId: 'c', durationMs: 1 });
        const claim = { key } as Claim;
        const found = await handler.start({ id, claim, logger: pino({ level: 'silent' }), log }).run();
        told.push(...(found.note === undefined ? [] : [found.note]));
        if (found.later !== undefined) told.push(`later: ${parseJobKey(found.later.key)!.kind}`);
        told.push(...(await pump(found.keys)));
      }
    }
    return told;
  };
  return {
    ...{ pump, cursors, follow },
    /** What a webhook starts. */
    tell: (event: string, worklogId: string): Promise<readonly string[]> =>
      pump(timeTriggers.keysOfJiraEvent(event, { worklog: { id: worklogId } }, connectionId) ?? []),
    /** What the schedule finds, and what becomes of it. */
    look: async (): Promise<readonly string[]> => {
      await follow();
      return pump(queued.splice(0));
    },
    /** Runs what the schedule has found. */
    runQueued: (): Promise<readonly string[]> => pump(queued.splice(0)),
    /** Switches on or off that the person's worklogs arrive. */
    takeOver: (isOn: boolean): Promise<void> =>
      admin.changeSet([
        {
          op: 'update',
          collection: 'crmjira_jira_connections',
          id: personId,
          columns: { crmjira_inbound: isOn },
        },
      ]),
    /** Shows a worklog to a group alone. */
    limit: (worklogId: string): void => {
      const visibility = { type: 'group', value: 'finance', identifier: 'finance' } as const;
      jira.site.worklogs.put({ ...jira.site.worklogs.get(worklogId)!, visibility });
    },
    ...{ standIns, jira, connections, rows, record, edit, api, run, commands, sent, named, module },
    now,
    as: (one: PersonalClient | null) =>
      (person = one ?? { client: site, connectionId: personId, accountId: null, integrationId: connectionId }),
    loseAnswer: (of: RegExp) => void (losing = of),
    round: (seconds: number) => void (roundsTo = seconds),
    pass: (ms: number) => void (at += ms),
    faults: async (rules: readonly Row[]): Promise<void> => {
      const response = await fetch(`${standIns.jiraUrl}/sandbox/faults`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ rules }),
      });
      if (!response.ok) throw new Error(await response.text());
    },
    addIssue: async (): Promise<{ readonly id: string; readonly key: string }> => {
      const fields = { project: { id: '10500' }, issuetype: { name: 'Bug' }, summary: 'Printer on fire' };
      const { id, key } = await api('POST', '/issue', { fields });
      return { id: String(id), key: String(key) };
    },
    addRecord: async (key: string | null, more: Row = {}): Promise<string> => {
      const id = randomUUID();
      await admin.changeSet([
        {
          op: 'create',
          collection: 'crmjira_time_records',
          id,
          columns: {
            crmjira_subject: 'Printer',
            crmjira_time_in: '2025-05-16T13:00:00Z',
            crmjira_time_out: '2025-05-16T14:00:01Z',
            crmjira_notes: 'Calls\nand mail',
            crmjira_jira_issue_key: key,
            crmjira_sync_requested: true,
            'ownerid@odata.bind': `/systemusers(${people.owner})`,
            ...more,
          },
        },
      ]);
      return id;
    },
    /** Moves an issue to the status with this name, as a person does. */
    move: async (issueId: string, to: string): Promise<void> => {
      const { transitions } = z
        .object({ transitions: z.array(z.object({ id: z.string(), name: z.string() })) })
        .parse(await api('GET', `/issue/${issueId}/transitions`));
      await api('POST', `/issue/${issueId}/transitions`, {
        transition: { id: transitions.find(({ name }) => name === to)?.id },
      });
    },
    worklogs: () => jira.site.worklogs.all(),
  };
}

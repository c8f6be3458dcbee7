import { type CapabilityName, CommandState, CommandType } from '@crmjira/domain';
import pino from 'pino';
import { z } from 'zod';
import type { DataverseClient } from '../../../plugins-proxy/src/clients/dataverse/dataverse-client';
import type { Settings } from '../../../plugins-proxy/src/connections/environment/to-settings';
import { IntegrationError } from '../../../plugins-proxy/src/platform/errors/integration-error';
import { PlanOutdated } from '../../../plugins-proxy/src/platform/errors/plan-outdated';
import { createLogger } from '../../../plugins-proxy/src/platform/log/create-logger';
import { openSqliteStore } from '../../../plugins-proxy/src/queue/store/sqlite/open-sqlite-store';
import type { Claim, Store } from '../../../plugins-proxy/src/queue/store/store';
import type { Capability } from '../../../plugins-proxy/src/reconciler/capability';
import { commandTriggers } from '../../../plugins-proxy/src/reconciler/command-triggers';
import type { CommandHandler } from '../../../plugins-proxy/src/reconciler/commands';
import { openCapabilities, type OpeningParts } from '../../../plugins-proxy/src/reconciler/open-capabilities';
import { type Resolved, resolver } from '../../../plugins-proxy/src/reconciler/job-handler';
import type { SettleContext } from '../../../plugins-proxy/src/reconciler/module-handler';
import { byKind, runJob } from '../../../plugins-proxy/src/reconciler/run-job';
import type { SyncModule } from '../../../plugins-proxy/src/reconciler/sync-module';
import { mergeTriggers, type Triggers } from '../../../plugins-proxy/src/reconciler/triggers';
import { fakeDataverse } from '../fake-dataverse';
import { keepLines } from '../log-lines';

/** A record that counts up to what is wanted: as small as a kind of record can be. */
interface Counter {
  readonly is: number;
  readonly wanted: number;
}

const logger = pino({ level: 'silent' });
const now = (): Date => new Date('2025-01-20T17:30:00Z');
const rowId = '11111111-0000-4000-8000-000000000001';
const logId = '22222222-0000-4000-8000-000000000002';

function counterModule(record: { is: number; wanted: number }, fault: () => Error | null): SyncModule<Counter, 'add'> {
  const row = (op: 'create' | 'update', collection: string, columns: Record<string, unknown>) => ({
    op,
    collection,
    id: op === 'create' ? logId : rowId,
    columns,
  });
  return {
    kind: 'counter',
    table: 'account',
    open: () => ({
      read: async (tell) => {
        tell({ ...record });
        return { ...record };
      },
      plan: async ({ is, wanted }) => (is < wanted ? ['add'] : []),
      apply: async () => {
        const error = fault();
        if (error !== null) throw error;
        record.is += 1;
      },
    }),
    stepOf: (kind) => ({ kind, about: null }),
    report: ({ error, facts }) => ({
      log: row('create', 'crmjira_integration_logs', { crmjira_error_message: error.message }),
      isLogged: false,
      others: facts === null ? [] : [row('update', 'accounts', { description: `stands at ${facts.is}` })],
    }),
    recover: () => null,
    explain: ({ is, wanted }) => ({
      isKnown: true,
      fields: [{ field: 'count', dynamics: String(wanted), jira: String(is), differs: is !== wanted }],
      lastFailure: null,
      partOf: [],
    }),
    versionOf: ({ is }) => is,
  };
}

/** All that a second capability registers. */
const counting = (
  module: SyncModule<Counter, 'add'>,
  commands: readonly CommandHandler[] = [],
): Capability<OpeningParts> => ({
  name: 'issues',
  triggers: {
    steps: [],
    keysOfStep: { account: (id) => [`counter:${id}`] },
    tracked: () => [],
    keysOfJiraEvent: () => null,
  },
  open: () => ({
    modules: [module],
    // A key that names another record, which stands for two of this kind.
    handlers: [resolver('pair', async ({ id }) => ({ keys: [`counter:${id}1`, `counter:${id}2`], urgent: true }))],
    commands,
  }),
});

describe('a second kind of record', () => {
  let store: Store;
  const dataverse = fakeDataverse();
  beforeEach(() => {
    store = openSqliteStore(':memory:');
    dataverse.committed.length = 0;
    dataverse.rows.set(rowId, { columns: {}, version: 1 });
  });
  afterEach(() => store.close());

  function world(
    fault: () => Error | null = () => null,
    over: Partial<OpeningParts> = {},
    commands: readonly CommandHandler[] = [],
  ) {
    const record = { is: 0, wanted: 3 };
    const told: unknown[] = [];
    const on = new Set<CapabilityName>(['issues']);
    const opened = openCapabilities([counting(counterModule(record, fault), commands)], {
      dataverse,
      environmentSettings: {
        settings: async () => ({ capabilities: on }) as unknown as Settings,
        whoAmI: async () => ({ organizationId: 'o', userId: 'S' }),
        languageOf: async () => 1033,
      },
      store,
      logger,
      now,
      ...over,
    });
    const handlers = opened.handlers({
      dataverse,
      environmentSettings: {} as SettleContext['environmentSettings'],
      now,
      onReconciled: (_at, { rounds }) => told.push({ rounds }),
      onSettled: (id, version) => told.push({ id, version }),
      onFailed: ({ retried }) => told.push({ retried }),
    });
    const work = async (key: string) => {
      await store.enqueue([{ key, at: 1, correlationId: 'c', trigger: 'daily-sync' }]);
      const claim = await store.claim(now().getTime(), 60_000);
      if (claim === null) throw new Error('nothing is due');
      const outcome = await runJob({ store, handlers, logger: over.logger ?? logger, now, random: () => 0 }, claim);
      await (outcome.done ? store.complete(claim, 2) : store.fail(claim, outcome.failure, 2));
      return outcome;
    };
    /** Answers a command row, and gives the jobs that it stands for. */
    const given = async (): Promise<Resolved> => {
      const claim = { key: `command:${rowId}`, waitingSince: 0 } as Claim;
      const job = { id: rowId, claim, logger, log: () => ({ correlationId: 'c', durationMs: 0 }) };
      const resolved = await handlers.get('command')!.start(job).run();
      // Jobs are enqueued before what they follow is answered.
      if (resolved.keys.length > 0) expect(dataverse.committed).toEqual([]);
      await resolved.afterwards?.();
      return resolved;
    };
    const [explainer] = opened.explainers;
    return { record, told, on, explain: explainer!.explain, work, given };
  }

  const row = {
    _crmjira_opportunity_id_value: null,
    crmjira_regarding_table: 'account',
    crmjira_regarding_id: 'ABC',
    crmjira_command_type: CommandType.SyncNow,
    crmjira_command_state: CommandState.Requested,
    crmjira_argument: null,
    crmjira_payload: null,
    createdon: '2025-01-15T15:00:00Z',
    _createdby_value: '33333333-0000-4000-8000-000000000003',
  };
  type Row = Partial<Record<keyof typeof row, unknown>>;
  const rightsOf = async (_userId: string): Promise<ReadonlySet<string>> => new Set(['ReadAccess']);
  /** Dataverse with one command row. */
  const withCommand = (over: Row, rights = rightsOf): Partial<OpeningParts> => {
    const one = async <T>(_collection: string, _id: string, _select: readonly string[], schema: z.ZodType<T>) =>
      schema.parse({ ...row, ...over });
    return {
      dataverse: { ...dataverse, rights, batched: { ...dataverse, one } } as unknown as DataverseClient,
    };
  };
  const answers = () =>
    dataverse.committed.splice(0).flatMap((writes) => writes.map(({ columns }) => columns)) as Record<
      string,
      unknown
    >[];

  test('is settled, reported and explained by the loop that the budget has', async () => {
    const { record, told, explain, work } = world();
    const context = {
      correlationId: 'c',
      logger,
      now,
      jobs: (keys: readonly string[]) => store.jobs(keys),
      language: 1033 as const,
      withinMs: 60_000,
    };
    const before = await explain('7', context);
    expect(before).toMatchObject({ steps: [{ kind: 'add' }], fields: [{ differs: true }], job: null, trouble: null });
    expect(record.is).toBe(0);
    expect(await work('counter:7')).toEqual({ done: true });
    expect(record.is).toBe(3);
    expect(told).toEqual([{ rounds: 4 }, { id: '7', version: 3 }]);
    expect(await explain('7', context)).toMatchObject({ steps: [], job: { state: 'done' } });
  });

  test('is explained by a command row to whoever may read the record, and refused to others (ADR-16)', async () => {
    const stranger = '44444444-0000-4000-8000-000000000004';
    const rights = async (userId: string) => new Set(userId === stranger ? [] : ['ReadAccess']);
    const ask = async (over: Row = {}) => {
      await world(undefined, {
        ...withCommand({ crmjira_command_type: CommandType.Explain, crmjira_regarding_id: rowId, ...over }, rights),
        environmentSettings: {
          settings: async () => ({ capabilities: new Set(['issues']) }) as unknown as Settings,
          whoAmI: async () => ({ organizationId: 'o', userId: 'S' }),
          languageOf: async () => 3084,
        },
      }).given();
      return answers()[0];
    };
    expect(await ask()).toMatchObject({
      crmjira_command_state: CommandState.Done,
      crmjira_result: expect.stringMatching(/^Une synchronisation de cet enregistrement est prévue\. /),
      crmjira_answer: expect.stringContaining('"steps":[{"kind":"add","about":null}]'),
    });
    const refused = { crmjira_command_state: CommandState.Refused };
    expect(await ask({ _createdby_value: stranger })).toMatchObject(refused);
    // Neither a table that nothing keeps in agreement nor one that nobody knows, nor none, is a way round the question.
    expect(await ask({ crmjira_regarding_table: 'opportunity' })).toMatchObject({
      crmjira_command_state: CommandState.Failed,
    });
    expect(await ask({ _createdby_value: stranger, crmjira_regarding_table: 'nobody' })).toMatchObject(refused);
    expect(await ask({ crmjira_regarding_table: null })).toMatchObject(refused);
  });

  test('is what a command stands for, whatever its table; what nothing carries out is refused in words', async () => {
    expect(await world(undefined, withCommand({})).given()).toEqual({ keys: ['counter:abc'], urgent: true });
    for (const over of [
      { crmjira_command_type: CommandType.CreateIssue },
      { crmjira_regarding_table: 'lead' },
      { crmjira_regarding_table: null },
    ]) {
      expect(await world(undefined, withCommand(over)).given()).toMatchObject({ keys: [] });
      expect(answers()).toMatchObject([
        {
          crmjira_command_state: CommandState.Refused,
          crmjira_result: 'This is not available yet. Nothing was changed.',
        },
      ]);
    }
    expect(await world(undefined, withCommand({ crmjira_command_state: CommandState.Done })).given()).toMatchObject({
      keys: [],
      note: 'the command has its answer',
    });
  });

  test('R-1707 comes with a payload that is read once; one that is no JSON, or too long, is refused in words', async () => {
    const seen: unknown[] = [];
    const linking: CommandHandler = {
      type: CommandType.SyncNow,
      takes: ({ payload }) => payload !== null,
      answer: async ({ payload, createdOn }) => {
        seen.push(payload, createdOn);
        return { state: CommandState.Done, result: 'Begun.', answer: { link: 7 }, keys: ['counter:7'] };
      },
    };
    const give = (payload: string | null) =>
      world(undefined, withCommand({ crmjira_payload: payload }), [linking]).given();
    expect(await give('{"link":"7"}')).toMatchObject({ keys: ['counter:7'], urgent: true });
    expect(seen).toEqual([{ link: '7' }, '2025-01-15T15:00:00Z']);
    expect(answers()).toMatchObject([{ crmjira_result: 'Begun.', crmjira_answer: '{"link":7}' }]);
    // Without one it stands for its record, as ever.
    expect(await give(null)).toMatchObject({ keys: ['counter:abc'] });
    for (const unread of ['{"link":', JSON.stringify('x'.repeat(100_000))]) {
      expect(await give(unread)).toMatchObject({ keys: [] });
      expect(answers()).toMatchObject([
        {
          crmjira_command_state: CommandState.Refused,
          crmjira_result:
            'The request could not be read: its data is not JSON, or it is too long. Nothing was changed.',
        },
      ]);
    }
    expect(seen).toHaveLength(2);
  });

  test('ADR-19 runs nothing while it is switched off: its jobs end, its commands are refused in words', async () => {
    const { stream, lines } = keepLines();
    const off = world(undefined, { ...withCommand({}), logger: createLogger('info', [], stream) });
    off.on.delete('issues');
    for (const key of ['counter:7', 'pair:x']) expect(await off.work(key)).toEqual({ done: true });
    expect(off.record.is).toBe(0);
    expect(await store.jobs(['counter:x1'])).toEqual([]);
    expect(lines.map((line) => z.object({ note: z.string() }).parse(JSON.parse(line)).note)).toEqual(
      Array(2).fill('the capability "issues" is switched off'),
    );
    for (const type of [CommandType.SyncNow, CommandType.Explain]) {
      const asked = world(undefined, withCommand({ crmjira_command_type: type }));
      asked.on.delete('issues');
      expect(await asked.given()).toMatchObject({ keys: [] });
      expect(answers()).toMatchObject([
        {
          crmjira_command_state: CommandState.Refused,
          crmjira_result:
            'This is switched off in this environment. Ask an administrator of the integration. Nothing was changed.',
        },
      ]);
    }
    // Switched on again, it goes on without a restart.
    off.on.add('issues');
    expect(await off.work('counter:7')).toEqual({ done: true });
    expect(off.record.is).toBe(3);
  });

  test('plans anew what is outdated, and shows a failure in its own rows with its retry', async () => {
    const faults: (Error | null)[] = [new PlanOutdated('changed'), null];
    const failing = new IntegrationError('Away.', { code: 'jira-unavailable', errorClass: 'transient' });
    const { record, told, work } = world(() => (faults.length > 0 ? (faults.shift() ?? null) : failing));
    expect(await work('counter:7')).toMatchObject({ done: false, failure: { code: 'jira-unavailable' } });
    expect(record.is).toBe(1);
    expect(told).toEqual([{ retried: true }]);
    expect(dataverse.committed.flat().map(({ collection, columns }) => [collection, columns])).toEqual([
      [
        'crmjira_integration_logs',
        { crmjira_error_message: 'Away.', crmjira_regarding_table: 'account', crmjira_regarding_id: '7' },
      ],
      ['accounts', { description: 'stands at 1' }],
    ]);
  });

  test('is enqueued by a look-up of another kind, which hands on what began it; an unknown kind is a dead letter', async () => {
    const { work } = world();
    await work('pair:x');
    const claims = [await store.claim(now().getTime(), 60_000), await store.claim(now().getTime(), 60_000)];
    expect(claims.map((claim) => [claim?.key, claim?.trigger])).toEqual([
      ['counter:x1', 'daily-sync'],
      ['counter:x2', 'daily-sync'],
    ]);
    expect(await work('nobody:1')).toMatchObject({ done: false, failure: { code: 'unknown-key', retryAt: null } });
    expect(() =>
      byKind([
        resolver('pair', async () => Promise.reject(new Error())),
        resolver('pair', async () => Promise.reject(new Error())),
      ]),
    ).toThrow('Two handlers claim the job kind "pair".');
  });

  test('ADR-16 has its commands followed by the reconciler, as long as they wait', () => {
    const [table] = commandTriggers.tracked('none');
    const asked = { crmjira_commandid: rowId, crmjira_command_state: CommandState.Requested };
    expect(table?.keysOf(asked)).toEqual([`command:${rowId}`]);
    expect(table?.keysAtStart(asked)).toEqual([`command:${rowId}`]);
    expect(table?.keysOf({ ...asked, crmjira_command_state: CommandState.Done })).toEqual([]);
  });

  test('adds its triggers to those of others: one step, one cursor, and every job that an event names', () => {
    const of = (kind: string, columns: string[]): Triggers => ({
      steps: [{ table: 'account', message: 'Update', endpoint: 'async', columns }],
      keysOfStep: { account: (id) => [`${kind}:${id}`] },
      tracked: () => [
        {
          name: 'account',
          collection: 'accounts',
          select: columns,
          keysOf: () => [`${kind}:row`],
          keysAtStart: () => [],
          keysOfDeleted: (id) => [`${kind}:${id}`],
          isSettled: () => kind === 'a',
        },
      ],
      keysOfJiraEvent: (event) => (event === kind || event === 'both' ? [`${kind}:jira`] : null),
    });
    const merged = mergeTriggers([of('a', ['name', 'x']), of('b', ['name', 'y'])]);
    expect(merged.steps).toEqual([
      { table: 'account', message: 'Update', endpoint: 'async', columns: ['name', 'x', 'y'] },
    ]);
    const [table, ...others] = merged.tracked('direct');
    expect(others).toEqual([]);
    expect(table?.select).toEqual(['name', 'x', 'y']);
    expect(table?.keysOf({})).toEqual(['a:row', 'b:row']);
    expect(table?.keysOfDeleted('1')).toEqual(['a:1', 'b:1']);
    // One of them has not seen it: the row is looked at.
    expect(table?.isSettled?.({}, { covers: () => true })).toBe(false);
    // The shape of an event is each capability's own business.
    const payload = {} as Parameters<Triggers['keysOfJiraEvent']>[1];
    expect(['a', 'both', 'none'].map((event) => merged.keysOfJiraEvent(event, payload, 'c'))).toEqual([
      ['a:jira'],
      ['a:jira', 'b:jira'],
      null,
    ]);
    expect(merged.keysOfStep['account']?.('1')).toEqual(['a:1', 'b:1']);
  });
});

import { CommandState, CommandType } from '@crmjira/domain';
import pino from 'pino';
import type { z } from 'zod';
import type { DataverseClient } from '../../../plugins-proxy/src/clients/dataverse/dataverse-client';
import type { EnvironmentSettings } from '../../../plugins-proxy/src/connections/environment/environment-settings';
import { IntegrationError } from '../../../plugins-proxy/src/platform/errors/integration-error';
import { PlanOutdated } from '../../../plugins-proxy/src/platform/errors/plan-outdated';
import { openSqliteStore } from '../../../plugins-proxy/src/queue/store/sqlite/open-sqlite-store';
import type { Claim, Store } from '../../../plugins-proxy/src/queue/store/store';
import { commandResolver } from '../../../plugins-proxy/src/reconciler/commands';
import { explainerOf } from '../../../plugins-proxy/src/reconciler/explain';
import { explainCommand } from '../../../plugins-proxy/src/reconciler/explain-command';
import { resolver } from '../../../plugins-proxy/src/reconciler/job-handler';
import { handlerOf } from '../../../plugins-proxy/src/reconciler/module-handler';
import { byKind, runJob } from '../../../plugins-proxy/src/reconciler/run-job';
import type { SyncModule } from '../../../plugins-proxy/src/reconciler/sync-module';
import { mergeTriggers, type Triggers } from '../../../plugins-proxy/src/reconciler/triggers';
import { fakeDataverse } from '../fake-dataverse';

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
    describe: (action) => action,
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
    }),
    versionOf: ({ is }) => is,
  };
}

describe('a second kind of record', () => {
  let store: Store;
  const dataverse = fakeDataverse();
  beforeEach(() => {
    store = openSqliteStore(':memory:');
    dataverse.committed.length = 0;
    dataverse.rows.set(rowId, { columns: {}, version: 1 });
  });
  afterEach(() => store.close());

  function world(fault: () => Error | null = () => null) {
    const record = { is: 0, wanted: 3 };
    const told: unknown[] = [];
    const counter = counterModule(record, fault);
    const handlers = byKind([
      handlerOf(counter, {
        dataverse,
        environmentSettings: {} as EnvironmentSettings,
        now,
        onReconciled: (_at, { rounds }) => told.push({ rounds }),
        onSettled: (id, version) => told.push({ id, version }),
        onFailed: ({ retried }) => told.push({ retried }),
      }),
      // A trigger that names another record, which stands for two of this kind.
      resolver('pair', async ({ id }) => ({ keys: [`counter:${id}1`, `counter:${id}2`], urgent: true })),
    ]);
    const work = async (key: string) => {
      await store.enqueue([{ key, at: 1, correlationId: 'c', trigger: 'daily-sync' }]);
      const claim = await store.claim(now().getTime(), 60_000);
      if (claim === null) throw new Error('nothing is due');
      const outcome = await runJob({ store, handlers, logger, now, random: () => 0 }, claim);
      await (outcome.done ? store.complete(claim, 2) : store.fail(claim, outcome.failure, 2));
      return outcome;
    };
    return { record, told, counter, work };
  }

  test('is settled, reported and explained by the loop that the budget has', async () => {
    const { record, told, counter, work } = world();
    const context = { correlationId: 'c', logger, now, jobs: (keys: readonly string[]) => store.jobs(keys) };
    const before = await explainerOf(counter).explain('7', context);
    expect(before).toMatchObject({ steps: ['add'], fields: [{ differs: true }], job: null, trouble: null });
    expect(record.is).toBe(0);
    expect(await work('counter:7')).toEqual({ done: true });
    expect(record.is).toBe(3);
    expect(told).toEqual([{ rounds: 4 }, { id: '7', version: 3 }]);
    expect(await explainerOf(counter).explain('7', context)).toMatchObject({ steps: [], job: { state: 'done' } });
  });

  test('is explained by a command row to whoever may read the record, and refused to others (ADR-16)', async () => {
    const { counter } = world();
    const reader = '33333333-0000-4000-8000-000000000003';
    const stranger = '44444444-0000-4000-8000-000000000004';
    const { answer } = explainCommand({
      dataverse: {
        ...dataverse,
        rights: async (userId: string) => new Set(userId === reader ? ['ReadAccess'] : []),
      },
      environmentSettings: { whoAmI: async () => ({ organizationId: 'o', userId: 'S' }), languageOf: async () => 3084 },
      explainers: [explainerOf(counter)],
      logger,
      now,
      jobs: (keys) => store.jobs(keys),
    });
    const ask = (requestedById: string, table = 'account') =>
      answer({ id: rowId, regarding: { table, id: '7' }, argument: null, requestedById, correlationId: 'c' });
    expect(await ask(reader)).toMatchObject({
      state: CommandState.Done,
      result: '1 champ diffère entre Dynamics et Jira. La prochaine exécution compte 1 étape.',
      answer: { steps: ['add'], job: null },
    });
    expect(await ask(stranger)).toMatchObject({ state: CommandState.Refused });
    // Neither a table that nothing keeps in agreement nor one that nobody knows is a way round the question.
    expect(await ask(reader, 'opportunity')).toMatchObject({ state: CommandState.Failed });
    expect(await ask(stranger, 'nobody')).toMatchObject({ state: CommandState.Refused });
  });

  test('is what a command stands for, whatever its table; what nothing carries out is refused in words', async () => {
    const row = {
      _crmjira_opportunity_id_value: null,
      crmjira_regarding_table: 'account',
      crmjira_regarding_id: 'ABC',
      crmjira_command_type: CommandType.SyncNow,
      crmjira_command_state: CommandState.Requested,
      crmjira_argument: null,
      _createdby_value: '33333333-0000-4000-8000-000000000003',
    };
    const given = (over: Partial<Record<keyof typeof row, unknown>> = {}) => {
      const one = async <T>(_collection: string, _id: string, _select: readonly string[], schema: z.ZodType<T>) =>
        schema.parse({ ...row, ...over });
      const client = { ...dataverse, batched: { ...dataverse, one } };
      const { start } = commandResolver({
        dataverse: client as unknown as DataverseClient,
        environmentSettings: {
          whoAmI: async () => ({ organizationId: 'o', userId: 'S' }),
          languageOf: async () => 1033,
        },
        handlers: [],
        kinds: new Map([['account', 'counter']]),
        now,
      });
      const claim = { key: `command:${rowId}`, waitingSince: 0 } as Claim;
      return start({ id: rowId, claim, logger, log: () => ({ correlationId: 'c', durationMs: 0 }) }).run();
    };
    expect(await given()).toEqual({ keys: ['counter:abc'], urgent: true });
    for (const refused of [
      { crmjira_command_type: CommandType.CreateIssue },
      { crmjira_regarding_table: 'lead' },
      { crmjira_regarding_table: null },
    ]) {
      dataverse.committed.length = 0;
      expect(await given(refused)).toMatchObject({ keys: [] });
      expect(dataverse.committed.flat()).toMatchObject([
        {
          columns: {
            crmjira_command_state: CommandState.Refused,
            crmjira_result: expect.stringMatching(/^This is not available yet\./),
          },
        },
      ]);
    }
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

  test('adds its triggers to those of others: one step, one cursor, and every job that an event names', () => {
    const of = (kind: string, columns: string[]): Triggers => ({
      steps: [{ table: 'account', message: 'Update', endpoint: 'async', columns }],
      kindOfTable: { account: 'account' },
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
    expect(['a', 'both', 'none'].map((event) => merged.keysOfJiraEvent(event, payload))).toEqual([
      ['a:jira'],
      ['a:jira', 'b:jira'],
      null,
    ]);
    expect(() => mergeTriggers([of('a', []), { ...of('b', []), kindOfTable: { account: 'other' } }])).toThrow(
      'Two capabilities answer the steps of "account".',
    );
  });
});

import {
  type FaultName,
  ErrorClass,
  Health,
  type NotificationEvent,
  SyncStatus,
  SyncTrigger,
  tables,
  wholeSecond,
} from '@crmjira/domain';
import { z } from 'zod';
import {
  choice,
  guid,
  instant,
  optionalFlag,
  optionalGuid,
  optionalInstant,
  optionalText,
} from '../../../clients/dataverse/columns';
import { equalsId } from '../../../clients/dataverse/filter';
import { factSource, type FactContext } from './fact-source';

const nameRow = z.object({ crmjira_name: optionalText });

async function nameOf({ dataverse }: FactContext, id: string | null): Promise<{ readonly integration?: string }> {
  const { entitySet } = tables.crmjira_integration;
  const found = id === null ? null : await dataverse.one(entitySet, id, ['crmjira_name'], nameRow);
  return found?.crmjira_name ? { integration: found.crmjira_name } : {};
}

/** Faults by which a run waits for somebody who confirms what it would do. */
const waiting: ReadonlySet<string> = new Set([
  'directory-held',
  'directory-needs-dry-run',
] satisfies readonly FaultName[]);

const runRow = z.object({
  crmjira_sync_logid: guid,
  createdon: instant,
  crmjira_started_on: instant,
  crmjira_status: choice(SyncStatus).nullish(),
  crmjira_trigger: choice(SyncTrigger),
  crmjira_is_dry_run: optionalFlag,
  crmjira_error_class: choice(ErrorClass).nullish(),
  crmjira_error_code: optionalText,
  _crmjira_integration_id_value: optionalGuid,
});
type Run = z.output<typeof runRow>;
const runs = tables.crmjira_sync_log;

/** Deliveries of notifications have rows too, with this trigger, and nobody is told of them elsewhere. */
const noDelivery = `crmjira_trigger ne ${SyncTrigger.Webhook}`;

/** A run that fails as the one before it tells nothing new. */
async function failsAsBefore({ dataverse }: FactContext, run: Run): Promise<boolean> {
  if (run._crmjira_integration_id_value === null) return false;
  const [before] = await dataverse.many(
    runs.entitySet,
    {
      select: Object.keys(runRow.shape),
      filter: [
        equalsId('_crmjira_integration_id_value', run._crmjira_integration_id_value),
        `crmjira_is_dry_run eq false and ${noDelivery} and crmjira_started_on lt ${run.crmjira_started_on}`,
      ].join(' and '),
      orderBy: ['crmjira_started_on desc'],
      top: 1,
    },
    runRow,
  );
  return before?.crmjira_status === SyncStatus.Failed && before.crmjira_error_code === run.crmjira_error_code;
}

/** A run that has failed, or waits for a confirmation. */
export const endedRuns = factSource({
  events: ['run.failed', 'run.waiting'],
  collection: runs.entitySet,
  primaryId: runs.primaryId,
  row: runRow,
  filter: (since) =>
    `createdon ge ${since} and crmjira_status eq ${SyncStatus.Failed} and crmjira_is_dry_run eq false and ${noDelivery}`,
  factOf: (run) => {
    const isOne = run.crmjira_status === SyncStatus.Failed && run.crmjira_trigger !== SyncTrigger.Webhook;
    if (!isOne || run.crmjira_is_dry_run) return null;
    const event = waiting.has(run.crmjira_error_code ?? '') ? 'run.waiting' : 'run.failed';
    return { event, id: run.crmjira_sync_logid, at: run.createdon };
  },
  tell: async (run, { event, at }, context) => {
    if (await failsAsBefore(context, run)) return null;
    const { crmjira_error_class: cause, crmjira_error_code: code } = run;
    const data = {
      ...(await nameOf(context, run._crmjira_integration_id_value)),
      ...(event === 'run.failed' && cause != null ? { cause } : {}),
      ...(code === null ? {} : { code }),
    };
    return { event, at, data, record: null };
  },
});

/** A connection that is away for less is not told of: it may have met a restart. */
const shortestOutageMs = 60_000;
const dayMs = 24 * 60 * 60_000;
const events: Readonly<Partial<Record<Health, NotificationEvent>>> = {
  [Health.Down]: 'connection.down',
  [Health.Healthy]: 'connection.up',
};

/** What a connection depends on, as far as it is away or is back. There are few rows: all of a day are looked at. */
export const connectionStates = factSource({
  events: ['connection.down', 'connection.up'],
  collection: tables.crmjira_integration_health.entitySet,
  primaryId: tables.crmjira_integration_health.primaryId,
  row: z.object({
    crmjira_integration_healthid: guid,
    crmjira_health: choice(Health).nullish(),
    crmjira_since: optionalInstant,
    crmjira_dependency: z.string(),
    crmjira_reason_code: optionalText,
    _crmjira_integration_id_value: optionalGuid,
  }),
  overlapMs: dayMs,
  filter: (since) =>
    `crmjira_since ge ${since} and (crmjira_health eq ${Health.Down} or crmjira_health eq ${Health.Healthy})`,
  factOf: (row, { now }) => {
    const { crmjira_since: since, crmjira_health: health } = row;
    const event = health == null ? undefined : events[health];
    if (event === undefined || since === null) return null;
    const isShort = now().getTime() - Date.parse(since) < shortestOutageMs;
    if (event === 'connection.down' && isShort) return null;
    return { event, id: `${row.crmjira_integration_healthid}@${wholeSecond(since)}`, at: since };
  },
  tell: async (row, { event, at }, context) => {
    const code = row.crmjira_reason_code;
    const data = {
      ...(await nameOf(context, row._crmjira_integration_id_value)),
      part: row.crmjira_dependency,
      ...(event === 'connection.down' && code !== null ? { code } : {}),
    };
    return { event, at, data, record: null };
  },
});

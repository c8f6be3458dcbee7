import { ErrorClass, SyncStatus, SyncTrigger } from '@crmjira/domain';
import { type RawRow, dateField, numberField, textField } from '@crmjira/form-data';
import { conditionIn, fetchRows } from '../platform/read-rows';
import { valueIn } from '../platform/value-in';
import type { AdminAct, Run, RunStatus } from './run';
import type { RunCount } from './run-figures';

const LOG = 'crmjira_sync_log';
const AUDIT = 'crmjira_admin_audit';
const DAY_MS = 86_400_000;
/** Days before today that are compared, and today. */
export const DAYS = 14;
/**
 * Days that are asked for at once: Dataverse refuses an aggregate over more than 50,000 rows
 * (Microsoft, "Aggregate data using FetchXml", AggregateQueryRecordLimit).
 */
const DAYS_A_QUERY = 2;

const STATUSES: ReadonlyMap<number | null, RunStatus> = new Map([
  [SyncStatus.Success, 'succeeded'],
  [SyncStatus.Failed, 'failed'],
]);

/** Runs that have ended in the last 14 UTC days, counted by Dataverse: what is read grows with the integrations, never with the past. */
export async function readCounts(now = Date.now()): Promise<readonly RunCount[]> {
  const first = (Math.floor(now / DAY_MS) - DAYS + 1) * DAY_MS;
  const parts = Array.from({ length: DAYS / DAYS_A_QUERY }, (_, part) => first + part * DAYS_A_QUERY * DAY_MS);
  return (await Promise.all(parts.map(readPart))).flat();
}

/** @param from a UTC midnight */
async function readPart(from: number): Promise<readonly RunCount[]> {
  const day = (grouping: string): string =>
    `<attribute name="crmjira_started_on" alias="${grouping}" groupby="true" dategrouping="${grouping}" usertimezone="false" />`;
  const group = (column: string, alias: string): string =>
    `<attribute name="${column}" alias="${alias}" groupby="true" />`;
  const rows = await fetchRows(
    LOG,
    `<fetch aggregate="true"><entity name="${LOG}"><attribute name="${LOG}id" alias="found" aggregate="count" />` +
      day('day') +
      group('crmjira_integration_id', 'integration') +
      group('crmjira_trigger', 'trigger') +
      group('crmjira_status', 'status') +
      group('crmjira_error_class', 'cause') +
      `<filter>${conditionIn('crmjira_status', [...STATUSES.keys()].map(String))}` +
      // What a dry run shows has not been done.
      '<condition attribute="crmjira_is_dry_run" operator="ne" value="1" />' +
      `<condition attribute="crmjira_started_on" operator="ge" value="${new Date(from).toISOString()}" />` +
      `<condition attribute="crmjira_started_on" operator="lt" value="${new Date(from + DAYS_A_QUERY * DAY_MS).toISOString()}" />` +
      '</filter></entity></fetch>',
  );
  const days = Array.from({ length: DAYS_A_QUERY }, (_, index) =>
    new Date(from + index * DAY_MS).toISOString().slice(0, 10),
  );
  return rows.flatMap((row): RunCount[] => {
    // Two days that follow each other never have the same number.
    const found = days.find((one) => Number(one.slice(8)) === numberField(row, 'day'));
    return found === undefined
      ? []
      : [
          {
            day: found,
            integrationId: textField(row, 'integration'),
            trigger: valueIn(SyncTrigger, numberField(row, 'trigger')),
            isFailed: numberField(row, 'status') === SyncStatus.Failed,
            cause: valueIn(ErrorClass, numberField(row, 'cause')),
            runs: numberField(row, 'found') ?? 0,
          },
        ];
  });
}

const RUN_COLUMNS = [
  `${LOG}id`,
  ...['integration_id', 'trigger', 'status', 'started_on', 'finished_on', 'duration_ms', 'records_processed'],
  ...['records_failed', 'error_class', 'error_message', 'error_code', 'error_arguments', 'actor', 'correlation_id'],
].map((name) => (name.startsWith('crmjira_') ? name : `crmjira_${name}`));

const ACT_COLUMNS = [
  `${AUDIT}id`,
  ...['crmjira_at', 'crmjira_actor', 'crmjira_action', 'crmjira_name', 'crmjira_target_id'],
  ...['crmjira_before_hash', 'crmjira_after_hash'],
];

const attributes = (columns: readonly string[]): string =>
  columns.map((name) => `<attribute name="${name}" />`).join('');

/** Which rows of a table, the newest first. */
export interface Wanted {
  /** attributes of `fetch` that bound it: `top="5"`, or `page` and `count` */
  readonly bound: string;
  /** conditions of FetchXML; empty: all */
  readonly filter: string;
}

/** @throws what the client API throws */
export async function readRuns({ bound, filter }: Wanted): Promise<readonly Run[]> {
  const rows = await fetchRows(
    LOG,
    `<fetch ${bound}><entity name="${LOG}">${attributes(RUN_COLUMNS)}<filter>${filter}</filter>` +
      `<order attribute="crmjira_started_on" descending="true" /><order attribute="${LOG}id" /></entity></fetch>`,
  );
  return rows.map(runOf);
}

function runOf(row: RawRow): Run {
  return {
    id: textField(row, `${LOG}id`) ?? '',
    integrationId: textField(row, '_crmjira_integration_id_value'),
    trigger: valueIn(SyncTrigger, numberField(row, 'crmjira_trigger')),
    status: STATUSES.get(numberField(row, 'crmjira_status')) ?? 'running',
    startedOn: dateField(row, 'crmjira_started_on') ?? '',
    finishedOn: dateField(row, 'crmjira_finished_on'),
    durationMs: numberField(row, 'crmjira_duration_ms'),
    processed: numberField(row, 'crmjira_records_processed') ?? 0,
    failed: numberField(row, 'crmjira_records_failed') ?? 0,
    cause: valueIn(ErrorClass, numberField(row, 'crmjira_error_class')),
    message: textField(row, 'crmjira_error_message'),
    code: textField(row, 'crmjira_error_code'),
    args: argsOf(textField(row, 'crmjira_error_arguments')),
    actorId: textField(row, '_crmjira_actor_value'),
    correlationId: textField(row, 'crmjira_correlation_id'),
  };
}

/** Facts of a failure as the service has written them; anything else is none. Pure. */
function argsOf(text: string | null): Run['args'] {
  if (text === null) return null;
  try {
    const found: unknown = JSON.parse(text);
    if (typeof found !== 'object' || found === null) return null;
    return Object.fromEntries(
      Object.entries(found).filter((one): one is [string, string] => typeof one[1] === 'string'),
    );
  } catch (error) {
    console.error('The facts of a failed run could not be read.', error instanceof SyntaxError);
    return null;
  }
}

/** @throws what the client API throws */
export async function readActs({ bound, filter }: Wanted): Promise<readonly AdminAct[]> {
  const rows = await fetchRows(
    AUDIT,
    `<fetch ${bound}><entity name="${AUDIT}">${attributes(ACT_COLUMNS)}<filter>${filter}</filter>` +
      `<order attribute="crmjira_at" descending="true" /><order attribute="${AUDIT}id" /></entity></fetch>`,
  );
  return rows.map((row) => ({
    id: textField(row, `${AUDIT}id`) ?? '',
    at: dateField(row, 'crmjira_at') ?? '',
    actorId: textField(row, '_crmjira_actor_value'),
    action: textField(row, 'crmjira_action') ?? '',
    on: textField(row, 'crmjira_name') ?? '',
    targetId: textField(row, 'crmjira_target_id')?.toLowerCase() ?? null,
    before: textField(row, 'crmjira_before_hash'),
    after: textField(row, 'crmjira_after_hash'),
  }));
}

/** Names of people, by id; who is gone has none. @throws what the client API throws */
export async function readPeople(ids: readonly (string | null)[]): Promise<ReadonlyMap<string, string>> {
  const wanted = [...new Set(ids.flatMap((id) => id ?? []))];
  if (wanted.length === 0) return new Map();
  const rows = await fetchRows(
    'systemuser',
    '<fetch><entity name="systemuser"><attribute name="systemuserid" /><attribute name="fullname" />' +
      `<filter>${conditionIn('systemuserid', wanted)}</filter></entity></fetch>`,
  );
  return new Map(rows.map((row) => [textField(row, 'systemuserid') ?? '', textField(row, 'fullname') ?? '']));
}

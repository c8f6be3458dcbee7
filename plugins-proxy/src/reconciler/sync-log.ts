import { derivedId, ErrorClass, fitText, SyncStatus, type SyncTrigger, tables, wholeSecond } from '@crmjira/domain';
import type { PlainWrite } from '../clients/dataverse/plain-write';
import { problemOf } from '../connections/providers/problem-of';
import type { IntegrationError } from '../platform/errors/integration-error';

/** What a run asks of both sides. */
export interface RunCost {
  readonly jiraRequests: number;
  /** Of Jira Cloud's hourly quota; null: Data Center, which has none. */
  readonly jiraPoints: number | null;
  readonly dataverseRequests: number;
}

/** What a run did, in rows. */
export interface RunCounts {
  /** Looked at. */
  readonly processed: number;
  readonly changed: number;
  readonly removed: number;
  readonly failed: number;
}

/** A run over one connection, once it has ended. */
export interface EndedRun {
  /** What ran, as the log names it. */
  readonly what:
    | 'Discover projects'
    | 'Integration sync'
    | 'Issue mirror'
    | 'Notification'
    | 'Project sync'
    | 'Sentry errors';
  readonly connection: { readonly id: string; readonly name: string };
  readonly trigger: SyncTrigger;
  readonly isDryRun: boolean;
  /** Who asked for it; null: nobody did. */
  readonly actorId: string | null;
  readonly correlationId: string;
  readonly startedAt: Date;
  readonly endedAt: Date;
  readonly counts: RunCounts;
  /** null: of a run that asks nothing of Jira */
  readonly cost: RunCost | null;
  /** What ended it, or failed first; null: nothing. */
  readonly error: Pick<IntegrationError, 'code' | 'status' | 'message'> | null;
  /** What the words of a connection's fault name (`sayFault`); left out: its code is none of those. */
  readonly errorArgs?: Readonly<Record<string, string>>;
  /** Of that error; left out: by its code. */
  readonly errorClass?: ErrorClass | null;
}

const classes = {
  unreachable: ErrorClass.Unreachable,
  'not-found': ErrorClass.NotFound,
  'rate-limited': ErrorClass.RateLimit,
  'wrong-product': ErrorClass.WrongProduct,
  invalid: ErrorClass.Invalid,
} as const;

/** Kind of an error, by which runs are counted; null where no side is at fault. Pure. */
export function errorClassOf(error: Pick<IntegrationError, 'code' | 'status'>): ErrorClass | null {
  const problem = problemOf(error);
  // Wrong credentials and missing permissions are refused alike.
  if (problem === 'refused')
    return error.code.endsWith('-forbidden') ? ErrorClass.Permission : ErrorClass.Authentication;
  return problem === null ? null : classes[problem];
}

/** The row of a connection tells when its issues were last in agreement. Pure. */
export const syncedWrite = (connectionId: string, at: Date): PlainWrite => ({
  op: 'update',
  collection: tables.crmjira_integration.entitySet,
  id: connectionId,
  columns: { crmjira_last_sync_on: wholeSecond(at.toISOString()) },
});

/** Id of the row that tells of a run: a run that is taken up again has the same. Pure. */
export const syncLogId = ({
  what,
  connection,
  correlationId,
}: Pick<EndedRun, 'what' | 'connection' | 'correlationId'>): string =>
  derivedId(connection.id, 'sync-log', what, correlationId);

/** Characters that `crmjira_error_arguments` holds. */
const longestArguments = 2_000;

/** Facts that do not fit are left out from the longest on: a sentence lacks them then, and no half of one misleads. Pure. */
function argumentsText(args: Readonly<Record<string, string>>): string {
  let kept = Object.entries(args).sort(([, one], [, other]) => one.length - other.length);
  while (kept.length > 0 && JSON.stringify(Object.fromEntries(kept)).length > longestArguments)
    kept = kept.slice(0, -1);
  return JSON.stringify(Object.fromEntries(kept));
}

/** The row of `crmjira_sync_log` that tells of a run. Pure. */
export function syncLogRow(run: EndedRun): PlainWrite {
  const { connection, counts, cost, error, errorArgs, startedAt, endedAt, errorClass } = run;
  return {
    op: 'create',
    collection: tables.crmjira_sync_log.entitySet,
    id: syncLogId(run),
    columns: {
      'crmjira_integration_id@odata.bind': `/${tables.crmjira_integration.entitySet}(${connection.id})`,
      ...(run.actorId === null
        ? {}
        : { 'crmjira_actor@odata.bind': `/${tables.systemuser.entitySet}(${run.actorId})` }),
      crmjira_name: fitText('crmjira_sync_log', 'crmjira_name', `${run.what}: ${connection.name}`),
      crmjira_trigger: run.trigger,
      crmjira_status: error === null ? SyncStatus.Success : SyncStatus.Failed,
      crmjira_is_dry_run: run.isDryRun,
      crmjira_started_on: wholeSecond(startedAt.toISOString()),
      crmjira_finished_on: wholeSecond(endedAt.toISOString()),
      crmjira_duration_ms: Math.max(0, endedAt.getTime() - startedAt.getTime()),
      crmjira_records_processed: counts.processed,
      crmjira_changed: counts.changed,
      crmjira_removed: counts.removed,
      crmjira_records_failed: counts.failed,
      ...(cost === null
        ? {}
        : {
            crmjira_jira_requests: cost.jiraRequests,
            crmjira_jira_points: cost.jiraPoints,
            crmjira_dataverse_requests: cost.dataverseRequests,
          }),
      crmjira_correlation_id: run.correlationId,
      crmjira_error_class: error === null ? null : errorClass === undefined ? errorClassOf(error) : errorClass,
      crmjira_error_code: error === null ? null : fitText('crmjira_sync_log', 'crmjira_error_code', error.code),
      crmjira_error_arguments: error === null || errorArgs === undefined ? null : argumentsText(errorArgs),
      crmjira_error_message:
        error === null ? null : fitText('crmjira_sync_log', 'crmjira_error_message', error.message),
    },
  };
}

import { fitText, LinkState, linkStateOf, SourceSystem, tables, troubleText } from '@crmjira/domain';
import type { PlainWrite } from '../../../clients/dataverse/plain-write';
import type { IntegrationError } from '../../../platform/errors/integration-error';
import { failureLog, shortestToldMs } from '../../../reconciler/failure-log';
import type { FailureRows } from '../../../reconciler/failure-rows';
import type { FailedRun } from '../../../reconciler/sync-module';
import type { LinkSides } from './link-parts';
import { namedIssue } from './named-issue';
import { errorColumns } from './stored-row';

type FailedLink = FailedRun<LinkSides>;

const codeOf = ({ code }: IntegrationError): string => fitText('crmjira_issue_link', 'crmjira_error_code', code);

function logWrite(run: FailedLink): PlainWrite {
  const { error, facts } = run;
  const rows = facts?.rows ?? null;
  const connectionId = error.connectionId ?? rows?.mirror?.connectionId ?? rows?.project?.connectionId ?? null;
  return failureLog(run, {
    isCreate: rows !== null && rows.document.stored.issueId === null,
    columns: {
      crmjira_source_system: SourceSystem.Dynamics365,
      crmjira_source_record_id: rows?.row.recordId ?? run.id,
      ...(rows?.row.name == null ? {} : { crmjira_target_record_id: rows.row.name }),
      crmjira_error_code: codeOf(error),
      ...(connectionId === null
        ? {}
        : { 'crmjira_integration_id@odata.bind': `/${tables.crmjira_integration.entitySet}(${connectionId})` }),
    },
  });
}

/** The rows in which people find that a link does not sync (R-1715). Pure. */
export function linkFailureRows(run: FailedLink, now: string): FailureRows {
  const row = run.facts?.rows?.row ?? null;
  const { error, retryAt } = run;
  const log = logWrite(run);
  if (row === null) return { log, isLogged: false, others: [] };
  const stands = row.errorCode === codeOf(error) && row.lastError !== null;
  const isTold = stands && (retryAt === null ? row.nextRetryOn === null : retryAt - Date.parse(now) < shortestToldMs);
  const write: PlainWrite = {
    op: 'update',
    collection: tables.crmjira_issue_link.entitySet,
    id: row.id,
    columns: {
      ...errorColumns(row, { code: error.code, says: error.message, retryAt }, now),
      crmjira_state: LinkState.Failing,
    },
  };
  return {
    log,
    isLogged: stands && row.nextRetryOn !== null && Date.parse(row.nextRetryOn) >= run.waitingSince,
    others: isTold ? [] : [write],
  };
}

/** Takes back what a failed run has left, where no step had a reason to write the row. Pure. */
export function recoverLink({ rows, issue, language }: LinkSides): PlainWrite | null {
  if (rows === null) return null;
  const { row, document } = rows;
  const { trouble } = document.stored;
  if (row.errorCode === (trouble?.code ?? null)) return null;
  const says = trouble && { code: trouble.code, says: troubleText(trouble, namedIssue({ rows, issue }), language) };
  return {
    op: 'update',
    collection: tables.crmjira_issue_link.entitySet,
    id: row.id,
    columns: {
      ...errorColumns({ errorCode: says?.code ?? null, failingSince: row.failingSince }, says, row.createdOn),
      crmjira_state: linkStateOf(document.stored),
    },
  };
}

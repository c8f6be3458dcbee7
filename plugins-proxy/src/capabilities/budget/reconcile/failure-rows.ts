import {
  CommandState,
  type CrmFacts,
  failureSentence,
  fitText,
  ProvisioningState,
  SourceSystem,
  tables,
  waitingSentence,
  wholeSecond,
} from '@crmjira/domain';
import type { PlainWrite } from '../../../clients/dataverse/plain-write';
import type { IntegrationError } from '../../../platform/errors/integration-error';
import { failureLog, shortestToldMs } from '../../../reconciler/failure-log';
import type { FailureRows } from '../../../reconciler/failure-rows';
import type { FailedRun } from '../../../reconciler/sync-module';
import type { BudgetSides } from './budget-sides';

type FailedBudgetRun = FailedRun<BudgetSides>;

/** The error's code as the mapping keeps it. */
const codeOf = ({ code }: IntegrationError): string =>
  fitText('crmjira_budget_mapping', 'crmjira_last_error_code', code);

function logWrite(run: FailedBudgetRun): PlainWrite {
  const { facts, error } = run;
  const mapping = facts?.crm.mapping ?? null;
  const provisioning = mapping?.provisioningState !== ProvisioningState.Linked;
  return failureLog(run, {
    isCreate: provisioning,
    columns: {
      crmjira_source_system: provisioning ? SourceSystem.Dynamics365 : SourceSystem.Jira,
      crmjira_source_record_id: provisioning ? run.id : (mapping?.projectKey ?? run.id),
      ...(provisioning
        ? mapping?.projectId == null
          ? {}
          : { crmjira_target_record_id: mapping.projectKey }
        : { crmjira_target_record_id: run.id }),
      crmjira_error_code: codeOf(error),
      ...(mapping === null
        ? {}
        : {
            'crmjira_budget_mapping_id@odata.bind': `/${tables.crmjira_budget_mapping.entitySet}(${mapping.id})`,
          }),
    },
  });
}

function mappingWrite(run: FailedBudgetRun, now: string): PlainWrite[] {
  const mapping = run.facts?.crm.mapping;
  if (mapping == null) return [];
  const { message } = run.error;
  const code = codeOf(run.error);
  const failed =
    run.error.errorClass === 'permanent' &&
    mapping.provisioningState !== ProvisioningState.Linked &&
    mapping.provisioningState !== ProvisioningState.Failed;
  const { retryAt } = run;
  const isTold = retryAt === null ? (mapping.nextRetryOn ?? null) === null : retryAt - Date.parse(now) < shortestToldMs;
  if (mapping.lastError === fitText('crmjira_budget_mapping', 'crmjira_last_error', message) && !failed && isTold)
    return [];
  return [
    {
      op: 'update',
      collection: tables.crmjira_budget_mapping.entitySet,
      id: mapping.id,
      columns: {
        crmjira_last_error: message,
        crmjira_last_error_code: code,
        crmjira_failing_since: (mapping.lastErrorCode === code ? mapping.failingSince : null) ?? wholeSecond(now),
        crmjira_next_retry_on: retryAt === null ? null : wholeSecond(new Date(retryAt).toISOString()),
        ...(failed ? { crmjira_provisioning_state: ProvisioningState.Failed } : {}),
      },
    },
  ];
}

/** A person who waits is told for what (F-108), and gets an answer as soon as waiting will not help. */
function commandWrites({ facts, error, retryAt }: FailedBudgetRun, now: string): PlainWrite[] {
  const waits = error.errorClass === 'transient' && retryAt !== null;
  return (facts?.crm.commands ?? []).flatMap(({ id, language, result }): PlainWrite[] => {
    const said = (waits ? waitingSentence : failureSentence)(error.code, error.message, language);
    // Told once, not at every retry.
    if (waits && result === said) return [];
    const state = waits ? CommandState.Running : CommandState.Failed;
    const columns = {
      crmjira_command_state: state,
      crmjira_result: said,
      ...(waits ? {} : { crmjira_finished_on: now }),
    };
    return [{ op: 'update', collection: tables.crmjira_command.entitySet, id, columns }];
  });
}

/**
 * Whether the mapping tells of this streak and cause already. It was written in one change set with the log row, which therefore exists:
 * what was left by an earlier streak has a time before this one began. Pure.
 */
function isLogged({ facts, error, waitingSince }: FailedBudgetRun): boolean {
  const mapping = facts?.crm.mapping;
  if (mapping?.nextRetryOn == null || mapping.lastErrorCode !== codeOf(error)) return false;
  return Date.parse(mapping.nextRetryOn) >= waitingSince;
}

/**
 * Takes back what a failed run has left, where the plan of the run that went well had no reason to write the row: a completed project,
 * whose figures are final, or one that was closed. What a plan itself has to say has no `failingSince`. Pure.
 */
export function recoveryWrite({ mapping }: Pick<CrmFacts, 'mapping'>): PlainWrite | null {
  if (mapping === null || (mapping.nextRetryOn == null && mapping.failingSince == null)) return null;
  return {
    op: 'update',
    collection: tables.crmjira_budget_mapping.entitySet,
    id: mapping.id,
    columns: {
      crmjira_last_error: null,
      crmjira_last_error_code: null,
      crmjira_failing_since: null,
      crmjira_next_retry_on: null,
    },
  };
}

/** The rows that make a failure visible (R-412, E1-F1, E1-F2). Pure. */
export function failureRows(run: FailedBudgetRun, now: string): FailureRows {
  return {
    log: logWrite(run),
    isLogged: isLogged(run),
    others: [...mappingWrite(run, now), ...commandWrites(run, now)],
  };
}

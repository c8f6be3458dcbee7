import {
  checklist,
  type ChecklistItemId,
  derivedId,
  IntegrationStatus,
  OperationType,
  type Rhythm,
  SourceSystem,
  tables,
} from '@crmjira/domain';
import type { PlainWrite } from '../../clients/dataverse/plain-write';
import { classifyError } from '../../platform/errors/classify-error';
import { hintOf } from '../../platform/errors/hints';
import { createAdministratorTask } from '../../connections/administrator/administrator-task';
import { budgetAccuracy, errorLog, flowHealth, gatewayStatus, performance } from './checks/daily-checks';
import { departedPeople } from './checks/departed-people';
import { maintenanceEvent } from './checks/log-rows';
import { backupRestore, growth, monthlyComplianceReport, signedOff, tuning } from './checks/monthly-checks';
import { testRecords } from './checks/test-records';
import { certificates, logArchive, tokenRotation } from './checks/weekly-checks';
import type { Finding, MaintenanceResult, MaintenanceTask } from './finding';
import type { MaintenanceContext } from './maintenance-context';
import { writeOnce } from '../../clients/dataverse/write-once';

type Check = (context: MaintenanceContext, period: string) => Promise<Finding>;

/** What runs for each item of the plan; the compiler misses none (R-1505). */
const checks: Readonly<Record<ChecklistItemId, Check>> = {
  'flow-health': flowHealth,
  'gateway-status': gatewayStatus,
  'budget-accuracy': budgetAccuracy,
  'error-log': errorLog,
  performance,
  'departed-people': departedPeople,
  certificates,
  'token-rotation': tokenRotation,
  'log-archive': logArchive,
  'test-records': testRecords,
  growth,
  tuning,
  'backup-restore': backupRestore,
  'compliance-report': monthlyComplianceReport,
  'gateway-failover': (context, period) => signedOff(context, 'gateway-failover', period),
  'disaster-recovery': (context, period) => signedOff(context, 'disaster-recovery', period),
  'api-changes': (context, period) => signedOff(context, 'api-changes', period),
};

/** The row that tells of one item's result. A check that found something has done its work: only one that could not run has failed. */
export function resultRow(
  result: MaintenanceResult,
  connectionId: string,
  correlationId: string,
  durationMs: number,
): PlainWrite {
  const words = result.action === null ? result.says : `${result.says} → ${result.action}`;
  return {
    op: 'create',
    collection: tables.crmjira_integration_log.entitySet,
    id: derivedId(connectionId, 'maintenance', result.item, correlationId),
    columns: {
      crmjira_operation_type: OperationType.Sync,
      crmjira_source_system: SourceSystem.Dynamics365,
      crmjira_source_record_id: connectionId,
      crmjira_integration_status: result.outcome === 'failed' ? IntegrationStatus.Failed : IntegrationStatus.Success,
      crmjira_event_type: `${maintenanceEvent}${result.item}`,
      crmjira_records_processed: result.looked ?? 0,
      crmjira_duration_ms: Math.max(0, Math.round(durationMs)),
      crmjira_correlation_id: correlationId,
      crmjira_error_message: words,
    },
  };
}

function taskRow(task: MaintenanceTask, context: MaintenanceContext): PlainWrite {
  return {
    op: 'create',
    collection: tables.task.entitySet,
    id: derivedId(context.config.connectionId, 'maintenance-task', task.trigger),
    columns: {
      subject: task.subject,
      description: task.description,
      prioritycode: 2,
      scheduledstart: context.now().toISOString(),
    },
  };
}

async function runItem(
  context: MaintenanceContext,
  item: (typeof checklist)[number],
  period: string,
): Promise<MaintenanceResult> {
  try {
    const found = await checks[item.id](context, period);
    return { item: item.id, period, ...found, action: found.outcome === 'fine' ? null : (found.action ?? item.action) };
  } catch (thrown) {
    const error = classifyError(thrown);
    const { message } = error;
    context.logger.warn({ item: item.id, reason: message }, 'maintenance check failed');
    return {
      item: item.id,
      period,
      outcome: 'failed',
      says: `The check could not run: ${message}`,
      action: hintOf(error) ?? item.action,
    };
  }
}

/**
 * Runs every item of a rhythm, one after the other; each leaves a row in the integration log, its tasks, and a record in the archive
 * (R-1505, R-1508). A row that cannot be written fails its item and does not stop the others.
 * @param trigger same trigger, same rows: a scheduled run that was cut off and is made again doubles none
 */
export async function runMaintenance(
  context: MaintenanceContext,
  rhythm: Rhythm,
  period: string,
  trigger: string = period,
): Promise<readonly MaintenanceResult[]> {
  const correlationId = derivedId(context.config.connectionId, 'maintenance', rhythm, trigger);
  const results: MaintenanceResult[] = [];
  for (const item of checklist.filter((one) => one.rhythm === rhythm)) {
    const started = context.now().getTime();
    let result = await runItem(context, item, period);
    try {
      const durationMs = context.now().getTime() - started;
      await writeOnce(context.dataverse, resultRow(result, context.config.connectionId, correlationId, durationMs));
      for (const task of result.tasks ?? []) await createAdministratorTask(context, taskRow(task, context));
    } catch (thrown) {
      const says = `${result.says} Its rows could not be written: ${classifyError(thrown).message}`;
      result = { ...result, outcome: 'failed', says, action: item.action };
    }
    const at = context.now().getTime();
    await context.archive.record({
      kind: 'maintenance',
      id: `${item.id} ${period} ${correlationId}`,
      at,
      content: result,
    });
    results.push(result);
  }
  context.logger.info(
    { rhythm, period, correlationId, results: results.map(({ item, outcome }) => ({ item, outcome })) },
    'maintenance done',
  );
  return results;
}

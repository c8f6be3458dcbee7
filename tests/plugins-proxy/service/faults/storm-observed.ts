import { OperationType } from '@crmjira/domain';
import { z } from 'zod';
import type { StandIns } from '../../stand-ins';
import type { ProjectTruth } from './storm-oracle';

type Row = Record<string, unknown>;
const row = z.record(z.string(), z.unknown());

/** What Dataverse shows of one project, and how often each consequence stands there. */
export interface ProjectObserved extends ProjectTruth {
  /** Levels of the alert rows, lowest first. */
  readonly alerts: readonly number[];
  readonly tasks: number;
  /** Mails that left for it. */
  readonly mails: number;
  /** Log rows of changed figures, and the inbound events beside them. */
  readonly logs: number;
  readonly events: number;
  readonly opportunityStatus: unknown;
  readonly reviewRequired: unknown;
  readonly actualValue: unknown;
  /** The newest day's history row. */
  readonly snapshot: unknown;
  readonly lastError: unknown;
}

const byText = (rows: readonly Row[], column: string): Map<string, Row[]> => {
  const groups = new Map<string, Row[]>();
  for (const each of rows) {
    const key = String(each[column]);
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  return groups;
};

/** Reads everything that the storm may have lost or doubled, by Jira project, in the order of their ids. */
export async function readObserved({ admin, dataverse }: StandIns): Promise<ProjectObserved[]> {
  const all = (collection: string): Promise<Row[]> => admin.many(collection, { select: [] }, row);
  const mappings = await all('crmjira_budget_mappings');
  const opportunities = byText(await all('opportunities'), 'opportunityid');
  const alerts = byText(await all('crmjira_budget_alerts'), '_crmjira_budget_mapping_id_value');
  const tasks = byText(await all('tasks'), '_regardingobjectid_value');
  // A storm at six in Toronto has the daily sync among its runs.
  const changes: unknown[] = [OperationType.Update, OperationType.Sync];
  const updates = (await all('crmjira_integration_logs')).filter((log) =>
    changes.includes(log['crmjira_operation_type']),
  );
  const logs = byText(updates, '_crmjira_budget_mapping_id_value');
  const figures = (await all('crmjira_inbound_events')).filter((e) => e['crmjira_event_type'] === 'figures_changed');
  const events = byText(figures, 'crmjira_project_id');
  const snapshots = byText(await all('crmjira_budget_snapshots'), '_crmjira_budget_mapping_id_value');
  const mails = dataverse.outbox();
  return mappings
    .map((mapping): ProjectObserved => {
      const id = String(mapping['crmjira_budget_mappingid']);
      const opportunityId = String(mapping['_crmjira_opportunity_id_value']);
      const projectId = String(mapping['crmjira_jira_project_id']);
      const opportunity = opportunities.get(opportunityId)?.[0] ?? {};
      const newest = (snapshots.get(id) ?? [])
        .sort((a, b) => String(a['crmjira_snapshot_date']).localeCompare(String(b['crmjira_snapshot_date'])))
        .at(-1);
      return {
        projectId,
        spent: Number(mapping['crmjira_spent_amount']),
        remaining: Number(mapping['crmjira_remaining_budget']),
        utilization: Number(mapping['crmjira_utilization']),
        hours: Number(mapping['crmjira_total_hours']),
        // Compared with the oracle's, which knows two.
        status: Number(mapping['crmjira_budget_status']) as 3 | 4,
        alerts: (alerts.get(id) ?? []).map((alert) => Number(alert['crmjira_alert_level'])).sort(),
        tasks: tasks.get(opportunityId)?.length ?? 0,
        mails: mails.filter((mail) => mail.regarding?.id === opportunityId).length,
        logs: logs.get(id)?.length ?? 0,
        events: events.get(projectId)?.length ?? 0,
        opportunityStatus: opportunity['crmjira_budget_status'],
        reviewRequired: opportunity['crmjira_budget_review_required'],
        actualValue: opportunity['actualvalue'],
        snapshot: newest?.['crmjira_spent_amount'],
        lastError: mapping['crmjira_last_error'],
      };
    })
    .sort((a, b) => Number(a.projectId) - Number(b.projectId));
}

/** The truth in the same form; the number of applied versions was counted where they were written. */
export function expectedOf(truth: ProjectTruth, applied: number): ProjectObserved {
  return {
    ...truth,
    tasks: truth.alerts.length,
    mails: truth.alerts.length,
    logs: applied,
    events: applied,
    opportunityStatus: truth.status,
    reviewRequired: truth.alerts.length > 0,
    actualValue: truth.spent,
    snapshot: truth.spent,
    lastError: null,
  };
}

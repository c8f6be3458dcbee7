import { dateField, numberField, textField } from '@crmjira/form-data';
import type { BudgetForm } from './parts';
import { AlertLevel, BudgetStatus, TaskState, TaskStatus, alertLevel, isAtLeast } from '@crmjira/domain';

/** The task of a budget alert, as far as it is this person's own. */
export interface ReviewTask {
  readonly id: string;
  readonly subject: string;
  /** instant */
  readonly due: string | null;
  readonly isOpen: boolean;
}

export type TaskApi = Pick<ComponentFramework.WebApi, 'retrieveMultipleRecords' | 'updateRecord'>;

/** The mapping whose budget is to be reviewed, by the rule that raises its alerts; else null. */
export function mappingInReview(form: BudgetForm | null): string | null {
  const { mapping, opportunity, settings } = form?.record ?? {};
  if (!mapping?.approved || !mapping.spent || !opportunity?.open || !settings) return null;
  if (mapping.budgetStatus === BudgetStatus.Completed) return null;
  const level = alertLevel(mapping.spent, mapping.approved, settings.warningPercent);
  return isAtLeast(level, AlertLevel.BudgetWarning) ? mapping.id : null;
}

/**
 * Of the tasks that alerts which still stand have brought this person: the newest open one, else the newest if it is completed. Null
 * where there is none, or none is to be done any more.
 */
export async function readReviewTask(
  webApi: TaskApi,
  opportunityId: string,
  mappingId: string,
  userId: string,
): Promise<ReviewTask | null> {
  const [alerts, tasks] = await Promise.all([
    webApi.retrieveMultipleRecords(
      'crmjira_budget_alert',
      `?$select=crmjira_task_id&$filter=_crmjira_budget_mapping_id_value eq ${mappingId} and crmjira_cleared_on eq null&$orderby=crmjira_raised_on desc`,
    ),
    webApi.retrieveMultipleRecords(
      'task',
      `?$select=activityid,subject,scheduledend,statecode&$filter=_regardingobjectid_value eq ${opportunityId} and _ownerid_value eq ${userId}`,
    ),
  ]);
  const found = alerts.entities.flatMap((alert) => {
    const id = textField(alert, 'crmjira_task_id');
    return tasks.entities.filter((task) => id && textField(task, 'activityid') === id);
  });
  const row = found.find((task) => numberField(task, 'statecode') === TaskState.Open) ?? found[0];
  const state = row && numberField(row, 'statecode');
  if (!row || (state !== TaskState.Open && state !== TaskState.Completed)) return null;
  return {
    id: textField(row, 'activityid') ?? '',
    subject: textField(row, 'subject') ?? '',
    due: dateField(row, 'scheduledend'),
    isOpen: state === TaskState.Open,
  };
}

/** @throws what the Web API refuses it with */
export async function completeTask(webApi: TaskApi, { id }: ReviewTask): Promise<void> {
  await webApi.updateRecord('task', id, { statecode: TaskState.Completed, statuscode: TaskStatus.Completed });
}

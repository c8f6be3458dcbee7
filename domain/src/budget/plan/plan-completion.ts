import { isBudgetApproved } from '../refused-wishes';
import { JIRA_STATUS_LABEL } from '../budget-status';
import { wholeSecond } from '../../calendar/calendar';
import { derivedId, finalReportId, opportunityCloseId } from '../../hash/derived-id';
import { finalReport } from '../final-report';
import { equalMoney, toDecimal } from '../../money/money';
import {
  BudgetStatus,
  CommandType,
  IntegrationStatus,
  MappingStatus,
  OperationType,
  ProvisioningState,
  SourceSystem,
} from '../../schema/generated/options';
import { lateWorkTexts } from './administrator-text';
import type { Action, RowWrite } from './actions';
import { currencyRowOf } from './approved-amount';
import type {
  BudgetFacts,
  CrmFacts,
  Instant,
  JiraFacts,
  JiraProjectFacts,
  MappingFacts,
  OpportunityFacts,
} from './facts';
import { eventColumn, figureColumns, storedHours } from './figures';
import { logJiraChange } from './log-jira-change';
import { logRow } from './log-row';
import { planBudget } from './plan-budget';
import { isLinked } from './plan-linking';
import type { Policy } from './policy';
import { bind, create, update, upsert } from './write-rows';

type Found = Extract<JiraFacts, { state: 'found' }> & { readonly budget: BudgetFacts };

/** Whether the root issue's Done status completes the project here: then it also stands against reopening. */
export function rootIssueCompletes(jira: JiraFacts, policy: Policy): boolean {
  return policy.completeOnRootIssueDone && jira.state === 'found' && jira.rootIssue?.isDone === true;
}

/** Completion comes from the form's command, the archived Jira project or, where wished, its root issue being Done. */
export function isCompletionCalledFor(crm: CrmFacts, jira: JiraFacts, policy: Policy): boolean {
  if (jira.state !== 'found') return false;
  // Nothing wins an opportunity whose budget nobody has approved: neither a person nor Jira (F-101).
  if (!isBudgetApproved(crm)) return false;
  const commanded = crm.commands.some((command) => command.type === CommandType.CompleteProject);
  return commanded || jira.project.archived || rootIssueCompletes(jira, policy);
}

/**
 * Final figures → status Completed → WinOpportunity → final report → archive (R-802, R-808, E4). Each step is seen done in the rows
 * it leaves, so that a crash repeats one and doubles none. Afterwards only mapping and report follow late worklogs.
 */
export function planCompletion(crm: CrmFacts, jira: JiraFacts, policy: Policy, now: Instant): Action[] {
  const { mapping, opportunity } = crm;
  if (!mapping || !opportunity || mapping.provisioningState !== ProvisioningState.Linked) return [];
  if (jira.state !== 'found' || !jira.budget) return [];
  const found: Found = { ...jira, budget: jira.budget };
  if (mapping.completedOn === null) {
    if (!isCompletionCalledFor(crm, jira, policy)) return [];
    // The final figures are figures like any: with their snapshot, the work by person, and the alert of a level that they cross.
    const figures = planBudget(crm, jira, policy, now);
    return figures.length > 0 ? figures : complete(opportunity, mapping, found, policy, now);
  }
  return (
    win(crm, opportunity, mapping, policy, mapping.completedOn) ??
    report(crm, opportunity, mapping, found, mapping.completedOn, now) ??
    archive(crm, opportunity, mapping, found, policy, now) ??
    []
  );
}

function complete(
  opportunity: OpportunityFacts,
  mapping: MappingFacts,
  { budget, project }: Found,
  policy: Policy,
  now: Instant,
): Action[] {
  const writes: RowWrite[] = [
    update(
      'crmjira_budget_mapping',
      mapping.id,
      {
        ...figureColumns(budget, mapping.approved, budget.amount, BudgetStatus.Completed),
        ...eventColumn(mapping, project),
        crmjira_completed_on: wholeSecond(now),
        crmjira_last_sync_date: wholeSecond(now),
        crmjira_last_error: null,
      },
      mapping.version,
    ),
    logJiraChange(mapping, project, opportunity, 'complete', { eventType: 'project_completed' }),
  ];
  // An opportunity that was closed before, at signature or as lost, is left alone (R-2301).
  if (opportunity.state === 'open') {
    writes.push(
      update('opportunity', opportunity.id, {
        crmjira_budget_status: BudgetStatus.Completed,
        ...(policy.writeSpentToActualValue && budget.spent.currency === opportunity.currency
          ? { actualvalue: toDecimal(budget.spent) }
          : {}),
      }),
    );
  }
  return [{ kind: 'dataverse.change-set', because: 'the project is completed', writes }];
}

function win(
  crm: CrmFacts,
  opportunity: OpportunityFacts,
  mapping: MappingFacts,
  policy: Policy,
  completedOn: Instant,
): Action[] | null {
  // With its close activity there, an open opportunity is one that somebody reopened.
  if (opportunity.state !== 'open' || crm.closeActivityExists) return null;
  return [
    {
      kind: 'dataverse.win-opportunity',
      opportunityId: opportunity.id,
      closeId: opportunityCloseId(mapping.id, completedOn),
      subject: `Project completed: ${mapping.reference}`,
      actualRevenue:
        policy.writeSpentToActualValue && mapping.spent.currency === opportunity.currency ? mapping.spent : null,
      actualEnd: wholeSecond(completedOn),
    },
  ];
}

function report(
  crm: CrmFacts,
  opportunity: OpportunityFacts,
  mapping: MappingFacts,
  { budget, project }: Found,
  completedOn: Instant,
  now: Instant,
): Action[] | null {
  const stored = crm.finalReport;
  const hours = storedHours(budget.hours);
  const figuresLate = !equalMoney(mapping.spent, budget.spent) || mapping.totalHours !== hours;
  const reportHolds =
    stored !== null &&
    equalMoney(stored.actual, budget.spent) &&
    equalMoney(stored.approved, mapping.approved) &&
    stored.totalHours === hours;
  if (reportHolds && !figuresLate) return null;
  const figures = finalReport({
    approved: mapping.approved,
    actual: budget.spent,
    totalHours: hours,
    periodFrom: mapping.periodFrom ?? completedOn.slice(0, 10),
    completedOn,
    history: budget.history,
  });
  const writes: RowWrite[] = [
    upsert('crmjira_final_report', finalReportId(mapping.id), {
      crmjira_name: mapping.reference,
      'crmjira_budget_mapping_id@odata.bind': bind('crmjira_budget_mapping', mapping.id),
      'transactioncurrencyid@odata.bind': bind(
        'transactioncurrency',
        currencyRowOf(mapping, opportunity, mapping.approved),
      ),
      crmjira_project_name: opportunity.name,
      crmjira_project_key: project.key,
      crmjira_duration_days: figures.durationDays,
      crmjira_approved: toDecimal(mapping.approved),
      crmjira_actual: toDecimal(budget.spent),
      crmjira_variance: toDecimal(figures.variance),
      crmjira_variance_percentage: figures.variancePercentage,
      crmjira_performance: figures.performance,
      crmjira_total_hours: hours,
      crmjira_average_hourly_rate: figures.averageHourlyRate === null ? null : toDecimal(figures.averageHourlyRate),
      crmjira_avg_daily_hours: figures.averageDailyHours,
      crmjira_peak_month: figures.peakMonth,
      crmjira_efficiency_rating: figures.efficiencyRating,
      crmjira_completion_date: wholeSecond(completedOn),
      crmjira_generated_on: wholeSecond(now),
    }),
    ...(figuresLate ? lateFigures(crm, opportunity, mapping, { budget, project }, now) : []),
  ];
  return [{ kind: 'dataverse.change-set', because: 'the final report is due', writes }];
}

/** Work logged after the end: mapping, log and a task for the administrator; the closed opportunity is left alone. */
function lateFigures(
  { administratorId }: CrmFacts,
  opportunity: OpportunityFacts,
  mapping: MappingFacts,
  { budget, project }: Pick<Found, 'budget' | 'project'>,
  now: Instant,
): RowWrite[] {
  return [
    update(
      'crmjira_budget_mapping',
      mapping.id,
      {
        ...figureColumns(budget, mapping.approved, budget.amount, BudgetStatus.Completed),
        ...eventColumn(mapping, project),
        crmjira_last_sync_date: wholeSecond(now),
      },
      mapping.version,
    ),
    logJiraChange(mapping, project, opportunity, 'late', { eventType: 'late_worklog' }),
    create('task', derivedId(mapping.id, 'task', 'late', mapping.version), {
      ...lateWorkTexts(mapping.reference, project.key, administratorId != null),
      prioritycode: 1,
      scheduledstart: wholeSecond(now),
      'regardingobjectid_opportunity_task@odata.bind': bind('opportunity', opportunity.id),
      ...(administratorId == null ? {} : { 'ownerid@odata.bind': bind('systemuser', administratorId) }),
    }),
  ];
}

/** The project stays in Jira, because the environment says so or because it is not ours: noted, so that nobody looks for the archived one. */
function keptProject(
  opportunity: OpportunityFacts,
  mapping: MappingFacts,
  { key }: JiraProjectFacts,
  policy: Policy,
): RowWrite {
  const reason = policy.archiveJiraProject
    ? 'it was linked, not created by the integration. Archive it in Jira if it is to go.'
    : 'crmjira_ArchiveJiraProject is No.';
  return create(
    'crmjira_integration_log',
    derivedId(mapping.id, 'log', 'kept', mapping.version),
    logRow({
      operation: OperationType.Update,
      source: SourceSystem.Dynamics365,
      sourceId: opportunity.id,
      targetId: key,
      status: IntegrationStatus.Success,
      mapping: mapping.id,
      eventType: 'project_not_archived',
      message: `The Jira project ${key} stays as it is: ${reason}`,
    }),
  );
}

/** Jira first, our row last: a crash in between archives again, which changes nothing. */
function archive(
  crm: CrmFacts,
  opportunity: OpportunityFacts,
  mapping: MappingFacts,
  { project, rootIssue }: Found,
  policy: Policy,
  now: Instant,
): Action[] | null {
  // The root issue says Completed before its project can no longer be written to: planRootIssue goes first.
  if (rootIssue && !project.archived && rootIssue.budgetStatus !== JIRA_STATUS_LABEL[mapping.status]) return null;
  const actions: Action[] = [];
  const subject = { mappingId: mapping.id, projectKey: project.key, opportunityId: opportunity.id };
  const archives = policy.archiveJiraProject && !isLinked(mapping);
  if (mapping.mappingStatus !== MappingStatus.Archived) {
    if (archives && !project.archived) actions.push({ kind: 'jira.archive-project', projectId: project.id, subject });
    actions.push({
      kind: 'dataverse.change-set',
      because: 'the completed project is archived',
      writes: [
        update(
          'crmjira_budget_mapping',
          mapping.id,
          { crmjira_mapping_status: MappingStatus.Archived, crmjira_archived_on: wholeSecond(now) },
          mapping.version,
        ),
        ...(archives || project.archived ? [] : [keptProject(opportunity, mapping, project, policy)]),
      ],
    });
  } else if (mapping.projectArchived !== project.archived) {
    actions.push({
      kind: 'dataverse.change-set',
      because: 'the Jira project was archived or restored',
      writes: [
        update('crmjira_budget_mapping', mapping.id, { crmjira_project_archived: project.archived }, mapping.version),
      ],
    });
  }
  if (crm.process && !crm.process.finished)
    actions.push({ kind: 'dataverse.finish-process', instanceId: crm.process.instanceId });
  return actions.length > 0 ? actions : null;
}

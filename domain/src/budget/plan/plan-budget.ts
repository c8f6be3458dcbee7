import { sourceOfOption } from '../budget-sources';
import { nextBudgetStatus } from '../budget-status';
import { dayOf, wholeSecond } from '../../calendar/calendar';
import type { FailureCode } from '../../faults/failure-texts';
import { derivedId, snapshotId } from '../../hash/derived-id';
import { type Money, compareMoney, equalMoney, toDecimal } from '../../money/money';
import {
  BudgetStatus,
  InboundStatus,
  IntegrationStatus,
  OperationType,
  ProvisioningState,
  SourceSystem,
} from '../../schema/generated/options';
import type { TableRows } from '../../schema/rows';
import type { Action, RowWrite } from './actions';
import { budgetAmountChanged, currencyRowOf, grantedApproval, wishedApproved } from './approved-amount';
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
import { planAlerts } from './plan-alerts';
import { allocationWrites } from './plan-allocation';
import type { Policy } from './policy';
import { projectDetails } from './project-details';
import { bind, changed, create, update, upsert } from './write-rows';

type MappingColumns = Partial<TableRows['crmjira_budget_mapping']>;

/** Columns whose change is a change of figures: logged, kept as history, announced to the flow (R-505, R-1101). */
const FIGURES: readonly (keyof MappingColumns)[] = [
  'crmjira_approved_budget',
  'crmjira_spent_amount',
  'crmjira_jira_amount',
  'crmjira_budget_status',
  'crmjira_total_hours',
  'transactioncurrencyid@odata.bind',
];

/** Brings mapping, opportunity, snapshot, log and alerts to what Jira reports and the approved amount allows. */
export function planBudget(crm: CrmFacts, jira: JiraFacts, policy: Policy, now: Instant): Action[] {
  const { mapping, opportunity } = crm;
  if (!mapping || !opportunity || mapping.provisioningState !== ProvisioningState.Linked) return [];
  // A completed project has final figures; what comes late is planCompletion's business.
  if (mapping.completedOn !== null) return [];
  if (jira.state === 'deleted') return reportDeletedProject(mapping, opportunity);
  if (jira.state !== 'found') return [];
  if (!jira.budget) return reportMissingBudget(mapping, opportunity);

  const { project, budget } = jira;
  const wished = wishedApproved(crm);
  // Jira's side was read in the wished currency (`wishedCurrency`).
  const approved = wished && wished.currency === budget.spent.currency ? wished : mapping.approved;
  if (approved.currency !== budget.spent.currency) return [];
  const currencyChanged = approved.currency !== mapping.approved.currency;
  const currencyRow = bind('transactioncurrency', currencyRowOf(mapping, opportunity, approved));
  const granted = grantedApproval(crm) !== null;
  const follows =
    mapping.status === BudgetStatus.Draft &&
    !granted &&
    budgetAmountChanged(mapping, opportunity) &&
    approved === wished;
  const status = nextBudgetStatus(mapping.status, {
    spent: budget.spent,
    approved,
    isApproved: granted || policy.autoApproveOnProvision,
    isActivated: granted || budget.spent.minor > 0,
    isCompleted: false,
  });
  const amountIsOurs = !equalMoney(approved, mapping.approved) || (granted && mapping.status === BudgetStatus.Draft);
  const setAmount = amountIsOurs && budget.amount !== null && !equalMoney(budget.amount, approved);

  const alerts = planAlerts({ ...crm, opportunity, mapping }, { spent: budget.spent, approved }, policy, now);
  const columns: MappingColumns = {
    ...figureColumns(budget, approved, setAmount ? approved : budget.amount, status),
    crmjira_jira_project_key: project.key,
    crmjira_project_archived: project.archived,
    ...projectDetails(project),
    crmjira_last_alert_level: alerts.level,
    crmjira_last_error: currencyNotice(opportunity, approved),
    ...(currencyChanged ? { 'transactioncurrencyid@odata.bind': currencyRow } : {}),
    ...(follows ? { crmjira_budget_amount_seen: toDecimal(approved) } : {}),
  };
  const differing = changed<MappingColumns>(storedColumns(mapping), columns);
  const figuresChanged = differing !== null && FIGURES.some((column) => column in differing);
  const writes: RowWrite[] = [
    ...mappingWrite(mapping, differing, figuresChanged ? eventColumn(mapping, project) : {}, now),
    ...opportunityWrite(opportunity, project, budget.spent, status, alerts.raised, follows ? approved : null, policy),
    ...snapshotWrite(crm, mapping, opportunity, budget, approved, figuresChanged, now),
    ...(figuresChanged ? appliedChange(mapping, opportunity, project, budget, status, now) : []),
    ...(figuresChanged ? allocationWrites(crm, mapping, opportunity, budget, approved) : []),
    ...alerts.writes,
  ];
  if (writes.length === 0) return [];
  const changeSet: Action = { kind: 'dataverse.change-set', because: 'the figures in Jira changed', writes };
  return setAmount
    ? [{ kind: 'budget.set-amount', budgetId: budget.id, projectId: project.id, amount: approved }, changeSet]
    : [changeSet];
}

/** Said for as long as it holds: approved figures stay in the currency they were approved in. */
function currencyNotice(opportunity: OpportunityFacts, approved: Money): string | null {
  if (approved.currency === opportunity.currency) return null;
  return `The opportunity is in ${opportunity.currency} now; the budget was approved in ${approved.currency} and its figures stay so. Request an approval in ${opportunity.currency} to change that.`;
}

function storedColumns(mapping: MappingFacts): MappingColumns {
  return {
    crmjira_approved_budget: toDecimal(mapping.approved),
    crmjira_spent_amount: toDecimal(mapping.spent),
    crmjira_remaining_budget: toDecimal(mapping.remaining),
    crmjira_jira_amount: mapping.jiraAmount === null ? null : toDecimal(mapping.jiraAmount),
    crmjira_budget_status: mapping.status,
    crmjira_utilization: mapping.utilization,
    crmjira_total_hours: mapping.totalHours,
    crmjira_jira_project_key: mapping.projectKey,
    crmjira_project_archived: mapping.projectArchived,
    ...mapping.details,
    crmjira_last_alert_level: mapping.lastAlertLevel,
    crmjira_last_error: mapping.lastError,
    crmjira_budget_amount_seen: mapping.budgetAmountSeen === null ? null : toDecimal(mapping.budgetAmountSeen),
  };
}

/** Agreement is no change and writes nothing: that it was looked for is said once for all, by the connection's own last sync. */
function mappingWrite(
  mapping: MappingFacts,
  differing: MappingColumns | null,
  event: MappingColumns,
  now: Instant,
): RowWrite[] {
  if (!differing && mapping.lastSyncOn !== null) return [];
  const columns = {
    ...differing,
    ...event,
    // What the figures themselves have to say; a failure of a run is the service's to word.
    ...(differing?.crmjira_last_error ? { crmjira_last_error_code: 'currency-kept' satisfies FailureCode } : {}),
    crmjira_last_sync_date: wholeSecond(now),
  };
  return [update('crmjira_budget_mapping', mapping.id, columns, mapping.version)];
}

/** A won or lost opportunity is left alone (R-2301). */
function opportunityWrite(
  opportunity: OpportunityFacts,
  project: JiraProjectFacts,
  spent: Money,
  status: BudgetStatus,
  raised: boolean,
  newProjectBudget: Money | null,
  policy: Policy,
): RowWrite[] {
  if (opportunity.state !== 'open') return [];
  type Columns = Partial<TableRows['opportunity']>;
  const active = status === BudgetStatus.Active || status === BudgetStatus.OverBudget;
  const done = (step: string): boolean => opportunity.stepsDone.includes(step);
  const stored: Columns = {
    crmjira_budget_status: opportunity.budgetStatus,
    crmjira_jira_project_key: opportunity.jiraProjectKey,
    actualvalue: opportunity.actualValue === null ? null : toDecimal(opportunity.actualValue),
    crmjira_budget_review_required: opportunity.reviewRequired,
    crmjira_step_activate: done('crmjira_step_activate'),
    crmjira_project_budget: opportunity.projectBudget === null ? null : toDecimal(opportunity.projectBudget),
  };
  const wished: Columns = {
    crmjira_budget_status: status,
    crmjira_jira_project_key: project.key,
    ...(policy.writeSpentToActualValue &&
    spent.currency === opportunity.currency &&
    (spent.minor !== 0 || opportunity.actualValue !== null)
      ? { actualvalue: toDecimal(spent) }
      : {}),
    ...(raised ? { crmjira_budget_review_required: true } : {}),
    ...(active ? { crmjira_step_activate: true } : {}),
    ...(newProjectBudget ? { crmjira_project_budget: toDecimal(newProjectBudget) } : {}),
  };
  const differing = changed<Columns>(stored, wished);
  return differing ? [update('opportunity', opportunity.id, differing)] : [];
}

/**
 * One row a mapping and UTC day, overwritten through the day (ADR-15). Dated by the end of the reading: a run over midnight
 * that waits for Jira has work of the new day in its figures, and the row of a day that is over must not.
 */
function snapshotWrite(
  crm: CrmFacts,
  mapping: MappingFacts,
  opportunity: OpportunityFacts,
  budget: BudgetFacts,
  approved: Money,
  figuresChanged: boolean,
  now: Instant,
): RowWrite[] {
  const newest = crm.snapshots[crm.snapshots.length - 1];
  const remaining = budget.remainingEstimateHours === null ? null : storedHours(budget.remainingEstimateHours);
  const fraction = budget.doneFraction === null ? null : Math.round(budget.doneFraction * 10_000) / 10_000;
  const day = dayOf(budget.readOn ?? now);
  // A row of a day to come was written before the clock was put back: beside it today's would be written for ever.
  const estimatesChanged =
    (newest === undefined || newest.day <= day) &&
    (remaining !== (newest?.remainingEstimateHours ?? null) || fraction !== (newest?.doneFraction ?? null));
  if (!figuresChanged && !estimatesChanged) return [];
  return [
    upsert('crmjira_budget_snapshot', snapshotId(mapping.id, day), {
      crmjira_name: `${mapping.reference} ${day}`,
      'crmjira_budget_mapping_id@odata.bind': bind('crmjira_budget_mapping', mapping.id),
      'transactioncurrencyid@odata.bind': bind('transactioncurrency', currencyRowOf(mapping, opportunity, approved)),
      crmjira_snapshot_date: day,
      crmjira_spent_amount: toDecimal(budget.spent),
      crmjira_approved_budget: toDecimal(approved),
      crmjira_total_hours: storedHours(budget.hours),
      crmjira_remaining_estimate_hours: remaining,
      crmjira_done_fraction: fraction,
    }),
  ];
}

/** One log row and one inbound event for a change of figures; the mapping's version makes them this change's own. */
function appliedChange(
  mapping: MappingFacts,
  opportunity: OpportunityFacts,
  project: JiraProjectFacts,
  budget: BudgetFacts,
  status: BudgetStatus,
  now: Instant,
): RowWrite[] {
  const draftSpend = status === BudgetStatus.Draft && compareMoney(budget.spent, { ...budget.spent, minor: 0 }) > 0;
  const eventId = derivedId(mapping.id, 'inbound', mapping.version);
  return [
    logJiraChange(mapping, project, opportunity, 'update', draftSpend ? { message: 'spend before approval' } : {}),
    create('crmjira_inbound_event', eventId, {
      crmjira_name: `${mapping.reference} ${wholeSecond(now)}`,
      crmjira_event_id: eventId,
      crmjira_event_type: 'figures_changed',
      'crmjira_integration_id@odata.bind': bind('crmjira_integration', mapping.connectionId),
      crmjira_project_id: project.id,
      crmjira_received_on: wholeSecond(now),
      crmjira_status: InboundStatus.Processed,
    }),
  ];
}

function reportDeletedProject(mapping: MappingFacts, opportunity: OpportunityFacts): Action[] {
  return reportLoss(mapping, opportunity, {
    because: 'the Jira project was deleted',
    message: `The Jira project ${mapping.projectKey} no longer exists, or the integration account may no longer see it. The last figures are kept. Restore the project or that access in Jira. To link another project, ask an administrator to delete the budget mapping first.`,
    code: 'project-deleted',
    trigger: 'deleted',
    operation: OperationType.Delete,
  });
}

/**
 * A linked project had its budget: where the source shows none any more, nobody can say what was spent. It is not created anew, as one
 * that begins at nothing would take the figures back to it (R-1506: existence on both sides).
 */
function reportMissingBudget(mapping: MappingFacts, opportunity: OpportunityFacts): Action[] {
  return reportLoss(mapping, opportunity, {
    because: 'the budget is no longer there',
    message: `The budget source shows no budget for ${mapping.projectKey} any more, or not to the integration account. The last figures are kept. Restore the budget there, or check crmjira_BudgetSource.`,
    code: sourceOfOption(mapping.source)?.lost ?? 'jira-not-found',
    trigger: 'no-budget',
    operation: OperationType.Update,
  });
}

/** Tells on the mapping, and once in the log, that there are no figures to follow. */
function reportLoss(
  mapping: MappingFacts,
  opportunity: OpportunityFacts,
  loss: {
    readonly because: string;
    readonly message: string;
    readonly code: FailureCode;
    readonly trigger: string;
    readonly operation: OperationType;
  },
): Action[] {
  const { because, message, code, trigger, operation } = loss;
  if (mapping.lastError === message) return [];
  return [
    {
      kind: 'dataverse.change-set',
      because,
      writes: [
        update(
          'crmjira_budget_mapping',
          mapping.id,
          { crmjira_last_error: message, crmjira_last_error_code: code },
          mapping.version,
        ),
        create(
          'crmjira_integration_log',
          derivedId(mapping.id, 'log', trigger, mapping.version),
          logRow({
            operation,
            source: SourceSystem.Jira,
            sourceId: mapping.projectKey,
            targetId: opportunity.id,
            status: IntegrationStatus.Failed,
            mapping: mapping.id,
            message,
            code,
          }),
        ),
      ],
    },
  ];
}

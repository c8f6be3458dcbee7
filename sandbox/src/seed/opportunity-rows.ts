import {
  ApprovalStatus,
  BudgetStatus,
  mappingId,
  opportunityCloseId,
  process,
  processInstanceId,
} from '@crmjira/domain';
import { accounts } from './accounts';
import { approvalRows } from './approval-rows';
import { currencies } from './currencies';
import { type RowContext, mappingRows } from './mapping-rows';
import { PROJECT_MANAGER } from './people';
import { type ProjectOfOpportunity, ownerOf } from './project-of-opportunity';
import type { OpportunityScenario, ProjectScenario } from './scenarios';
import { ref } from './seed-row';
import type { SeedRow } from './seed-row';
import { at, dayFrom } from './work-days';

/** Budget status that a scenario stands at. */
export function statusOf(scenario: ProjectScenario): BudgetStatus {
  if (scenario.state === 'draft') return BudgetStatus.Draft;
  if (scenario.state === 'completed') return BudgetStatus.Completed;
  return scenario.spentShare > 1 ? BudgetStatus.OverBudget : BudgetStatus.Active;
}

const { stages } = process;
const PATHS: Readonly<Record<ProjectScenario['state'], readonly string[]>> = {
  draft: [stages.OpportunityQualification, stages.JiraProjectCreation, stages.BudgetApproval],
  active: [stages.OpportunityQualification, stages.JiraProjectCreation, stages.BudgetApproval, stages.ProjectExecution],
  review: [
    stages.OpportunityQualification,
    stages.JiraProjectCreation,
    stages.BudgetApproval,
    stages.ProjectExecution,
    stages.BudgetReviewRequired,
  ],
  completed: [
    stages.OpportunityQualification,
    stages.JiraProjectCreation,
    stages.BudgetApproval,
    stages.ProjectExecution,
  ],
};

function processRow(opportunity: OpportunityScenario, scenario: ProjectScenario | undefined, now: Date): SeedRow {
  const path = scenario ? PATHS[scenario.state] : [stages.OpportunityQualification];
  const active = path.at(-1) ?? stages.OpportunityQualification;
  const finished = scenario?.state === 'completed' || opportunity.lost === true;
  return {
    table: process.uniqueName,
    row: {
      businessprocessflowinstanceid: processInstanceId(opportunity.id),
      bpf_name: opportunity.name.slice(0, 200),
      'bpf_opportunityid@odata.bind': ref('opportunity', opportunity.id),
      'activestageid@odata.bind': `/processstages(${active})`,
      createdon: at(dayFrom(now, scenario ? -scenario.startedDaysAgo : -4), 9),
      activestagestartedon: at(dayFrom(now, stageStartedOn(active, scenario)), 14),
      traversedpath: path.join(','),
      ...(finished
        ? {
            statecode: 1,
            statuscode: opportunity.lost ? 3 : 2,
            completedon: at(dayFrom(now, opportunity.closesInDays), 16),
          }
        : {}),
    },
  };
}

/** Days from today on which the active stage began: execution soon after the start, a review or an approval lately. */
function stageStartedOn(active: string, scenario: ProjectScenario | undefined): number {
  if (!scenario) return -4;
  const { startedDaysAgo } = scenario;
  return active === stages.ProjectExecution ? -Math.max(startedDaysAgo - 3, 0) : -Math.min(startedDaysAgo, 9);
}

/** Checklist steps ticked by people and by the service, by how far the project is. */
function steps(scenario: ProjectScenario): Record<string, boolean> {
  const done = ['qualify', 'scope', 'requirements', 'estimate', 'project', 'budget', 'link'];
  if (scenario.state !== 'draft') done.push('permissions', 'review', 'approve', 'activate', 'monitor', 'track');
  return Object.fromEntries(done.map((step) => [`crmjira_step_${step}`, true]));
}

function projectColumns({ scenario, work, jira, status, opportunity }: ProjectOfOpportunity): Record<string, unknown> {
  const spent = (work.history.at(-1)?.spent ?? 0) / 100;
  const approved = scenario.state !== 'draft';
  return {
    crmjira_jira_project_key: jira.key,
    crmjira_integration_reference: jira.reference,
    crmjira_project_budget: opportunity.budget,
    crmjira_budget_status: status,
    crmjira_approval_status: approved ? ApprovalStatus.Approved : ApprovalStatus.Pending,
    ...(approved
      ? {
          'crmjira_approved_by@odata.bind': ref('systemuser', PROJECT_MANAGER.id),
          crmjira_approved_on: at(work.startDay, 15, 10),
        }
      : {}),
    crmjira_budget_review_required: scenario.state === 'review',
    ...(spent > 0 ? { actualvalue: spent } : {}),
    ...steps(scenario),
  };
}

function opportunityRow(
  opportunity: OpportunityScenario,
  project: ProjectOfOpportunity | undefined,
  now: Date,
): SeedRow {
  const customer = accounts.find(({ key }) => key === opportunity.account);
  if (!customer) throw new Error(`The scenario ${opportunity.name} names no account.`);
  const won = project?.scenario.state === 'completed';
  const createdDaysAgo = (project?.scenario.startedDaysAgo ?? 20) + 5;
  return {
    table: 'opportunity',
    row: {
      opportunityid: opportunity.id,
      name: opportunity.name,
      description: opportunity.description,
      'customerid_account@odata.bind': ref('account', customer.id),
      'parentaccountid@odata.bind': ref('account', customer.id),
      'parentcontactid@odata.bind': ref('contact', customer.contactId),
      'ownerid@odata.bind': ref('systemuser', ownerOf(opportunity)),
      'transactioncurrencyid@odata.bind': ref('transactioncurrency', currencies[opportunity.currency].id),
      'crmjira_project_manager_id@odata.bind': ref('systemuser', PROJECT_MANAGER.id),
      createdon: at(dayFrom(now, -createdDaysAgo), 14),
      ...(opportunity.budget === null ? {} : { budgetamount: opportunity.budget }),
      estimatedvalue: opportunity.estimatedValue,
      closeprobability: opportunity.probability,
      estimatedclosedate: dayFrom(now, opportunity.closesInDays),
      crmjira_approval_status: ApprovalStatus.NotRequested,
      ...(project ? projectColumns(project) : {}),
      ...(won
        ? { statecode: 1, statuscode: 3, actualclosedate: closedOn(opportunity, project, now).slice(0, 10) }
        : {}),
      ...(opportunity.lost
        ? { statecode: 2, statuscode: 4, actualclosedate: dayFrom(now, opportunity.closesInDays) }
        : {}),
    },
  };
}

/** A won opportunity was closed on the last day of work, a lost one when it was to be decided. */
function closedOn(opportunity: OpportunityScenario, project: ProjectOfOpportunity | undefined, now: Date): string {
  return at(project?.work.history.at(-1)?.day ?? dayFrom(now, opportunity.closesInDays), 16);
}

/** The activity that closing writes, for opportunities that were won or lost. */
function closeRows(opportunity: OpportunityScenario, project: ProjectOfOpportunity | undefined, now: Date): SeedRow[] {
  const won = project?.scenario.state === 'completed';
  if (!won && !opportunity.lost) return [];
  const on = closedOn(opportunity, project, now);
  return [
    {
      table: 'opportunityclose',
      row: {
        // the id that completing a project gives its close activity
        activityid: opportunityCloseId(mappingId(opportunity.id), on),
        subject: `${won ? 'Opportunity Won' : 'Opportunity Lost'} - ${opportunity.name}`.slice(0, 200),
        opportunityid: { table: 'opportunity', id: opportunity.id },
        actualrevenue: won ? (project.work.history.at(-1)?.spent ?? 0) / 100 : 0,
        actualend: on,
        createdon: on,
        statecode: 1,
        statuscode: 2,
        'transactioncurrencyid@odata.bind': ref('transactioncurrency', currencies[opportunity.currency].id),
        'ownerid@odata.bind': ref('systemuser', ownerOf(opportunity)),
      },
    },
  ];
}

/** An opportunity with its process, and with everything that hangs on its project. */
export function opportunityRows(
  opportunity: OpportunityScenario,
  project: ProjectOfOpportunity | undefined,
  context: RowContext,
): SeedRow[] {
  return [
    opportunityRow(opportunity, project, context.now),
    processRow(opportunity, opportunity.project, context.now),
    ...closeRows(opportunity, project, context.now),
    ...(project ? [...mappingRows(project, context), ...approvalRows(project)] : []),
  ];
}

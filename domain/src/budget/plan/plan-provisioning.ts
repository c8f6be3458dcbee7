import { cleanName } from '../../text/clean-name';
import { utilization } from '../burn';
import { dayOf, wholeSecond } from '../../calendar/calendar';
import { derivedId, snapshotId } from '../../hash/derived-id';
import { type Money, toDecimal } from '../../money/money';
import {
  ApprovalStatus,
  BudgetStatus,
  IntegrationStatus,
  OperationType,
  ProvisioningState,
  SourceSystem,
} from '../../schema/generated/options';
import { exceedsProvisioningThreshold } from '../thresholds';
import type { Action, RowWrite } from './actions';
import { announcement } from './announcement';
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
import { logRow } from './log-row';
import { projectDetails } from './project-details';
import { isUnlinked } from './plan-deleted-mapping';
import { otherOrganization } from './plan-environment';
import { planHolding } from './plan-holding';
import { linkCommand } from './plan-linking';
import type { Policy } from './policy';
import { projectName } from './project-name';
import { rootIssueFields } from './plan-root-issue';
import { bind, create, update, upsert } from './write-rows';

/** open, and a budget strictly above the threshold. */
export function isToBeProvisioned(crm: CrmFacts, policy: Policy): boolean {
  const { mapping, opportunity } = crm;
  return (
    opportunity?.state === 'open' &&
    !isUnlinked(crm) &&
    mapping?.provisioningState !== ProvisioningState.Linked &&
    (mapping !== null || exceedsProvisioningThreshold(opportunity.budgetAmount, policy.budgetThreshold))
  );
}

/**
 * One checkpoint after the other: announce → project → ownership → row → budget → root issue → linked. Each step is found
 * done or not done in the facts, so a crash anywhere leads to exactly one project, budget and mapping.
 */
export function planProvisioning(crm: CrmFacts, jira: JiraFacts, policy: Policy, now: Instant): Action[] {
  const { mapping, opportunity } = crm;
  if (!opportunity || !isToBeProvisioned(crm, policy)) return [];
  if (!mapping) return jira.state === 'absent' ? announce(crm, opportunity, jira.freeKey, policy, now) : [];
  if (jira.state === 'absent') {
    return planHolding({ ...crm, mapping, opportunity }, policy, now) ?? createProject(crm, opportunity, mapping, jira);
  }
  if (jira.state !== 'found') return [];
  return (
    recordProject(crm, opportunity, mapping, jira.project) ??
    setUpBudget(opportunity, mapping, jira.project, jira.budget) ??
    createRootIssue(opportunity, mapping, jira) ??
    link(opportunity, mapping, jira.project, jira.budget, policy, now)
  );
}

type ChangeSet = Extract<Action, { kind: 'dataverse.change-set' }>;

function announce(
  crm: CrmFacts,
  opportunity: OpportunityFacts,
  freeKey: string,
  policy: Policy,
  now: Instant,
): ChangeSet[] {
  const writes = announcement(crm, opportunity, { key: freeKey }, policy, now);
  return writes.length === 0
    ? []
    : [{ kind: 'dataverse.change-set', because: 'a Jira project is to be created', writes }];
}

/**
 * Announces a project before Jira could be asked, so that the opportunity shows that it waits, and for what (F-108). Whether the key can
 * be had is seen when Jira answers: another one is announced then. Nothing for what is to be linked, which names its project itself,
 * nor for what had a mapping once, which somebody has to ask for (R-1232).
 * @param key the first that would be asked for
 */
export function announceUnseen(crm: CrmFacts, key: string, policy: Policy, now: Instant): ChangeSet[] {
  const { opportunity } = crm;
  const unread: JiraFacts = { state: 'not-read' };
  const isNew = crm.mapping === null && opportunity?.integrationReference === null;
  const waits = isNew && isToBeProvisioned(crm, policy);
  if (!waits || otherOrganization(crm, unread) !== null || linkCommand(crm) !== undefined) return [];
  return announce(crm, opportunity, key, policy, now);
}

function ownershipOf(crm: CrmFacts, opportunity: OpportunityFacts, mapping: MappingFacts) {
  return { opportunityId: opportunity.id, reference: mapping.reference, organization: crm.organizationId };
}

function createProject(
  crm: CrmFacts,
  opportunity: OpportunityFacts,
  mapping: MappingFacts,
  jira: Extract<JiraFacts, { state: 'absent' }>,
): Action[] {
  if (mapping.projectKey !== jira.freeKey) {
    // The announced key was taken meanwhile. Announce the next one before using it: after a crash it must be known as ours.
    return [
      {
        kind: 'dataverse.change-set',
        because: `the key ${mapping.projectKey} is taken in Jira`,
        writes: [
          update('crmjira_budget_mapping', mapping.id, { crmjira_jira_project_key: jira.freeKey }, mapping.version),
        ],
      },
    ];
  }
  return [
    {
      kind: 'jira.create-project',
      key: jira.freeKey,
      name: projectName(opportunity.name, mapping.reference, jira.nameTaken),
      description: opportunity.description ?? '',
      ownership: ownershipOf(crm, opportunity, mapping),
    },
  ];
}

function recordProject(
  crm: CrmFacts,
  opportunity: OpportunityFacts,
  mapping: MappingFacts,
  project: JiraProjectFacts,
): Action[] | null {
  const actions: Action[] = [];
  if (project.ownership === null) {
    actions.push({
      kind: 'jira.set-ownership',
      projectId: project.id,
      ownership: ownershipOf(crm, opportunity, mapping),
    });
  }
  if (mapping.projectId !== project.id || opportunity.jiraProjectKey !== project.key) {
    actions.push({
      kind: 'dataverse.change-set',
      because: `the Jira project ${project.key} exists`,
      writes: [
        update(
          'crmjira_budget_mapping',
          mapping.id,
          {
            crmjira_jira_project_id: project.id,
            crmjira_jira_project_key: project.key,
            crmjira_jira_project_name: project.name,
            crmjira_jira_project_url: project.url,
            crmjira_provisioning_state: ProvisioningState.ProjectCreated,
          },
          mapping.version,
        ),
        update('opportunity', opportunity.id, {
          crmjira_jira_project_key: project.key,
          crmjira_budget_status: BudgetStatus.Draft,
          crmjira_step_project: true,
        }),
      ],
    });
  }
  return actions.length > 0 ? actions : null;
}

function setUpBudget(
  opportunity: OpportunityFacts,
  mapping: MappingFacts,
  project: JiraProjectFacts,
  budget: BudgetFacts | null,
): Action[] | null {
  if (!budget) {
    return [
      {
        kind: 'budget.create',
        projectId: project.id,
        projectKey: project.key,
        name: `Budget for ${cleanName(opportunity.name)}`,
        amount: mapping.approved,
        from: mapping.periodFrom ?? '',
        to: mapping.periodTo ?? '',
      },
    ];
  }
  if (mapping.budgetId === budget.id) return null;
  return [
    {
      kind: 'dataverse.change-set',
      because: `the budget ${budget.id} exists`,
      writes: [
        update(
          'crmjira_budget_mapping',
          mapping.id,
          { crmjira_jira_budget_id: budget.id, crmjira_provisioning_state: ProvisioningState.BudgetCreated },
          mapping.version,
        ),
        update('opportunity', opportunity.id, { crmjira_step_budget: true }),
      ],
    },
  ];
}

function createRootIssue(
  opportunity: OpportunityFacts,
  mapping: MappingFacts,
  jira: Extract<JiraFacts, { state: 'found' }>,
): Action[] | null {
  if (jira.rootIssue) return null;
  return [
    {
      kind: 'jira.create-root-issue',
      projectId: jira.project.id,
      summary: jira.project.name,
      fields: rootIssueFields(opportunity, mapping),
    },
  ];
}

function link(
  opportunity: OpportunityFacts,
  mapping: MappingFacts,
  project: JiraProjectFacts,
  budget: BudgetFacts | null,
  policy: Policy,
  now: Instant,
): Action[] {
  const auto = policy.autoApproveOnProvision;
  const status = auto ? BudgetStatus.Approved : BudgetStatus.Draft;
  const approved: Money = mapping.approved;
  // Nothing for a project of our own; what was spent before for one that was linked (R-2303).
  const { spent } = mapping;
  const day = dayOf(now);
  const writes: RowWrite[] = [
    update(
      'crmjira_budget_mapping',
      mapping.id,
      {
        crmjira_provisioning_state: ProvisioningState.Linked,
        crmjira_budget_status: status,
        crmjira_last_sync_date: wholeSecond(now),
        crmjira_last_error: null,
        crmjira_utilization: utilization(spent, approved),
        crmjira_total_hours: mapping.totalHours ?? 0,
        crmjira_jira_amount: budget?.amount ? toDecimal(budget.amount) : null,
        ...projectDetails(project),
      },
      mapping.version,
    ),
    update('opportunity', opportunity.id, {
      crmjira_budget_status: status,
      crmjira_step_link: true,
      ...(auto ? { crmjira_approval_status: ApprovalStatus.Approved } : {}),
    }),
    upsert('crmjira_budget_snapshot', snapshotId(mapping.id, day), {
      crmjira_name: `${mapping.reference} ${day}`,
      'crmjira_budget_mapping_id@odata.bind': bind('crmjira_budget_mapping', mapping.id),
      'transactioncurrencyid@odata.bind': bind('transactioncurrency', currencyRowOf(mapping, opportunity, approved)),
      crmjira_snapshot_date: day,
      crmjira_spent_amount: toDecimal(spent),
      crmjira_approved_budget: toDecimal(approved),
      crmjira_total_hours: mapping.totalHours ?? 0,
    }),
    create(
      'crmjira_integration_log',
      derivedId(mapping.id, 'log', 'create', mapping.version),
      logRow({
        operation: OperationType.Create,
        source: SourceSystem.Dynamics365,
        sourceId: opportunity.id,
        targetId: project.key,
        status: IntegrationStatus.Success,
        mapping: mapping.id,
      }),
    ),
  ];
  return [{ kind: 'dataverse.change-set', because: 'project, budget and root issue exist', writes }];
}

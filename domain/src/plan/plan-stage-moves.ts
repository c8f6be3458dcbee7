import { ApprovalStatus, BudgetStatus, ProvisioningState } from '../schema/generated/options';
import { process } from '../schema/generated/process';
import { STAGES, type Stage } from '../stage-gate';
import type { Action } from './actions';
import type { CrmFacts, Instant, JiraFacts } from './facts';
import type { Policy } from './policy';

function stageOf(stageId: string): Stage | undefined {
  return STAGES.find((stage) => process.stages[stage] === stageId.toLowerCase());
}

/** The stage that the facts call for (DATA-MODEL 8, E1.9, R-705); null when they call for none. */
export function wishedStage(crm: CrmFacts, active: Stage, policy: Policy): Stage | null {
  const { mapping, opportunity } = crm;
  if (!mapping || !opportunity) return null;
  if (active === 'ProjectExecution' && opportunity.reviewRequired) return 'BudgetReviewRequired';
  if (active === 'BudgetReviewRequired') {
    const reviewed = !opportunity.reviewRequired && Boolean(opportunity.reviewNote?.trim());
    return reviewed ? 'ProjectExecution' : null;
  }
  if (!policy.autoAdvanceStages || opportunity.state !== 'open') return null;
  if (mapping.provisioningState !== ProvisioningState.Linked) return 'JiraProjectCreation';
  const running = mapping.status === BudgetStatus.Active || mapping.status === BudgetStatus.OverBudget;
  const approved =
    opportunity.approvalStatus === ApprovalStatus.Approved && (opportunity.projectBudget?.minor ?? 0) > 0;
  return running && approved ? 'ProjectExecution' : 'BudgetApproval';
}

/** Moves forward stage by stage, each with its traversed path; back only from a finished review (DESIGN decision 3). */
export function planStageMoves(crm: CrmFacts, _jira: JiraFacts, policy: Policy, _now: Instant): Action[] {
  const instance = crm.process;
  const active = instance && !instance.finished ? stageOf(instance.activeStageId) : undefined;
  if (!instance || !active) return [];
  const wished = wishedStage(crm, active, policy);
  if (!wished) return [];
  const from = STAGES.indexOf(active);
  const to = STAGES.indexOf(wished);
  const review = active === 'BudgetReviewRequired' && wished === 'ProjectExecution';
  if (to <= from && !review) return [];
  const next = review ? wished : STAGES[from + 1]!;
  return [
    {
      kind: 'dataverse.move-stage',
      instanceId: instance.instanceId,
      fromStageId: process.stages[active],
      toStageId: process.stages[next],
      traversedPath: traversed(instance.traversedPath, process.stages[next]),
    },
  ];
}

/** The path with the new stage at its end; a stage that is on it already cuts what came after. */
export function traversed(path: string, stageId: string): string {
  const stages = path.split(',').filter(Boolean);
  const at = stages.indexOf(stageId);
  return (at < 0 ? [...stages, stageId] : stages.slice(0, at + 1)).join(',');
}

import { ApprovalStatus, BudgetStatus, ProvisioningState } from '../schema/generated/options';
import { process } from '../schema/generated/process';
import { STAGES, type Stage, stageGate } from '../stage-gate';
import type { Action } from './actions';
import type { CrmFacts, Instant, JiraFacts, ProcessFacts } from './facts';
import type { Policy } from './policy';
import { stageFacts } from './stage-facts';

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

/** Moves forward stage by stage, each with its traversed path; back only from a finished review, and from an invalid move where nobody could refuse it (DESIGN decision 3). */
export function planStageMoves(crm: CrmFacts, _jira: JiraFacts, policy: Policy, _now: Instant): Action[] {
  const instance = crm.process;
  const active = instance && !instance.finished ? stageOf(instance.activeStageId) : undefined;
  if (!instance || !active) return [];
  const wished = wishedStage(crm, active, policy);
  if (policy.returnsInvalidStages === true && isInvalid(crm, active, wished, policy)) {
    return [moveTo(instance, active, STAGES[STAGES.indexOf(active) - 1]!)];
  }
  if (!wished) return [];
  const from = STAGES.indexOf(active);
  const to = STAGES.indexOf(wished);
  const review = active === 'BudgetReviewRequired' && wished === 'ProjectExecution';
  if (to <= from && !review) return [];
  const next = review ? wished : STAGES[from + 1]!;
  return [moveTo(instance, active, next)];
}

function moveTo(instance: ProcessFacts, from: Stage, to: Stage): Action {
  return {
    kind: 'dataverse.move-stage',
    instanceId: instance.instanceId,
    fromStageId: process.stages[from],
    toStageId: process.stages[to],
    traversedPath: traversed(instance.traversedPath, process.stages[to]),
  };
}

/** Statuses that a budget has only once it was active: every gate up to execution has been passed then. */
const wasActive: ReadonlySet<BudgetStatus> = new Set([
  BudgetStatus.Active,
  BudgetStatus.OverBudget,
  BudgetStatus.Completed,
]);

/**
 * Whether the process stands further on than its gates let it. Only what can have no other cause is taken for an invalid move: an
 * approval that is asked for again while the project runs leaves it where it is, and so does a project that is linked already for
 * a budget that was lowered since.
 */
function isInvalid(crm: CrmFacts, active: Stage, wished: Stage | null, policy: Policy): boolean {
  const { mapping, opportunity } = crm;
  if (opportunity?.state !== 'open' || (mapping && wasActive.has(mapping.status))) return false;
  // What the next plan would move forward again is not moved back.
  if (wished && STAGES.indexOf(wished) >= STAGES.indexOf(active)) return false;
  const first: Stage = mapping ? 'JiraProjectCreation' : 'OpportunityQualification';
  const verdict = stageGate({ from: first, to: active }, stageFacts(opportunity, mapping, policy.budgetThreshold));
  return !verdict.allowed;
}

/** The path with the new stage at its end; a stage that is on it already cuts what came after. */
export function traversed(path: string, stageId: string): string {
  const stages = path.split(',').filter(Boolean);
  const at = stages.indexOf(stageId);
  return (at < 0 ? [...stages, stageId] : stages.slice(0, at + 1)).join(',');
}

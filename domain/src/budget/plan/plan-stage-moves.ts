import { ApprovalStatus, BudgetStatus, ProvisioningState } from '../../schema/generated/options';
import { process } from '../../schema/generated/process';
import { STAGES, type Stage, type StageReason, stageGate } from '../stage-gate';
import type { Action } from './actions';
import { grantedApproval } from './approved-amount';
import type { CrmFacts, Instant, JiraFacts, OpportunityFacts, ProcessFacts } from './facts';
import type { Policy } from './policy';
import { stageFacts } from './stage-facts';
import { tellOfMove } from './tell-of-move';

function stageOf(stageId: string): Stage | undefined {
  return STAGES.find((stage) => process.stages[stage] === stageId.toLowerCase());
}

/** The stage that the facts call for (D-8, E1.9, R-705); null when they call for none. */
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
  // A request that came right after the grant shows in the status already; the grant moves the process all the same.
  const isApproved = opportunity.approvalStatus === ApprovalStatus.Approved || grantedApproval(crm) !== null;
  const approved = isApproved && (opportunity.projectBudget?.minor ?? 0) > 0;
  return running && approved ? 'ProjectExecution' : 'BudgetApproval';
}

/** Moves forward stage by stage, each with its traversed path; back only from a finished review, and from an invalid move where nobody could refuse it (ADR-3). */
export function planStageMoves(crm: CrmFacts, _jira: JiraFacts, policy: Policy, now: Instant): Action[] {
  const instance = crm.process;
  const active = instance ? stageOf(instance.activeStageId) : undefined;
  if (!instance || !active) return [];
  const takenBack = policy.returnsInvalidStages === true ? takeBack(crm, instance, active, policy, now) : [];
  if (takenBack.length > 0 || instance.finished) return takenBack;
  const wished = wishedStage(crm, active, policy);
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

/** Undoes what the synchronous step would have refused, and tells of it: an early end of the process first, then its stage. */
function takeBack(crm: CrmFacts, instance: ProcessFacts, active: Stage, policy: Policy, now: Instant): Action[] {
  const { opportunity } = crm;
  if (opportunity?.state !== 'open') return [];
  if (instance.finished) {
    const reasons = reasonsAgainstEnd(crm, instance, active, opportunity, policy);
    if (reasons.length === 0) return [];
    const told = tellOfMove(crm, instance, opportunity, { to: 'Finished', reasons }, policy, now);
    return [...told, { kind: 'dataverse.reactivate-process', instanceId: instance.instanceId }];
  }
  const reasons = reasonsAgainstStage(crm, active, opportunity, policy);
  if (reasons.length === 0) return [];
  const told = tellOfMove(crm, instance, opportunity, { to: active, reasons }, policy, now);
  return [...told, moveTo(instance, active, STAGES[STAGES.indexOf(active) - 1]!)];
}

/**
 * Why the process should not have ended yet. Abandoning is everybody's right; what the service has finished stays, also when
 * the project was reopened since.
 */
function reasonsAgainstEnd(
  crm: CrmFacts,
  instance: ProcessFacts,
  active: Stage,
  opportunity: OpportunityFacts,
  policy: Policy,
): readonly StageReason[] {
  if (instance.abandoned === true || instance.writtenByService === true) return [];
  return stageGate({ from: active, to: 'Finished' }, stageFacts(opportunity, crm.mapping, policy.budgetThreshold))
    .reasons;
}

/**
 * Why the process should not stand as far on as it does; empty where it may. Only what can have no other cause is taken for an invalid move: an
 * approval that is asked for again while the project runs leaves it where it is, and so does a project that is linked already for
 * a budget that was lowered since.
 */
function reasonsAgainstStage(
  crm: CrmFacts,
  active: Stage,
  opportunity: OpportunityFacts,
  policy: Policy,
): readonly StageReason[] {
  const { mapping } = crm;
  if (mapping && wasActive.has(mapping.status)) return [];
  // What the next plan would move forward again is not moved back.
  const wished = wishedStage(crm, active, policy);
  if (wished && STAGES.indexOf(wished) >= STAGES.indexOf(active)) return [];
  const first: Stage = mapping ? 'JiraProjectCreation' : 'OpportunityQualification';
  return stageGate({ from: first, to: active }, stageFacts(opportunity, mapping, policy.budgetThreshold)).reasons;
}

/** The path with the new stage at its end; a stage that is on it already cuts what came after. */
export function traversed(path: string, stageId: string): string {
  const stages = path.split(',').filter(Boolean);
  const at = stages.indexOf(stageId);
  return (at < 0 ? [...stages, stageId] : stages.slice(0, at + 1)).join(',');
}

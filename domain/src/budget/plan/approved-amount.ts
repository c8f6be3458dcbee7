import { OTHER_AUTHORITY } from '../../authority/authority';
import { type Need, unmetNeed } from '../../authority/needs';
import { type Money, compareMoney, equalMoney } from '../../money/money';
import { ApprovalStatus, BudgetStatus } from '../../schema/generated/options';
import type { ApprovalFacts, CrmFacts, Guid, MappingFacts, OpportunityFacts } from './facts';

export type DecisionRefusal = 'own-request' | 'no-role' | 'over-limit';

const REFUSALS: Readonly<Partial<Record<Need, DecisionRefusal>>> = {
  'other-person': 'own-request',
  approver: 'no-role',
  'within-limit': 'over-limit',
};

/** Why a decision has no effect (ADR-4), null when it holds. Rejecting and sending back need no limit. */
export function decisionRefusal(approval: ApprovalFacts): DecisionRefusal | null {
  const { decision } = approval;
  if (!decision) return null;
  const overLimit =
    decision.outcome === ApprovalStatus.Approved &&
    decision.deciderLimit !== null &&
    compareMoney(approval.amountInBase, decision.deciderLimit) > 0;
  const unmet = unmetNeed(OTHER_AUTHORITY.decision.needs, {
    'other-person': decision.decidedById !== approval.requestedById,
    approver: decision.deciderMayApprove,
    'within-limit': !overLimit,
  });
  return unmet === null ? null : (REFUSALS[unmet] ?? 'no-role');
}

/** Whether a request was granted by a decision that holds. */
export function isGranted(approval: ApprovalFacts | null): approval is ApprovalFacts {
  return approval?.decision?.outcome === ApprovalStatus.Approved && decisionRefusal(approval) === null;
}

/**
 * The approval request that was granted last. One that was asked for after it leaves the grant standing until it is granted itself
 * however soon it came.
 */
export function grantedApproval(crm: Pick<CrmFacts, 'approval' | 'earlierGrant'>): ApprovalFacts | null {
  const { approval, earlierGrant = null } = crm;
  if (isGranted(approval)) return approval;
  return isGranted(earlierGrant) ? earlierGrant : null;
}

/** Whether the opportunity shows a grant already, or one that was decided later. */
export function isTakenOver(
  grant: Pick<ApprovalFacts, 'decision'>,
  opportunity: Pick<OpportunityFacts, 'approvedOn'>,
): boolean {
  const { decision } = grant;
  if (decision === null || opportunity.approvedOn === null) return false;
  return Date.parse(opportunity.approvedOn) >= Date.parse(decision.decidedOn);
}

/** What is approved today, null before the first approval: the service's own figure, whatever a request says. */
export function approvedSoFar(mapping: MappingFacts | null): Money | null {
  return mapping !== null && mapping.status > BudgetStatus.Draft ? mapping.approved : null;
}

/** The budget a project starts with: the project budget, else the opportunity's budget amount (D-7.2). */
export function initialBudget(opportunity: OpportunityFacts): Money | null {
  return opportunity.projectBudget ?? opportunity.budgetAmount;
}

/**
 * The approved amount that the mapping must carry: fixed by the last grant. Before any grant it follows the opportunity:
 * a budget amount that changed since it was taken over wins, else the project budget, which people may edit by itself.
 */
export function wishedApproved(crm: CrmFacts): Money | null {
  const granted = grantedApproval(crm);
  if (granted) return granted.amount;
  const { mapping, opportunity } = crm;
  if (!mapping || !opportunity || mapping.status !== BudgetStatus.Draft) return mapping?.approved ?? null;
  if (budgetAmountChanged(mapping, opportunity)) return opportunity.budgetAmount;
  return initialBudget(opportunity) ?? mapping.approved;
}

/**
 * The currency that the mapping's figures are to be in: the opportunity's until the amount is approved, then that of the approval
 * amounts of different currencies are never added). Jira's side is read in it.
 */
export function wishedCurrency(crm: CrmFacts): string | null {
  return wishedApproved(crm)?.currency ?? crm.mapping?.approved.currency ?? crm.opportunity?.currency ?? null;
}

/** The currency row of amounts of a mapping. */
export function currencyRowOf(mapping: MappingFacts, opportunity: OpportunityFacts, amount: Money): Guid {
  if (amount.currency === opportunity.currency) return opportunity.currencyId;
  return mapping.currencyId ?? opportunity.currencyId;
}

/** The budget amount was edited after it was taken over; an emptied one is not an amount to take over. */
export function budgetAmountChanged(mapping: MappingFacts, opportunity: OpportunityFacts): boolean {
  const { budgetAmountSeen } = mapping;
  return (
    budgetAmountSeen !== null &&
    opportunity.budgetAmount !== null &&
    !equalMoney(budgetAmountSeen, opportunity.budgetAmount)
  );
}

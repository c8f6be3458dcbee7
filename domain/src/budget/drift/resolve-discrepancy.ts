import { equalMoney, type Money, moneyFromDecimal } from '../../money/money';
import { BudgetStatus } from '../../schema/generated/options';
import { grantedApproval, wishedApproved } from '../plan/approved-amount';
import type { CrmFacts, JiraFacts, MappingFacts } from '../plan/facts';

/** Fields a person may decide about; `amount` is another word for the approved amount. */
export const RESOLVABLE_FIELDS = ['approved', 'amount', 'spent', 'status', 'key'] as const;
export const RESOLUTION_SIDES = ['crm', 'jira'] as const;
export type ResolvableField = (typeof RESOLVABLE_FIELDS)[number];
export type ResolutionSide = (typeof RESOLUTION_SIDES)[number];

/** What the argument of a command "Resolve discrepancy" asks for (D-3.11). */
export interface ResolutionRequest {
  readonly field: ResolvableField;
  readonly side: ResolutionSide;
}

/** Reads `approved crm`, also with `=` or `:` between; null when it is none. */
export function parseResolution(argument: string | null): ResolutionRequest | null {
  const [, field, side] = /^\s*([a-z]+)\s*[\s=:]\s*([a-z]+)\s*$/i.exec(argument ?? '') ?? [];
  const known = RESOLVABLE_FIELDS.find((name) => name === field?.toLowerCase());
  const wanted = RESOLUTION_SIDES.find((name) => name === side?.toLowerCase());
  return known === undefined || wanted === undefined ? null : { field: known, side: wanted };
}

export type ResolutionRefusal =
  /** the argument names no field and side */
  | 'unknown-argument'
  /** what was spent is what was logged */
  | 'spent-is-in-jira'
  /** the status follows approval and spending */
  | 'status-is-in-crm'
  /** keys are renamed in Jira */
  | 'key-is-in-jira'
  /** an approved amount changes by an approval only */
  | 'needs-approval'
  /** final figures */
  | 'completed';

export type Resolution =
  /** both sides agree, or the run brings the field to that side by itself */
  | { readonly kind: 'settles' }
  | { readonly kind: 'set-jira-amount'; readonly budgetId: string; readonly projectId: string; readonly amount: Money }
  | { readonly kind: 'set-project-budget'; readonly amount: Money }
  | { readonly kind: 'refused'; readonly refusal: ResolutionRefusal };

type Found = Extract<JiraFacts, { state: 'found' }>;

const settles: Resolution = { kind: 'settles' };
const refused = (refusal: ResolutionRefusal): Resolution => ({ kind: 'refused', refusal });

/** Masters of a field: asking for its other side is refused, asking for it is what every run does. */
const MASTER: Readonly<
  Record<'spent' | 'status' | 'key', { readonly side: ResolutionSide; readonly refusal: ResolutionRefusal }>
> = {
  spent: { side: 'jira', refusal: 'spent-is-in-jira' },
  status: { side: 'crm', refusal: 'status-is-in-crm' },
  key: { side: 'jira', refusal: 'key-is-in-jira' },
};

/**
 * What "take CRM" or "take Jira" means for one field (R-1506, command 7). Only the amount can be right on both sides; it is
 * mastered by Dynamics and, once approved, changed by an approval alone.
 */
export function resolveDiscrepancy(
  crm: CrmFacts,
  mapping: MappingFacts,
  { project, budget, rootIssue }: Found,
  request: ResolutionRequest | null,
): Resolution {
  if (request === null) return refused('unknown-argument');
  const { field, side } = request;
  if (field !== 'approved' && field !== 'amount') {
    return MASTER[field].side === side ? settles : refused(MASTER[field].refusal);
  }
  if (side === 'crm') {
    // Without an amount of its own, Jira shows ours on the root issue, and every run puts it back.
    if (!budget?.amount || equalMoney(budget.amount, mapping.approved)) return settles;
    return { kind: 'set-jira-amount', budgetId: budget.id, projectId: project.id, amount: mapping.approved };
  }
  const shown =
    rootIssue?.approvedAmount == null ? null : moneyFromDecimal(rootIssue.approvedAmount, mapping.approved.currency);
  const amount = budget?.amount ?? shown;
  // Chosen already: the run takes it over.
  if (amount === null || equalMoney(amount, mapping.approved) || equalMoney(amount, wishedApproved(crm)))
    return settles;
  if (mapping.completedOn !== null) return refused('completed');
  if (mapping.status !== BudgetStatus.Draft || grantedApproval(crm) !== null) return refused('needs-approval');
  return { kind: 'set-project-budget', amount };
}

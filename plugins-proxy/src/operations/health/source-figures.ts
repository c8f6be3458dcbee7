import { BudgetSource, type Money, type Policy, toDecimal } from '@crmjira/domain';

/** What the connection row tells of the budget source beside its state; each null where it is not known. */
export interface SourceFigures {
  readonly kind: Policy['budgetSource'] | null;
  /** Of an hour that has no rate of its own. */
  readonly rate: Money | null;
}

export const noSourceFigures: SourceFigures = { kind: null, rate: null };

const kinds = {
  s0: BudgetSource.S0BudgetContract,
  tempo4: BudgetSource.TempoCloud4,
  computed: BudgetSource.ComputedWorklogsRate,
} as const satisfies Readonly<Record<Policy['budgetSource'], BudgetSource>>;

/** The columns of those figures. The budget contract tells amounts: there no hour is priced by us. Pure. */
export function sourceColumns({ kind, rate }: SourceFigures): Record<string, unknown> {
  const priced = kind === 's0' ? null : rate;
  return {
    crmjira_budget_source_kind: kind === null ? null : kinds[kind],
    crmjira_budget_source_rate: priced === null ? null : Number(toDecimal(priced)),
    crmjira_budget_source_rate_currency: priced === null ? null : priced.currency,
  };
}

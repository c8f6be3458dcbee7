import { type BudgetSourceName, budgetSources, type Money, toDecimal } from '@crmjira/domain';

/** What the connection row tells of the budget source beside its state; each null where it is not known. */
export interface SourceFigures {
  readonly kind: BudgetSourceName | null;
  /** Of an hour that has no rate of its own. */
  readonly rate: Money | null;
}

export const noSourceFigures: SourceFigures = { kind: null, rate: null };

/** The columns of those figures; no rate of a source that prices no hour. Pure. */
export function sourceColumns({ kind, rate }: SourceFigures = noSourceFigures): Record<string, unknown> {
  const source = kind === null ? null : budgetSources[kind];
  const priced = source?.pricesHours === false ? null : rate;
  return {
    crmjira_budget_source_kind: source?.option ?? null,
    crmjira_budget_source_rate: priced === null ? null : Number(toDecimal(priced)),
    crmjira_budget_source_rate_currency: priced === null ? null : priced.currency,
  };
}

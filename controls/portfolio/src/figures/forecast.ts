import { type WorkEstimate, confidence } from '@crmjira/domain';
import { type PortfolioRow, isRunning } from '../rows/portfolio-row';

/** What can be said about a project's cost when its work is done; hundredths, as the amounts of the row. */
export type RowForecast =
  | { readonly kind: 'final' | 'nothingSpent' | 'tooEarly' | 'unknown' | 'reading' }
  | { readonly kind: 'range'; readonly low: number; readonly high: number };

/**
 * The domain's `completionRange` from the row and its newest estimate (ADR-10). Its exact integers would cost this control
 * 700 of its 12,288 bytes; a test holds the two to each other, and what is shown is rounded to the unit.
 * @param estimate undefined: being read; null: nothing is known
 */
export function rowForecast(row: PortfolioRow, estimate: WorkEstimate | null | undefined): RowForecast {
  const { spentAmount, hours } = row;
  if (row.isCompleted) return { kind: 'final' };
  if (spentAmount === 0) return { kind: 'nothingSpent' };
  if (!isRunning(row) || estimate === null) return { kind: 'unknown' };
  if (estimate === undefined) return { kind: 'reading' };
  const { remainingHours, doneFraction } = estimate;
  if (confidence(doneFraction) === 'too-early') return { kind: 'tooEarly' };
  const spent = Number(spentAmount);
  const costs = [
    remainingHours !== null && hours ? spent + (Math.max(0, remainingHours) * spent) / hours : NaN,
    doneFraction ? spent / Math.min(1, doneFraction) : NaN,
  ].filter((cost) => cost > 0);
  return costs.length > 0 ? { kind: 'range', low: Math.min(...costs), high: Math.max(...costs) } : { kind: 'unknown' };
}

import { type Money, type WorkEstimate, completionRange, confidence } from '@crmjira/domain';
import { type PortfolioRow, isRunning } from '../rows/portfolio-row';

/** What can be said about a project's cost when its work is done; hundredths, as the amounts of the row. */
export type RowForecast =
  | { readonly kind: 'final' | 'nothingSpent' | 'tooEarly' | 'unknown' | 'reading' }
  | { readonly kind: 'range'; readonly low: number; readonly high: number };

/**
 * The domain's forecast from the row and its newest estimate (ADR-10), without the history that a list does not read.
 * @param estimate undefined: being read; null: nothing is known
 */
export function rowForecast(row: PortfolioRow, estimate: WorkEstimate | null | undefined): RowForecast {
  const { spentAmount, hours } = row;
  if (row.isCompleted) return { kind: 'final' };
  if (spentAmount === 0) return { kind: 'nothingSpent' };
  if (!isRunning(row) || estimate === null) return { kind: 'unknown' };
  if (estimate === undefined) return { kind: 'reading' };
  if (confidence(estimate.doneFraction) === 'too-early') return { kind: 'tooEarly' };
  // Neither day nor currency changes what comes out.
  const spent: Money = { minor: Number(spentAmount), currency: '' };
  const range = completionRange({ day: '', spent, hours }, estimate, []);
  return range ? { kind: 'range', low: range.low.minor, high: range.high.minor } : { kind: 'unknown' };
}

import type { PortfolioRow } from '../rows/portfolio-row';

/** Sums of the rows of one currency, in hundredths. */
export interface Total {
  readonly currencyId: string;
  readonly approved: number;
  readonly spent: number;
}

/** A sum for each currency, in the order of the rows; none where column security hides an amount of it. */
export function totalsOf(rows: readonly PortfolioRow[]): Total[] {
  return [...new Set(rows.map(({ currencyId }) => currencyId))].flatMap((currencyId) => {
    const own = rows.filter((row) => row.currencyId === currencyId);
    const sum = (figure: 'approvedAmount' | 'spentAmount'): number =>
      own.reduce((all, row) => all + (row[figure] ?? NaN), 0);
    const [approved, spent] = [sum('approvedAmount'), sum('spentAmount')];
    return Number.isNaN(approved + spent) ? [] : [{ currencyId, approved, spent }];
  });
}

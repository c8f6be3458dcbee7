import type { PortfolioRow } from '../rows/portfolio-row';

/** Sums of rows, in hundredths. */
export interface Sum {
  readonly approved: number;
  readonly spent: number;
}

/** Sums of the rows of one currency; of planned amounts apart, as nobody has approved them (F-106). */
export interface Total extends Sum {
  readonly currencyId: string;
  readonly isDraft: boolean;
}

type Figure = (row: PortfolioRow) => number | null;

/** None where column security hides an amount, or there is no row. */
function sumOf(rows: readonly PortfolioRow[], approvedOf: Figure, spentOf: Figure): Sum[] {
  const sum = (figure: Figure): number => rows.reduce((all, row) => all + (figure(row) ?? NaN), 0);
  const [approved, spent] = [sum(approvedOf), sum(spentOf)];
  return Number.isNaN(approved + spent) || rows.length === 0 ? [] : [{ approved, spent }];
}

/** A sum for each currency in the order of the rows, what is approved before what is planned. */
export function totalsOf(rows: readonly PortfolioRow[]): Total[] {
  return [...new Set(rows.map(({ currencyId }) => currencyId))].flatMap((currencyId) =>
    [false, true].flatMap((isDraft) =>
      sumOf(
        rows.filter((row) => row.currencyId === currencyId && row.isDraft === isDraft),
        (row) => row.approvedAmount,
        (row) => row.spentAmount,
      ).map((sum) => ({ ...sum, currencyId, isDraft })),
    ),
  );
}

/** What is approved in all currencies, in that of the organization at the rates of the rows (F-124); none where there is but one. */
export function baseTotalOf(rows: readonly PortfolioRow[]): Sum[] {
  const approved = rows.filter(({ isDraft }) => !isDraft);
  const isMixed = approved.some(({ currencyId }) => currencyId !== approved[0]?.currencyId);
  return isMixed
    ? sumOf(
        approved,
        (row) => row.approvedBase,
        (row) => row.spentBase,
      )
    : [];
}

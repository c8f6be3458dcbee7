import type { Words } from '@crmjira/form-data';
import type { Figures } from '../figures/use-figures';
import type { PortfolioRow } from '../rows/portfolio-row';
import type { StringKey } from '../generated/string-keys';
import type { PortfolioView } from '../view/portfolio-view';

/** By it spreadsheets see that the text is UTF-8. */
const MARK = '\ufeff';

/** Characters with which a spreadsheet begins a formula: a name is none. */
const FORMULA = /^[=+\-@\t\r]/;

/**
 * The rows of the view as a spreadsheet reads them: numbers without signs, for people of the language. French lists are separated by
 * semicolons, as its numbers have a comma.
 */
export function csvOf(
  rows: readonly PortfolioRow[],
  { rows: listed, headers }: PortfolioView,
  currencies: NonNullable<Figures['currencies']>,
  say: Words<StringKey>,
): string {
  const french = say('locale').startsWith('fr');
  const number = (value: number | null): string =>
    value === null ? '' : french ? String(value).replace('.', ',') : String(value);
  const text = (value: string): string =>
    `"${(FORMULA.test(value) ? `'${value}` : value).replaceAll('"', '""').replaceAll('\u00a0', ' ')}"`;
  const amount = (hundredths: number | null): string => number(hundredths === null ? null : hundredths / 100);
  const [name = '', status = '', burn = '', approved = '', spent = '', remaining = '', forecast = '', sync = ''] =
    headers.map((header) => header.text);
  const heads = [
    name,
    say('field.key'),
    status,
    say('currency'),
    `${burn} (%)`,
    approved,
    spent,
    remaining,
    forecast,
    sync,
  ];
  const lines = rows.map((row, index) => {
    const shown = listed[index];
    const { approvedAmount, spentAmount } = row;
    const rest = approvedAmount === null || spentAmount === null ? null : approvedAmount - spentAmount;
    return [
      text(shown?.name ?? ''),
      text(row.key),
      text(row.statusText),
      text(currencies[row.currencyId]?.code ?? ''),
      number(row.percent),
      amount(approvedAmount),
      amount(spentAmount),
      amount(rest),
      text(shown?.forecast ?? ''),
      text(row.lastSyncOn ?? ''),
    ];
  });
  return MARK + [heads.map(text), ...lines].map((cells) => cells.join(french ? ';' : ',')).join('\r\n');
}

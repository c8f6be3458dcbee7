import { type RawRow, numberField, textField } from '../row/row-fields';

export interface Currency {
  /** of its row; undefined where no row could be told */
  readonly id?: string;
  /** ISO 4217 */
  readonly code: string;
  /** e.g. $ or € */
  readonly symbol: string;
}

/** Currencies of the organization: few rows that hardly ever change, read once a form. */
export interface Currencies {
  readonly byId: Readonly<Record<string, Currency>>;
  /** the organization's own currency; null when it cannot be told */
  readonly base: Currency | null;
}

/** The id comes with each row, as the platform sends a primary key unasked. */
export const CURRENCY_QUERY = '?$select=isocurrencycode,currencysymbol,exchangerate';

/** Used where a row has no currency: `crmjira_DefaultCurrency` (D-1). */
export const DEFAULT_CURRENCY: Currency = { code: 'CAD', symbol: '$' };

/** The base currency is the one whose exchange rate is exactly 1 (the platform keeps it so). */
export function parseCurrencies(rows: readonly RawRow[]): Currencies {
  const byId: Record<string, Currency> = {};
  let base: Currency | null = null;
  for (const row of rows) {
    const id = textField(row, 'transactioncurrencyid');
    const code = textField(row, 'isocurrencycode');
    if (id === null || code === null) continue;
    const currency = { id, code, symbol: textField(row, 'currencysymbol') ?? code };
    byId[id] = currency;
    if (numberField(row, 'exchangerate') === 1) base ??= currency;
  }
  return { byId, base };
}

/** @param id value of a row's `_transactioncurrencyid_value` */
export function currencyOf(id: string | null, { byId, base }: Currencies): Currency {
  return byId[id ?? ''] ?? base ?? DEFAULT_CURRENCY;
}

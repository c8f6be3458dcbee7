import * as React from 'react';
import { textOf } from './row-values';
import { readRows } from './web-api';

/** ISO codes of the currency rows by their ids, which the platform knows by itself; null until they are read. */
export function useCurrencies(): ReadonlyMap<string, string> | null {
  const [currencies, set] = React.useState<ReadonlyMap<string, string> | null>(null);
  React.useEffect(() => {
    readRows('transactioncurrencies?$select=isocurrencycode').then(
      ({ rows }) =>
        set(
          new Map(
            rows.map((row) => [textOf(row, 'transactioncurrencyid') ?? '', textOf(row, 'isocurrencycode') ?? '']),
          ),
        ),
      () => set(new Map()),
    );
  }, []);
  return currencies;
}

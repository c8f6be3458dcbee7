import * as React from 'react';
import type { WorkEstimate } from '@crmjira/domain';
import { PAGE_SIZE } from '../rows/columns';
import { type PortfolioRow, isRunning } from '../rows/portfolio-row';
import { useReading } from '../use-reading';
import { type Currency, type WebApi, readCurrencies, readEstimates } from './read-figures';

/** What the rows of the view do not say themselves. */
export interface Figures {
  /** null until they are read: no sum and no estimate can be named without them */
  readonly currencies: Readonly<Record<string, Currency>> | null;
  /** by the version of the row; null: nothing is known. What is missing is still being read. */
  readonly estimates: Readonly<Record<string, WorkEstimate | null>>;
}

/** Reads what the rows lack: the estimates of running projects, once for each state of their rows, and the currencies. */
export function useFigures(webApi: WebApi, rows: readonly PortfolioRow[]): Figures {
  const [figures, set] = React.useState<Figures>({ currencies: null, estimates: {} });
  const wanted = rows.filter((row) => isRunning(row) && !(row.version in figures.estimates)).slice(0, PAGE_SIZE);
  useReading(
    wanted.length > 0 || (rows.length > 0 && !figures.currencies)
      ? `of ${String(wanted.map(({ version }) => version))}`
      : '',
    () =>
      // Each is told without the other; what could not be read is not known, and read again with the next change.
      Promise.all([
        readCurrencies(webApi).catch(() => null),
        readEstimates(
          webApi,
          wanted.map(({ id }) => id),
        ).catch((): Figures['estimates'] => ({})),
      ]),
    ([currencies, found]) => {
      const read = Object.fromEntries(wanted.map(({ version, id }) => [version, found[id] ?? null]));
      set((before) => ({
        currencies: currencies ?? before.currencies,
        estimates: { ...before.estimates, ...read },
      }));
    },
  );
  return figures;
}

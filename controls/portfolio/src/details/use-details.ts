import * as React from 'react';
import type { PortfolioRow } from '../rows/portfolio-row';
import { useReading } from '../use-reading';
import { type Details, readDetails } from './read-details';

type WebApi = Pick<ComponentFramework.WebApi, 'retrieveMultipleRecords'>;

/** null: they could not be read; undefined: being read */
export type DetailsState = Details | null | undefined;

/** Details of the open row; read again when the row has changed, shown meanwhile as they were. */
export function useDetails(webApi: WebApi, row: PortfolioRow | undefined, maySeePersons: boolean): DetailsState {
  const [found, setFound] = React.useState<{ readonly id?: string; readonly details?: DetailsState }>({});
  const { id = '', version = '' } = row ?? {};
  useReading(
    version,
    () => readDetails(webApi, id, maySeePersons).catch(() => null),
    (details) => setFound({ id, details }),
  );
  return found.id === id ? found.details : undefined;
}

import * as React from 'react';
import { useLatest } from '../use-latest';
import type { PortfolioRow } from '../rows/portfolio-row';
import { type Details, readDetails } from './read-details';

type WebApi = Pick<ComponentFramework.WebApi, 'retrieveRecord' | 'retrieveMultipleRecords'>;

export type DetailsState =
  { readonly kind: 'closed' | 'loading' | 'failed' } | { readonly kind: 'read'; readonly details: Details };

/** Details of the open row; read again when the row has changed, shown meanwhile as they were. */
export function useDetails(webApi: WebApi, row: PortfolioRow | null, maySeePersons: boolean): DetailsState {
  const [found, setFound] = React.useState<{ readonly id: string; readonly state: DetailsState } | null>(null);
  const newest = useLatest(row);
  const id = row?.id ?? null;
  const version = row?.modifiedOn ?? null;
  React.useEffect(() => {
    const wanted = newest.current;
    if (wanted === null) return undefined;
    let current = true;
    readDetails(webApi, wanted, maySeePersons).then(
      (details) => current && setFound({ id: wanted.id, state: { kind: 'read', details } }),
      () => current && setFound({ id: wanted.id, state: { kind: 'failed' } }),
    );
    return () => {
      current = false;
    };
    // `webApi` is another object in each context, but always the same server.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [id, version, maySeePersons]);
  if (id === null) return { kind: 'closed' };
  return found?.id === id ? found.state : { kind: 'loading' };
}

import * as React from 'react';
import type { FormStore, Mapping } from '@crmjira/form-data';
import { type PersonWork, readWork } from './read-work';

/** null: it could not be read; undefined: being read */
export type Work = readonly PersonWork[] | null | undefined;

/** Work by person while somebody looks at it, read again when the figures have changed: nothing of it is read unasked. */
export function useWork(store: FormStore | null, mapping: Mapping | undefined, isAsked: boolean): Work {
  const [work, keep] = React.useState<Work>();
  React.useEffect(() => {
    if (!store || !mapping || !isAsked) return undefined;
    let current = true;
    readWork(store.desk.webApi, mapping).then(
      (found) => current && keep(found),
      // Said in words where it was asked for.
      () => current && keep(null),
    );
    return () => {
      current = false;
    };
    // The version says what is read.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [store, mapping?.version, isAsked]);
  return work;
}

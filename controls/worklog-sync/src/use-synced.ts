import { type FormStore, announceSynced } from '@crmjira/form-data';
import * as React from 'react';

/**
 * Tells the form when a sync has written the record, whoever asked for it: the form's own fields hold what it read itself.
 * @param written what a sync writes; null: not read yet
 */
export function useSynced(store: FormStore | null, written: string | null): void {
  const last = React.useRef({ store, written });
  React.useEffect(() => {
    const before = last.current.store === store ? last.current.written : null;
    if (store && written && before && written !== before) announceSynced(store.desk);
    last.current = { store, written: written ?? before };
  }, [store, written]);
}

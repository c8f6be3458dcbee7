import type { FormStore } from './store/form-store';
import type { WebApi } from './store/read-record';
import { browserSurroundings, sharedStore } from './store/shared-store';

/** The store of the record a control stands on; another record, or the first save, gives another store. */
export class ControlStore {
  private current: { readonly id: string; readonly store: FormStore } | null = null;

  /** @param recordId null on a form that is not saved: then there is nothing to read */
  for(recordId: string | null, webApi: WebApi, isOffline: () => boolean): FormStore | null {
    if (recordId === null) return null;
    if (this.current?.id !== recordId) {
      this.current = { id: recordId, store: sharedStore(webApi, recordId, browserSurroundings(isOffline)) };
    }
    return this.current.store;
  }
}

import { type FormStore, type Surroundings, createFormStore } from './form-store';
import type { WebApi } from './read-record';

/**
 * Each control is a bundle of its own with its own copy of this module, so the stores of a page live behind one global
 * symbol. Its number changes with the shape of FormStore: bundles of different releases then do not share.
 */
const REGISTRY = Symbol.for('crmjira.form-data/1');

/** The store that every control on the form of this record shares. It is forgotten when the last control has left it. */
export function sharedStore(webApi: WebApi, opportunityId: string, around: Surroundings): FormStore {
  const page = globalThis as { [REGISTRY]?: Map<string, FormStore> }; // our own property, under a symbol of our own
  const stores = (page[REGISTRY] ??= new Map<string, FormStore>());
  let store = stores.get(opportunityId);
  if (store === undefined) {
    store = createFormStore(webApi, opportunityId, around, () => stores.delete(opportunityId));
    stores.set(opportunityId, store);
  }
  return store;
}

/** Page and clock of a browser. @param isOffline `context.client.isOffline`, where the client has it */
export function browserSurroundings(isOffline: () => boolean): Surroundings {
  return {
    clock: () => Date.now(),
    setTimer: (run, milliseconds) => window.setTimeout(run, milliseconds),
    clearTimer: (id) => window.clearTimeout(id),
    isHidden: () => document.hidden,
    isOffline: () => isOffline() || !navigator.onLine,
    onVisibility: (changed) => {
      document.addEventListener('visibilitychange', changed);
      return () => document.removeEventListener('visibilitychange', changed);
    },
  };
}

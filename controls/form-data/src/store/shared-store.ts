import { type FormStore, type Surroundings, createFormStore } from './form-store';
import type { WebApi } from './read-record';

/**
 * Each control is a bundle of its own with its own copy of this module, so the stores of a page live behind one global
 * symbol. Its number changes with the shape of FormStore: bundles of different releases then do not share.
 */
const REGISTRY = Symbol.for('crmjira.form-data/1');

type Registry = Map<string, FormStore>;

function registry(): Registry {
  const page = globalThis as { [REGISTRY]?: Registry }; // a property of our own under a symbol that TypeScript can not know
  return (page[REGISTRY] ??= new Map());
}

/** The store that every control on the form of this record shares. It is forgotten when the last control has left it. */
export function sharedStore(webApi: WebApi, opportunityId: string, around: Surroundings): FormStore {
  const stores = registry();
  const found = stores.get(opportunityId);
  if (found) return found;
  const store = createFormStore(webApi, opportunityId, around);
  let listeners = 0;
  const shared: FormStore = {
    ...store,
    subscribe: (listener, snapshots) => {
      const leave = store.subscribe(listener, snapshots);
      listeners += 1;
      stores.set(opportunityId, shared);
      return () => {
        leave();
        listeners -= 1;
        if (listeners === 0 && stores.get(opportunityId) === shared) stores.delete(opportunityId);
      };
    },
  };
  stores.set(opportunityId, shared);
  return shared;
}

/** Page and clock of a browser. @param isOffline `context.client.isOffline`, where the client has it */
export function browserSurroundings(isOffline: () => boolean): Surroundings {
  return {
    clock: () => Date.now(),
    setTimer: (run, milliseconds) => window.setTimeout(run, milliseconds),
    clearTimer: (id) => window.clearTimeout(id),
    isHidden: () => document.visibilityState === 'hidden',
    isOffline: () => isOffline() || !navigator.onLine,
    onVisibility: (changed) => {
      document.addEventListener('visibilitychange', changed);
      return () => document.removeEventListener('visibilitychange', changed);
    },
  };
}

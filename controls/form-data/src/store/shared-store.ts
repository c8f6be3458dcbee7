import type { RecordKey, WebApi } from './desk';
import { type FormStore, createFormStore } from './form-store';
import { savedKey } from './saved-records';

/**
 * Each control is a bundle of its own with its own copy of this module, so the stores of a page live behind one global
 * symbol. Its number changes with the shape of FormStore: bundles of different releases then do not share.
 */
const REGISTRY = Symbol.for('crmjira.form-data/7');

interface PageContext {
  readonly webAPI: WebApi;
  readonly client?: Partial<Pick<ComponentFramework.Client, 'isOffline'>>;
}

/**
 * The store that every control on the form of this record shares; null on a form that is not saved: there is nothing to read.
 * It is forgotten when the last control has left it.
 */
export function storeOf(table: string, id: string | null, { webAPI, client }: PageContext): FormStore | null {
  if (!id) return null;
  const page = globalThis as { [REGISTRY]?: Map<string, FormStore> }; // our own property, under a symbol of our own
  const stores = (page[REGISTRY] ??= new Map<string, FormStore>());
  const record: RecordKey = { table, id };
  const key = savedKey(record);
  let store = stores.get(key);
  if (store === undefined) {
    const isOffline = (): boolean => client?.isOffline?.() || !navigator.onLine;
    store = createFormStore(webAPI, record, isOffline, () => stores.delete(key));
    stores.set(key, store);
  }
  return store;
}

import { createBoundedMap } from '../../platform/bounded-map';
import { PlanOutdated } from '../../platform/errors/plan-outdated';
import { IntegrationError } from '../../platform/errors/integration-error';

/** How long what seldom changes is taken for true unless the settings say otherwise, in milliseconds (R-909: 4 h). */
export const metadataKeepMs = 4 * 3_600_000;
/** Younger metadata is not to blame for a refusal, in milliseconds: reading it again would change nothing. */
const freshMs = 60_000;

/** What is remembered at most: issue types of a project are asked for once, when its root issue is created. */
const rememberedKeys = 100;

/** Kinds of metadata that are remembered; the second part of a key names the project. */
export type MetadataKey =
  | 'fields'
  | 'field-ids'
  | 'myself'
  | 'deployment'
  | 'statuses'
  | 'priorities'
  | `issue-types:${string}`
  | `create-types:${string}`
  | `create-fields:${string}`;

/** What a site says about itself, remembered for a while: its fields, who we are, the issue types of a project. */
export interface MetadataCache {
  /** Remembered, else loaded; a failure is not remembered, and calls at the same time share one load. */
  get<T>(key: MetadataKey, load: () => Promise<T>): Promise<T>;
  /** What is remembered just now, without asking; null when nothing is. */
  peek<T>(key: MetadataKey): T | null;
  set<T>(key: MetadataKey, value: T): void;
  forget(key: MetadataKey): void;
  /** Forgets everything if some of it is old enough to be wrong. @returns whether it was */
  forgetOld(): boolean;
}

interface Entry {
  readonly loadedAt: number;
  readonly loading: Promise<unknown>;
  loaded: unknown;
}

/** @param keepMs how long it is taken for true, in milliseconds; asked each time, as settings change */
export function createMetadataCache(now: () => number, keepMs: () => number = () => metadataKeepMs): MetadataCache {
  const entries = createBoundedMap<MetadataKey, Entry>(rememberedKeys);
  const valid = (key: MetadataKey): Entry | null => {
    const entry = entries.get(key);
    const age = entry === undefined ? -1 : now() - entry.loadedAt;
    // Younger than nothing: loaded before the clock was put back.
    return entry !== undefined && age >= 0 && age < keepMs() ? entry : null;
  };
  return {
    get: async <T>(key: MetadataKey, load: () => Promise<T>): Promise<T> => {
      const known = valid(key);
      // A key always holds what its own loader gave.
      if (known !== null) return known.loading as Promise<T>;
      const loading = load();
      const entry: Entry = { loadedAt: now(), loading, loaded: null };
      entries.set(key, entry);
      try {
        entry.loaded = await loading;
      } catch (error) {
        if (entries.get(key) === entry) entries.delete(key);
        throw error;
      }
      return loading;
    },
    // As above.
    peek: <T>(key: MetadataKey) => (valid(key)?.loaded ?? null) as T | null,
    set: (key, value) => {
      entries.set(key, { loadedAt: now(), loading: Promise.resolve(value), loaded: value });
    },
    forget: (key) => {
      entries.delete(key);
    },
    forgetOld: () => {
      const all = [...entries.entries()];
      const old = all.some(([, entry]) => now() - entry.loadedAt >= freshMs);
      if (old) for (const [key] of all) entries.delete(key);
      return old;
    },
  };
}

/**
 * Does what was built with remembered metadata. A refusal that may come from metadata no longer true (a field, type or account that
 * is gone) makes the plan be made anew with fresh metadata, once: fresh metadata is not to blame.
 * @throws PlanOutdated then; else what `work` throws
 */
export async function withMetadata<T>(cache: MetadataCache | undefined, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const blamed = error instanceof IntegrationError && (error.status === 400 || error.status === 404);
    if (!blamed || cache?.forgetOld() !== true) throw error;
    throw new PlanOutdated('What was remembered of the Jira site may be out of date; it is read anew.', {
      cause: error,
    });
  }
}

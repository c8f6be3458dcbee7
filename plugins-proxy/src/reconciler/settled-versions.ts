import { createBoundedMap } from '../platform/bounded-map';

/** Opportunities remembered. */
const remembered = 10_000;

/**
 * Which version of an opportunity's row a run of this process has last found nothing left to do for. A run reads the row again after
 * its own writes, so that what change tracking tells of them needs no run of its own; a later write by anybody has a higher version.
 * Only what a run has ended well with is remembered: one cut off, or one on another replica, is looked at again.
 */
export interface SettledVersions {
  settled(opportunityId: string, version: number): void;
  covers(opportunityId: string, version: number): boolean;
}

export function createSettledVersions(): SettledVersions {
  const versions = createBoundedMap<string, number>(remembered);
  return {
    settled: (opportunityId, version) => versions.set(opportunityId, version),
    covers: (opportunityId, version) => version <= (versions.get(opportunityId) ?? -1),
  };
}

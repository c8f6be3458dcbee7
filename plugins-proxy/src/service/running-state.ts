import type { BaselineVerdict } from '@crmjira/domain';
import type { ProbeResult } from '../platform/errors/probe-result';
import type { Swept } from '../inbound/polling/sweep';
import type { SecretAge } from '../platform/secrets/secret-ages';

/** What this process has found out while it runs. Schedules and the worker write it; health, metrics and alerts read it. */
export interface RunningState {
  /** When a record was last reconciled with success; null before that is known. */
  lastSyncOn: Date | null;
  /** Whether health is shown in Dynamics; null before the first try, or when another replica does it. */
  shownInDynamics: ProbeResult | null;
  /** By connection: whether this environment may write to that Jira (R-2302); nothing before the first look. */
  environments: ReadonlyMap<string, ProbeResult>;
  /** By connection: whether its webhooks arrive; nothing before something told, without inbound, or when another replica looks. */
  webhooks: ReadonlyMap<string, ProbeResult>;
  /** By connection: whether its maps of statuses and priorities serve its issues; nothing before the first look, or without issues. */
  maps: ReadonlyMap<string, ProbeResult>;
  /** The last look for records without a job; null before the first, or when another replica looks. */
  sweep: Swept | null;
  /** Projects that wait for an administrator (R-2305); null before the first count, or when another replica counts. */
  provisioningsHeld: number | null;
  /** Repeated work whose last turn failed, by its name. */
  readonly unfinished: Map<string, ProbeResult>;
  /** Days until tokens and certificates end, e.g. `token jira` (R-1106). */
  readonly daysLeft: Record<string, number>;
  /** Days of age of each secret (R-1218). */
  readonly secretAgeDays: Record<string, number>;
  ages: readonly SecretAge[];
  /** The last day against those before (R-1111); null before the first comparison. */
  baseline: BaselineVerdict | null;
}

/** Nothing is known yet. */
export function createRunningState(): RunningState {
  return {
    lastSyncOn: null,
    shownInDynamics: null,
    environments: new Map(),
    webhooks: new Map(),
    maps: new Map(),
    sweep: null,
    provisioningsHeld: null,
    unfinished: new Map(),
    daysLeft: {},
    secretAgeDays: {},
    ages: [],
    baseline: null,
  };
}

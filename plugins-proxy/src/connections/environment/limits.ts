import type { Settings } from './to-settings';
import type { Config } from '../../platform/config/read-config';

/** How much the service does at a time. */
export interface Limits {
  /** Jobs at one time. */
  readonly workers: number;
  /** How long the other side may take to answer, in milliseconds. */
  readonly timeoutMs: number;
  /** Connections to Jira, and so requests at one time. */
  readonly connections: number;
  /** Calls to Jira a minute; null: as many as come */
  readonly callsPerMinute: number | null;
}

/**
 * What is in force: a variable of the service where one is set, else what an administrator has set in Dynamics, else the service's
 * own default. Pure.
 * @param settings as last read; null before that
 */
export function limitsOf(
  { setHere, workers, requestTimeoutMs, jira }: Pick<Config, 'setHere' | 'workers' | 'requestTimeoutMs' | 'jira'>,
  settings: Pick<Settings, 'limits'> | null,
): Limits {
  const there = settings?.limits;
  return {
    workers: setHere.has('WORKERS') ? workers : (there?.workers ?? workers),
    timeoutMs: setHere.has('REQUEST_TIMEOUT_MS') ? requestTimeoutMs : (there?.timeoutMs ?? requestTimeoutMs),
    connections: setHere.has('JIRA_CONNECTIONS') ? jira.connections : (there?.connections ?? jira.connections),
    callsPerMinute: setHere.has('JIRA_CALLS_PER_MINUTE')
      ? jira.callsPerMinute
      : (there?.callsPerMinute ?? jira.callsPerMinute),
  };
}

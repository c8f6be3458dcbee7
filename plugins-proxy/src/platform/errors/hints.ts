import { faultOf, faultOfRow, type FaultTopic } from '@crmjira/domain';
import type { IntegrationError } from './integration-error';

type Observed = Pick<IntegrationError, 'code' | 'status'> & Partial<Pick<IntegrationError, 'isOfRow'>>;

/** The walk of `doctor` that goes on from a first look (R-1411). */
export const symptomOf: Readonly<Record<Exclude<FaultTopic, null>, string>> = {
  timeout: 'connection-timeout',
  authentication: 'authentication',
  conflict: 'sync-conflict',
  slowness: 'slow',
};

/** Of statuses whose code nobody has foreseen. */
const byStatus: ReadonlyMap<number | undefined, FaultTopic> = new Map([
  [400, 'conflict'],
  [401, 'authentication'],
  [403, 'authentication'],
  [408, 'timeout'],
  [409, 'conflict'],
  [412, 'conflict'],
  [429, 'slowness'],
  [504, 'timeout'],
]);

/** The topic of an error, or null when none fits. Pure. */
export function hintTopic({ code, status }: Observed): FaultTopic {
  const fault = faultOf(code, status);
  return fault === null ? (byStatus.get(status) ?? null) : fault.topic;
}

/** What an administrator does about what was observed, in English; null when nothing is known: a wrong remedy is worse than none. Pure. */
export const hintOf = ({ code, status, isOfRow }: Observed): string | null =>
  (isOfRow ? faultOfRow : faultOf)(code, status)?.remedy[1033] ?? null;

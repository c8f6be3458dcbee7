import { dayOf } from '../../calendar/calendar';
import type { Day, Instant, OpportunityFacts } from './facts';

/** Last day (UTC) of the snooze that holds now; null when alerts go out. Without a reason there is no snooze (R-2306). */
export function snoozedUntil(opportunity: OpportunityFacts, now: Instant): Day | null {
  const { alertsSnoozedUntil: until, alertsSnoozeReason: reason } = opportunity;
  return until !== null && (reason?.trim() ?? '') !== '' && dayOf(now) <= until ? until : null;
}

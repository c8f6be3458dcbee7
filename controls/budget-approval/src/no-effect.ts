import type { Opportunity } from '@crmjira/form-data';
import { APPROVED } from './outcomes';
import type { Decision, Request } from './rows/approvals';
import type { StringKey } from './generated/string-keys';

/**
 * Why the decision on a request has no effect, as far as the rows tell; undefined where it has one or still may. The rules are
 * three: over the limit the request is opened again, who asked stands in the rows, and what is left for a refusal is the role.
 * @param newer the row after it
 * @param refusal the integration's words on the newest request
 * @param approvedOn instant of the last approval that took effect
 */
export function whyNoEffect(
  decision: Decision,
  { on, personId, expired }: Request,
  newer: Request | undefined,
  refusal: string | null | undefined,
  approvedOn: string | null | undefined,
): StringKey | undefined {
  if (newer?.on === on) return 'noEffect.limit';
  if (decision.personId === personId) return 'noEffect.own';
  if (expired) return refusal ? 'noEffect.role' : 'noEffect';
  if (!newer) return refusal ? 'noEffect.role' : undefined;
  // Whose role was missing then is not known any more; an approval that took effect would show on the opportunity.
  return decision.outcome === APPROVED && !isSince(approvedOn, decision.on) ? 'noEffect' : undefined;
}

/** Whether an instant, if there is one, is not before another. */
export function isSince(later: string | null | undefined, earlier: string): boolean {
  return Date.parse(later ?? '') >= Date.parse(earlier);
}

/** Whether the integration has copied the decision to the opportunity, or to the request alone, where the deal was won since. */
export function tookEffect(
  { outcome, on, carriedOut }: Decision,
  { opportunity }: { readonly opportunity: Pick<Opportunity, 'approvalStatus' | 'approvedOn' | 'open'> },
): boolean {
  if (carriedOut && !opportunity.open) return true;
  return opportunity.approvalStatus === outcome && (outcome !== APPROVED || isSince(opportunity.approvedOn, on));
}

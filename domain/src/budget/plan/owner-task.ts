import { addDays, wholeSecond } from '../../calendar/calendar';
import type { RowWrite } from './actions';
import type { Guid, Instant, OpportunityFacts } from './facts';
import type { Policy } from './policy';
import { bind, create } from './write-rows';

/** A task for the owner of an opportunity, due as the policy says. */
export function ownerTask(
  id: Guid,
  texts: { readonly subject: string; readonly description: string },
  opportunity: OpportunityFacts,
  policy: Pick<Policy, 'taskDueDays'>,
  now: Instant,
): RowWrite {
  return create('task', id, {
    subject: texts.subject,
    description: texts.description,
    scheduledstart: wholeSecond(now),
    scheduledend: addDays(now, policy.taskDueDays),
    'regardingobjectid_opportunity_task@odata.bind': bind('opportunity', opportunity.id),
    'ownerid@odata.bind': bind(opportunity.ownerType, opportunity.ownerId),
  });
}

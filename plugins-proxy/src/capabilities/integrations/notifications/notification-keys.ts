import { notificationEvents, type NotificationEvent } from '@crmjira/domain';
import { jobKey } from '../../../queue/job-key';
import type { FoundFact } from './fact-source';

/** Jobs that tell one target of one fact, and of several at once. */
export const notificationKind = 'notification';
export const summaryKind = 'notification-summary';

/** What a job tells whom. */
export interface ToldFact extends Pick<FoundFact, 'event' | 'id'> {
  readonly targetId: string;
}

/** The same for each look at the same fact: a target is told of it once. */
export const notificationKey = ({ targetId, event, id }: ToldFact): string =>
  jobKey(notificationKind, `${targetId}/${event}/${id}`);

export const summaryKey = ({ targetId, event }: Omit<ToldFact, 'id'>): string =>
  jobKey(summaryKind, `${targetId}/${event}`);

/** Takes the id of a job apart; null for what is none. The id of a summary's fact is empty. */
export function toldIn(jobId: string): ToldFact | null {
  const [targetId = '', name = '', id = ''] = jobId.split('/');
  const event = notificationEvents.find((one): one is NotificationEvent => one === name);
  return event === undefined ? null : { targetId, event, id };
}

/** Cursors that tell what was sent begin so; their value begins with the time. */
export const sentPrefix = 'notification-sent/';
/** Since when facts of an event have come too often for a target; empty: they have not. */
export const burstCursor = ({ targetId, event }: Omit<ToldFact, 'id'>): string =>
  `notification-burst/${targetId}/${event}`;
/** Whether a connection was seen down; empty: it was not. */
export const downCursor = (factId: string): string => `notification-down/${factId.split('@')[0] ?? ''}`;

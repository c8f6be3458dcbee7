import { randomUUID } from 'node:crypto';
import { derivedId, mostInAMinute, wholeSecond } from '@crmjira/domain';
import type { IntegrationProvider } from '../../../connections/providers/integration-provider';
import type { Store } from '../../../queue/store/store';
import { type Job, type JobHandler, nothingToEnqueue, resolver, type Resolved } from '../../../reconciler/job-handler';
import { deliver, type Delivery, type DeliveryParts } from './deliver';
import type { FactContext } from './fact-source';
import {
  burstCursor,
  notificationKey,
  notificationKind,
  summaryKey,
  summaryKind,
  type ToldFact,
  toldIn,
} from './notification-keys';
import { readTarget, sourceOf } from './targets';

export interface NotificationParts extends DeliveryParts, Pick<FactContext, 'environmentSettings'> {
  readonly providers: readonly IntegrationProvider[];
}

const minuteMs = 60_000;
/** Longest delivery and a reserve: a replica that has died keeps a target no longer. */
const heldMs = minuteMs;
/** When a target that is busy is looked at again. */
const againInMs = 5_000;

/** Whether a target gets one more of this event by itself within this minute; the same fact keeps its place. */
async function isOneByOne(store: Pick<Store, 'lease'>, told: ToldFact): Promise<boolean> {
  for (let place = 0; place < mostInAMinute; place++)
    if (await store.lease(`notification/${told.targetId}/${told.event}/${place}`, notificationKey(told), minuteMs))
      return true;
  return false;
}

/**
 * Delivers while no other delivery to the target is under way, so that a slow one takes one place of the worker at most; retries do not
 * wait, as that would forget how often they were tried.
 */
async function deliverAlone(parts: NotificationParts, job: Job, key: string, delivery: Delivery): Promise<Resolved> {
  const name = `notification/${delivery.target.saved.id}`;
  const holder = randomUUID();
  const isHeld = await parts.store.lease(name, holder, heldMs);
  if (!isHeld && job.claim.attempts === 0)
    return { keys: [], urgent: true, later: { key, delayMs: againInMs }, note: 'another delivery is under way' };
  try {
    await deliver(parts, job, delivery);
  } finally {
    if (isHeld) await parts.store.lease(name, holder, 0);
  }
  return nothingToEnqueue('delivered');
}

/** Tells a target of a fact that it has chosen, or leaves it to a summary. */
export const notificationHandler = (parts: NotificationParts): JobHandler =>
  resolver(notificationKind, async (job) => {
    const { dataverse, providers, store } = parts;
    const told = toldIn(job.id);
    const target = told === null ? null : await readTarget(dataverse, providers, told.targetId);
    if (told === null || !target?.settings.events.includes(told.event)) return nothingToEnqueue('nobody is to be told');
    const notification = await sourceOf(told.event)?.read(parts, told);
    if (notification == null) return nothingToEnqueue('there is nothing to tell any more');
    if (!(await isOneByOne(store, told))) {
      const cursor = burstCursor(told);
      const since = (await store.readCursor(cursor)) ?? '';
      if (since === '' || notification.at < since) await store.writeCursor(cursor, notification.at);
      return {
        keys: [],
        urgent: false,
        later: { key: summaryKey(told), delayMs: minuteMs },
        note: 'left to a summary',
      };
    }
    return deliverAlone(parts, job, notificationKey(told), { target, notification, id: derivedId(job.claim.key) });
  });

/** Tells a target how often something happened that it was not told of one by one. */
export const summaryHandler = (parts: NotificationParts): JobHandler =>
  resolver(summaryKind, async (job) => {
    const { dataverse, providers, store, now } = parts;
    const told = toldIn(job.id);
    const target = told === null ? null : await readTarget(dataverse, providers, told.targetId);
    const since = told === null ? '' : ((await store.readCursor(burstCursor(told))) ?? '');
    if (told === null || target === null || since === '') return nothingToEnqueue('nobody is to be told');
    const { event } = told;
    const facts = (await sourceOf(event)?.find(parts, new Date(since))) ?? [];
    const count = facts.filter((one) => one.event === event && one.at >= since).length;
    const at = wholeSecond(now().toISOString());
    const ended = await deliverAlone(parts, job, summaryKey(told), {
      target,
      notification: { event: 'notification.summary', at, data: { event, count, since }, record: null },
      id: derivedId(job.claim.key, since),
    });
    if (ended.later === undefined) await store.writeCursor(burstCursor(told), '');
    return ended;
  });

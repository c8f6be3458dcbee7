import { createHmac, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { request } from 'undici';
import type { DeliveryFaults } from '../faults/fault-rules';
import type { Actor, IssueAction } from './rows';

/** Where an internal integration of the organization wants its webhooks. */
export interface WebhookTarget {
  readonly url: string;
  /** Client secret of the integration. */
  readonly secret: string;
}

/** A delivery, as the page of the stand-in shows it. */
export interface SentDelivery {
  readonly id: string;
  readonly action: IssueAction;
  readonly issueId: string;
  readonly on: string;
  /** null: nobody answered, or it was dropped */
  readonly status: number | null;
}

/** Sentry waits a second for the answer and does not try again. */
const timeoutMs = 1_000;
const kept = 200;
const installation = { uuid: 'a8e5d37a-696c-4c54-adb5-b3f28d64c7de' };

/** What Sentry puts into `Sentry-Hook-Signature`. */
export const signatureOf = (secret: string, body: string): string =>
  createHmac('sha256', secret).update(body, 'utf8').digest('hex');

/** Sends webhooks of the resource `issue`. */
export function createSender(target: WebhookTarget | null, faults: () => DeliveryFaults, clock: () => Date) {
  const sent: SentDelivery[] = [];
  const running = new Set<Promise<void>>();
  let waiting: (() => Promise<void>)[] = [];

  async function post({ url, secret }: WebhookTarget, id: string, body: string, at: Date): Promise<number | null> {
    try {
      const answer = await request(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'user-agent': 'Sentry',
          'request-id': id,
          'sentry-hook-resource': 'issue',
          'sentry-hook-timestamp': String(Math.floor(at.getTime() / 1_000)),
          'sentry-hook-signature': signatureOf(secret, body),
        },
        body,
        headersTimeout: timeoutMs,
        bodyTimeout: timeoutMs,
      });
      await answer.body.dump();
      return answer.statusCode;
    } catch {
      return null;
    }
  }

  async function deliver(action: IssueAction, issue: Record<string, unknown>, actor: Actor): Promise<void> {
    if (target === null) return;
    const { drop, duplicate, delayMs } = faults();
    const [id, at] = [randomUUID().replaceAll('-', ''), clock()];
    const body = JSON.stringify({ action, actor, data: { issue }, installation });
    if (delayMs > 0) await pause(delayMs);
    const status = drop ? null : await post(target, id, body, at);
    if (duplicate && !drop) await post(target, id, body, at);
    sent.unshift({ id, action, issueId: String(issue['id']), on: at.toISOString(), status });
    sent.splice(kept);
  }

  function run(work: () => Promise<void>): void {
    const one = work().finally(() => running.delete(one));
    running.add(one);
  }

  /** With `reorder` those of a moment go out in reverse. */
  function flush(): void {
    const [all] = [waiting];
    waiting = [];
    for (const work of all.reverse()) run(work);
  }

  return {
    sent: (): readonly SentDelivery[] => sent,
    send: (action: IssueAction, issue: Record<string, unknown>, actor: Actor): void => {
      const work = (): Promise<void> => deliver(action, issue, actor);
      if (!faults().reorder) return run(work);
      if (waiting.length === 0) run(() => pause(250).then(flush));
      waiting.push(work);
    },
    settled: async (): Promise<void> => {
      while (running.size > 0) await Promise.all(running);
    },
  };
}

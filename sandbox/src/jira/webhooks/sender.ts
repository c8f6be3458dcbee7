import { createHmac } from 'node:crypto';
import { request } from 'undici';
import type { DeliveryFaults } from '../../faults/fault-rules';
import type { DeliveryRow } from '../site/rows';
import type { Site } from '../site/site';

/** Answers after which Jira Cloud tries again; any other refusal is final. */
const RETRIED = new Set([408, 409, 425, 429]);
/** milliseconds before each of the five retries. Cloud waits minutes; the sandbox's people wait for it. */
export const RETRY_DELAYS = [2_000, 8_000, 25_000, 60_000, 180_000] as const;
/** milliseconds Jira Cloud waits for an answer */
const TIMEOUT = 30_000;
const MOST_AT_ONCE = 20;
const FINISHED_KEPT = 1_000;
/** milliseconds in which deliveries wait to be sent in reverse */
const SHUFFLE_WINDOW = 250;

export interface Sender {
  /** Sends new deliveries; called in the transaction that wrote them, acts after it. */
  send(deliveries: readonly DeliveryRow[]): void;
  /** Resolves when nothing is being sent and nothing is due at once: for tests and an orderly end. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

export function signature(secret: string, body: string): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
}

async function post(delivery: DeliveryRow): Promise<{ status: number | null; error: string | null }> {
  try {
    const answer = await request(delivery.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'user-agent': 'Atlassian Webhook HTTP Client',
        'x-atlassian-webhook-identifier': delivery.id,
        'x-atlassian-webhook-flow': 'Primary',
        ...(delivery.attempts.length > 0 ? { 'x-atlassian-webhook-retry': String(delivery.attempts.length) } : {}),
        ...(delivery.secret !== null ? { 'x-hub-signature': signature(delivery.secret, delivery.body) } : {}),
      },
      body: delivery.body,
      headersTimeout: TIMEOUT,
      bodyTimeout: TIMEOUT,
    });
    await answer.body.dump();
    return { status: answer.statusCode, error: null };
  } catch (cause) {
    return { status: null, error: cause instanceof Error ? cause.message : String(cause) };
  }
}

/**
 * Sends deliveries at least once, in no promised order. Waiting ones are on disk: a restart goes on where it stopped.
 * Retries run on the machine's time, not on the site's clock, which tests may hold still.
 */
export function startSender(
  site: Site,
  faults: () => DeliveryFaults,
  retryDelays: readonly number[] = RETRY_DELAYS,
): Sender {
  /** ids that may go out now, oldest first */
  const ready: string[] = [];
  const timers = new Map<string, NodeJS.Timeout>();
  const finished = site.deliveries.all().flatMap((row) => (row.state === 'waiting' ? [] : [row.id]));
  const idle: (() => void)[] = [];
  let active = 0;
  let stopped = false;
  let woken = false;

  function finish(delivery: DeliveryRow): void {
    site.deliveries.put(delivery);
    finished.push(delivery.id);
    for (const id of finished.splice(0, Math.max(0, finished.length - FINISHED_KEPT))) site.deliveries.delete(id);
  }

  function schedule(id: string, delay: number): void {
    const timer = setTimeout(() => {
      timers.delete(id);
      ready.push(id);
      wake();
    }, delay);
    timers.set(id, timer.unref());
  }

  async function attempt(delivery: DeliveryRow): Promise<void> {
    const started = Date.now();
    const { status, error } = await post(delivery);
    if (faults().duplicate) await post(delivery);
    if (stopped) return; // still waiting on disk: the next start sends it again, under the same identifier
    const on = new Date(started).toISOString();
    const attempts = [...delivery.attempts, { on, status, error, ms: Date.now() - started }];
    if (status !== null && status >= 200 && status < 300) {
      finish({ ...delivery, attempts, state: 'delivered', nextAttemptOn: null });
      return;
    }
    const retryable = status === null || status >= 500 || RETRIED.has(status);
    const delay = retryDelays[delivery.attempts.length];
    if (!retryable || delay === undefined) {
      finish({ ...delivery, attempts, state: 'failed', nextAttemptOn: null });
      return;
    }
    site.deliveries.put<DeliveryRow>({
      ...delivery,
      attempts,
      nextAttemptOn: new Date(Date.now() + delay).toISOString(),
    });
    schedule(delivery.id, delay);
  }

  function pump(): void {
    woken = false;
    if (stopped) return;
    const { drop, reorder } = faults();
    if (reorder) ready.reverse();
    while (active < MOST_AT_ONCE) {
      const id = ready.shift();
      if (id === undefined) break;
      const delivery = site.deliveries.get(id);
      if (delivery?.state !== 'waiting') continue;
      // nobody waits for what was meant for a webhook that is gone
      if (drop || !site.webhooks.get(delivery.webhookId)) {
        finish({ ...delivery, state: 'dropped', nextAttemptOn: null });
        continue;
      }
      active += 1;
      void attempt(delivery).finally(() => {
        active -= 1;
        wake();
      });
    }
    if (active === 0 && ready.length === 0) for (const resolve of idle.splice(0)) resolve();
  }

  function wake(): void {
    if (woken || stopped) return;
    woken = true;
    // after the change's own transaction; held back for a moment when there is to be something to shuffle
    setTimeout(pump, faults().reorder ? SHUFFLE_WINDOW : faults().delayMs);
  }

  for (const row of site.deliveries.where('state', 'waiting'))
    if (row.nextAttemptOn === null) ready.push(row.id);
    else schedule(row.id, Math.max(0, Date.parse(row.nextAttemptOn) - Date.now()));
  wake();

  return {
    send(deliveries) {
      ready.push(...deliveries.map(({ id }) => id));
      wake();
    },
    settled: () =>
      new Promise((resolve) => {
        idle.push(resolve);
        wake();
      }),
    async stop() {
      stopped = true;
      for (const timer of timers.values()) clearTimeout(timer);
      for (const resolve of idle.splice(0)) resolve();
      while (active > 0) await new Promise((resolve) => setTimeout(resolve, 5));
    },
  };
}

import { createHmac } from 'node:crypto';
import { request } from 'undici';
import type { DeliveryFaults } from '../faults/fault-rules';
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

export interface Sender {
  /** Sends what waits; called after each change. */
  wake(): void;
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
  const active = new Set<string>();
  const finished: string[] = site.deliveries
    .all()
    .filter((row) => row.state !== 'waiting')
    .map((row) => row.id);
  const idle: (() => void)[] = [];
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let woken = false;

  function finish(delivery: DeliveryRow): void {
    site.deliveries.put(delivery);
    finished.push(delivery.id);
    for (const id of finished.splice(0, Math.max(0, finished.length - FINISHED_KEPT))) site.deliveries.delete(id);
  }

  async function attempt(delivery: DeliveryRow): Promise<void> {
    const started = Date.now();
    const { status, error } = await post(delivery);
    if (faults().duplicate) await post(delivery);
    if (stopped) return; // still waiting on disk: the next start sends it again, under the same identifier
    const attempts = [
      ...delivery.attempts,
      { on: new Date(started).toISOString(), status, error, ms: Date.now() - started },
    ];
    if (status !== null && status >= 200 && status < 300) {
      finish({ ...delivery, attempts, state: 'delivered', nextAttemptOn: null });
      return;
    }
    const retryable = status === null || status >= 500 || RETRIED.has(status);
    const delay = retryDelays[delivery.attempts.length];
    if (!retryable || delay === undefined) finish({ ...delivery, attempts, state: 'failed', nextAttemptOn: null });
    else
      site.deliveries.put<DeliveryRow>({
        ...delivery,
        attempts,
        nextAttemptOn: new Date(Date.now() + delay).toISOString(),
      });
  }

  function pump(): void {
    woken = false;
    if (stopped) return;
    clearTimeout(timer);
    const now = Date.now();
    const waiting = site.deliveries.where('state', 'waiting').filter((row) => !active.has(row.id));
    const due = waiting.filter((row) => row.nextAttemptOn === null || Date.parse(row.nextAttemptOn) <= now);
    const { drop, reorder } = faults();
    if (reorder) due.reverse();
    for (const delivery of due) {
      if (drop) {
        finish({ ...delivery, state: 'dropped', nextAttemptOn: null });
        continue;
      }
      if (active.size >= MOST_AT_ONCE) break;
      active.add(delivery.id);
      void attempt(delivery).finally(() => {
        active.delete(delivery.id);
        wake();
      });
    }
    const times = waiting.flatMap((row) =>
      row.nextAttemptOn && !active.has(row.id) ? [Date.parse(row.nextAttemptOn)] : [],
    );
    if (times.length > 0) timer = setTimeout(pump, Math.max(1, Math.min(...times) - now)).unref();
    if (active.size === 0) for (const resolve of idle.splice(0)) resolve();
  }

  function wake(): void {
    if (woken || stopped) return;
    woken = true;
    // after the change's own transaction; held back for a moment when there is to be something to shuffle
    setTimeout(pump, faults().reorder ? 250 : faults().delayMs);
  }

  wake();
  return {
    wake,
    settled: () =>
      new Promise((resolve) => {
        idle.push(resolve);
        wake();
      }),
    async stop() {
      stopped = true;
      clearTimeout(timer);
      for (const resolve of idle.splice(0)) resolve();
      while (active.size > 0) await new Promise((resolve) => setTimeout(resolve, 5));
    },
  };
}

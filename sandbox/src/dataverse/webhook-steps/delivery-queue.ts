import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { Persistence } from '../store/persistence';
import { callEndpoint, type Delivery } from './call-endpoint';

const kind = 'delivery';

/** Calls under way at once. */
const parallel = 8;

const shape = z.object({
  endpoint: z.object({ url: z.string(), authType: z.number().nullable(), authValue: z.string() }),
  body: z.string(),
  headers: z.record(z.string(), z.string()),
});

const worthRetrying = new Set([502, 503, 504]);

/** Asynchronous webhook calls: as durable as the change they tell of, sent once, once more on 502, 503 or 504, then forgotten. */
export class DeliveryQueue {
  private readonly waiting: { id: string; delivery: Delivery }[] = [];
  private running = 0;
  private closed = false;
  private idle: (() => void)[] = [];

  constructor(
    private readonly persistence: Persistence,
    /** Milliseconds before the second attempt. */
    private readonly retryAfter: number,
  ) {}

  /** Takes up what the last run left. */
  start(): void {
    for (const { id, body } of this.persistence.records(kind)) this.add(id, shape.parse(body));
  }

  static readonly kind = kind;

  add(id: string, delivery: Delivery): void {
    this.waiting.push({ id, delivery });
    this.pump();
  }

  /** Resolves when nothing waits and nothing is under way. */
  async settled(): Promise<void> {
    if (this.running === 0 && this.waiting.length === 0) return;
    await new Promise<void>((resolve) => this.idle.push(resolve));
  }

  close(): void {
    this.closed = true;
    this.waiting.length = 0;
  }

  private pump(): void {
    while (this.running < parallel && this.waiting.length > 0) {
      const next = this.waiting.shift();
      if (!next) return;
      this.running += 1;
      void this.deliver(next.id, next.delivery).finally(() => {
        this.running -= 1;
        this.pump();
        if (this.running === 0 && this.waiting.length === 0) for (const done of this.idle.splice(0)) done();
      });
    }
  }

  private async deliver(id: string, delivery: Delivery): Promise<void> {
    const first = await callEndpoint(delivery);
    if (first.kind === 'answered' && worthRetrying.has(first.status) && !this.closed) {
      await pause(this.retryAfter, undefined, { ref: false });
      if (!this.closed) await callEndpoint(delivery);
    }
    if (!this.closed) this.persistence.forget(kind, id);
  }
}

import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { DataverseError } from '../errors';
import type { ApiResponse } from '../http/api-message';
import { tooMany } from '../service-protection/limits';

/** A way in which the next requests to the Web API shall go wrong. */
export const faultShape = z.object({
  /** Answer this status; 429 brings Retry-After and the service protection body. */
  status: z.number().int().min(400).max(599).optional(),
  /** Seconds, with status 429 or 503. */
  retryAfter: z.number().int().nonnegative().default(1),
  /** Answer an HTML page instead of JSON, as gateways do. */
  html: z.boolean().default(false),
  /** Milliseconds before anything else. */
  slowMs: z.number().int().nonnegative().max(120_000).default(0),
  /** How many requests it hits. */
  count: z.number().int().positive().default(1),
  /** Only requests whose path contains this text. */
  path: z.string().optional(),
  method: z.string().optional(),
});

export type Fault = z.infer<typeof faultShape>;

/** Switches of `POST /sandbox/faults`. */
export class Faults {
  private active: { fault: Fault; left: number }[] = [];

  add(fault: Fault): void {
    this.active.push({ fault, left: fault.count });
  }

  clear(): void {
    this.active = [];
  }

  list(): readonly (Fault & { left: number })[] {
    return this.active.map(({ fault, left }) => ({ ...fault, left }));
  }

  /** The answer of the first switch that fits, if it has one; null: go on. */
  async strike(method: string, path: string): Promise<ApiResponse | null> {
    const hit = this.active.find(
      ({ fault }) =>
        (fault.path === undefined || path.includes(fault.path)) &&
        (fault.method === undefined || fault.method === method),
    );
    if (!hit) return null;
    hit.left -= 1;
    if (hit.left === 0) this.active = this.active.filter((each) => each !== hit);
    const { fault } = hit;
    if (fault.slowMs > 0) await pause(fault.slowMs);
    if (fault.html) {
      return {
        status: fault.status ?? 502,
        headers: { 'content-type': 'text/html', 'retry-after': String(fault.retryAfter) },
        body: '<html><head><title>Bad Gateway</title></head><body>The service is unavailable.</body></html>',
      };
    }
    if (fault.status === undefined) return null;
    if (fault.status === 429) {
      throw tooMany(
        '0x80072322',
        'Number of requests exceeded the limit of 6000 over time window of 300 seconds.',
        fault.retryAfter,
      );
    }
    throw new DataverseError(
      fault.status,
      '0x80040216',
      'An unexpected error occurred.',
      fault.status === 503 ? { 'retry-after': String(fault.retryAfter) } : {},
    );
  }
}

import { z } from 'zod';

/** One misbehaviour of the API. The first rule that fits a request is applied. */
export const faultRule = z.strictObject({
  /** HTTP method; any when left out */
  method: z.string().optional(),
  /** regular expression over the path; any when left out */
  path: z.string().optional(),
  /** status to answer with; without one the request is only slowed */
  status: z.number().int().min(400).max(599).optional(),
  /** answer with an HTML page, as gateways before Jira do */
  html: z.boolean().default(false),
  /** the words of the answer; its own when left out */
  says: z.string().max(1_000).optional(),
  /** seconds, for 429 and 503 */
  retryAfter: z.number().nonnegative().optional(),
  /** milliseconds to hold the answer back */
  delayMs: z.number().int().nonnegative().default(0),
  /** how many requests it hits; for ever when left out */
  times: z.number().int().positive().optional(),
  /** drop the connection without an answer */
  hangUp: z.boolean().default(false),
});
export type FaultRule = z.infer<typeof faultRule>;

export const deliveryFaults = z.strictObject({
  /** every delivery goes out twice, under one identifier */
  duplicate: z.boolean().default(false),
  /** deliveries of a moment go out in reverse */
  reorder: z.boolean().default(false),
  /** deliveries are lost */
  drop: z.boolean().default(false),
  /** milliseconds before a delivery goes out */
  delayMs: z.number().int().nonnegative().default(0),
});
export type DeliveryFaults = z.infer<typeof deliveryFaults>;

export const faultSettings = z.strictObject({
  rules: z.array(faultRule).default([]),
  deliveries: deliveryFaults.prefault({}),
});
export type FaultSettings = z.infer<typeof faultSettings>;

export const NO_FAULTS: FaultSettings = faultSettings.parse({});

/** The switches of one site. They are not kept: a restart behaves well again. */
export class Faults {
  settings: FaultSettings = NO_FAULTS;
  private used = new Map<FaultRule, number>();

  set(settings: FaultSettings): void {
    this.settings = settings;
    this.used = new Map();
  }

  /** The rule that hits a request, counted against its `times`. */
  take(method: string, path: string): FaultRule | undefined {
    const rule = this.settings.rules.find(
      (candidate) =>
        (candidate.method === undefined || candidate.method.toUpperCase() === method) &&
        (candidate.path === undefined || new RegExp(candidate.path).test(path)) &&
        (this.used.get(candidate) ?? 0) < (candidate.times ?? Infinity),
    );
    if (rule) this.used.set(rule, (this.used.get(rule) ?? 0) + 1);
    return rule;
  }
}

import { z } from 'zod';
import type { JobState } from './store';

/** Shapes of the rows that a store reads back. */
export const claimRow = z.object({
  key: z.string(),
  seq: z.number(),
  attempts: z.number(),
  correlation_id: z.string(),
  waiting_since: z.number(),
});
export const deadLetterRow = z.object({
  key: z.string(),
  error_code: z.string().nullable(),
  error_message: z.string().nullable(),
  attempts: z.number(),
  dead_at: z.number(),
});
export const jobRow = z
  .object({
    key: z.string(),
    seq: z.number(),
    done_seq: z.number(),
    attempts: z.number(),
    lease_until: z.number().nullable(),
    error_message: z.string().nullable(),
    dead_at: z.number().nullable(),
  })
  .transform((row) => ({
    key: row.key,
    seq: row.seq,
    doneSeq: row.done_seq,
    attempts: row.attempts,
    leaseUntil: row.lease_until,
    error: row.error_message,
    dead: row.dead_at !== null,
  }));
export const countRow = z.object({ n: z.number() });
export const idRow = z.object({ id: z.string() });
export const keyRow = z.object({ key: z.string() });
export const jobStateRow = z
  .object({ key: z.string(), open: z.number(), attempts: z.number(), dead: z.number(), at: z.number() })
  .transform(({ key, open, attempts, dead, at }): JobState => {
    const state = open === 0 ? 'done' : dead === 1 ? 'dead' : attempts > 0 ? 'failing' : 'waiting';
    return { key, state, at };
  });
export const markRow = z.object({ value: z.string() });
export const counterRow = z.object({ name: z.string(), value: z.number() });
export const jobStatisticsRow = z.object({
  pending: z.number(),
  running: z.number(),
  dead: z.number(),
  oldest: z.number().nullable(),
});
export const deliveryStatisticsRow = z.object({ accepted: z.number(), ignored: z.number() });

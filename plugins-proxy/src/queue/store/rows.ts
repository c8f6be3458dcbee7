import { z } from 'zod';
import { type Claim, type DeadLetter, type DeliveredEvent, type FailingJobs, type QueuedJob, triggers } from './store';

/** Shapes of the rows that a store reads back. */
const claimRow = z.object({
  key: z.string(),
  seq: z.number(),
  attempts: z.number(),
  correlation_id: z.string(),
  triggered_by: z.enum(triggers).catch('event'),
  due_at: z.number(),
  waiting_since: z.number(),
  failed_with: z.string().nullable(),
  failed_at: z.string().nullable(),
});
export function toClaim(row: unknown, leaseToken: string): Claim {
  const { key, seq, attempts, correlation_id, triggered_by, due_at, waiting_since, failed_with, failed_at } =
    claimRow.parse(row);
  return {
    key,
    seq,
    attempts,
    leaseToken,
    correlationId: correlation_id,
    trigger: triggered_by,
    dueAt: due_at,
    waitingSince: waiting_since,
    failedWith: failed_with === null ? null : { code: failed_with, connectionId: failed_at },
  };
}
export const failingRow = z
  .object({
    code: z.string(),
    connection: z.string().nullable(),
    retrying: z.number(),
    dead: z.number(),
    since: z.number().nullable(),
  })
  .transform(({ connection, ...rest }): FailingJobs => ({ ...rest, connectionId: connection }));
export const deadLetterRow = z
  .object({
    key: z.string(),
    error_code: z.string().nullable(),
    error_message: z.string().nullable(),
    attempts: z.number(),
    dead_at: z.number(),
  })
  .transform(({ key, error_code, error_message, attempts, dead_at }): DeadLetter => {
    return { key, code: error_code ?? '', message: error_message ?? '', attempts, deadSince: dead_at };
  });
export const jobRow = z
  .object({
    key: z.string(),
    seq: z.number(),
    done_seq: z.number(),
    attempts: z.number(),
    running: z.number(),
    error_message: z.string().nullable(),
    dead_at: z.number().nullable(),
    due_at: z.number(),
  })
  .transform((row): QueuedJob => {
    const ended = row.seq === row.done_seq;
    const state = ended ? 'done' : row.dead_at !== null ? 'dead' : row.attempts > 0 ? 'failing' : 'waiting';
    const { key, seq, attempts } = row;
    return {
      key,
      state,
      at: row.due_at,
      seq,
      doneSeq: row.done_seq,
      attempts,
      running: row.running === 1,
      error: row.error_message,
    };
  });
export const deliveryRow = z
  .object({ id: z.string(), event: z.string(), body_hash: z.string() })
  .transform(({ id, event, body_hash }): DeliveredEvent => ({ id, event, bodyHash: body_hash }));
export const countRow = z.object({ n: z.number() });
export const idRow = z.object({ id: z.string() });
export const keyRow = z.object({ key: z.string() });
export const cursorRow = z.object({ value: z.string() });
export const counterRow = z.object({ name: z.string(), value: z.number() });
export const jobStatisticsRow = z.object({
  pending: z.number(),
  running: z.number(),
  dead: z.number(),
  oldest: z.number().nullable(),
});

import type { Logger } from 'pino';
import type { IntegrationError } from '../platform/errors/integration-error';
import type { LogContext } from './log-context';
import type { Claim, Failure } from '../queue/store/store';

/** A job that a worker holds. */
export interface Job {
  /** What follows the kind in its key. */
  readonly id: string;
  readonly claim: Claim;
  readonly logger: Logger;
  /** What its rows say of the run, as of now. */
  readonly log: () => LogContext;
}

/** Jobs that a job stands for. */
export interface Resolved {
  /** Keys, of any kind. */
  readonly keys: readonly string[];
  /** A person waits for them. */
  readonly urgent: boolean;
  /** Milliseconds until they are looked at, as more may come; left out: at once. */
  readonly delayMs?: number;
  /** One more, to be looked at later than the others. */
  readonly later?: { readonly key: string; readonly delayMs: number };
  /** Why there is none. */
  readonly note?: string;
  /** What is left to do once they are enqueued: a crash before it costs a second run, never a lost job. */
  readonly afterwards?: () => Promise<void>;
}

/** One run of a job. */
export interface JobRun {
  /** @returns jobs to enqueue before this one ends. @throws what failed; the job runner classifies it */
  run(): Promise<Resolved>;
  /** Tells people of a failure that the job runner has classified. */
  failed?(error: IntegrationError, failure: Failure): Promise<void>;
}

/** Runs the jobs of one kind. A capability registers one for each kind of key that its triggers name. */
export interface JobHandler {
  /** What stands before the colon of the key. */
  readonly kind: string;
  start(job: Job): JobRun;
}

/** A handler that only looks up which jobs a key stands for. */
export function resolver(kind: string, resolve: (job: Job) => Promise<Resolved>): JobHandler {
  return { kind, start: (job) => ({ run: () => resolve(job) }) };
}

/** A job that stands for no others. */
export const nothingToEnqueue = (note?: string): Resolved => ({
  keys: [],
  urgent: false,
  ...(note === undefined ? {} : { note }),
});

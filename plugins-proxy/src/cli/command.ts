import { type Command, InvalidArgumentError } from 'commander';
import type { ExitCode } from './exit-codes';
import type { ReadyTerminal } from './terminal';

/** What a command hands back: one document for `--json`, the same as lines for a person. */
export interface Outcome {
  readonly exitCode: ExitCode;
  readonly json: unknown;
  readonly lines: readonly string[];
}

/** Adds a command to the program; the work is only described here and run by `addWork`. */
export type AddCommand = (program: Command, run: RunWork) => void;

/** Ties work to a command: prints its outcome in the wanted form and keeps its exit code. */
export type RunWork = <Options extends object>(
  command: Command,
  work: (terminal: ReadyTerminal, options: Options & { readonly json: boolean }) => Promise<Outcome>,
) => void;

const guidPattern = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** Parses the id of a record. @throws InvalidArgumentError */
export function recordId(value: string): string {
  if (guidPattern.test(value)) return value.toLowerCase();
  throw new InvalidArgumentError('Expected a GUID such as a1b2c3d4-e5f6-7890-abcd-ef1234567890.');
}

/** Parses an instant in ISO 8601. A time without its offset would mean another moment on every machine. */
export function instant(value: string): Date {
  const complete = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/.test(value);
  const parsed = new Date(value);
  if (complete && !Number.isNaN(parsed.getTime())) return parsed;
  throw new InvalidArgumentError('Expected an instant such as 2025-01-17T09:00:00Z or a UTC day such as 2025-01-17.');
}

/** Parses how much is done at one time. @throws InvalidArgumentError */
export function parallel(value: string): number {
  const parsed = Number(value);
  if (Number.isInteger(parsed) && parsed >= 1 && parsed <= 64) return parsed;
  throw new InvalidArgumentError('Expected a whole number between 1 and 64.');
}

import type { Environment } from '../config/read-secret';

/** Where a command reads and prints; made from the process in cli.ts, from memory in tests. Lines carry no secret any more. */
export interface Terminal {
  readonly environment: Environment;
  readonly now: () => Date;
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
  /** Rewrites one line in place; null when nobody watches (no TTY). */
  readonly status: ((text: string) => void) | null;
}

import type { Environment } from '../platform/config/read-secret';
import type { SecretFacts } from '../platform/secrets/collect-secrets';
import type { Vault } from '../platform/secrets/key-vault';

/** Where a command reads and prints; made from the process in cli.ts, from memory in tests. Lines carry no secret any more. */
export interface Terminal {
  readonly environment: Environment;
  readonly now: () => Date;
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
  /** Rewrites one line in place; null when nobody watches (no TTY). */
  readonly status: ((text: string) => void) | null;
  /** Calls back on the first Ctrl+C, which then ends nothing by itself. @returns what ends listening */
  readonly onInterrupt?: (stop: () => void) => () => void;
  /** Asks the person who watches for one line; null or left out where nobody does. */
  readonly ask?: ((question: string) => Promise<string>) | null;
  /** How a command waits, in milliseconds; left out: as time passes. */
  readonly sleep?: (ms: number) => Promise<unknown>;
  /** Where references to secrets lead; left out: Azure Key Vault by managed identity. */
  readonly vault?: Vault;
  /** Id or name of the connection that the command is about (`--connection`); left out: the first one. */
  readonly connection?: string | undefined;
}

/** A terminal whose environment holds secrets where it held references. */
export interface ReadyTerminal extends Terminal {
  readonly vault: Vault;
  readonly secretFacts: readonly SecretFacts[];
}

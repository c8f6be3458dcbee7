import type { SecretName } from './collect-secrets';

/** A credential that was refused and could not be renewed by itself. */
export interface Refusal {
  readonly name: SecretName;
  readonly at: Date;
}

/** Credentials that were refused and wait for their review record: one of each, the first. */
export interface Refusals {
  note(refusal: Refusal): void;
  take(): readonly Refusal[];
}

/** Kept in memory: a refusal that lasts is noted again after a restart. */
export function createRefusals(): Refusals {
  const waiting = new Map<string, Refusal>();
  return {
    note: (refusal) => {
      if (!waiting.has(refusal.name)) waiting.set(refusal.name, refusal);
    },
    take: () => {
      const taken = [...waiting.values()];
      waiting.clear();
      return taken;
    },
  };
}

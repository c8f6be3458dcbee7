import type { ExplainAnswer, Standing } from './answer';

/** What the standing of a record follows from. */
export interface StandingFacts {
  /** false: there is no such record; null: not even that could be read */
  readonly isKnown: boolean | null;
  readonly fields: readonly { readonly differs: boolean }[];
  readonly steps: number;
  readonly hasTrouble: boolean;
  readonly lastFailure: { readonly code: string | null; readonly nextRetryOn: string | null } | null;
  readonly run: Pick<NonNullable<ExplainAnswer['run']>, 'state'> | null;
}

/** Failures that end when an administrator has decided, and not before. */
const held: readonly (string | null)[] = ['provisioning-held', 'environment-moved'];

/** How a record stands: what failed counts before what could not be read now, and that before what is planned. Pure. */
export function standingOf({ isKnown, fields, steps, hasTrouble, lastFailure, run }: StandingFacts): Standing {
  if (isKnown === false) return 'unknown';
  if (lastFailure !== null && held.includes(lastFailure.code)) return 'held';
  if (run?.state === 'failing' || (lastFailure !== null && lastFailure.nextRetryOn !== null)) return 'retrying';
  if (run?.state === 'dead' || lastFailure !== null) return 'failed';
  if (hasTrouble) return 'unread';
  if (steps > 0) return 'waiting';
  if (fields.some(({ differs }) => differs)) return 'person';
  return fields.length === 0 ? 'not-kept' : 'in-sync';
}

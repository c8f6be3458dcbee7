import type { z } from 'zod';
import { classifyError } from '../../platform/errors/classify-error';
import type { IntegrationError } from '../../platform/errors/integration-error';
import type { ProviderName } from '../../platform/http-client/provider-name';
import { type Problem, problemOf } from './problem-of';

/** What a test found, or how far it came and what is wrong. */
export type TestResult<Found> =
  | { readonly ok: true; readonly found: Found }
  | {
      readonly ok: false;
      readonly found: Partial<Found>;
      /** null: a mistake of ours, no answer of the provider. */
      readonly problem: Problem | null;
      readonly error: IntegrationError;
    };

/** A product that can be connected. */
export interface Provider<Found> {
  readonly name: ProviderName;
  /** Asks with requests that leave, and tells of failures instead of throwing them. */
  test(): Promise<TestResult<Found>>;
  /** JSON schema of the settings of one connection; what is secret is `writeOnly`. */
  describe(): z.core.JSONSchema.JSONSchema;
}

/**
 * Takes one step of a test after the other, as far as they succeed.
 * @param side name of the product, for the sentence about a connection that failed
 */
export async function testInSteps<Found extends object>(
  side: string,
  steps: { readonly [Name in keyof Found]: () => Promise<Found[Name]> },
): Promise<TestResult<Found>> {
  const found: Partial<Found> = {};
  try {
    // Object.keys forgets the names that the steps have.
    for (const name of Object.keys(steps) as (keyof Found)[]) found[name] = await steps[name]();
    // Every step has been taken.
    return { ok: true, found: found as Found };
  } catch (thrown) {
    const error = classifyError(thrown, side);
    return { ok: false, found, problem: problemOf(error), error };
  }
}

/** @throws IntegrationError what is wrong */
export function requireFound<Found>(result: TestResult<Found>): Found {
  if (!result.ok) throw result.error;
  return result.found;
}

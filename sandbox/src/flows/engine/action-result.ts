import type { Json } from '../expression/json';

export type ActionStatus = 'Succeeded' | 'Failed' | 'Skipped' | 'TimedOut';

/** What an action came to, as the run history shows it. */
export interface ActionResult {
  readonly name: string;
  readonly status: ActionStatus;
  readonly inputs: Json;
  /** `{statusCode, headers, body}` of a connector's answer; null for a skipped action. */
  readonly outputs: Json;
  readonly error: { readonly code: string; readonly message: string } | null;
}

/** How an action ends when it did not fail by exception. */
export type Outcome = Omit<ActionResult, 'name'>;

export const succeeded = (outputs: Json, inputs: Json = null): Outcome => ({
  status: 'Succeeded',
  inputs,
  outputs,
  error: null,
});

export const failed = (code: string, message: string, over: Partial<Outcome> = {}): Outcome => ({
  status: 'Failed',
  inputs: null,
  outputs: null,
  error: { code, message },
  ...over,
});

export const skipped = (): Outcome => ({
  status: 'Skipped',
  inputs: null,
  outputs: null,
  error: { code: 'ActionSkipped', message: 'The conditions of runAfter are not met.' },
});

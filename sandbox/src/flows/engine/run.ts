import type { FlowDefinition } from '../definition/read-flow';
import type { Json, JsonObject } from '../expression/json';
import type { ActionResult } from './action-result';
import type { Connectors } from './connector';

/** What a run is given. */
export interface RunOptions {
  readonly definition: FlowDefinition;
  readonly connectors: Connectors;
  /** Outputs of the trigger: `{body: row}`; null for a recurrence. */
  readonly triggerOutputs: JsonObject | null;
  /** Name of the run, as `workflow().run.name`. */
  readonly runName: string;
  /** Values of environment variables by schema name; the definition's default stands in for a missing one. */
  readonly environment?: Readonly<Record<string, Json>>;
  /** Waits as long as the flow says, or as long as a test likes. Milliseconds. */
  readonly pause: (milliseconds: number) => Promise<void>;
}

/** A run in the making: what its actions share. */
export interface Run extends RunOptions {
  readonly variables: Map<string, Json>;
  /** Every result in the order of its end; those of loops once a round. */
  readonly history: ActionResult[];
}

/** How a run ended. */
export interface FinishedRun {
  readonly status: 'Succeeded' | 'Failed';
  readonly error: { readonly code: string; readonly message: string } | null;
  readonly history: readonly ActionResult[];
  readonly variables: ReadonlyMap<string, Json>;
}

/** A Terminate action was met: nothing of the run is carried out after it. */
export class RunTerminated extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

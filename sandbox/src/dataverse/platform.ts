import type { SeedRow } from './base-rows/seed-row';
import type { Schema } from './metadata/schema';
import type { Solutions } from './import/solutions';
import type { Sequences } from './crud/autonumber';
import type { Callers } from './security/read-caller';
import type { Store } from './store/store';
import type { StepRunner } from './webhook-steps/step-runner';

/** What every request is answered from; made once, in `index.ts`. */
export interface Platform {
  /** Changes when a solution comes or goes. */
  readonly schema: Schema;
  readonly store: Store;
  readonly callers: Callers;
  readonly clock: () => Date;
  readonly publicUrl: string;
  readonly tenantId: string;
  readonly organizationId: string;
  readonly steps: StepRunner;
  readonly sequences: Sequences;
  readonly solutions: Solutions;
  /** Writes rows past security and steps; see `Dataverse.seed`. */
  readonly seed: (rows: readonly SeedRow[]) => Promise<void>;
}

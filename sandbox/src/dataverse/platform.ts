import type { SeedRow } from './base-rows/seed-row';
import type { OperationPlatform } from './crud/operation';
import type { Solutions } from './import/solutions';
import type { Callers } from './security/read-caller';

/** What every request is answered from; made once, in `index.ts`. */
export interface Platform extends OperationPlatform {
  readonly callers: Callers;
  readonly clock: () => Date;
  readonly publicUrl: string;
  readonly tenantId: string;
  readonly solutions: Solutions;
  /** Writes rows past security and steps; see `Dataverse.seed`. */
  readonly seed: (rows: readonly SeedRow[]) => Promise<void>;
}

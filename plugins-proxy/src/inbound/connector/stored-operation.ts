import { z } from 'zod';
import { operationKind, type operationStart, type operationState } from './describe/definitions';

export type OperationStart = z.output<typeof operationStart>;
export type OperationState = z.output<typeof operationState>;

/** An operation as it is kept: what was asked, and which request of which job stands for it. */
export const storedOperation = z.object({
  startedAt: z.number(),
  kind: operationKind,
  opportunityId: z.string().optional(),
  /** Job and the request that must have been seen by a finished run. */
  waitsFor: z.array(z.tuple([z.string(), z.number()])),
  /** Id of the equal one that was under way and that stands for it. */
  joined: z.string().optional(),
});
export type StoredOperation = z.output<typeof storedOperation>;

import type { Json } from '../expression/json';
import type { ActionResult } from './action-result';

/** Results that an action can refer to: those of its loop's current round, then those around the loop. */
export interface Frame {
  readonly results: Map<string, ActionResult>;
  readonly outer: Frame | null;
  /** The loop of this frame and its current item. */
  readonly loop: { readonly name: string; readonly item: Json } | null;
}

export const topFrame = (): Frame => ({ results: new Map(), outer: null, loop: null });

export function findResult(frame: Frame | null, name: string): ActionResult | undefined {
  return frame === null ? undefined : (frame.results.get(name) ?? findResult(frame.outer, name));
}

/** Current item of a loop, of the innermost one when no name is given; undefined outside of it. */
export function findItem(frame: Frame | null, name?: string): Json | undefined {
  if (frame === null) return undefined;
  if (frame.loop !== null && (name === undefined || frame.loop.name === name)) return frame.loop.item;
  return findItem(frame.outer, name);
}

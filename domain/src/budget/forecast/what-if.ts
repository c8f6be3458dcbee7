import { divideRounded } from '../../money/money';

/**
 * Assumed changes of what is still to come, in whole percent: 10 is a tenth more, -100 nothing at all. Nothing that has been spent
 * changes by it, and nothing is stored.
 */
export interface WhatIf {
  /** of what an hour costs from now on */
  readonly rate: number;
  /** of the hours that are left */
  readonly scope: number;
}

/** Nothing changes. */
export const AS_IS: WhatIf = { rate: 0, scope: 0 };

/**
 * Minor units after a change of so many percent, rounded half away from zero. A change below -100 counts as -100: there is no less
 * than no work.
 */
export function changedBy(minor: bigint, percent: number): bigint {
  return divideRounded(minor * BigInt(100 + Math.max(-100, Math.round(percent))), 100n);
}

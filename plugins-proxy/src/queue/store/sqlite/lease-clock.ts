import type { Millis } from '../store';

/**
 * What leases and pauses are measured by: it never jumps, and only this process needs to understand it, as the file has one owner. Milliseconds,
 * rounded up, so that a lease is never over too early.
 */
export const leaseClock = (): Millis => Math.ceil(performance.timeOrigin + performance.now());

import { setTimeout as sleep } from 'node:timers/promises';

/** How long one piece may hold up what else is to be written, in milliseconds: well below what a sender notices (F-506). */
const longestPieceMs = 8;
/** The rows of a piece lie on many pages, which its commit writes: of 500 rows that took five times as long as the deletion itself. */
const largestPiece = 50;
const smallestPiece = 10;

/** Told by hand in tests, in milliseconds. */
export interface PieceClock {
  now(): number;
  rest(ms: number): Promise<unknown>;
}
const realClock: PieceClock = { now: () => performance.now(), rest: (ms) => sleep(ms) };

/**
 * Does a long work in pieces, as large as the store does one of them in a few milliseconds, and rests after each for as long as it
 * took, so that deliveries are stored in between.
 * @param piece does at most `most` and tells how many it did; fewer end the work
 * @returns how many in total
 */
export async function inPieces(
  piece: (most: number) => Promise<number>,
  clock: PieceClock = realClock,
): Promise<number> {
  let most = largestPiece;
  let total = 0;
  for (;;) {
    const began = clock.now();
    const done = await piece(most);
    const took = clock.now() - began;
    total += done;
    if (done < most) return total;
    most = Math.min(largestPiece, Math.max(smallestPiece, took > longestPieceMs ? Math.floor(most / 2) : most * 2));
    await clock.rest(took);
  }
}

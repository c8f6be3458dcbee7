/** Share of a minute's calls that may leave at once. */
const burstShare = 0.1;

/**
 * Spreads calls so that no minute sees more than so many: for a limit of something on the way that only refuses (R-604: the data
 * gateway's 500 a minute). Each call takes its place in a line; unlike a refusal, the wait fails nothing.
 * @param perMinute at least 10
 * @param now milliseconds since 1970
 * @returns milliseconds that the next call has to wait; asking takes the place
 */
export function createPace(perMinute: number, now: () => number): () => number {
  const burst = Math.max(1, Math.floor(perMinute * burstShare));
  const perMs = (perMinute - burst) / 60_000;
  let places = burst;
  let at = now();
  return () => {
    const moment = now();
    places = Math.min(burst, places + Math.max(0, moment - at) * perMs) - 1;
    at = moment;
    return places >= 0 ? 0 : Math.ceil(-places / perMs);
  };
}

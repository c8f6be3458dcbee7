/** Bytes of a webhook's secret: more than a signature of SHA-256 can tell apart would be no stronger. */
const BYTES = 32;

/** A secret that nobody can guess, as text that any form takes. */
export function newSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(BYTES));
  return btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '');
}

const QUOTED = /(?:says|refused the request): (.+?)\.?$/s;

/** What the other system itself said, of a stored sentence; null when it quotes nobody. Pure. */
export function wordsOf(stored: string): string | null {
  return QUOTED.exec(stored)?.[1] ?? null;
}

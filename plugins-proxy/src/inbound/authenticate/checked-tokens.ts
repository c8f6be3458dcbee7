/** A token that was checked, and for whom. */
export interface CheckedToken {
  readonly token: string;
  readonly caller: string;
  /** Milliseconds since 1970; from then on it counts no more. */
  readonly until: number;
}

/** What is remembered at most: tokens, and their characters together. */
export interface MostChecked {
  readonly tokens: number;
  readonly characters: number;
}

/** Checked tokens, so that none is checked at each of its requests. */
export interface CheckedTokens {
  /** @param at milliseconds since 1970 @returns the caller, or null where the token is not known or counts no more */
  readonly callerOf: (token: string, at: number) => string | null;
  readonly remember: (checked: CheckedToken, at: number) => void;
}

/**
 * A token is found by its last characters, 192 bits of its signature, and then compared whole: to hash it, be it for a map, costs a
 * fiftieth of a relayed request. Tokens that end alike push each other out.
 */
const tailCharacters = 32;

/** Remembers no more than that; the oldest goes first. */
export function createCheckedTokens(most: MostChecked): CheckedTokens {
  const byTail = new Map<string, CheckedToken>();
  let characters = 0;
  return {
    callerOf: (token, at) => {
      const known = byTail.get(token.slice(-tailCharacters));
      return known !== undefined && known.token === token && at < known.until ? known.caller : null;
    },
    remember: (checked, at) => {
      const tail = checked.token.slice(-tailCharacters);
      characters += checked.token.length - (byTail.get(tail)?.token.length ?? 0);
      byTail.delete(tail);
      byTail.set(tail, checked);
      // Maps keep the order of insertion: the oldest goes first.
      for (const [oldest, { token, until }] of byTail) {
        if (until > at && byTail.size <= most.tokens && characters <= most.characters) break;
        byTail.delete(oldest);
        characters -= token.length;
      }
    },
  };
}

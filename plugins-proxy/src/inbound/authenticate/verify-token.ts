import { createRemoteJWKSet, customFetch, errors, type FetchImplementation, type JWTPayload, jwtVerify } from 'jose';
import { request } from 'undici';
import { z } from 'zod';
import { agentOf } from '../../platform/http-client/guard-addresses';
import { longestSmallAnswer } from '../../platform/http-client/answer-too-long';
import { readText } from '../../platform/http-client/read-text';
import { AccessDenied } from './access-denied';
import { createCheckedTokens } from './checked-tokens';
import type { RelayConfig } from '../../platform/config/relay-config';

/** The claims of an Entra access token that are used here. Source: Microsoft "Access token claims reference". */
const claims = z.object({
  tid: z.guid(),
  oid: z.string().min(1),
  exp: z.number(),
  /** App roles, of a person or of an application. */
  roles: z.array(z.string()).optional(),
  /** What a person has allowed the client to do in their name, parted by blanks; a token of an application's own has none. */
  scp: z.string().optional(),
  /** `app` in a token of an application's own. */
  idtyp: z.string().optional(),
});

/** Clocks of Entra and of this machine may differ by this, in seconds. */
const toleranceSeconds = 60;
/** Published keys are asked for again after this, in milliseconds; an unknown key id asks at once. */
const keysKeepMs = 3_600_000;
/** A checked token is not checked again for this long, in milliseconds: a withdrawn key stops working within it. */
const checkedKeepMs = 300_000;
/** Checked tokens that are remembered, and their characters together: they stay in memory, and none longer than it counts. */
export const mostChecked = { tokens: 2_000, characters: 4_000_000 } as const;

export interface VerifyTokenOptions {
  readonly entra: NonNullable<RelayConfig['entra']>;
  readonly now: () => Date;
  /** Least time between two fetches of the keys for unknown key ids, in milliseconds. */
  readonly cooldownMs?: number;
}

/** The check of a token. */
export interface TokenCheck {
  /**
   * @returns name of the caller: the object id of the person or application; at once for a token that was checked before
   * @throws AccessDenied `unauthenticated`, `forbidden`, or `keysUnavailable` when the keys cannot be had
   */
  (token: string): string | Promise<string>;
  /** Name of the caller where the token was checked before and still counts; else null. */
  readonly checked: (token: string) => string | null;
}

function isAllowed(token: z.output<typeof claims>, entra: VerifyTokenOptions['entra']): boolean {
  const { claim, oneOf } = entra.needs;
  const scopes = token.idtyp === 'app' ? [] : (token.scp ?? '').split(' ');
  const held = claim === 'scp' ? scopes : (token.roles ?? []);
  return oneOf.some((wanted) => held.includes(wanted));
}

/** Codes of jose that tell about the published keys, not about the token. The last is that of its base class: a status but 200. */
const keyTrouble = new Set(['ERR_JWKS_TIMEOUT', 'ERR_JWKS_INVALID', 'ERR_JOSE_GENERIC']);

/** The service's own trouble with the keys must not look like a bad token. What is not of jose comes from fetch. */
function isKeyTrouble(error: unknown): boolean {
  return !(error instanceof errors.JOSEError) || keyTrouble.has(error.code);
}

/** Fetches the published keys; jose itself would read an answer of any length (F-306). */
function fetchBounded(keysUrl: string, setting: string): FetchImplementation {
  const dispatcher = agentOf(keysUrl, setting);
  return async (url, { headers: given, signal }) => {
    const headers = Object.fromEntries(given);
    const { statusCode: status, body } = await request(url, { dispatcher, headers, signal });
    return new Response(await readText(body, { side: 'The sign-in service', most: longestSmallAnswer }), { status });
  };
}

/** A tenant's published keys, cached and fetched again for an unknown key id, once in `cooldownMs`. */
export const publishedKeys = (keysUrl: string, setting: string, cooldownMs = 30_000) =>
  createRemoteJWKSet(new URL(keysUrl), {
    [customFetch]: fetchBounded(keysUrl, setting),
    cacheMaxAge: keysKeepMs,
    cooldownDuration: cooldownMs,
    timeoutDuration: 5_000,
  });

/**
 * Makes the check of Entra access tokens: signature by the tenant's published keys (RS256 alone), issuer, audience, tenant, times,
 * then the app role or the scope. Keys are cached and fetched again when a token names an unknown one.
 */
export function verifyToken({ entra, now, cooldownMs }: VerifyTokenOptions): TokenCheck {
  const keys = publishedKeys(entra.keysUrl, 'RELAY_KEYS_URL', cooldownMs);
  const checked = createCheckedTokens(mostChecked);

  async function payloadOf(token: string): Promise<JWTPayload> {
    try {
      const { payload } = await jwtVerify(token, keys, {
        algorithms: ['RS256'],
        issuer: [...entra.issuers],
        audience: [...entra.audiences],
        requiredClaims: ['exp', 'tid', 'oid'],
        clockTolerance: toleranceSeconds,
        currentDate: now(),
      });
      return payload;
    } catch (cause) {
      throw new AccessDenied(isKeyTrouble(cause) ? 'keysUnavailable' : 'unauthenticated', { cause });
    }
  }

  async function verify(token: string, at: number): Promise<string> {
    const parsed = claims.safeParse(await payloadOf(token));
    if (!parsed.success || parsed.data.tid.toLowerCase() !== entra.tenantId)
      throw new AccessDenied('unauthenticated', { cause: parsed.error });
    if (!isAllowed(parsed.data, entra)) throw new AccessDenied('forbidden');
    const caller = parsed.data.oid;
    checked.remember({ token, caller, until: Math.min(at + checkedKeepMs, parsed.data.exp * 1000) }, at);
    return caller;
  }

  return Object.assign(
    (token: string) => {
      const at = now().getTime();
      return checked.callerOf(token, at) ?? verify(token, at);
    },
    { checked: (token: string) => checked.callerOf(token, now().getTime()) },
  );
}

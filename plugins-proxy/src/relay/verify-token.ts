import { hash } from 'node:crypto';
import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify } from 'jose';
import { z } from 'zod';
import type { RelayConfig } from './relay-config';
import { RelayRefusal } from './relay-refusal';

/** The claims of an Entra access token that are used here. Source: Microsoft "Access token claims reference". */
const claims = z.object({
  tid: z.guid(),
  oid: z.string().min(1),
  exp: z.number(),
  /** Delegated permissions, separated by blanks; only in tokens that stand for a person. */
  scp: z.string().optional(),
  /** App roles, of a person or of an application. */
  roles: z.array(z.string()).optional(),
});

/** Clocks of Entra and of this machine may differ by this, in seconds. */
const toleranceSeconds = 60;
/** Published keys are asked for again after this, in milliseconds; an unknown key id asks at once. */
const keysKeepMs = 3_600_000;
/** A checked token is not checked again for this long, in milliseconds: a withdrawn key stops working within it. */
const checkedKeepMs = 300_000;
/** Checked tokens that are remembered; each is a hash and a name. */
const mostChecked = 2_000;

export interface VerifyTokenOptions {
  readonly entra: NonNullable<RelayConfig['entra']>;
  readonly now: () => Date;
  /** Least time between two fetches of the keys for unknown key ids, in milliseconds. */
  readonly cooldownMs?: number;
}

function isAllowed(token: z.output<typeof claims>, entra: VerifyTokenOptions['entra']): boolean {
  const scopes = token.scp?.split(' ') ?? [];
  return entra.roles.some((role) => token.roles?.includes(role)) || entra.scopes.some((name) => scopes.includes(name));
}

/** Codes of jose that tell about the published keys, not about the token. The last is that of its base class: a status but 200. */
const keyTrouble = new Set(['ERR_JWKS_TIMEOUT', 'ERR_JWKS_INVALID', 'ERR_JOSE_GENERIC']);

/** The service's own trouble with the keys must not look like a bad token. What is not of jose comes from fetch. */
function isKeyTrouble(error: unknown): boolean {
  return !(error instanceof errors.JOSEError) || keyTrouble.has(error.code);
}

/**
 * Makes the check of Entra access tokens: signature by the tenant's published keys (RS256 alone), issuer, audience, tenant, times,
 * then role or scope. Keys are cached and fetched again when a token names an unknown one.
 * @returns name of the caller: the object id of the person or application; at once for a token that was checked before
 * @throws RelayRefusal `unauthenticated`, `forbidden`, or `keysUnavailable` when the keys cannot be had
 */
export function verifyToken({
  entra,
  now,
  cooldownMs = 30_000,
}: VerifyTokenOptions): (token: string) => string | Promise<string> {
  const keys = createRemoteJWKSet(new URL(entra.keysUrl), {
    cacheMaxAge: keysKeepMs,
    cooldownDuration: cooldownMs,
    timeoutDuration: 5_000,
  });
  const checked = new Map<string, { readonly caller: string; readonly until: number }>();

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
      throw new RelayRefusal(isKeyTrouble(cause) ? 'keysUnavailable' : 'unauthenticated', { cause });
    }
  }

  async function verify(token: string, id: string, at: number): Promise<string> {
    const parsed = claims.safeParse(await payloadOf(token));
    if (!parsed.success || parsed.data.tid.toLowerCase() !== entra.tenantId)
      throw new RelayRefusal('unauthenticated', { cause: parsed.error });
    if (!isAllowed(parsed.data, entra)) throw new RelayRefusal('forbidden');
    // Maps keep the order of insertion: the oldest goes first.
    const oldest = checked.size >= mostChecked ? checked.keys().next().value : undefined;
    if (oldest !== undefined) checked.delete(oldest);
    checked.set(id, { caller: parsed.data.oid, until: Math.min(at + checkedKeepMs, parsed.data.exp * 1000) });
    return parsed.data.oid;
  }

  return (token) => {
    const at = now().getTime();
    const id = hash('sha256', token, 'base64');
    const known = checked.get(id);
    return known !== undefined && at < known.until ? known.caller : verify(token, id, at);
  };
}

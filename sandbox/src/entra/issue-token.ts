import { createHash, randomUUID } from 'node:crypto';
import { SignJWT, createLocalJWKSet, jwtVerify } from 'jose';
import type { Grant } from './grants';
import type { SigningKeys } from './signing-keys';

/** seconds; Entra answers `expires_in: 3599` for a one-hour token */
export const TOKEN_LIFETIME = 3599;
/** seconds; Entra dates its tokens back by five minutes against clock skew */
const BACKDATED = 300;
const REFRESH_LIFETIME = 90 * 86_400;

/** The subject is pairwise per app in Entra: stable, but not the object id. */
const pairwise = (clientId: string, objectId: string): string =>
  createHash('sha256').update(`${clientId}:${objectId}`).digest('base64url');

/**
 * An access token with the claims of a real v1.0 token for a Dataverse resource: `appid` and `ver` 1.0 whichever endpoint
 * issued it, because the resource decides the format.
 * Source: learn.microsoft.com "Access token claims reference".
 */
export async function issueAccessToken(
  grant: Grant,
  issuer: string,
  tenantId: string,
  keys: SigningKeys,
  now: Date,
): Promise<string> {
  const { kid, privateKey } = await keys.current();
  const issued = Math.floor(now.getTime() / 1000);
  const { app, user } = grant;
  const objectId = user?.objectId ?? app.objectId ?? app.clientId;
  const claims = user
    ? {
        acr: '1',
        amr: ['pwd'],
        name: user.displayName,
        ...(user.roles ? { roles: [...user.roles] } : {}),
        scp: 'user_impersonation',
        sub: pairwise(app.clientId, objectId),
        unique_name: user.userPrincipalName,
        upn: user.userPrincipalName,
      }
    : { idtyp: 'app', idp: issuer, sub: objectId, ...(app.roles ? { roles: [...app.roles] } : {}) };
  return new SignJWT({
    ...claims,
    appid: app.clientId,
    app_displayname: app.name,
    appidacr: app.clientSecret === undefined ? '0' : '1',
    oid: objectId,
    tid: tenantId,
    uti: randomUUID().replaceAll('-', '').slice(0, 22),
    ver: '1.0',
  })
    .setProtectedHeader({ typ: 'JWT', alg: 'RS256', kid, x5t: kid })
    .setIssuer(issuer)
    .setAudience(grant.audience)
    .setIssuedAt(issued - BACKDATED)
    .setNotBefore(issued - BACKDATED)
    .setExpirationTime(issued + TOKEN_LIFETIME)
    .sign(privateKey);
}

/**
 * Tells the client who signed in. Source: learn.microsoft.com "ID token claims reference".
 * @param issuer of the v2.0 endpoint
 */
export async function issueIdToken(
  { app, user, nonce }: Grant,
  issuer: string,
  tenantId: string,
  keys: SigningKeys,
  now: Date,
): Promise<string> {
  const { kid, privateKey } = await keys.current();
  const issued = Math.floor(now.getTime() / 1000);
  return new SignJWT({
    ...(nonce === undefined ? {} : { nonce }),
    name: user?.displayName,
    oid: user?.objectId,
    preferred_username: user?.userPrincipalName,
    sub: pairwise(app.clientId, user?.objectId ?? ''),
    tid: tenantId,
    ver: '2.0',
  })
    .setProtectedHeader({ typ: 'JWT', alg: 'RS256', kid })
    .setIssuer(issuer)
    .setAudience(app.clientId)
    .setIssuedAt(issued - BACKDATED)
    .setNotBefore(issued - BACKDATED)
    .setExpirationTime(issued + TOKEN_LIFETIME)
    .sign(privateKey);
}

/** Opaque to clients; here a JWT with an audience of its own, so that it can never pass as an access token. */
export async function issueRefreshToken(grant: Grant, issuer: string, keys: SigningKeys, now: Date): Promise<string> {
  const { kid, privateKey } = await keys.current();
  return new SignJWT({ upn: grant.user?.userPrincipalName })
    .setProtectedHeader({ typ: 'refresh', alg: 'RS256', kid })
    .setIssuer(issuer)
    .setAudience(`refresh:${grant.app.clientId}`)
    .setExpirationTime(Math.floor(now.getTime() / 1000) + REFRESH_LIFETIME)
    .sign(privateKey);
}

/** User principal name of a valid refresh token, null for anything else. */
export async function readRefreshToken(token: string, clientId: string, issuer: string, keys: SigningKeys, now: Date) {
  try {
    const { payload } = await jwtVerify(token, createLocalJWKSet(keys.jwks()), {
      issuer,
      audience: `refresh:${clientId}`,
      algorithms: ['RS256'],
      currentDate: now,
    });
    return typeof payload['upn'] === 'string' ? payload['upn'] : null;
  } catch {
    return null; // expired, of another app or not ours: Entra gives one answer for all of them
  }
}

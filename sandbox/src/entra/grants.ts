import { createHash, timingSafeEqual } from 'node:crypto';
import type { RedeemedCode } from './authorize';
import type { Directory, EntraApp, EntraUser } from './directory';
import { TokenError } from './token-error';

/** Protocol version of the endpoint: v2 names what it wants in `scope`, v1 in `resource`. */
export type EndpointVersion = 'v1' | 'v2';

export interface Grant {
  readonly app: EntraApp;
  /** absent for an app acting as itself */
  readonly user?: EntraUser;
  /** `aud` of the token: the resource exactly as it was asked for */
  readonly audience: string;
  readonly scope: string;
  readonly wantsRefreshToken: boolean;
  /** `openid` in the scope: who signed in is told as well. */
  readonly wantsIdToken: boolean;
  /** What the request to sign in was marked with. */
  readonly nonce?: string | undefined;
}

/** What of a request was given out by this tenant before. */
export interface Issued {
  /** User principal name that a refresh token stands for; null when it is not valid. */
  readonly readRefreshToken: (token: string, clientId: string) => Promise<string | null>;
  /** @throws TokenError */
  readonly redeemCode: (form: URLSearchParams, app: EntraApp) => RedeemedCode;
}

/** Where a token goes that was asked for with the scopes of OpenID Connect alone: Microsoft Graph. */
const GRAPH = '00000003-0000-0000-c000-000000000000';

function sameSecret(left: string, right: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(left), digest(right));
}

/** RFC 6749 2.3.1 form-encodes both parts before joining them; many clients do not, so either reading of the secret may match. */
function basicCredentials(header: string | undefined): { id: string; secrets: readonly string[] } | null {
  const encoded = /^basic\s+(.+)$/i.exec(header ?? '')?.[1];
  if (!encoded) return null;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon < 0) return null;
  const secret = text.slice(colon + 1);
  // URLSearchParams decodes as forms do and leaves a stray % as it stands
  const decoded = new URLSearchParams(`secret=${secret.replaceAll('&', '%26')}`).get('secret') ?? secret;
  return { id: text.slice(0, colon), secrets: [secret, decoded] };
}

function requireParameter(form: URLSearchParams, name: string): string {
  const value = form.get(name);
  if (!value) throw new TokenError(900144, name);
  return value;
}

function audienceOf(form: URLSearchParams, version: EndpointVersion, grantType: string, directory: Directory): string {
  let audience: string;
  if (version === 'v1') {
    audience = requireParameter(form, 'resource');
  } else {
    const scope = requireParameter(form, 'scope');
    const wanted = scope
      .split(/\s+/)
      .filter((part) => !['openid', 'profile', 'offline_access', 'email'].includes(part));
    if (wanted.length === 0 && grantType === 'authorization_code') return GRAPH;
    const single = wanted[0] ?? '';
    const suffix = grantType === 'client_credentials' ? /\/\.default$/ : /\/(\.default|user_impersonation)$/;
    if (wanted.length !== 1 || !suffix.test(single))
      throw new TokenError(grantType === 'client_credentials' ? 1002012 : 70011, scope);
    audience = single.replace(suffix, '');
  }
  if (!directory.resources.includes(audience.replace(/\/$/, '')))
    throw new TokenError(500011, audience, directory.tenantId);
  return audience;
}

function authenticateApp(
  form: URLSearchParams,
  authorization: string | undefined,
  grantType: string,
  directory: Directory,
) {
  const basic = basicCredentials(authorization);
  const clientId = basic?.id ?? requireParameter(form, 'client_id');
  const app = directory.apps.find((candidate) => candidate.clientId === clientId.toLowerCase());
  if (!app) throw new TokenError(700016, clientId, directory.tenantId);
  const offered = basic?.secrets ?? [form.get('client_secret') ?? ''];
  if (grantType === 'client_credentials' && !offered.some(Boolean)) throw new TokenError(7000216);
  if (app.clientSecret === undefined && grantType !== 'client_credentials') return app;
  const expected = app.clientSecret;
  if (expected === undefined || !offered.some((secret) => sameSecret(secret, expected)))
    throw new TokenError(7000215, clientId);
  return app;
}

function authenticateUser(form: URLSearchParams, directory: Directory): EntraUser {
  const name = requireParameter(form, 'username');
  const password = requireParameter(form, 'password');
  const user = directory.users.find((candidate) => candidate.userPrincipalName === name.toLowerCase());
  if (!user) throw new TokenError(50034, name, directory.tenantId);
  if (!sameSecret(password, user.password)) throw new TokenError(50126);
  return user;
}

/**
 * Decides who a token request is for, in the order in which Entra complains.
 * @throws TokenError with the AADSTS number of the refusal
 */
export async function decideGrant(
  form: URLSearchParams,
  authorization: string | undefined,
  version: EndpointVersion,
  directory: Directory,
  { readRefreshToken, redeemCode }: Issued,
): Promise<Grant> {
  const grantType = requireParameter(form, 'grant_type');
  if (!['client_credentials', 'password', 'refresh_token', 'authorization_code'].includes(grantType))
    throw new TokenError(70003, grantType);
  const app = authenticateApp(form, authorization, grantType, directory);
  const audience = audienceOf(form, version, grantType, directory);
  const scope = `${audience}/${grantType === 'client_credentials' ? '.default' : 'user_impersonation'}`;
  if (grantType === 'client_credentials')
    return { app, audience, scope, wantsRefreshToken: false, wantsIdToken: false };
  const wantsIdToken = version === 'v2' && /(^|\s)openid(\s|$)/.test(form.get('scope') ?? '');
  const wantsRefreshToken = version === 'v1' || /\boffline_access\b/.test(form.get('scope') ?? '');
  if (grantType === 'password')
    return { app, user: authenticateUser(form, directory), audience, scope, wantsRefreshToken, wantsIdToken };
  if (grantType === 'authorization_code')
    return { app, ...redeemCode(form, app), audience, scope, wantsRefreshToken, wantsIdToken };
  const name = await readRefreshToken(requireParameter(form, 'refresh_token'), app.clientId);
  const user = directory.users.find((candidate) => candidate.userPrincipalName === name);
  if (!user) throw new TokenError(70000);
  return { app, user, audience, scope, wantsRefreshToken: true, wantsIdToken };
}

import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { codeFlow } from './authorize';
import type { Directory, EntraUser } from './directory';
import { decideGrant } from './grants';
import type { EndpointVersion, Grant } from './grants';
import { TOKEN_LIFETIME, issueAccessToken, issueIdToken, issueRefreshToken, readRefreshToken } from './issue-token';
import { discoveryDocument } from './discovery-document';
import { pickAccountPage, signInErrorPage } from './sign-in-page';
import type { SigningKeys } from './signing-keys';
import { TokenError, tokenErrorBody } from './token-error';

interface TenantRoute {
  Params: { tenant: string };
}

export interface EntraContext {
  readonly directory: Directory;
  readonly keys: SigningKeys;
  readonly issuer: string;
  readonly publicUrl: string;
  readonly clock: () => Date;
  /** User principal name of whoever the browser's cookies have signed in already; null: nobody. */
  readonly signedIn: (cookies: string | undefined) => string | null;
}

/** Entra's own endpoints. Query parameters that we do not know are ignored, as Entra does. */
export function registerEntraRoutes(app: FastifyInstance, context: EntraContext): void {
  const { directory, keys, issuer, publicUrl, clock, signedIn } = context;
  const codes = codeFlow(directory, clock);

  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
    done(null, new URLSearchParams(String(body))),
  );
  // Entra reads a body of any other type as if it held no parameter
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, _body, done) => done(null, new URLSearchParams()));

  app.setErrorHandler((error, request, reply) => {
    if (!(error instanceof TokenError)) throw error;
    const correlation = request.headers['client-request-id'];
    void noStore(reply)
      .status(error.status)
      .send(tokenErrorBody(error, clock(), publicUrl, typeof correlation === 'string' ? correlation : randomUUID()));
  });

  function requireTenant(request: FastifyRequest<TenantRoute>): void {
    const tenant = request.params.tenant.toLowerCase();
    if (![directory.tenantId, 'organizations', 'common'].includes(tenant))
      throw new TokenError(90002, request.params.tenant);
  }

  async function token(request: FastifyRequest<TenantRoute>, reply: FastifyReply, version: EndpointVersion) {
    requireTenant(request);
    const form = request.body instanceof URLSearchParams ? request.body : new URLSearchParams();
    const now = clock();
    const grant = await decideGrant(form, request.headers.authorization, version, directory, {
      readRefreshToken: (refresh, clientId) => readRefreshToken(refresh, clientId, issuer, keys, now),
      redeemCode: codes.redeem,
    });
    const accessToken = await issueAccessToken(grant, issuer, directory.tenantId, keys, now);
    const refresh = grant.wantsRefreshToken ? { refresh_token: await issueRefreshToken(grant, issuer, keys, now) } : {};
    const v2Issuer = `${publicUrl}/${directory.tenantId}/v2.0`;
    const id = grant.wantsIdToken
      ? { id_token: await issueIdToken(grant, v2Issuer, directory.tenantId, keys, now) }
      : {};
    const issued = Math.floor(now.getTime() / 1000);
    noStore(reply);
    if (version === 'v2')
      return {
        token_type: 'Bearer',
        ...(grant.user ? { scope: grant.scope } : {}),
        expires_in: TOKEN_LIFETIME,
        ext_expires_in: TOKEN_LIFETIME,
        access_token: accessToken,
        ...refresh,
        ...id,
        ...clientInfo(form, grant, directory.tenantId),
      };
    // the v1 endpoint writes numbers as text
    return {
      token_type: 'Bearer',
      ...(grant.user ? { scope: 'user_impersonation' } : {}),
      expires_in: String(TOKEN_LIFETIME),
      ext_expires_in: String(TOKEN_LIFETIME),
      expires_on: String(issued + TOKEN_LIFETIME),
      not_before: String(issued - 300),
      resource: grant.audience,
      access_token: accessToken,
      ...refresh,
    };
  }

  app.post<TenantRoute>('/:tenant/oauth2/v2.0/token', (request, reply) => token(request, reply, 'v2'));
  app.post<TenantRoute>('/:tenant/oauth2/token', (request, reply) => token(request, reply, 'v1'));
  for (const url of ['/:tenant/oauth2/v2.0/token', '/:tenant/oauth2/token'])
    app.get(url, (request) => {
      throw new TokenError(900561, request.method);
    });

  /** Signs in whoever is signed in already, else whoever was picked, else asks. */
  function authorize(request: FastifyRequest<TenantRoute>, reply: FastifyReply, fields: Record<string, unknown>) {
    const named = (upn: unknown): EntraUser | undefined =>
      directory.users.find(({ userPrincipalName }) => userPrincipalName === upn);
    noStore(reply);
    try {
      requireTenant(request);
      const asked = codes.read(fields);
      const already = asked.prompt === '' ? named(signedIn(request.headers.cookie)) : undefined;
      const user = named(fields['username']) ?? already;
      if (user) return reply.redirect(codes.answer(asked, user), 303);
      const app = directory.apps.find(({ clientId }) => clientId === asked.client_id.toLowerCase());
      return reply.type('text/html; charset=utf-8').send(pickAccountPage(app, directory.users, asked));
    } catch (error) {
      if (!(error instanceof TokenError)) throw error;
      return reply.status(400).type('text/html; charset=utf-8').send(signInErrorPage(error.message));
    }
  }
  const authorizeUrl = '/:tenant/oauth2/v2.0/authorize';
  // Fastify types the query as unknown; a name that is repeated is a list, which no field takes.
  app.get<TenantRoute>(authorizeUrl, (request, reply) =>
    authorize(request, reply, { ...(request.query as Record<string, unknown>), username: undefined }),
  );
  app.post<TenantRoute>(authorizeUrl, (request, reply) =>
    authorize(request, reply, request.body instanceof URLSearchParams ? Object.fromEntries(request.body) : {}),
  );

  for (const url of ['/:tenant/discovery/v2.0/keys', '/:tenant/discovery/keys'])
    app.get<TenantRoute>(url, (request) => {
      requireTenant(request);
      return keys.jwks();
    });
  app.get<TenantRoute>('/:tenant/v2.0/.well-known/openid-configuration', (request) => {
    requireTenant(request);
    return discoveryDocument('v2', publicUrl, directory.tenantId, issuer);
  });
  app.get<TenantRoute>('/:tenant/.well-known/openid-configuration', (request) => {
    requireTenant(request);
    return discoveryDocument('v1', publicUrl, directory.tenantId, issuer);
  });
}

/** Microsoft's own libraries ask for it and name the account by it. */
function clientInfo(form: URLSearchParams, { user }: Grant, tenantId: string): { client_info?: string } {
  if (form.get('client_info') !== '1' || !user) return {};
  const text = JSON.stringify({ uid: user.objectId, utid: tenantId });
  return { client_info: Buffer.from(text).toString('base64url') };
}

function noStore(reply: FastifyReply): FastifyReply {
  return reply
    .header('cache-control', 'no-store, no-cache')
    .header('pragma', 'no-cache')
    .header('x-ms-request-id', randomUUID());
}

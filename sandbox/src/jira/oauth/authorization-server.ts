import { randomBytes, timingSafeEqual, createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { refusal, registerForms } from '../pages/forms';
import { personOf } from '../pages/issue-actions';
import type { View } from '../views/view';
import { consentPage } from './consent-page';
import { type Allowed, Grants, type OAuthApp } from './grants';

const asked = z.object({
  audience: z.literal('api.atlassian.com'),
  client_id: z.string(),
  scope: z.string().min(1),
  redirect_uri: z.url(),
  state: z.string().default(''),
  response_type: z.literal('code'),
  prompt: z.string().default(''),
});
type Asked = z.output<typeof asked>;

const chosen = z.object({ person: z.string(), answer: z.string(), site: z.string() });

const client = { client_id: z.string(), client_secret: z.string() };
const wanted = z.discriminatedUnion('grant_type', [
  z.object({ ...client, grant_type: z.literal('authorization_code'), code: z.string(), redirect_uri: z.string() }),
  z.object({ ...client, grant_type: z.literal('refresh_token'), refresh_token: z.string() }),
]);

/** Another site of the same people: whoever chooses it has not let the app reach this one. */
const anotherSite = 'https://another-company.atlassian.net';
/** Milliseconds that an authorization code lasts. */
const codeLifetime = 5 * 60_000;

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Adds to an address what it is to bring back. */
function answerTo({ redirect_uri: address, state }: Asked, more: Readonly<Record<string, string>>): string {
  const url = new URL(address);
  for (const [name, value] of Object.entries({ ...more, ...(state === '' ? {} : { state }) }))
    url.searchParams.set(name, value);
  return url.href;
}

/**
 * Atlassian's authorization server and the list of the sites that a token reaches. Its addresses are those of auth.atlassian.com and
 * api.atlassian.com, which lie beside the site's own here. Source: developer.atlassian.com "OAuth 2.0 (3LO) apps".
 */
export function registerAuthorizationServer(
  app: FastifyInstance,
  view: View,
  apps: readonly OAuthApp[],
  cloudId: string,
): Grants {
  const { site } = view;
  const grants = new Grants(site);
  const codes = new Map<string, Allowed & { readonly redirectUri: string; readonly until: number }>();
  const now = (): number => site.options.clock().getTime();

  /** What is wrong with a request is told on a page: the address to go back to cannot be believed yet. */
  function read(fields: unknown, reply: FastifyReply): { readonly app: OAuthApp; readonly request: Asked } | null {
    const request = asked.safeParse(fields).data;
    const found = apps.find(({ clientId }) => clientId === request?.client_id);
    if (request && found?.callbackUrls.includes(request.redirect_uri)) return { app: found, request };
    const why =
      !request || !found
        ? 'The client_id or another parameter is not known.'
        : 'redirect_uri is not registered for client.';
    void reply
      .status(400)
      .type('text/html; charset=utf-8')
      .send(refusal('Something went wrong', [why], '/'));
    return null;
  }

  app.get('/authorize', (request: FastifyRequest, reply) => {
    const found = read(request.query, reply);
    if (found === null) return reply;
    const scopes = found.request.scope.split(/\s+/);
    if (scopes.some((scope) => scope !== 'offline_access' && !found.app.scopes.includes(scope)))
      return reply.redirect(answerTo(found.request, { error: 'invalid_scope', error_description: 'Invalid scopes' }));
    return reply.type('text/html; charset=utf-8').send(
      consentPage({
        appName: found.app.name,
        siteUrls: [site.options.publicUrl, anotherSite],
        scopes,
        people: site.users.all().filter(({ kind }) => kind === 'atlassian'),
        current: personOf(view, request),
        asked: found.request,
      }),
    );
  });
  registerForms(app, (pages) => {
    pages.post('/authorize', (request, reply) => {
      const found = read(request.body, reply);
      if (found === null) return reply;
      const { person, answer, site: siteUrl } = chosen.parse(request.body);
      const user = site.users.get(person);
      if (answer !== 'accept' || !user)
        return reply.redirect(
          answerTo(found.request, {
            error: 'access_denied',
            error_description: 'User did not authorize the request',
          }),
          303,
        );
      const code = randomBytes(24).toString('base64url');
      const { client_id: clientId, redirect_uri: redirectUri, scope } = found.request;
      const scopes = scope.split(/\s+/);
      codes.set(code, { clientId, userId: user.id, scopes, siteUrl, redirectUri, until: now() + codeLifetime });
      return reply.redirect(answerTo(found.request, { code }), 303);
    });
  });

  app.post('/oauth/token', (request, reply) => {
    const form = wanted.safeParse(request.body).data;
    const refuse = (status: number, error: string, description: string) =>
      reply.status(status).send({ error, error_description: description });
    if (!form) return refuse(400, 'invalid_request', 'Missing or wrong parameters');
    const found = apps.find(({ clientId }) => clientId === form.client_id);
    if (!found || !timingSafeEqual(digest(found.clientSecret), digest(form.client_secret)))
      return refuse(401, 'access_denied', 'Unauthorized');
    if (form.grant_type === 'refresh_token') {
      const tokens = grants.refresh(form.client_id, form.refresh_token);
      return tokens ?? refuse(403, 'invalid_grant', 'Unknown or invalid refresh token.');
    }
    const allowed = codes.get(form.code);
    codes.delete(form.code);
    if (!allowed || allowed.until <= now() || allowed.clientId !== form.client_id)
      return refuse(403, 'invalid_grant', 'Invalid authorization code');
    if (allowed.redirectUri !== form.redirect_uri)
      return refuse(403, 'invalid_grant', 'The redirect URI is wrong. You sent another one before.');
    return grants.start(allowed);
  });
  app.get('/oauth/token/accessible-resources', (request, reply) => {
    const { authorization = '' } = request.headers;
    const found = grants.find(authorization.replace(/^bearer\s+/i, ''));
    if (!found) return reply.status(401).send({ code: 401, message: 'Unauthorized' });
    const { siteUrl: url } = found;
    const scopes = found.scopes.filter((scope) => scope !== 'offline_access');
    const id = url === anotherSite ? '7e9f0a1b-0000-4000-8000-0000000c1d02' : cloudId;
    return [{ id, url, name: new URL(url).host, scopes, avatarUrl: `${url}/avatar.png` }];
  });
  return grants;
}

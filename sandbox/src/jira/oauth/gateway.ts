import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from '../authenticate';
import type { Grants } from './grants';

/** The scope that a call needs. People are read by one of their own. */
function scopeOf({ method, url }: Pick<FastifyRequest, 'method' | 'url'>): string {
  if (/^\/rest\/api\/[^/]+\/(myself|user|users|groups?)\b/.test(url)) return 'read:jira-user';
  const reads = method === 'GET' || /\/(search|permissions|worklog\/list|bulkfetch)\b/.test(url);
  return reads ? 'read:jira-work' : 'write:jira-work';
}

/**
 * Who calls through api.atlassian.com with a token of an OAuth app; undefined: the call does not come that way; null: it was refused,
 * which has been answered.
 */
export function callerByGrant(
  grants: Grants,
  { cloudId, siteUrl }: { readonly cloudId: string; readonly siteUrl: string },
  request: FastifyRequest,
  reply: FastifyReply,
): Caller | null | undefined {
  const [, id] = /^\/ex\/jira\/([^/]+)\//.exec(request.originalUrl) ?? [];
  const [, token] = /^bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
  if (id === undefined || token === undefined) return undefined;
  const grant = id === cloudId ? grants.find(token) : null;
  const found = grant?.siteUrl === siteUrl ? grant : null;
  const message =
    found === null
      ? 'Unauthorized'
      : found.scopes.includes(scopeOf(request))
        ? null
        : 'Unauthorized; scope does not match';
  if (found !== null && message === null) return { edition: 'cloud', user: found.user, failed: false };
  void reply.status(401).send({ code: 401, message });
  return null;
}

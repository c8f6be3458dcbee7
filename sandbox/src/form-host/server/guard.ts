import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';

/**
 * The page is for the person at this machine: requests under another host name are refused (DNS rebinding), and so is
 * a write that another site started. Nothing but the page's own origin may be loaded.
 */
export function guard(app: FastifyInstance, port: number): void {
  const hosts = new Set([`localhost:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`]);

  app.addHook('onRequest', async (request, reply) => {
    if (!hosts.has(request.headers.host ?? ''))
      return reply
        .status(421)
        .send({ error: { code: 'HOST', message: `This page answers only to localhost:${port}.` } });
    const origin = request.headers.origin;
    if (origin !== undefined && !hosts.has(origin.replace(/^http:\/\//, '')))
      return reply.status(403).send({ error: { code: 'ORIGIN', message: 'Only the page itself may call this.' } });
  });

  app.addHook('onSend', async (request, reply) => {
    reply.header('x-content-type-options', 'nosniff');
    reply.header('referrer-policy', 'no-referrer');
    // A web resource stands in a frame of the page; nothing else is framed.
    reply.header('x-frame-options', request.url.startsWith('/WebResources/') ? 'SAMEORIGIN' : 'DENY');
    if (!reply.hasHeader('content-security-policy'))
      reply.header('content-security-policy', "default-src 'none'; frame-ancestors 'none'");
  });
}

/** Policy of the page: own origin only; the nonce is for the style sheets that Fluent writes at run time. */
export function pagePolicy(): { nonce: string; header: string } {
  const nonce = randomBytes(16).toString('base64');
  const header = [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "frame-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
  return { nonce, header };
}

/** Policy of an HTML web resource: stricter than Dynamics 365 sets by default, so that the pages are known to need no more. */
export const webResourcePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
].join('; ');

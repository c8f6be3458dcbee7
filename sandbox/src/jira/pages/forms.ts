import type { FastifyInstance, FastifyRequest } from 'fastify';
import { escapeHtml, layout } from './layout';

/** A form of another site could be sent here by a browser; it would say so. */
const isOwn = ({ headers }: FastifyRequest): boolean =>
  headers.origin === undefined || URL.parse(headers.origin)?.host === headers.host;

export const refusal = (title: string, problems: readonly string[], back: string): string =>
  layout(
    title,
    `<h1>${escapeHtml(title)}</h1>${problems.map((problem) => `<p>${escapeHtml(problem)}</p>`).join('')}<p><a href="${escapeHtml(back)}">Go back</a></p>`,
  );

/** Registers what the forms of the pages are sent to; answers are pages. */
export function registerForms(app: FastifyInstance, register: (pages: FastifyInstance) => void): void {
  void app.register(async (pages) => {
    pages.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string' },
      (_request: FastifyRequest, body: string | Buffer, done: (error: null, fields: unknown) => void) =>
        done(null, Object.fromEntries(new URLSearchParams(String(body)))),
    );
    pages.addHook('preHandler', async (request, reply) => {
      reply.type('text/html; charset=utf-8');
      if (!isOwn(request)) return reply.status(403).send(refusal('Not from here', [], '/'));
      return undefined;
    });
    register(pages);
  });
}

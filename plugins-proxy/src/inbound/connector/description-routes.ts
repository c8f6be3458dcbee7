import type { FastifyInstance } from 'fastify';
import { descriptionPage } from './describe/description-page';
import { openApi } from './describe/openapi';

/** Nothing but its own style may load into the page. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'";

/** `/openapi.json` and the page at `/api`; both hold what the source says and nothing of the installation but its address. */
export async function descriptionRoutes(app: FastifyInstance, options: { readonly publicUrl: string }): Promise<void> {
  const description = openApi(options.publicUrl);
  const page = descriptionPage();
  app.get('/openapi.json', async () => description);
  app.get('/api', async (_request, reply) =>
    reply
      .type('text/html; charset=utf-8')
      .header('content-security-policy', policy)
      .header('x-content-type-options', 'nosniff')
      .send(page),
  );
}

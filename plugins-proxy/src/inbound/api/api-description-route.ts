import type { FastifyInstance } from 'fastify';
import { apiOpenApi } from './api-openapi';

/** `/openapi/jira.json`, for everybody: it holds what the source says and nothing of the installation but its address. */
export async function apiDescriptionRoute(
  app: FastifyInstance,
  options: { readonly publicUrl: string },
): Promise<void> {
  const description = apiOpenApi(options.publicUrl);
  app.get('/openapi/jira.json', async () => description);
}

import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { HostDefinition, TablePages } from '../contract';
import { readSolutionDefinition, readTablePages } from './definition';
import type { HostFolders } from './host-folders';
import { readPersonas } from './persona-roles';
import { personaCookieFor, personaOf, personas } from './personas';

export interface DefinitionOptions {
  readonly folders: HostFolders;
  readonly dataverseUrl: string;
  readonly jiraUrl: string;
  readonly organizationId: string;
  readonly tokenFor: (userName: string) => Promise<string>;
}

const personaChoice = z.object({ id: z.enum(personas.map((persona) => persona.id)) });

/** What the page is built from, and the switch between people. */
export function definitionRoutes(app: FastifyInstance, options: DefinitionOptions): void {
  app.get('/host/definition.json', async (request): Promise<HostDefinition> => {
    const admin = personas.find((persona) => persona.id === 'admin') ?? personaOf(undefined);
    return {
      ...readSolutionDefinition(options.folders),
      personas: await readPersonas(options.dataverseUrl, await options.tokenFor(admin.userName)),
      current: personaOf(request.headers.cookie).id,
      organizationId: options.organizationId,
      dataverseUrl: options.dataverseUrl,
      jiraUrl: options.jiraUrl,
    };
  });

  app.get<{ Params: { table: string } }>('/host/tables/:table', async (request, reply): Promise<TablePages> => {
    const pages = readTablePages(options.folders, request.params.table);
    if (pages) return pages;
    const message = `The solution has no table ${request.params.table} with pages of its own.`;
    return reply.status(404).send({ error: { code: 'TABLE', message } });
  });

  app.post('/host/persona', async (request, reply) => {
    const choice = personaChoice.safeParse(request.body);
    if (!choice.success)
      return reply.status(400).send({ error: { code: 'PERSONA', message: 'There is no such person in the sandbox.' } });
    return reply.status(204).header('set-cookie', personaCookieFor(choice.data.id)).send();
  });
}

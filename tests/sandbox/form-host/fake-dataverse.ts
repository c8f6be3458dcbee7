import Fastify from 'fastify';
import type { FastifyInstance } from 'fastify';
import type { AddressInfo } from 'node:net';

export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Record<string, unknown>;
  readonly body: unknown;
}

/** Token endpoint and Web API that only record what they were asked; the real stand-in has its own tests. */
export async function startFakeDataverse(): Promise<{ app: FastifyInstance; url: string; seen: SeenRequest[] }> {
  const seen: SeenRequest[] = [];
  const app = Fastify();
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
    done(null, Object.fromEntries(new URLSearchParams(String(body)))),
  );
  app.addHook('preHandler', async ({ method, url, headers, body }) => void seen.push({ method, url, headers, body }));
  app.post('/token', async (request) => {
    // the form body of the parser above
    const { username } = request.body as { username: string };
    return { access_token: `token-of-${username}`, expires_in: 3600 };
  });
  app.get('/sandbox/outbox', async () => ({ value: [] }));
  app.get('/api/data/v9.2/opportunities', async (_request, reply) => {
    reply.header('set-cookie', 'stays=here').header('odata-version', '4.0');
    return { value: [{ name: 'Acme' }] };
  });
  app.post('/api/data/v9.2/opportunities', async (_request, reply) =>
    reply.status(204).header('odata-entityid', `${url()}/api/data/v9.2/opportunities(1)`).send(),
  );
  app.get('/api/data/v9.2/fieldpermissions', async () => ({ value: [] }));
  app.get('/api/data/v9.2/systemusers*', async (request) => ({
    value: request.url.includes('systemuserroles_association') ? [{ roleid: 'r1', name: 'Salesperson' }] : [],
    RolePrivileges: [{ PrivilegeName: 'prvReadOpportunity', Depth: 'Local' }],
  }));
  app.get('/api/data/v9.2/*', async () => ({
    value: [{ roleid: 'r1', name: 'Salesperson' }],
    RolePrivileges: [{ PrivilegeName: 'prvReadOpportunity', Depth: 'Local' }],
  }));
  await app.listen({ port: 0, host: '127.0.0.1' });
  // a listening TCP server has an AddressInfo
  const url = () => `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  return { app, url: url(), seen };
}

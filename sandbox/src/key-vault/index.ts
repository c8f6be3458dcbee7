import { createHmac, randomBytes } from 'node:crypto';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type Secrets, secretBundle } from './secret-bundle';

export interface KeyVaultOptions {
  /** Host under which clients know the vault, e.g. `crm-jira-integration-kv.vault.azure.net`. */
  readonly host: string;
  readonly tenantId: string;
  /** Header value that the platform gives to whom it lets ask for tokens (`IDENTITY_HEADER`). */
  readonly identityHeader: string;
  /** What the managed identity may do: "Key Vault Secrets User" or "Key Vault Secrets Officer". */
  readonly role: 'none' | 'user' | 'officer';
  readonly clock?: () => Date;
}

/** Azure Key Vault's secrets and the managed identity endpoint of App Service and Container Apps, on one listener. */
export interface KeyVault {
  readonly app: FastifyInstance;
  /** Adds a version of a secret, as a person would in the portal. */
  set(name: string, value: string, attributes?: { readonly createdOn?: Date; readonly expiresOn?: Date }): void;
  /** The newest value. */
  get(name: string): string | undefined;
  /** Requests that were answered, e.g. `GET /secrets/JIRA-API-Token 200`. */
  readonly log: readonly string[];
}

const resource = 'https://vault.azure.net';

function refuse(reply: FastifyReply, status: number, code: string, message: string): FastifyReply {
  return reply.status(status).send({ error: { code, message } });
}

/**
 * Built from Microsoft's REST reference (Get Secret, Set Secret; managed identities on App Service): a call without a token is
 * answered with the challenge that clients wait for, the newest version is read where none is named.
 */
export function createKeyVault(options: KeyVaultOptions): KeyVault {
  const clock = options.clock ?? (() => new Date());
  // One for all: clients keep a token for as long as it is good, also beyond a restart of this.
  const accessToken = createHmac('sha256', options.identityHeader).update(resource).digest('base64url');
  const secrets: Secrets = new Map();
  const log: string[] = [];
  const app = Fastify({ forceCloseConnections: true });
  app.addHook('onResponse', async (request, reply) => {
    log.push(`${request.method} ${request.url.split('?')[0] ?? ''} ${reply.statusCode}`);
  });

  app.get<{ Querystring: Record<string, string | undefined> }>('/msi/token', async (request, reply) => {
    const { resource: asked, 'api-version': version } = request.query;
    if (request.headers['x-identity-header'] !== options.identityHeader)
      return reply.status(401).send({ statusCode: 401, message: 'No MSI found for specified ClientId/ResourceId.' });
    if (asked?.replace(/\/$/, '') !== resource || version !== '2019-08-01')
      return reply.status(400).send({ statusCode: 400, message: 'Unsupported resource or api-version.' });
    const expiresOn = Math.floor(Date.now() / 1_000) + 86_400;
    return { access_token: accessToken, expires_on: String(expiresOn), resource, token_type: 'Bearer' };
  });

  /** Whether the caller may go on; an answer has been given where not. */
  function admitted(request: FastifyRequest, reply: FastifyReply, writes: boolean): boolean {
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
    if (token !== accessToken) {
      const authority = `https://login.windows.net/${options.tenantId}`;
      reply.header('www-authenticate', `Bearer authorization="${authority}", resource="${resource}"`);
      refuse(reply, 401, 'Unauthorized', 'AKV10000: Request is missing a Bearer or PoP token.');
      return false;
    }
    if (options.role === 'officer' || (options.role === 'user' && !writes)) return true;
    refuse(reply, 403, 'Forbidden', 'Caller is not authorized to perform action on resource.');
    return false;
  }

  const read = async (
    request: FastifyRequest<{ Params: { name: string; version?: string } }>,
    reply: FastifyReply,
  ): Promise<FastifyReply> => {
    if (!admitted(request, reply, false)) return reply;
    const { name, version } = request.params;
    const versions = secrets.get(name.toLowerCase()) ?? [];
    const found = version ? versions.find((one) => one.version === version) : versions.at(-1);
    if (found === undefined)
      return refuse(reply, 404, 'SecretNotFound', `A secret with (name/id) ${name} was not found in this key vault.`);
    return reply.send(secretBundle(options.host, name, found));
  };
  app.get('/secrets/:name', read);
  app.get('/secrets/:name/', read);
  app.get('/secrets/:name/:version', read);

  function add(name: string, value: string, createdOn: Date, expiresOn: Date | null) {
    const added = { version: randomBytes(16).toString('hex'), value, createdOn, expiresOn };
    secrets.set(name.toLowerCase(), [...(secrets.get(name.toLowerCase()) ?? []), added]);
    return added;
  }

  app.put<{ Params: { name: string }; Body: { value?: string; attributes?: { exp?: number } } }>(
    '/secrets/:name',
    async (request, reply) => {
      if (!admitted(request, reply, true)) return reply;
      const { value, attributes } = request.body;
      if (!value) return refuse(reply, 400, 'BadParameter', 'Property value is required.');
      const expiresOn = attributes?.exp === undefined ? null : new Date(attributes.exp * 1_000);
      return secretBundle(options.host, request.params.name, add(request.params.name, value, clock(), expiresOn));
    },
  );

  return {
    app,
    set: (name, value, { createdOn = clock(), expiresOn } = {}) => void add(name, value, createdOn, expiresOn ?? null),
    get: (name) => secrets.get(name.toLowerCase())?.at(-1)?.value,
    log,
  };
}

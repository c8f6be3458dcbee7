import type { FastifyPluginAsync } from 'fastify';
import type { JSONWebKeySet } from 'jose';
import { SAMPLE_PUBLIC_CLIENT } from './directory';
import type { Directory, EntraApp, EntraUser } from './directory';
import { registerEntraRoutes } from './routes';
import { openSigningKeys } from './signing-keys';

export type { EntraApp, EntraUser } from './directory';
export { SAMPLE_PUBLIC_CLIENT } from './directory';

export interface EntraOptions {
  /** File of the signing keys, or `:memory:`. */
  readonly keyFile: string;
  /** Origin under which clients reach this listener, e.g. `http://localhost:4010`. */
  readonly publicUrl: string;
  readonly tenantId: string;
  readonly apps: readonly EntraApp[];
  readonly users: readonly EntraUser[];
  /** Application ID URIs tokens may be asked for; the public URL and its 127.0.0.1 twin when left out. */
  readonly resources?: readonly string[];
  readonly clock?: () => Date;
  /** User principal name of whoever the browser's cookies have signed in already; left out: nobody is. */
  readonly signedIn?: (cookies: string | undefined) => string | null;
}

export interface Entra {
  /** Register on the listener shared with Dataverse; encapsulated, its parsers and error handler stay its own. */
  readonly plugin: FastifyPluginAsync;
  /** `iss` of every access token: `<publicUrl>/<tenantId>/`. */
  readonly issuer: string;
  /** Token audiences that Dataverse has to accept, each with and without trailing slash. */
  readonly audiences: readonly string[];
  /** Public keys at this moment; ask again after a rotation. */
  jwks(): JSONWebKeySet;
  rotateKeys(): Promise<void>;
}

/** Entra ID's sign-in page, token endpoint (v1 and v2), JWKS and metadata for one tenant. */
export async function createEntra(options: EntraOptions): Promise<Entra> {
  const clock = options.clock ?? (() => new Date());
  const publicUrl = options.publicUrl.replace(/\/$/, '');
  const tenantId = options.tenantId.toLowerCase();
  const issuer = `${publicUrl}/${tenantId}/`;
  const resources = options.resources ?? [publicUrl, publicUrl.replace('//localhost', '//127.0.0.1')];
  const keys = await openSigningKeys(options.keyFile, clock);
  const directory: Directory = {
    tenantId,
    apps: [SAMPLE_PUBLIC_CLIENT, ...options.apps.map((app) => ({ ...app, clientId: app.clientId.toLowerCase() }))],
    users: options.users.map((user) => ({ ...user, userPrincipalName: user.userPrincipalName.toLowerCase() })),
    resources,
  };
  return {
    plugin: async (app) =>
      registerEntraRoutes(app, {
        directory,
        keys,
        issuer,
        publicUrl,
        clock,
        signedIn: options.signedIn ?? (() => null),
      }),
    issuer,
    audiences: resources.flatMap((resource) => [resource, `${resource}/`]),
    jwks: () => keys.jwks(),
    rotateKeys: () => keys.rotate(),
  };
}

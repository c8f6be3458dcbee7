import type { AddressInfo } from 'node:net';
import { createDefaultHttpClient } from '@azure/core-rest-pipeline';
import { connectVault, type Vault } from '../../plugins-proxy/src/platform/secrets/key-vault';
import { createKeyVault, type KeyVault, type KeyVaultOptions } from '../../sandbox/src/key-vault';

export const vaultHost = 'crm-jira-integration-kv.vault.azure.net';
const identityHeader = 'identity-header-of-the-tests';

/** A reference to one of its secrets. */
export const reference = (name: string): string => `keyvault:https://${vaultHost}/secrets/${name}`;

/** The stand-in, and the service's client for it: what is meant for the vault's host goes to loopback, nothing else is changed. */
export interface KeyVaultWorld {
  readonly keyVault: KeyVault;
  readonly vault: Vault;
  /** Addresses that were asked for. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

export async function startKeyVault(role: KeyVaultOptions['role'] = 'user'): Promise<KeyVaultWorld> {
  const keyVault = createKeyVault({
    host: vaultHost,
    tenantId: '72f988bf-0000-4000-8000-000000000001',
    identityHeader,
    role,
  });
  await keyVault.app.listen({ port: 0, host: '127.0.0.1' });
  // listen() on a TCP port always gives an AddressInfo.
  const { port } = keyVault.app.server.address() as AddressInfo;
  const before = { ...process.env };
  // As Container Apps gives them to a container with a managed identity.
  process.env['IDENTITY_ENDPOINT'] = `http://127.0.0.1:${port}/msi/token`;
  process.env['IDENTITY_HEADER'] = identityHeader;
  const carrier = createDefaultHttpClient();
  const asked: string[] = [];
  return {
    keyVault,
    asked,
    vault: connectVault({
      httpClient: {
        sendRequest: async (request) => {
          asked.push(request.url);
          const url = new URL(request.url);
          if (url.host === vaultHost) {
            request.url = `http://127.0.0.1:${port}${url.pathname}${url.search}`;
            request.allowInsecureConnection = true;
            // What is guarded is made for https; how, is tested without a stand-in.
            delete request.agent;
          }
          const response = await carrier.sendRequest(request);
          // The client checks that a challenge comes from the host that it has asked.
          request.url = url.href;
          return response;
        },
      },
    }),
    close: async () => {
      process.env = before;
      await keyVault.app.close();
    },
  };
}

import { Agent } from 'node:https';
import type { KeyVaultSecret, SecretClient, SecretClientOptions } from '@azure/keyvault-secrets';
import { IntegrationError } from '../errors/integration-error';
import { AnswerTooLong, longestSmallAnswer } from '../http-client/answer-too-long';
import { guardOf } from '../http-client/guard-addresses';
import { guardedLookup } from '../http-client/site-guard';
import type { SecretReference } from './secret-reference';

/** A secret with what the vault knows of its age. */
export interface VaultSecret {
  readonly value: string;
  readonly createdOn: Date | null;
  readonly expiresOn: Date | null;
}

/** Azure Key Vault as the service uses it. */
export interface Vault {
  /** @throws IntegrationError `key-vault` or `address-refused`, in words, never with a value */
  read(reference: SecretReference): Promise<VaultSecret>;
  /** Adds a version that becomes the newest. Needs "Key Vault Secrets Officer", which the running service has no use for. */
  write(reference: SecretReference, value: string, expiresOn: Date): Promise<void>;
}

export interface VaultOptions {
  /** User-assigned managed identity; undefined = the system-assigned one. */
  readonly clientId?: string | undefined;
  /** Carries the requests, in tests to a stand-in. */
  readonly httpClient?: NonNullable<SecretClientOptions['httpClient']>;
}

/** A vault that does not answer keeps the service from starting for this long at most, in milliseconds. */
const timeoutMs = 10_000;

/** The library keeps of an answer whatever comes; one that is too long ends its connection (F-306). */
const boundedAnswer: NonNullable<SecretClientOptions['additionalPolicies']>[number] = {
  position: 'perRetry',
  policy: {
    name: 'crmjira-bounded-answer',
    sendRequest: (request, next) => {
      request.onDownloadProgress = ({ loadedBytes }) => {
        if (loadedBytes > longestSmallAnswer) throw new AnswerTooLong('The key vault', longestSmallAnswer);
      };
      return next(request);
    },
  },
};

/** The vault's connections are checked like all others; those to the managed identity go where Azure's own variables lead. */
function guardedConnections(vault: string): NonNullable<SecretClientOptions['additionalPolicies']>[number] {
  const lookup = guardedLookup(guardOf(vault, 'the reference to a secret'));
  const agent = new Agent({ keepAlive: true, lookup });
  return {
    position: 'perRetry',
    policy: {
      name: 'crmjira-guarded-connections',
      sendRequest: (request, next) => {
        // Behind a proxy of the environment it has that one's, which looks names up itself.
        request.agent ??= agent;
        return next(request);
      },
    },
  };
}

const sentences: Readonly<Record<number, string>> = {
  401: 'does not accept the managed identity',
  403: 'lets the managed identity not do this: it needs "Key Vault Secrets User", to rotate "Key Vault Secrets Officer"',
  404: 'has no such secret, or it is disabled',
  429: 'asked to slow down',
};

function wordsOf(cause: unknown, reference: SecretReference): IntegrationError {
  // The library has put it into an error of its own, with code and message.
  if (cause instanceof Error && 'code' in cause && cause.code === 'address-refused')
    return new IntegrationError(cause.message, { code: 'address-refused', errorClass: 'configuration', cause });
  const status =
    typeof cause === 'object' && cause !== null && 'statusCode' in cause && typeof cause.statusCode === 'number'
      ? cause.statusCode
      : undefined;
  const transient = status === undefined || status === 429 || status >= 500;
  const says =
    status === undefined
      ? 'was not reached, or no managed identity is there'
      : (sentences[status] ?? `answered ${status}`);
  return new IntegrationError(`The vault ${reference.vault} ${says} (secret ${reference.name}).`, {
    code: 'key-vault',
    errorClass: transient ? 'transient' : 'configuration',
    ...(status === undefined ? {} : { status }),
    cause,
  });
}

function secretOf({ value, properties }: KeyVaultSecret): VaultSecret {
  if (value === undefined || value === '') throw Object.assign(new Error('empty secret'), { statusCode: 404 });
  return { value, createdOn: properties.createdOn ?? null, expiresOn: properties.expiresOn ?? null };
}

/**
 * Azure Key Vault by the managed identity of where the service runs: App Service, Container Apps, a virtual machine, Azure Arc.
 * Microsoft's libraries are loaded at the first secret that is asked of a vault.
 */
export function connectVault(options: VaultOptions = {}): Vault {
  const clients = new Map<string, Promise<SecretClient>>();
  const http = options.httpClient === undefined ? {} : { httpClient: options.httpClient };

  async function open(vault: string): Promise<SecretClient> {
    const { ManagedIdentityCredential } = await import('@azure/identity');
    const { SecretClient: Client } = await import('@azure/keyvault-secrets');
    const identity = options.clientId === undefined ? {} : { clientId: options.clientId };
    const retryOptions = { maxRetries: 2, retryDelayInMs: 500, maxRetryDelayInMs: 2_000 };
    const sharedOptions = {
      ...http,
      retryOptions,
      redirectOptions: { maxRetries: 0 },
      additionalPolicies: [boundedAnswer],
    };
    const credential = new ManagedIdentityCredential({ ...identity, ...sharedOptions });
    return new Client(vault, credential, {
      ...sharedOptions,
      additionalPolicies: [boundedAnswer, guardedConnections(vault)],
    });
  }

  async function call<T>(reference: SecretReference, work: (client: SecretClient) => Promise<T>): Promise<T> {
    const client = clients.get(reference.vault) ?? open(reference.vault);
    clients.set(reference.vault, client);
    try {
      return await work(await client);
    } catch (cause) {
      throw wordsOf(cause, reference);
    }
  }

  return {
    read: (reference) =>
      call(reference, async (client) => {
        const abortSignal = AbortSignal.timeout(timeoutMs);
        const version = reference.version === undefined ? {} : { version: reference.version };
        return secretOf(await client.getSecret(reference.name, { ...version, abortSignal }));
      }),
    write: (reference, value, expiresOn) =>
      call(reference, async (client) => {
        const abortSignal = AbortSignal.timeout(timeoutMs);
        await client.setSecret(reference.name, value, { contentType: 'text/plain', expiresOn, abortSignal });
      }),
  };
}

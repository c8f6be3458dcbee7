import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createBoundedMap } from '../../platform/bounded-map';
import type { Config } from '../../platform/config/read-config';
import { classifyError } from '../../platform/errors/classify-error';
import { IntegrationError } from '../../platform/errors/integration-error';
import { longestSmallAnswer } from '../../platform/http-client/answer-too-long';
import type { Vault } from '../../platform/secrets/key-vault';
import { resolveSecret, type StoredSecrets } from './stored-secrets';

/** Where the secrets of connections lie. */
export interface ConnectionSecretsOptions {
  readonly stored: StoredSecrets;
  readonly vault: Pick<Vault, 'read'>;
  /** Vault and directory as the configuration names them now. */
  readonly places: () => Config['connectionSecrets'];
  /** For how long a value is used without a further look, in milliseconds. */
  readonly keepMs: number;
  readonly now?: () => number;
}

/** Secrets of connections by the names that their rows give. */
export interface ConnectionSecrets {
  /** @throws IntegrationError `secret-unreadable`, in words that never have the value; Dataverse's own where it cannot be read */
  (connectionId: string, name: string): Promise<string>;
  /** Forgets a value, after the provider refused it. */
  forget(connectionId: string, name: string): void;
  /** Every value that was resolved, for the logger to cut out; the same array while none has come. */
  known(): readonly string[];
}

/** Each form has the id of its connection in it, which is compared as a whole: no other connection's name begins with it. */
const id = '[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}';
const vaultName = new RegExp(`^vault:(crmjira-(${id})(?:-[0-9a-z-]{1,82})?)$`, 'i');
/** Neither a separator of paths nor two dots in a row. */
const fileName = new RegExp(`^file:((${id})(?:[._-][0-9a-z]+)*)$`, 'i');

/** After a failure that a person must end, the next look is this much later, in milliseconds: a queue of jobs may wait for the secret. */
const pauseMs = 10_000;
/** Values in memory; the one that was used longest ago is looked up again. */
const mostValues = 1_000;

const unreadable = (says: string, cause?: unknown, errorClass = 'configuration' as IntegrationError['errorClass']) =>
  new IntegrationError(says, { code: 'secret-unreadable', errorClass, cause });

const isMissing = (cause: unknown): boolean =>
  typeof cause === 'object' && cause !== null && 'code' in cause && cause.code === 'ENOENT';

/** @param name checked */
async function fromFile(directory: string | null, name: string): Promise<string> {
  if (directory === null)
    throw unreadable(
      `The secret file:${name} is not read: CONNECTION_SECRETS_DIR of the service names no directory. Set it, or enter the secret again.`,
    );
  const text = await readSmallFile(join(directory, name)).catch((cause: unknown) => {
    throw unreadable(
      isMissing(cause)
        ? `There is no file ${name} in CONNECTION_SECRETS_DIR of the service. Put it there, or enter the secret again.`
        : `The file ${name} in CONNECTION_SECRETS_DIR cannot be read by the service. Give it the right to read it, or enter the secret again.`,
      cause,
    );
  });
  if (text === null)
    throw unreadable(
      `${name} in CONNECTION_SECRETS_DIR is no file with a secret. Replace it, or enter the secret again.`,
    );
  return text;
}

/** The text without the line end at its close; null for what is empty, too long or no file. */
async function readSmallFile(path: string): Promise<string | null> {
  const found = await stat(path);
  if (!found.isFile() || found.size > longestSmallAnswer) return null;
  return (await readFile(path, 'utf8')).replace(/\r?\n$/, '') || null;
}

/** @param name checked */
async function fromVault(vault: Pick<Vault, 'read'>, address: string | null, name: string): Promise<string> {
  if (address === null)
    throw unreadable(
      `The secret vault:${name} is not read: CONNECTION_SECRETS_VAULT of the service names no key vault. Set it, or enter the secret again.`,
    );
  try {
    return (await vault.read({ vault: address, name, version: undefined })).value;
  } catch (cause) {
    const { message, errorClass } = classifyError(cause);
    const next = errorClass === 'transient' ? 'It is tried again.' : 'Correct that, or enter the secret again.';
    throw unreadable(`${message} ${next}`, cause, errorClass);
  }
}

/** Resolves the three forms of `crmjira_secret_name`: `row:<id>`, `vault:crmjira-<connection id>…`, `file:<connection id>…`. */
export function connectionSecrets(options: ConnectionSecretsOptions): ConnectionSecrets {
  const { stored, vault, places, keepMs, now = Date.now } = options;

  function lookUp(owner: string, name: string): Promise<string> {
    const own = (pattern: RegExp): string => {
      const [, text, of] = pattern.exec(name) ?? [];
      // What stands there is not shown: somebody may have put the secret itself behind the prefix.
      if (text === undefined || of?.toLowerCase() !== owner)
        throw unreadable(
          `The connection names a secret that is not its own. Its name must begin with ${name.startsWith('vault:') ? 'vault:crmjira-' : 'file:'}${owner} and have letters, digits and hyphens behind it. Rename the secret, or enter it again.`,
        );
      return text;
    };
    if (name.startsWith('vault:')) return fromVault(vault, places().vault, own(vaultName));
    if (name.startsWith('file:')) return fromFile(places().directory, own(fileName));
    return resolveSecret(stored, owner, name);
  }

  interface Held {
    /** Null while the first look is under way. */
    readonly value: string | null;
    readonly next: Promise<string>;
    readonly until: number;
  }
  const held = createBoundedMap<string, Held>(mostValues);
  let known: readonly string[] = [];

  function look(key: string, owner: string, name: string, former: string | null): Promise<string> {
    const keep = (value: string | null, next: Promise<string>, ms: number): void => {
      // Not where it was forgotten meanwhile.
      if (held.get(key)?.next === pending) held.set(key, { value, next, until: now() + ms });
    };
    const pending: Promise<string> = (async () => lookUp(owner, name))().then(
      (value) => {
        if (!known.includes(value)) known = [...known, value];
        keep(value, pending, keepMs);
        return value;
      },
      (error: unknown) => {
        const passes = classifyError(error).errorClass === 'transient';
        // A vault that is away does not stop calls whose secret was good until now.
        if (passes && former !== null) {
          keep(former, Promise.resolve(former), keepMs);
          return former;
        }
        keep(null, pending, passes ? 0 : pauseMs);
        throw error;
      },
    );
    held.set(key, { value: former, next: pending, until: Infinity });
    return pending;
  }

  const keyOf = (connectionId: string, name: string): string => `${connectionId.toLowerCase()} ${name}`;
  const resolve = async (connectionId: string, name: string): Promise<string> => {
    const key = keyOf(connectionId, name);
    const entry = held.get(key);
    return entry !== undefined && now() < entry.until
      ? entry.next
      : look(key, connectionId.toLowerCase(), name, entry?.value ?? null);
  };
  return Object.assign(resolve, {
    forget: (connectionId: string, name: string) => held.delete(keyOf(connectionId, name)),
    known: () => known,
  });
}

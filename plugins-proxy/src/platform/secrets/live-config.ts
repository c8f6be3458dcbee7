import { isDeepStrictEqual } from 'node:util';
import { type Config, readConfig } from '../config/read-config';
import type { Environment } from '../config/read-secret';
import { secretsOf } from '../config/secrets-of';
import { collectSecrets, type SecretFacts } from './collect-secrets';
import { connectVault, type Vault } from './key-vault';
import { createRefusals, type Refusals } from './refusals';

/** The configuration, whose secrets are exchanged while the service runs; all else stays as it was at start. */
export interface LiveConfig {
  /** The same object while nothing has changed. */
  current(): Config;
  /** What is known of the secrets' age and place. */
  facts(): readonly SecretFacts[];
  /** Secrets of `current` and those of `alsoSecret`; the same array while none has changed. */
  secrets(): readonly string[];
  /** From now on these are secrets too: what was resolved for connections. The same array while none has come. */
  alsoSecret(more: () => readonly string[]): void;
  /** The vault that references are looked up in. */
  readonly vault: Vault;
  /**
   * Reads files and vault again; true when a secret or a certificate has changed. Those who ask at the same time share one look.
   * @throws InvalidConfiguration when what is there now cannot be used; the former secrets stay
   */
  reload(): Promise<boolean>;
  /** What was refused and could not be renewed. */
  readonly refusals: Refusals;
}

/** Secrets of several sources as one list. */
function collected(first: () => readonly string[]): Pick<LiveConfig, 'secrets' | 'alsoSecret'> {
  const sources = [first];
  let parts: readonly (readonly string[])[] = [];
  let all: readonly string[] = [];
  return {
    secrets: () => {
      const now = sources.map((source) => source());
      if (now.length !== parts.length || now.some((part, n) => part !== parts[n])) {
        parts = now;
        all = now.flat();
      }
      return all;
    },
    alsoSecret: (more) => void sources.push(more),
  };
}

/** A configuration that nobody exchanges. */
export function unchangingConfig(config: Config): LiveConfig {
  const secrets = secretsOf(config);
  return {
    current: () => config,
    facts: () => [],
    ...collected(() => secrets),
    vault: connectVault(),
    reload: async () => false,
    refusals: createRefusals(),
  };
}

/**
 * Reads the configuration: variables, files, Key Vault.
 * @throws InvalidConfiguration
 */
export async function openConfig(
  environment: Environment,
  vault: Vault = connectVault({ clientId: environment['AZURE_CLIENT_ID'] }),
): Promise<LiveConfig> {
  async function read() {
    const collected = await collectSecrets(environment, vault);
    const config = readConfig(collected.environment);
    return { config, facts: collected.facts, secrets: secretsOf(config) };
  }
  let state = await read();
  let looking: Promise<boolean> | null = null;

  async function look(): Promise<boolean> {
    const fresh = await read();
    const { config, secrets } = state;
    const changed = !isDeepStrictEqual(fresh.config, config);
    const exchanged = !isDeepStrictEqual(fresh.secrets, secrets);
    state = {
      facts: fresh.facts,
      config: changed ? fresh.config : config,
      secrets: exchanged ? fresh.secrets : secrets,
    };
    return changed;
  }

  return {
    refusals: createRefusals(),
    current: () => state.config,
    facts: () => state.facts,
    ...collected(() => state.secrets),
    vault,
    reload: () => {
      looking ??= look().finally(() => {
        looking = null;
      });
      return looking;
    },
  };
}

import { isDeepStrictEqual } from 'node:util';
import { type Config, readConfig } from '../config/read-config';
import type { Environment } from '../config/read-secret';
import { secretsOf } from '../config/secrets-of';
import { gatherSecrets, type SecretFacts } from './gather-secrets';
import { connectVault, type Vault } from './key-vault';
import { createRefusals, type Refusals } from './refusals';

/** The configuration, whose secrets are exchanged while the service runs; all else stays as it was at start. */
export interface LiveConfig {
  /** The same object while nothing has changed. */
  current(): Config;
  /** What is known of the secrets' age and place. */
  facts(): readonly SecretFacts[];
  /** Secrets of `current`; the same array while none has changed. */
  secrets(): readonly string[];
  /**
   * Reads files and vault again; true when a secret or a certificate has changed. Those who ask at the same time share one look.
   * @throws InvalidConfiguration when what is there now cannot be used; the former secrets stay
   */
  reload(): Promise<boolean>;
  /** What was refused and could not be renewed. */
  readonly refusals: Refusals;
}

/** A configuration that nobody exchanges. */
export function unchangingConfig(config: Config): LiveConfig {
  const secrets = secretsOf(config);
  return {
    current: () => config,
    facts: () => [],
    secrets: () => secrets,
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
    const gathered = await gatherSecrets(environment, vault);
    const config = readConfig(gathered.environment);
    return { config, facts: gathered.facts, secrets: secretsOf(config) };
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
    secrets: () => state.secrets,
    reload: () => {
      looking ??= look().finally(() => {
        looking = null;
      });
      return looking;
    },
  };
}

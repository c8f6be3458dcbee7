import { readFile } from 'node:fs/promises';
import { type Config, readConfig } from '../../platform/config/read-config';
import { connect } from '../../capabilities/connect';
import { IntegrationError } from '../../platform/errors/integration-error';
import { readMyself } from '../../clients/jira/jira-site';
import type { SecretFacts, SecretName } from '../../platform/secrets/collect-secrets';
import { storeSecret } from '../../platform/secrets/store-secret';
import type { ReadyTerminal } from '../terminal';

/** Secrets that the other side issues to a person who signs in there. */
export const issuedSecrets = ['JIRA_API_TOKEN', 'JIRA_PAT', 'DATAVERSE_CLIENT_SECRET'] as const;
export type IssuedSecret = (typeof issuedSecrets)[number];

const command = (name: string): string => `crmjira rotate-secrets --secret ${name} --new-value-file <file>`;

/** What a person does, in order (R-1404). */
export function guideFor(name: SecretName, facts: SecretFacts): readonly string[] {
  const last = `Run "${command(name)}" with the new value in a file: it is tried before it is stored, and delete that file.`;
  const stored =
    facts.place.kind === 'variable'
      ? `Set ${name} for the service and restart one replica after the other; as ${name}_FILE or a reference to a vault no restart is needed.`
      : last;
  const end = 'Delete the former one there once "crmjira doctor" finds nothing wrong.';
  switch (name) {
    case 'JIRA_API_TOKEN':
      return [
        'Sign in as the integration account at https://id.atlassian.com/manage-profile/security/api-tokens and create a token that ends in 90 days.',
        stored,
        end,
      ];
    case 'JIRA_PAT':
      return [
        'Sign in to Jira as the integration account: Profile, Personal Access Tokens, Create token, 90 days.',
        stored,
        end,
      ];
    case 'DATAVERSE_CLIENT_SECRET':
      return [
        'In Entra: App registrations, the application of the service, Certificates & secrets, New client secret, 90 days.',
        stored,
        end,
      ];
    case 'SECRETS_KEY':
      return [
        'Make a new key with "openssl rand -base64 32".',
        'Give the current one as SECRETS_KEY_PREVIOUS and the new one as SECRETS_KEY; restart one replica after the other.',
        'Run "crmjira rotate-secrets --secret SECRETS_KEY": it encrypts the stored secrets with the new key.',
        'Remove SECRETS_KEY_PREVIOUS ten minutes later, once "crmjira doctor" finds nothing wrong.',
      ];
    default:
      return [
        `Make a new value. Where there is ${name}_PREVIOUS, put the former one there first.`,
        `Set ${name}; as a file or a reference to a vault the service takes it within a minute, as a variable after a restart.`,
        'Set it on the other side too, prove it with one call, then empty the former one.',
      ];
  }
}

async function account(name: IssuedSecret, config: Config, now: () => Date): Promise<string> {
  const connections = connect(config, now);
  try {
    if (name === 'DATAVERSE_CLIENT_SECRET') return (await connections.dataverse.whoAmI()).userId;
    const myself = await readMyself(connections.jira.first.site);
    return myself.accountId ?? myself.name ?? '';
  } finally {
    await connections.close();
  }
}

/**
 * Tries a new value by one call as the service would make it, and stores it only when it is good; the running service finds it
 * within a minute, or at the first refusal of the former.
 * @throws IntegrationError in words; then nothing is stored
 */
export async function rotateToken(
  terminal: ReadyTerminal,
  facts: SecretFacts,
  name: IssuedSecret,
  newValueFile: string,
  limitDays: number,
): Promise<string> {
  const value = (await readValue(newValueFile)).trim();
  const withNew = readConfig({ ...terminal.environment, [name]: value, [`${name}_FILE`]: undefined });
  const now = await account(name, withNew, terminal.now);
  // The former may have ended already: then there is nothing to compare with, and renewing it is all the more urgent.
  const before = await account(name, readConfig(terminal.environment), terminal.now).catch(() => now);
  if (now !== before)
    throw new IntegrationError('The new value belongs to another account than the former one; it is not stored.', {
      code: 'another-account',
      errorClass: 'configuration',
    });
  await storeSecret(facts, value, terminal.vault, terminal.now(), limitDays);
  return 'the new value was tried by one call and stored; the service takes it within a minute';
}

async function readValue(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new IntegrationError(`The file "${file}" of --new-value-file cannot be read.`, {
      code: 'unreadable-file',
      errorClass: 'configuration',
      cause,
    });
  }
}

/** Where a secret is kept, for the description of what a run would do. */
export const storedIn = (facts: SecretFacts): string =>
  facts.place.kind === 'vault'
    ? `vault ${facts.place.reference.vault}`
    : facts.place.kind === 'file'
      ? `file ${facts.place.path}`
      : 'variable';

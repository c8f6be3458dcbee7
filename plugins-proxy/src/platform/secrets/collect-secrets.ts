import { stat } from 'node:fs/promises';
import { secretNames } from '../config/config-schema';
import { type ConfigurationProblem, InvalidConfiguration } from '../config/invalid-configuration';
import type { Environment } from '../config/read-secret';
import { classifyError } from '../errors/classify-error';
import type { Vault } from './key-vault';
import { isReference, parseReference, referenceForm, type SecretReference } from './secret-reference';

/** Names of the variables that hold secrets. */
export type SecretName = (typeof secretNames)[number];

/** Where a secret is kept, so that a new one can be put there. */
export type SecretPlace =
  | { readonly kind: 'variable' }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'vault'; readonly reference: SecretReference };

/** What is known of a secret besides its value. */
export interface SecretFacts {
  readonly name: SecretName;
  readonly place: SecretPlace;
  /** When this value came: the file's time, the vault's version; null where nobody can know. */
  readonly since: Date | null;
  /** What the vault says; null = nothing. */
  readonly expiresOn: Date | null;
}

/** The environment with every reference replaced by its secret. */
export interface CollectedSecrets {
  readonly environment: Environment;
  readonly facts: readonly SecretFacts[];
}

/** Not secret, but kept beside the passwords that belong to them (R-1210). */
const accountNames = ['JIRA_EMAIL', 'JIRA_USER'] as const;

const given = (value: string | undefined): value is string => value !== undefined && value !== '';

async function ageOf(path: string): Promise<Date | null> {
  // A file that cannot be looked at cannot be read either, which readConfig says by its variable's name.
  return stat(path).then(
    ({ mtime }) => mtime,
    () => null,
  );
}

/**
 * Looks up every secret that is given as a reference, and what is known of the age of each.
 * @throws InvalidConfiguration naming each variable whose reference is wrong or cannot be read
 */
export async function collectSecrets(environment: Environment, vault: Vault): Promise<CollectedSecrets> {
  const problems: ConfigurationProblem[] = [];
  const values: Record<string, string> = {};

  async function one<Name extends SecretName | (typeof accountNames)[number]>(
    name: Name,
  ): Promise<(Omit<SecretFacts, 'name'> & { readonly name: Name }) | null> {
    const direct = environment[name];
    const path = environment[`${name}_FILE`];
    if (!given(direct))
      return given(path) ? { name, place: { kind: 'file', path }, since: await ageOf(path), expiresOn: null } : null;
    if (!isReference(direct)) return { name, place: { kind: 'variable' }, since: null, expiresOn: null };
    const reference = parseReference(direct);
    if (reference === null) {
      // The text is not shown: somebody may have put the secret itself behind the prefix.
      problems.push({ variable: name, expected: referenceForm, received: 'another reference, which is not followed' });
      return null;
    }
    try {
      const { value, createdOn, expiresOn } = await vault.read(reference);
      values[name] = value;
      return { name, place: { kind: 'vault', reference }, since: createdOn, expiresOn };
    } catch (error) {
      problems.push({ variable: name, expected: 'a secret in reach', received: classifyError(error).message });
      return null;
    }
  }

  const [facts] = await Promise.all([
    Promise.all(secretNames.map((name) => one(name))),
    Promise.all(accountNames.map((name) => one(name))),
  ]);
  if (problems.length > 0) throw new InvalidConfiguration(problems);
  return { environment: { ...environment, ...values }, facts: facts.filter((fact) => fact !== null) };
}

import { readFileSync } from 'node:fs';

/** Environment as Node gives it. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A file named by `<NAME>_FILE` could not be read. */
export class UnreadableSecretFile extends Error {
  readonly code = 'unreadable-secret-file';
}

/**
 * The secret `name`: its own variable, or the content of the file that `<name>_FILE` names (container and Key Vault mounts), without
 * the line end at its close.
 * @throws UnreadableSecretFile naming the file, never its content
 */
export function readSecret(environment: Environment, name: string): string | undefined {
  const direct = environment[name];
  if (direct !== undefined && direct !== '') return direct;
  const file = environment[`${name}_FILE`];
  if (file === undefined || file === '') return undefined;
  try {
    // An empty file is a secret that is not there: the place of the former one while no rotation is under way.
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '') || undefined;
  } catch (cause) {
    throw new UnreadableSecretFile(`a readable file, got "${file}"`, { cause });
  }
}

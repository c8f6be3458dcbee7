import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { InvalidConfiguration } from '../platform/config/invalid-configuration';
import type { Environment } from '../platform/config/read-secret';

/**
 * The environment and what a file adds to it, as Node's own `--env-file` does: what is set already wins.
 * @throws InvalidConfiguration when the file cannot be read
 */
export function withVariablesOf(file: string, environment: Environment): Environment {
  try {
    return { ...parseEnv(readFileSync(file, 'utf8')), ...environment };
  } catch (cause) {
    const received = cause instanceof Error ? cause.message : String(cause);
    throw new InvalidConfiguration([{ variable: '--env-file', expected: 'a file that can be read', received }]);
  }
}

import { writeFileSync } from 'node:fs';

/** readable by its owner only: secrets stand in it */
const ownerOnly = 0o600;

/**
 * Writes environment variables as a file for `node --env-file`, so that the command line runs as the sandbox's proxy does.
 * @param environment values without line breaks and double quotes, which that format could not hold beside each other
 */
export function writeEnvironmentFile(file: string, environment: Readonly<Record<string, string>>): void {
  const lines = Object.entries(environment).map(([name, value]) => `${name}="${value}"`);
  writeFileSync(file, `${lines.join('\n')}\n`, { mode: ownerOnly });
}

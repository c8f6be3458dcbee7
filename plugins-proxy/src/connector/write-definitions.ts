import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { swagger } from './describe/swagger';

/** Where the connector's definition is kept for import, from the repository's root. */
export const definitionFile = 'plugins-proxy/connector-definitions/apiDefinition.swagger.json';

/** Its content: what the route descriptions say now. */
export function definitionText(): string {
  return `${JSON.stringify(swagger(), null, 2)}\n`;
}

/** Writes it below a root. */
export function writeDefinitions(root: string): void {
  const file = join(root, definitionFile);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, definitionText());
}

if (require.main === module) {
  writeDefinitions(join(__dirname, '..', '..', '..'));
  console.log(`written: ${definitionFile}`);
}

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { apiOpenApi } from '../api/api-openapi';
import { apiDocument } from './describe/api-document';
import { placeholderHost, swagger } from './describe/swagger';
import { connectorVariants } from './describe/variants';

const folder = 'plugins-proxy/connector-definitions';

/** Where the definition with both securities of the contract is kept, from the repository's root. */
export const definitionFile = `${folder}/apiDefinition.swagger.json`;

const asText = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;

/** Its content: what the route descriptions say now. */
export function definitionText(): string {
  return asText(swagger());
}

/** Where the operations can be read (R-2210), from the repository's root. */
export const documentFile = 'docs/api-documentation.md';

/** The API for other clients (R-1801), from the repository's root. */
export const apiFile = 'docs/jira-api.openapi.json';

/**
 * Every file made from the descriptions with its content: the contract's definition, two files for each variant, the document, the API for
 * other clients.
 */
export function definitionFiles(): ReadonlyMap<string, string> {
  const files = new Map([[definitionFile, definitionText()]]);
  for (const [name, make] of Object.entries(connectorVariants)) {
    const { definition, properties } = make();
    files.set(`${folder}/${name}/apiDefinition.swagger.json`, asText(definition));
    files.set(`${folder}/${name}/apiProperties.json`, asText(properties));
  }
  files.set(documentFile, apiDocument());
  files.set(apiFile, asText(apiOpenApi(`https://${placeholderHost}`)));
  return files;
}

/** Writes them below a root. */
export function writeDefinitions(root: string): void {
  for (const [file, text] of definitionFiles()) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
}

if (require.main === module) {
  writeDefinitions(join(__dirname, '..', '..', '..', '..'));
  console.log(`written: ${[...definitionFiles().keys()].join(', ')}`);
}

import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { SolutionSourceError } from './solution-source-error';

/**
 * How a connection of the custom connector signs in: user and password over https, Entra ID, or user and password through the
 * on-premises data gateway. All have one solution name and one connector id: an environment imports one of them, and may change.
 */
export const CONNECTOR_VARIANTS = ['basic', 'entra', 'gateway'] as const;
export type ConnectorVariant = (typeof CONNECTOR_VARIANTS)[number];

export const DEFAULT_CONNECTOR: ConnectorVariant = 'basic';

export const isConnectorVariant = (name: string): name is ConnectorVariant =>
  (CONNECTOR_VARIANTS as readonly string[]).includes(name);

/** Written by `npm run generate:connector`. */
const DEFINITIONS = 'plugins-proxy/connector-definitions';

/** What a variant needs beside `solution/connector`, from the repository's root. */
const ADDED_SOURCE: Readonly<Partial<Record<ConnectorVariant, string>>> = { entra: 'solution/connector-entra' };

const VARIABLES = 'environmentvariabledefinitions';
const MANIFEST = 'Other/Solution.xml';
const NAME = 'crmjira_5Fjirabudget';

const variable = (schemaName: string): string => `@environmentVariables("${schemaName}")`;

/** Placeholder of the generated definition → the variable that the import asks for: the same package serves every environment. */
const ENTRA_SETTINGS: Readonly<Record<string, string>> = {
  '00000000-0000-0000-0000-000000000000': variable('crmjira_ConnectorClientId'),
  common: variable('crmjira_ConnectorTenantId'),
  'api://crm-jira-proxy': variable('crmjira_ConnectorResource'),
};

const propertiesFile = z.object({
  properties: z.object({ connectionParameters: z.record(z.string(), z.unknown()) }),
});

/** Folders of environment variables that the import of a variant asks for, from the repository's root. */
export const variableFolders = (variant: ConnectorVariant): readonly string[] =>
  ['solution/connector', ADDED_SOURCE[variant] ?? []].flat().map((source) => `${source}/${VARIABLES}`);

/** Puts the definition of the connector, and how a connection of it is made, beside the copied source of the solution. */
export function addConnector(root: string, folder: string, variant: ConnectorVariant): void {
  const definitions = join(root, DEFINITIONS, ...(variant === 'basic' ? [] : [variant]));
  const definition = z
    .record(z.string(), z.unknown())
    .parse(JSON.parse(readFileSync(join(definitions, 'apiDefinition.swagger.json'), 'utf8')));
  writeJson(join(folder, 'Connectors', `${NAME}_openapidefinition.json`), {
    ...definition,
    host: variable('crmjira_ProxyHost'),
  });
  // The basic variant's parameters are source: the platform's own names, as a maker's export has them.
  if (variant === 'basic') return;
  const { properties } = propertiesFile.parse(
    JSON.parse(readFileSync(join(definitions, 'apiProperties.json'), 'utf8')),
  );
  const parameters = JSON.parse(JSON.stringify(properties.connectionParameters), (_key, value: unknown) =>
    typeof value === 'string' ? (ENTRA_SETTINGS[value] ?? value) : value,
  ) as object;
  writeJson(join(folder, 'Connectors', `${NAME}_connectionparameters.json`), parameters);
  addSource(root, folder, ADDED_SOURCE[variant]);
}

function addSource(root: string, folder: string, source: string | undefined): void {
  if (source === undefined) return;
  if (!existsSync(join(root, source))) throw new SolutionSourceError(source, VARIABLES, 'is not there');
  cpSync(join(root, source), folder, { recursive: true });
  const manifest = readFileSync(join(folder, MANIFEST), 'utf8');
  const components = readdirSync(join(root, source, VARIABLES))
    .sort()
    .map((name) => `  <RootComponent type="380" schemaName="${name}" behavior="0" />\n    `);
  writeFileSync(
    join(folder, MANIFEST),
    manifest.replace('</RootComponents>', () => `${components.join('  ')}</RootComponents>`),
  );
}

const writeJson = (path: string, value: object): void => writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`);

import { z } from 'zod';
import type { NeededSettings } from './needed-settings';
import { problemsOfValue } from './setting-values';

/** The file that `pac solution import --settings-file` takes; no other words, as a misspelt one would be passed over. */
const settingsFile = z.strictObject({
  EnvironmentVariables: z.array(z.strictObject({ SchemaName: z.string().min(1), Value: z.string() })),
  ConnectionReferences: z.array(
    z.strictObject({ LogicalName: z.string().min(1), ConnectionId: z.string(), ConnectorId: z.string().min(1) }),
  ),
});

export type DeploymentSettings = z.output<typeof settingsFile>;

/** The settings cannot be imported as they are; the message names every place, one a line, and never a value of a secret. */
export class InvalidDeploymentSettings extends Error {
  static readonly code = 'invalid-deployment-settings';
  readonly code = InvalidDeploymentSettings.code;

  constructor(
    readonly problems: readonly string[],
    options?: ErrorOptions,
  ) {
    super(problems.join('\n'), options);
  }
}

/** @throws InvalidDeploymentSettings when the text is not such a file */
export function parseDeploymentSettings(text: string): DeploymentSettings {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new InvalidDeploymentSettings(['expected a JSON file'], { cause });
  }
  const parsed = settingsFile.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new InvalidDeploymentSettings(
    parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'the file'}: ${message}`),
    { cause: parsed.error },
  );
}

/** Variables without a default that the product does without: by projects, by site, by choice. */
const optional: ReadonlySet<string> = new Set([
  'crmjira_WebhookIssueTypes',
  'crmjira_OwnRateAccounts',
  'crmjira_ProjectTemplateKey',
  'crmjira_ApproverTeam',
]);

/** Our own connector: Power Apps knows a connection for it only once its solution has been imported. */
const ownConnector = /\/apis\/shared_crmjira/;
const unfilled = /^<.*>$/;

/** Connection references whose connection can be made only after the connector's import, and that still hold the place for its id. Pure. */
export function knownAfterConnector(
  settings: DeploymentSettings,
  { connectionReferences }: NeededSettings,
): readonly string[] {
  return connectionReferences
    .filter(({ connectorId }) => ownConnector.test(connectorId))
    .map(({ logicalName }) => logicalName)
    .filter((name) =>
      settings.ConnectionReferences.some((one) => one.LogicalName === name && unfilled.test(one.ConnectionId)),
    );
}

const repeated = (names: readonly string[]): string[] => [
  ...new Set(names.filter((name, at) => names.indexOf(name) !== at)),
];

/**
 * Everything that would stop the import, or that it would take although it is wrong. Pure.
 * @param open connection references that may lack their connection for now
 */
export function judgeSettings(
  settings: DeploymentSettings,
  needed: readonly NeededSettings[],
  open: readonly string[] = [],
): readonly string[] {
  const { EnvironmentVariables: given, ConnectionReferences: connections } = settings;
  const variables = new Map(needed.flatMap((one) => one.variables).map((one) => [one.schemaName, one]));
  const references = needed.flatMap((one) => one.connectionReferences);
  const values = new Map(given.map(({ SchemaName, Value }) => [SchemaName, Value]));
  const problems = [
    ...repeated(given.map(({ SchemaName }) => SchemaName)).map((name) => `${name}: stands there twice`),
    ...repeated(connections.map(({ LogicalName }) => LogicalName)).map((name) => `${name}: stands there twice`),
  ];
  for (const [name, value] of values) {
    const variable = variables.get(name);
    if (variable === undefined) problems.push(`${name}: neither solution has this environment variable`);
    else problems.push(...problemsOfValue(variable, value).map((problem) => `${name}: ${problem}`));
  }
  for (const { schemaName, type, defaultValue } of variables.values())
    if (defaultValue === null && type !== 'Secret' && !optional.has(schemaName) && !values.has(schemaName))
      problems.push(`${schemaName}: has no default and needs a value`);
  for (const reference of references) {
    const found = connections.find(({ LogicalName }) => LogicalName === reference.logicalName);
    if (found === undefined) problems.push(`${reference.logicalName}: this connection reference has no connection`);
    else if (found.ConnectorId !== reference.connectorId)
      problems.push(`${reference.logicalName}: expected a connection of ${reference.connectorId}`);
    else if (
      !open.includes(reference.logicalName) &&
      !/^[0-9a-f]{32}$|^[0-9a-f-]{36}$|^shared-[\w-]+$/i.test(found.ConnectionId)
    )
      problems.push(
        `${reference.logicalName}: expected the id of a connection (Power Apps, Connections: it stands in the address)`,
      );
  }
  for (const { LogicalName } of connections)
    if (!references.some(({ logicalName }) => logicalName === LogicalName))
      problems.push(`${LogicalName}: neither solution has this connection reference`);
  return [...problems, ...disagreements(values)];
}

/** Settings that each are right and together are not. */
function disagreements(values: ReadonlyMap<string, string>): readonly string[] {
  const hostOf = (name: string): string | null => {
    const value = values.get(name);
    return value !== undefined && URL.canParse(value) ? new URL(value).host : null;
  };
  const [service, jira, budget] = ['crmjira_ProxyBaseUrl', 'crmjira_JiraBaseUrl', 'crmjira_BudgetApiBaseUrl'].map(
    hostOf,
  );
  const connectorHost = values.get('crmjira_ProxyHost');
  const allowed = (values.get('crmjira_EgressAllowList') ?? '').split(',').map((host) => host.trim());
  const problems: string[] = [];
  if (service != null && connectorHost !== undefined && service !== connectorHost)
    problems.push('crmjira_ProxyHost: expected the host of crmjira_ProxyBaseUrl');
  for (const [name, host] of [
    ['crmjira_JiraBaseUrl', jira],
    ['crmjira_BudgetApiBaseUrl', budget],
  ] as const)
    if (host != null && !allowed.includes(host))
      problems.push(`crmjira_EgressAllowList: expected to hold the host of ${name}`);
  return problems;
}

/** The part of the settings that belongs to one solution: an import refuses values for what the environment does not have yet. */
export function settingsOf(settings: DeploymentSettings, needed: NeededSettings): DeploymentSettings {
  const variables = new Set(needed.variables.map(({ schemaName }) => schemaName));
  const references = new Set(needed.connectionReferences.map(({ logicalName }) => logicalName));
  return {
    EnvironmentVariables: settings.EnvironmentVariables.filter(({ SchemaName }) => variables.has(SchemaName)),
    ConnectionReferences: settings.ConnectionReferences.filter(({ LogicalName }) => references.has(LogicalName)),
  };
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { configSchema, secretNames } from '../../../plugins-proxy/src/platform/config/config-schema';
import { defaultRegions } from '../../../plugins-proxy/src/platform/config/residency';
import {
  isReference,
  parseReference,
  vaultAddress,
} from '../../../plugins-proxy/src/platform/secrets/secret-reference';

const folder = join(__dirname, '..', '..', '..', 'plugins-proxy', 'operations');
const read = (name: string): string => readFileSync(join(folder, name), 'utf8');

/** What Azure Resource Manager demands of every template and resource; unknown words at the top are refused as ARM refuses them. */
const template = z.strictObject({
  $schema: z.literal('https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#'),
  contentVersion: z.string().regex(/^\d+(\.\d+){3}$/),
  metadata: z.object({ description: z.string() }),
  parameters: z.record(
    z.string(),
    z.strictObject({
      type: z.enum(['string', 'securestring', 'int', 'bool', 'object', 'array']),
      defaultValue: z.unknown().optional(),
      allowedValues: z.array(z.string()).optional(),
      minLength: z.number().optional(),
      maxLength: z.number().optional(),
      metadata: z.object({ description: z.string() }).optional(),
    }),
  ),
  resources: z.array(
    z.strictObject({
      type: z.string().regex(/^Microsoft\.\w+(\/\w+)+$/),
      apiVersion: z.string().regex(/^20\d\d-\d\d-\d\d(-preview)?$/),
      name: z.string().min(1),
      location: z.string().optional(),
      kind: z.string().optional(),
      scope: z.string().optional(),
      sku: z.object({ name: z.string(), tier: z.string().optional() }).optional(),
      identity: z.object({ type: z.string(), userAssignedIdentities: z.record(z.string(), z.object({})) }).optional(),
      tags: z.record(z.string(), z.string()).optional(),
      dependsOn: z.array(z.string()).optional(),
      properties: z.record(z.string(), z.unknown()).optional(),
    }),
  ),
  outputs: z.record(z.string(), z.object({ type: z.string(), value: z.string() })).optional(),
});
type Template = z.output<typeof template>;

const load = (name: string): Template => template.parse(JSON.parse(read(name)));
const [foundation, app, alerts] = [load('azure/foundation.json'), load('azure/app.json'), load('azure-alerts.json')];
const all: [string, Template][] = [
  ['azure/foundation.json', foundation],
  ['azure/app.json', app],
  ['azure-alerts.json', alerts],
  ['azure/sentinel-rules.json', load('azure/sentinel-rules.json')],
];

/** Every expression in brackets, wherever it stands, as a key too. */
function expressions(value: unknown): string[] {
  if (typeof value === 'string') return /^\[(?!\[)/.test(value) ? [value.slice(1, -1)] : [];
  if (Array.isArray(value)) return value.flatMap(expressions);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) => [...expressions(key), ...expressions(one)]);
}

const one = (from: Template, type: string) => {
  const found = from.resources.filter((resource) => resource.type === type);
  expect(found).toHaveLength(1);
  // Checked above.
  return found[0]!;
};

const functions = [
  'parameters',
  'resourceId',
  'subscriptionResourceId',
  'reference',
  'listKeys',
  'concat',
  'guid',
  'json',
];

describe.each(all)('R-1227 %s', (_name, given) => {
  test('has expressions that close, functions that exist and parameters that are declared and used', () => {
    const found = expressions(given);
    expect(found.length).toBeGreaterThan(3);
    for (const expression of found) {
      expect(expression.split('(')).toHaveLength(expression.split(')').length);
      expect(expression.split("'").length % 2).toBe(1);
      const called = [...expression.replaceAll(/'[^']*'/g, "''").matchAll(/([a-zA-Z]+)\(/g)].map((match) => match[1]);
      expect(called.filter((name) => ![...functions, 'resourceGroup', 'subscription'].includes(name ?? ''))).toEqual(
        [],
      );
    }
    const used = found.flatMap((text) => [...text.matchAll(/parameters\('(\w+)'\)/g)].map((match) => match[1]));
    expect([...new Set(used)].sort()).toEqual(Object.keys(given.parameters).sort());
  });

  test('names for each resource of another kind something that these templates make', () => {
    const made = new Set(all.flatMap(([, { resources }]) => resources.map(({ type }) => type)));
    // Subnets are made inside their network.
    const wanted = expressions(given).flatMap((text) =>
      [...text.matchAll(/(?<!subscriptionR)resourceId\('([\w./]+)'/g)].map((match) => match[1] ?? ''),
    );
    expect(wanted.filter((type) => !made.has(type) && type !== 'Microsoft.Network/virtualNetworks/subnets')).toEqual(
      [],
    );
  });

  test('R-1221 puts nothing outside Canada', () => {
    for (const { type, location } of given.resources)
      expect({ type, location: ["[parameters('location')]", 'global', undefined].includes(location) }).toEqual({
        type,
        location: true,
      });
    // Rules of the workspace lie where it lies.
    if (given.resources.some(({ location }) => location === "[parameters('location')]"))
      expect(given.parameters['location']?.allowedValues).toEqual([...defaultRegions]);
  });

  test('shows no secret: none in an output, none as a plain parameter', () => {
    for (const { value } of Object.values(given.outputs ?? {}))
      expect(value).not.toMatch(/listKeys|[Pp]assword|[Ss]ecret/);
    for (const [name, { type, defaultValue }] of Object.entries(given.parameters))
      if (/password|token|secret$/i.test(name))
        expect({ name, type, defaultValue }).toMatchObject({ type: 'securestring' });
  });
});

test('R-1210 R-1217 the vault is HSM-backed, closed, undeletable; the running service may read secrets and nothing more', () => {
  expect(foundation.parameters['vaultName']?.defaultValue).toBe('crm-jira-integration-kv');
  expect(one(foundation, 'Microsoft.KeyVault/vaults').properties).toMatchObject({
    sku: { name: 'premium' },
    enableRbacAuthorization: true,
    enablePurgeProtection: true,
    networkAcls: { defaultAction: 'Deny' },
  });
  const roles = foundation.resources
    .filter(({ type }) => type === 'Microsoft.Authorization/roleAssignments')
    .map(({ properties, scope }) => {
      const { principalId, roleDefinitionId } = z
        .object({ principalId: z.string(), roleDefinitionId: z.string() })
        .parse(properties);
      const [, who] = /userAssignedIdentities', '([\w-]+)'/.exec(principalId) ?? [];
      const [, role] = /roleDefinitions', '([\w-]+)'/.exec(roleDefinitionId) ?? [];
      return [who, role, scope?.includes('KeyVault/vaults')];
    });
  expect(roles).toEqual([
    ['crm-jira-proxy', '4633458b-17de-408a-b874-0445c86b69e6', true],
    ['crm-jira-rotation', 'b86a8fe4-44ce-4948-aee5-eccb2c155cd7', true],
  ]);
});

test('R-1102 R-1107 R-1221 the workspace keeps 90 days; the database has its backup in the paired region and no public address', () => {
  expect(foundation.parameters['workspaceName']?.defaultValue).toBe('crm-jira-integration-logs');
  expect(one(foundation, 'Microsoft.OperationalInsights/workspaces').properties).toMatchObject({ retentionInDays: 90 });
  expect(one(foundation, 'Microsoft.DBforPostgreSQL/flexibleServers').properties).toMatchObject({
    backup: { geoRedundantBackup: 'Enabled' },
    network: { delegatedSubnetResourceId: expect.stringContaining("'database'") },
  });
});

const container = z.object({
  name: z.string(),
  command: z.array(z.string()).optional(),
  env: z.array(z.object({ name: z.string(), value: z.string().optional(), secretRef: z.string().optional() })),
});
const workload = z.object({
  configuration: z.record(z.string(), z.unknown()),
  template: z.object({ scale: z.object({ minReplicas: z.number() }).optional(), containers: z.array(container) }),
});
const service = workload.parse(one(app, 'Microsoft.App/containerApps').properties);
const rotation = workload.parse(one(app, 'Microsoft.App/jobs').properties);

/** The value with parameters at their defaults, as far as a reference to a secret needs them. */
const resolved = (value: string): string =>
  value
    .replace(/^\[concat\((.*)\)\]$/, '$1')
    .replaceAll("parameters('vaultName')", "'crm-jira-integration-kv'")
    .replaceAll(/', '|^'|'$/g, '');

test.each([
  ['service', service.template.containers.find(({ name }) => name === 'proxy')],
  ['rotation', rotation.template.containers[0]],
])(
  'R-1210 R-1227 the %s is configured by variables that it reads, every secret by a reference to the vault',
  (_name, given) => {
    const env = given?.env ?? [];
    expect(env.length).toBeGreaterThan(20);
    const known = Object.keys(configSchema.shape);
    expect(env.map(({ name }) => name).filter((name) => !known.includes(name))).toEqual([]);
    const secrets = env.filter(({ name }) => (secretNames as readonly string[]).includes(name));
    expect(secrets.length).toBeGreaterThanOrEqual(8);
    for (const { name, value } of secrets) {
      const reference = resolved(value ?? '');
      expect({ name, reference: isReference(reference) && parseReference(reference) !== null }).toEqual({
        name,
        reference: true,
      });
    }
    // What the rotation exchanges has its place beside it (R-1218, R-1803).
    for (const name of ['JIRA_WEBHOOK_SECRET', 'DATAVERSE_STEP_KEY', 'SECRETS_KEY'] as const)
      expect(secrets.map((one) => one.name)).toEqual(expect.arrayContaining([name, `${name}_PREVIOUS`]));
    const vault = env.find(({ name }) => name === 'CONNECTION_SECRETS_VAULT');
    expect(vaultAddress(resolved(vault?.value ?? ''))).toBe('https://crm-jira-integration-kv.vault.azure.net');
    // The names of R-1210.
    const named = env.flatMap(({ value }) => /secrets\/([\w-]+)/.exec(value ?? '')?.[1] ?? []);
    expect(named).toEqual(
      expect.arrayContaining(['JIRA-ServiceAccount-Username', 'JIRA-Webhook-Secret', 'JIRA-API-Token']),
    );
  },
);

test('R-1214 R-1218 the service takes https only, runs twice, and its secrets are looked at every day', () => {
  expect(service.configuration['ingress']).toMatchObject({ allowInsecure: false, external: true, targetPort: 4030 });
  expect(service.template.scale?.minReplicas).toBe(2);
  expect(rotation.configuration).toMatchObject({
    triggerType: 'Schedule',
    scheduleTriggerConfig: { cronExpression: expect.stringMatching(/^\d+ \d+ \* \* \*$/) },
  });
  expect(rotation.template.containers[0]?.command).toEqual(['node', '/app/cli.cjs', 'rotate-secrets', '--due']);
});

test('F-204 service and job take the image from the registry by an identity, never by a password', () => {
  for (const { configuration } of [service, rotation])
    expect(configuration['registries']).toEqual([
      { server: "[parameters('registryServer')]", identity: expect.stringContaining('userAssignedIdentities') },
    ]);
});

test('R-1109 the collector beside the service takes OTLP on loopback only and hands traces to Application Insights', () => {
  const { receivers, service: pipelines } = z
    .object({
      receivers: z.object({ otlp: z.object({ protocols: z.object({ http: z.object({ endpoint: z.string() }) }) }) }),
      exporters: z.object({ azuremonitor: z.object({ connection_string: z.string() }) }),
      service: z.object({
        pipelines: z.object({ traces: z.object({ receivers: z.array(z.string()), exporters: z.array(z.string()) }) }),
      }),
    })
    .parse(parse(read('otel-collector.yaml')));
  const endpoint = service.template.containers[0]?.env.find(
    ({ name }) => name === 'OTEL_EXPORTER_OTLP_ENDPOINT',
  )?.value;
  expect(new URL(endpoint ?? '').port).toBe(receivers.otlp.protocols.http.endpoint.split(':')[1]);
  expect(receivers.otlp.protocols.http.endpoint).toMatch(/^127\.0\.0\.1:/);
  expect(pipelines.pipelines.traces).toEqual({ receivers: ['otlp'], exporters: ['azuremonitor'] });
});

import type { EnvironmentVariableMetadata } from '@crmjira/domain';

const placeholder = /<[^<>]*>/g;
const vaultReference =
  /^\/subscriptions\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\/resourceGroups\/[\w.()-]{1,90}\/providers\/Microsoft\.KeyVault\/vaults\/[a-z][a-z0-9-]{1,22}[a-z0-9]\/secrets\/[\w-]{1,127}$/i;

/** What a value of a given name must be beyond its type. */
const shapes: readonly {
  readonly name: RegExp;
  readonly expected: string;
  readonly fits: (value: string) => boolean;
}[] = [
  { name: /BaseUrl$/, expected: 'an https address', fits: (value) => /^https:\/\/[^/?#]+(\/[^?#]*)?$/.test(value) },
  {
    name: /^crmjira_ProxyHost$/,
    expected: 'a host without scheme and path',
    fits: (value) => /^[a-z0-9-]+(\.[a-z0-9-]+)+(:\d+)?$/i.test(value),
  },
  {
    name: /^crmjira_Connector(ClientId|TenantId)$/,
    expected: 'an id of Entra',
    fits: (value) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value),
  },
  {
    name: /(AdministratorMailbox|ControllerEmail)$/,
    expected: 'an e-mail address',
    fits: (value) => /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/.test(value),
  },
  {
    name: /^crmjira_AllowedRegions$/,
    expected: 'Canada Central, Canada East or both',
    fits: (value) => value.split(',').every((region) => ['Canada Central', 'Canada East'].includes(region.trim())),
  },
];

const types: Readonly<
  Record<EnvironmentVariableMetadata['type'], { expected: string; fits: (value: string) => boolean }>
> = {
  String: { expected: 'a text', fits: (value) => value !== '' },
  Number: { expected: 'a number', fits: (value) => value !== '' && Number.isFinite(Number(value)) },
  Boolean: { expected: 'yes or no', fits: (value) => value === 'yes' || value === 'no' },
  JSON: { expected: 'JSON', fits: isJson },
  Secret: {
    expected: 'a reference to a secret in Key Vault, /subscriptions/…/providers/Microsoft.KeyVault/vaults/…/secrets/…',
    fits: (value) => vaultReference.test(value),
  },
};

function isJson(value: string): boolean {
  try {
    JSON.parse(value);
    return true;
  } catch {
    return false;
  }
}

/** What is wrong with the value of one environment variable, in words without the value itself. Pure. */
export function problemsOfValue(
  { schemaName, type }: Pick<EnvironmentVariableMetadata, 'schemaName' | 'type'>,
  value: string,
): readonly string[] {
  const open = [...new Set(value.match(placeholder) ?? [])];
  if (open.length > 0) return open.map((one) => `put your own value for ${one}`);
  if (!types[type].fits(value)) return [`expected ${types[type].expected}`];
  return shapes
    .filter(({ name, fits }) => name.test(schemaName) && !fits(value))
    .map(({ expected }) => `expected ${expected}`);
}

import { z } from 'zod';

/** Hosts that the gateway and its administrators must reach. */
export const requiredHosts = ['*.powerplatform.microsoft.com', '*.powerapps.com', '*.powerautomate.com'] as const;
/** The recovery key is changed at least this often, in days. */
export const rotationDays = 30;

const reference =
  /^@Microsoft\.KeyVault\(SecretUri=https:\/\/[a-z0-9-]{3,24}\.vault\.azure\.net\/secrets\/[\w-]{1,127}\/?\)$/i;
const fromVault = z
  .string('a Key Vault reference')
  .regex(
    reference,
    'a Key Vault reference, @Microsoft.KeyVault(SecretUri=https://<vault>.vault.azure.net/secrets/<name>)',
  );
const id = z.union([z.guid(), fromVault], 'a GUID, or a Key Vault reference');
/** SHA-256 of a public key, base64, as `openssl pkey -pubin -outform der | openssl dgst -sha256 -binary | base64` gives it. */
const fingerprint = z.string().regex(/^[A-Za-z0-9+/]{43}=$/, 'SHA-256 of a public key, base64');

/** How the on-premises data gateway is registered and secured. Secrets stand in the vault, never here. */
export const gatewaySettings = z.strictObject({
  gatewayName: z
    .string('the name of the gateway')
    .regex(/^[\w -]{1,64}$/, 'a name of letters, digits, blanks and dashes'),
  /** RegionKey of `Add-DataGatewayCluster`: data stays in Canada. */
  region: z.literal('canadacentral', 'canadacentral'),
  environmentId: id,
  tenantId: id,
  recoveryKey: fromVault,
  /** Account of Windows under which the gateway's service runs. */
  serviceAccount: z
    .string('domain\\svc-powerplatform')
    .regex(/^[A-Za-z0-9.-]+\\svc-powerplatform$/, 'domain\\svc-powerplatform'),
  recoveryKeyChangedOn: z.iso.date('a day such as 2027-01-31'),
  /** What the gateway itself gives; stands here so that an audit finds it said. */
  encryption: z.literal('AES-256', 'AES-256'),
  administratorMfa: z.literal(true, 'true: administrators sign in through Entra with MFA'),
  outboundOnly: z.literal(true, 'true: no port is opened towards the gateway'),
  /** HTTP proxy on the way out; null = none. */
  proxy: z.url({ protocol: /^https?$/, error: 'an http or https address, or null' }).nullable(),
  /** An authority or a public key, not a certificate: those are renewed. */
  pinning: z.discriminatedUnion(
    'to',
    [
      z.strictObject({ to: z.literal('authority'), publicKeySha256: fingerprint.array().min(1) }),
      z.strictObject({ to: z.literal('public-key'), publicKeySha256: fingerprint.array().min(1) }),
    ],
    'to: authority or public-key; a pinned certificate breaks when it is renewed',
  ),
  allowList: z
    .array(z.string().regex(/^(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)+$/, 'a host, or *. before one'))
    .refine((hosts) => requiredHosts.every((host) => hosts.includes(host)), `all of ${requiredHosts.join(', ')}`),
});

export type GatewaySettings = z.output<typeof gatewaySettings>;

/** The settings do not say what they must; the message names every place. */
export class InvalidGatewaySettings extends Error {
  static readonly code = 'invalid-gateway-settings';
  readonly code = InvalidGatewaySettings.code;
}

/**
 * Reads the settings from the text of their file.
 * @throws InvalidGatewaySettings naming each place and what was expected there, never a value
 */
export function parseGatewaySettings(text: string): GatewaySettings {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new InvalidGatewaySettings('expected a JSON file', { cause });
  }
  const parsed = gatewaySettings.safeParse(value);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(
    ({ path, message }) => `${path.join('.') || 'the file'}: expected ${message}`,
  );
  throw new InvalidGatewaySettings(problems.join('; '), { cause: parsed.error });
}

const dayMs = 86_400_000;

/** Whole days until the recovery key must be changed; negative when it is late. */
export function daysUntilRotation(settings: GatewaySettings, now: Date): number {
  const due = Date.parse(settings.recoveryKeyChangedOn) + rotationDays * dayMs;
  return Math.floor((due - now.getTime()) / dayMs);
}

/** A secret in a vault, as `keyvault:https://<vault>.vault.azure.net/secrets/<name>[/<version>]` names it. */
export interface SecretReference {
  /** `https://<vault>.vault.azure.net` */
  readonly vault: string;
  readonly name: string;
  /** Undefined = the newest, which is what a rotation needs. */
  readonly version: string | undefined;
}

const prefix = 'keyvault:';
/** What Azure allows as the name of a vault; the only hosts that a secret is asked of (R-1212). */
const host = String.raw`https://([a-z](?!.*--)[a-z0-9-]{1,22}[a-z0-9])\.vault\.azure\.net`;
const vaultPattern = new RegExp(`^${host}/?$`, 'i');
/** With what it allows as the name of a secret and as a version. */
const pattern = new RegExp(`^${host}/secrets/([0-9a-z-]{1,127})(?:/([0-9a-f]{32}))?/?$`, 'i');
const addressOf = (vault: string): string => `https://${vault.toLowerCase()}.vault.azure.net`;

/** How a reference looks, for messages. */
export const referenceForm = `${prefix}https://<vault>.vault.azure.net/secrets/<name>`;

/** True for a value that names a secret instead of being one. */
export const isReference = (value: string): boolean => value.startsWith(prefix);

/** Takes a reference apart; null when it names anything but a secret of an Azure Key Vault. */
export function parseReference(value: string): SecretReference | null {
  const [, vault, name, version] = pattern.exec(value.slice(prefix.length)) ?? [];
  if (vault === undefined || name === undefined) return null;
  return { vault: addressOf(vault), name, version };
}

/** The address of a vault as `SecretReference` has it; null for any other address. */
export function vaultAddress(value: string): string | null {
  const [, vault] = vaultPattern.exec(value) ?? [];
  return vault === undefined ? null : addressOf(vault);
}

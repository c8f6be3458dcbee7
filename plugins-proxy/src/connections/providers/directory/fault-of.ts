import type { DirectoryFault } from '@crmjira/domain';
import { toDirectoryError } from '../../../clients/directory/directory-error';
import { issuerBehind } from '../../../platform/tls/shown-issuer';
import type { DirectorySecrets, DirectorySettings } from '../../../clients/directory/directory-settings';

/** What the directory said may repeat what it was asked with. */
const withoutSecrets = (text: string, secrets: readonly string[]): string =>
  secrets.reduce((said, secret) => (secret === '' ? said : said.replaceAll(secret, '…')), text).slice(0, 300);

/** The fault behind what a directory threw, and what its sentences name. */
export function directoryFaultOf(
  thrown: unknown,
  settings: Pick<DirectorySettings, 'host' | 'port' | 'userSearch'>,
  { secrets, base = settings.userSearch }: { readonly secrets?: DirectorySecrets; readonly base?: string } = {},
): { readonly name: `directory-${DirectoryFault}`; readonly args: Readonly<Record<string, string>> } {
  const { fault, detail } = toDirectoryError(thrown);
  const { host, port } = settings;
  const said = withoutSecrets(detail, Object.values(secrets ?? {}));
  return {
    name: `directory-${fault}`,
    args: {
      host,
      server: `${host}:${port}`,
      base,
      detail: said,
      issuer: issuerBehind(thrown),
      ...(fault === 'settings-incomplete' ? { what: said } : {}),
    },
  };
}

import type { NamedFault } from '@crmjira/domain';
import { faultOf } from '../../connections/providers/fault-of';
import type { IntegrationProvider } from '../../connections/providers/integration-provider';
import { providerOf } from '../../connections/providers/integration-providers';
import { type Entered, mergedSecrets, openEntered, readSettings } from './entered';
import { type AskedOfIntegration, type IntegrationCommandParts, Refused, savedOrNew } from './integration-command';

/** What somebody entered and has not saved: ready to be opened, or why it is not. */
export type AskedIntegration =
  | { readonly provider: IntegrationProvider; readonly settings: unknown; readonly secrets: unknown }
  | { readonly fault: NamedFault };

/**
 * Reads settings as they were entered, and the secrets that belong to them: entered anew, or stored for the same place (R-1618).
 * @throws Refused
 */
export async function readAsked(
  parts: IntegrationCommandParts,
  asked: Omit<AskedOfIntegration<unknown>, 'payload'>,
  given: Entered,
): Promise<AskedIntegration> {
  const { id, language } = asked;
  const provider = providerOf(parts.providers, given.provider);
  if (provider === undefined) throw new Refused('no-provider', given.name);
  const saved = await savedOrNew(parts, id, provider.code);
  const { settings, problems } = readSettings(provider, { ...given, mappings: [] }, language);
  const [problem] = problems;
  if (problem !== undefined)
    return { fault: { name: 'settings-invalid', args: { detail: problem.path.replace(/^settings\./, '') } } };
  const opened = await openEntered(parts, asked, given);
  const { secrets } = await mergedSecrets(parts, saved, { provider, settings, fresh: opened });
  return secrets.success
    ? { provider, settings, secrets: secrets.data }
    : { fault: faultOf(secrets.error, { product: '', host: '' }) };
}

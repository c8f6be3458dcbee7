import { CommandState, type NamedFault, sealedRefusalText } from '@crmjira/domain';
import { faultOf } from '../../connections/providers/fault-of';
import type { IntegrationProvider } from '../../connections/providers/integration-provider';
import { providerOf } from '../../connections/providers/integration-providers';
import { readSavedIntegration } from '../../connections/providers/saved-integration';
import type { CommandAnswer } from '../../reconciler/commands';
import { type Entered, mergedSecrets, openEntered, readSettings } from './entered';
import { type AskedOfIntegration, type IntegrationCommandParts, refused } from './integration-command';

/** What somebody entered and has not saved: ready to be opened, or why it is not. */
export type AskedIntegration =
  | { readonly provider: IntegrationProvider; readonly settings: unknown; readonly secrets: unknown }
  | { readonly refused: CommandAnswer }
  | { readonly fault: NamedFault };

/** Reads settings as they were entered, and the secrets that belong to them: entered anew, or stored for the same place (R-1618). */
export async function readAsked(
  parts: IntegrationCommandParts,
  asked: Omit<AskedOfIntegration<unknown>, 'payload'>,
  given: Entered,
): Promise<AskedIntegration> {
  const { dataverse, providers, jira } = parts;
  const { id, language } = asked;
  const provider = providerOf(providers, given.provider);
  if (provider === undefined) return { refused: refused('no-provider', language) };
  const saved = id === jira.first.id ? 'other' : await readSavedIntegration(dataverse, providers, id);
  if (saved === 'other' || (saved !== null && saved.provider.code !== provider.code))
    return { refused: refused('other-provider', language) };
  const { settings, problems } = readSettings(provider, { ...given, mappings: [] }, language);
  const [problem] = problems;
  if (problem !== undefined)
    return { fault: { name: 'settings-invalid', args: { detail: problem.path.replace(/^settings\./, '') } } };
  const opened = await openEntered(parts, asked, provider.code, given.settings);
  if ('refusal' in opened)
    return { refused: { state: CommandState.Refused, result: sealedRefusalText(opened.refusal, language) } };
  const { secrets } = await mergedSecrets(parts, saved, { provider, settings, fresh: opened.secrets });
  return secrets.success
    ? { provider, settings, secrets: secrets.data }
    : { fault: faultOf(secrets.error, { product: '', host: '' }) };
}

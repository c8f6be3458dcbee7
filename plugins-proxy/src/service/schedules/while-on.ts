import type { CapabilityName } from '@crmjira/domain';
import type { EnvironmentSettings } from '../../connections/environment/environment-settings';

/**
 * Work of a schedule that belongs to a capability: left out while that is switched off (ADR-19). The settings are those last read, which
 * are never older than five minutes: asked for each minute, they would be most of an idle day's requests.
 * @param capability several: while any of them is on
 * @param off takes back what the work has told, which would stand still
 */
export function whileOn(
  environmentSettings: Pick<EnvironmentSettings, 'settings' | 'lastSettings'>,
  capability: CapabilityName | readonly CapabilityName[],
  work: () => Promise<void>,
  off: () => void = () => undefined,
): () => Promise<void> {
  return async () => {
    const { capabilities } = environmentSettings.lastSettings() ?? (await environmentSettings.settings());
    if ([capability].flat().some((one) => capabilities.has(one))) await work();
    else off();
  };
}

import { hostOf, isApproved, isLoopback } from '../platform/config/residency';
import type { Surroundings } from './environment/surroundings';
import { IntegrationError } from '../platform/errors/integration-error';

/** Stands before every call that takes business data out of Dataverse (R-1212). */
export interface EgressGuard {
  /** Why an address may not be called, by the list as last read; null = it may be. */
  refusal(url: string, setting: string): IntegrationError | null;
  /** As `refusal`, thrown; a list that was never read is read first. @throws IntegrationError */
  require(url: string, setting: string): Promise<void>;
}

/**
 * Holds the addresses of the configuration to `crmjira_EgressAllowList`, where somebody has set it for this environment. Dataverse, its
 * sign-in and the vault of the secrets are not held to it: the list is mended in Dataverse, and one that leaves them out would lock the
 * service out of reading it again. `APPROVED_HOSTS` holds all addresses from the start. What is sent to this machine goes nowhere.
 */
export function guardEgress(surroundings: Pick<Surroundings, 'settings' | 'lastSettings'>): EgressGuard {
  const refusal: EgressGuard['refusal'] = (url, setting) => {
    const allowed = surroundings.lastSettings()?.egressAllowList ?? null;
    const host = hostOf(new URL(url));
    if (allowed === null || isLoopback(host) || isApproved(host, allowed)) return null;
    return new IntegrationError(
      `The host "${host}" of ${setting} is not called: the environment variable crmjira_EgressAllowList does not name it. Add it there, or correct ${setting}.`,
      { code: 'environment-variable', errorClass: 'configuration' },
    );
  };
  return {
    refusal,
    require: async (url, setting) => {
      if (surroundings.lastSettings() === null) await surroundings.settings();
      const refused = refusal(url, setting);
      if (refused !== null) throw refused;
    },
  };
}

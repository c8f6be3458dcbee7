import { isIP } from 'node:net';
import type { Config } from '../platform/config/read-config';
import { entryText, isListed, placeOf } from '../platform/config/host-list';
import { isLoopback } from '../platform/config/residency';
import { type Confirmed, guardAddresses } from '../platform/http-client/guard-addresses';
import type { Resolve, SiteGuard } from '../platform/http-client/site-guard';
import { IntegrationError } from '../platform/errors/integration-error';
import type { EnvironmentSettings } from './environment/environment-settings';

/** Stands before every call that takes business data out of Dataverse (R-1212). */
export interface EgressGuard {
  /** Why an address may not be called, by the list as last read; null = it may be. */
  refusal(url: string, setting: string): IntegrationError | null;
  /** As `refusal`, thrown; a list that was never read is read first. @throws IntegrationError */
  require(url: string, setting: string): Promise<void>;
  /** Of one address: before each call, and before each connection once its name is resolved. */
  of(url: string, setting: string): SiteGuard;
}

/** What a configuration confirms: the addresses that it names, and those of `ALLOWED_PRIVATE_HOSTS`. */
export function confirmedBy({
  dataverse,
  jira,
  tempo,
  atlassian,
  residency,
}: Pick<Config, 'dataverse' | 'jira' | 'tempo' | 'atlassian' | 'residency'>): Confirmed {
  const others = [tempo?.url, atlassian?.authUrl, atlassian?.apiUrl];
  const urls = [dataverse.url, dataverse.tokenUrl, jira.url, jira.gateway?.url, ...others];
  return {
    configured: urls.flatMap((url) => (url === undefined ? [] : [placeOf(new URL(url))])),
    privateHosts: residency.privateHosts,
  };
}

/**
 * Holds the addresses that are called to `crmjira_EgressAllowList`, where somebody has set it for this environment, and away from
 * private addresses that the operator has not confirmed. Dataverse, its sign-in and the vault of the secrets are not held to the list:
 * it is mended in Dataverse, and one that leaves them out would lock the service out of reading it again. `APPROVED_HOSTS` holds all
 * addresses from the start. What is sent to this machine, where that is confirmed, goes nowhere.
 */
export function guardEgress(
  environmentSettings: Pick<EnvironmentSettings, 'settings' | 'lastSettings'>,
  confirmed: Confirmed,
  resolve?: Resolve,
): EgressGuard {
  const { isConfirmed, refusalOf } = guardAddresses(confirmed);
  const refusal: EgressGuard['refusal'] = (url, setting) => {
    const parsed = new URL(url);
    if (parsed.username !== '' || parsed.password !== '')
      return new IntegrationError(
        `The address of ${setting} is not called: a user or a password stands in it. Take them out; credentials have settings of their own.`,
        { code: 'address-refused', errorClass: 'configuration' },
      );
    const place = placeOf(parsed);
    const literal = isIP(place.host) === 0 ? null : refusalOf(place, setting, [place.host]);
    if (literal !== null) return literal;
    const allowed = environmentSettings.lastSettings()?.egressAllowList ?? null;
    if (allowed === null || isListed(place, allowed, confirmed.configured)) return null;
    if (isLoopback(place.host) && isConfirmed(place)) return null;
    return new IntegrationError(
      `The host "${entryText(place)}" of ${setting} is not called: the environment variable crmjira_EgressAllowList does not name it. Add it there, or correct ${setting}.`,
      { code: 'environment-variable', errorClass: 'configuration' },
    );
  };

  const guard: EgressGuard = {
    refusal,
    require: async (url, setting) => {
      if (environmentSettings.lastSettings() === null) await environmentSettings.settings();
      const refused = refusal(url, setting);
      if (refused !== null) throw refused;
    },
    of: (url, setting) => {
      const place = placeOf(new URL(url));
      return {
        require: () => guard.require(url, setting),
        refusalOf: (addresses) => refusalOf(place, setting, addresses),
        ...(resolve === undefined ? {} : { resolve }),
      };
    },
  };
  return guard;
}

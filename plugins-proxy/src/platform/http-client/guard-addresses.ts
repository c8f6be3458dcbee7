import { entryText, isListed, isSame, type Place, placeOf } from '../config/host-list';
import { IntegrationError } from '../errors/integration-error';
import { type AddressKind, addressKind } from './address-kind';
import { type AddressGuard, guardedAgent } from './site-guard';

/** What the operator of this service has said in its own configuration. */
export interface Confirmed {
  /** Addresses that its variables name. */
  readonly configured: readonly Place[];
  /** `ALLOWED_PRIVATE_HOSTS`; null: of an address for which that list is not asked */
  readonly privateHosts: readonly string[] | null;
}

const words: Readonly<Record<Exclude<AddressKind, 'public'>, string>> = {
  loopback: 'an address of this machine',
  private: 'an address of a private network',
  'link-local': 'an address of the link, where clouds keep the keys of machines',
};

/** Judges the addresses that connections are opened to, by what the operator has confirmed. Pure. */
export function guardAddresses({ configured, privateHosts }: Confirmed) {
  const isConfirmed = (place: Place): boolean =>
    configured.some((one) => isSame(one, place)) || isListed(place, privateHosts ?? [], configured);

  /** A name is confirmed with whatever private address it has; one of the link only by itself, as no site of ours is there (R-1225). */
  const refusalOf = (place: Place, setting: string, addresses: readonly string[]): IntegrationError | null => {
    for (const address of addresses) {
      const kind = addressKind(address);
      if (kind === 'public' || isConfirmed({ ...place, host: address })) continue;
      if (kind !== 'link-local' && isConfirmed(place)) continue;
      const entry = kind === 'link-local' ? { ...place, host: address } : place;
      const remedy =
        privateHosts === null
          ? 'have the name lead to another address'
          : `add "${entryText(entry)}" to ALLOWED_PRIVATE_HOSTS of the service if that is meant`;
      return new IntegrationError(
        `"${entryText(place)}" of ${setting} is not called: ${address} is ${words[kind]}. Correct ${setting}, or ${remedy}.`,
        { code: 'address-refused', errorClass: 'configuration' },
      );
    }
    return null;
  };
  return { isConfirmed, refusalOf };
}

/** Before the connections to an address that a variable of this service names: it confirms them all but those of the link. */
export function guardOf(url: string, setting: string): AddressGuard {
  const place = placeOf(new URL(url));
  const { refusalOf } = guardAddresses({ configured: [place], privateHosts: null });
  return { refusalOf: (addresses) => refusalOf(place, setting, addresses) };
}

/** Connections to such an address, beside the clients that have connections of their own. */
export const agentOf = (url: string, setting: string) => guardedAgent(guardOf(url, setting));

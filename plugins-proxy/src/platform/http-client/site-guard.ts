import { lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { Agent, buildConnector } from 'undici';

/** Stands before the connections to one site. */
export interface AddressGuard {
  /** Why no connection may be opened to the site at these addresses; null = it may be. */
  refusalOf(addresses: readonly string[]): Error | null;
  /** How names are resolved; left out: as the machine does. */
  readonly resolve?: Resolve;
}

/** Stands before the calls to one site (R-1212). */
export interface SiteGuard extends AddressGuard {
  /** Asked before every call; throws when the site may not be called. */
  require(): Promise<void>;
}

/** Finds all addresses of a name. */
export type Resolve = (
  host: string,
  options: { readonly all: true },
  /** Where a name cannot be resolved, Node gives no list at all. */
  callback: (error: NodeJS.ErrnoException | null, addresses?: { address: string; family: number }[]) => void,
) => void;

/**
 * Resolves a name for a connection and checks what it found. The connection is opened to these very addresses, so that a name server
 * cannot answer the check and the connection differently. One address that is refused refuses them all. For libraries that connect by
 * agents of Node; none of their addresses may be one that is not looked up.
 */
export function guardedLookup({ refusalOf, resolve = lookup }: AddressGuard): LookupFunction {
  return (host, options, callback) =>
    resolve(host, { ...options, all: true }, (error, found = []) => {
      const failure = error ?? refusalOf(found.map(({ address }) => address));
      const [first] = found;
      if (failure !== null || first === undefined) callback(failure ?? new Error(`no address of ${host}`), []);
      else if (options.all === true) callback(null, found);
      else callback(null, first.address, first.family);
    });
}

/** Opens connections to addresses that were checked. A host that is an address already is never looked up. */
export function guardedConnector(
  guard: AddressGuard,
  options: buildConnector.BuildOptions = {},
): buildConnector.connector {
  const connect = buildConnector({ ...options, lookup: guardedLookup(guard) });
  return (target, callback) => {
    const host = target.hostname.replace(/^\[|\]$/g, '');
    const refused = isIP(host) === 0 ? null : guard.refusalOf([host]);
    // What undici gives back, beside what its types say, is the connection.
    if (refused === null) return connect(target, callback);
    callback(refused, null);
  };
}

/** Connections that are opened as `guardedConnector` does. */
export const guardedAgent = (guard: AddressGuard): Agent => new Agent({ connect: guardedConnector(guard) });

import { lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';

/** Stands before the calls to one site (R-1212). */
export interface SiteGuard {
  /** Asked before every call; throws when the site may not be called. */
  require(): Promise<void>;
  /** Why no connection may be opened to the site at these addresses; null = it may be. */
  refusalOf(addresses: readonly string[]): Error | null;
  /** How names are resolved; left out: as the machine does. */
  readonly resolve?: Resolve;
}

/** Finds all addresses of a name. */
export type Resolve = (
  host: string,
  options: { readonly all: true },
  callback: (error: NodeJS.ErrnoException | null, addresses: { address: string; family: number }[]) => void,
) => void;

/**
 * Resolves a name for a connection and checks what it found. The connection is opened to these very addresses, so that a name server
 * cannot answer the check and the connection differently. One address that is refused refuses them all.
 */
export function guardedLookup({ refusalOf, resolve = lookup }: SiteGuard): LookupFunction {
  return (host, options, callback) =>
    resolve(host, { ...options, all: true }, (error, found) => {
      const failure = error ?? refusalOf(found.map(({ address }) => address));
      const [first] = found;
      if (failure !== null || first === undefined) callback(failure ?? new Error(`no address of ${host}`), []);
      else if (options.all === true) callback(null, found);
      else callback(null, first.address, first.family);
    });
}

/** Why a host that is an address already may not be connected to: those are never looked up. */
export function literalRefusal(guard: SiteGuard | undefined, hostname: string): Error | null {
  const host = hostname.replace(/^\[|\]$/g, '');
  return guard === undefined || isIP(host) === 0 ? null : guard.refusalOf([host]);
}

import { domainToASCII } from 'node:url';
import { percentDecoded } from './percent-decoded';

/** Host and port of an address, in the one form in which they are compared. */
export interface Place {
  /** In lower case, without brackets and without the dot that may end a name; empty for a socket of this machine. */
  readonly host: string;
  readonly port: string;
}

const defaultPorts: ReadonlyMap<string, string> = new Map([
  ['https:', '443'],
  ['http:', '80'],
  ['postgres:', '5432'],
  ['postgresql:', '5432'],
]);

const plainHost = (host: string): string =>
  host
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '');

/** Where an address leads. A database's may name another host than it seems to, or a folder, which is a socket of this machine. */
export function placeOf(url: URL): Place {
  const named = url.protocol.startsWith('postgres') ? url.searchParams.getAll('host').at(-1) : undefined;
  const host = named ?? percentDecoded(url.hostname);
  return {
    host: host.startsWith('/') ? '' : plainHost(host),
    port: url.port || (defaultPorts.get(url.protocol) ?? ''),
  };
}

export const isSame = (a: Place, b: Place): boolean => a.host === b.host && a.port === b.port;

/** Port of what is listed without one. */
const usualPort = '443';

/** `jira.example.com`, `*.example.com:8443`, `10.0.0.5`, `[::1]:8080`: host and port of an entry. */
function entryOf(text: string): { readonly host: string; readonly port: string | null } {
  const [, bracketed, plain, port] = /^(?:\[(.+)\]|([^:]+))(?::(\d+))?$/.exec(text.trim()) ?? [];
  const host = bracketed ?? plain ?? text.trim();
  const below = host.startsWith('*.') ? '*.' : '';
  const name = host.slice(below.length);
  return { host: below + plainHost(domainToASCII(name) || name), port: port ?? null };
}

/**
 * Whether a list names a place. An entry without a port stands for 443 and for the ports that this service's own configuration has set
 * for a host; `*.example.com` stands for every name below it.
 */
export function isListed(place: Place, list: readonly string[], configured: readonly Place[] = []): boolean {
  return list.map(entryOf).some(({ host, port }) => {
    const isHost = host.startsWith('*.') ? place.host.endsWith(host.slice(1)) : place.host === host;
    if (!isHost) return false;
    if (port !== null) return place.port === port;
    return place.port === usualPort || configured.some((one) => isSame(one, place));
  });
}

/** A place as an entry of a list names it. */
export const entryText = ({ host, port }: Place): string =>
  (host.includes(':') ? `[${host}]` : host) + (port === usualPort ? '' : `:${port}`);

/** Whether a list names all that an entry of another list names. */
export function covers(list: readonly string[], entry: string): boolean {
  const { host, port } = entryOf(entry);
  const place = { host, port: port ?? usualPort };
  return isListed(place, list, [place]);
}

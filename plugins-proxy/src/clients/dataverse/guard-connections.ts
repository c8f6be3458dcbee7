import { subscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import type { Socket } from 'node:net';
import { guardOf } from '../../platform/http-client/guard-addresses';
import type { AddressGuard } from '../../platform/http-client/site-guard';

/** Guards by the host of their address, as it stands in the `host` header. */
const guards = new Map<string, AddressGuard>();
let listening = false;

/** Node tells of every address of a name before it connects to the first; a socket that is destroyed there connects to none. */
function guard(socket: Socket, { refusalOf }: AddressGuard): void {
  if (!socket.connecting) return;
  socket.on('lookup', (_error: Error | null, address: string | undefined) => {
    const refused = address === undefined ? null : refusalOf([address]);
    if (refused !== null) socket.destroy(refused);
  });
}

/**
 * From now on no connection to this address is opened where its name leads to an address of the link. The client library makes its
 * connections itself and takes no other: each is met where Node announces its request. Behind a proxy of the environment that one looks
 * names up, and it has another host.
 */
export function guardConnections(url: string): void {
  guards.set(new URL(url).host, guardOf(url, 'DATAVERSE_URL'));
  if (listening) return;
  listening = true;
  subscribe('http.client.request.created', (message) => {
    // The channel's messages are documented by Node, but untyped.
    const { request } = message as { readonly request: ClientRequest };
    const found = guards.get(String(request.getHeader('host')));
    if (found !== undefined) request.once('socket', (socket) => guard(socket, found));
  });
}

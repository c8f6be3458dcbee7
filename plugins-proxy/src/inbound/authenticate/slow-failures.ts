import type { IncomingMessage } from 'node:http';
import { limitRate } from './limit-rate';

/** Wrong sign-ins a minute of one address: more than anybody mistypes. */
const perAddress = 30;
/**
 * Wrong sign-ins a minute of all addresses behind one connection: a reverse proxy names the address for whom it calls, and whoever calls
 * directly can name any.
 */
const perConnection = 300;

/** Makes addresses wait that sign in wrongly again and again (F-310). */
export interface SlowFailures {
  /** Seconds for which the address of a request must wait before its credentials are looked at; 0 = none. */
  readonly waitOf: (request: IncomingMessage) => number;
  /** Its credentials were wrong. */
  readonly failed: (request: IncomingMessage) => void;
}

/** The address of the connection, and with it the last one that was added on the way, where there was a proxy. */
function addressesOf({ socket, headers }: IncomingMessage): { connection: string; address: string } {
  const connection = socket.remoteAddress ?? '';
  const forwarded = String(headers['x-forwarded-for'] ?? '').slice(-64);
  return { connection, address: `${connection} ${forwarded.slice(forwarded.lastIndexOf(',') + 1).trim()}` };
}

export function slowFailures(now: () => Date): SlowFailures {
  let any = false;
  const [ofAddress, ofConnection] = [limitRate(perAddress, now), limitRate(perConnection, now)];
  return {
    waitOf: (request) => {
      // Nearly always: then it costs a request nothing.
      if (!any) return 0;
      const { connection, address } = addressesOf(request);
      return Math.ceil(Math.max(ofAddress.waitOf(address), ofConnection.waitOf(connection)) / 1000);
    },
    failed: (request) => {
      any = true;
      const { connection, address } = addressesOf(request);
      ofAddress(address);
      ofConnection(connection);
    },
  };
}

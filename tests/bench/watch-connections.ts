import { subscribe } from 'node:diagnostics_channel';

/** What undici says of a request on its channels; documented by undici, but untyped. */
interface UndiciMessage {
  readonly request: { readonly origin?: string | URL };
}

/**
 * Counts the connections to one origin on which a request is under way: from its first byte to the last one of the answer, as the
 * caller sees it. A stand-in that answers within one turn of its event loop never sees two at a time.
 * @returns the greatest number since the last time it was asked
 */
export function watchConnections(origin: string): () => number {
  const underWay = new Set<UndiciMessage['request']>();
  let most = 0;
  const on = (name: string, act: (request: UndiciMessage['request']) => void): void =>
    subscribe(`undici:${name}`, (message) => {
      const { request } = message as UndiciMessage;
      if (String(request.origin) === origin) act(request);
    });
  const end = (request: UndiciMessage['request']): void => void underWay.delete(request);
  on('client:sendHeaders', (request) => {
    underWay.add(request);
    most = Math.max(most, underWay.size);
  });
  on('request:trailers', end);
  on('request:error', end);
  return () => {
    const found = most;
    most = underWay.size;
    return found;
  };
}

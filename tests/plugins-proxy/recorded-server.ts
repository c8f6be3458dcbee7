import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as the server saw it. */
export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Answer {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  /** Sent as JSON unless it is text. */
  readonly body?: unknown;
  /** Ends the connection without an answer. */
  readonly hangUp?: boolean;
}

export interface RecordedServer {
  readonly url: string;
  readonly seen: Seen[];
  close(): Promise<void>;
}

/** A server on a free loopback port that answers as `answer` says; 404 for what it does not know. */
export async function recordedServer(answer: (request: Seen) => Answer | undefined): Promise<RecordedServer> {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'http://localhost');
      const entry: Seen = {
        method: request.method ?? '',
        path: decodeURIComponent(url.pathname),
        query: url.searchParams,
        headers: request.headers,
        body: Buffer.concat(chunks).toString('utf8'),
      };
      seen.push(entry);
      const {
        status = 200,
        headers = {},
        body,
        hangUp = false,
      } = answer(entry) ?? { status: 404, body: { errorMessages: ['Not found'] } };
      if (hangUp) return void request.socket.destroy();
      const text = typeof body === 'string' ? body : body === undefined ? '' : JSON.stringify(body);
      const type = typeof body === 'string' ? 'text/html' : 'application/json;charset=UTF-8';
      response.writeHead(status, { ...(text === '' ? {} : { 'content-type': type }), ...headers }).end(text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // listen() on a TCP port always gives an AddressInfo.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

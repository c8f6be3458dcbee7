import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What stands before Jira does with a call. */
export type Manner = 'pass' | 'page' | 'json';

/** A reverse proxy before Jira on a free loopback port, which may answer in its place: "nothing here" as a page or as JSON. */
export async function startBeforeJira(manner: Manner) {
  let [now, target] = [manner, ''];
  const paths: string[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      paths.push(request.url ?? '');
      if (now === 'page') {
        response.writeHead(404, { 'content-type': 'text/html' }).end('<html>default backend - 404</html>');
        return;
      }
      if (now === 'json') {
        response.writeHead(404, { 'content-type': 'application/json' }).end('{"message":"no Route matched"}');
        return;
      }
      const { authorization = '' } = request.headers;
      const body = Buffer.concat(chunks);
      fetch(target + request.url, {
        method: request.method ?? 'GET',
        headers: { authorization, 'content-type': 'application/json', accept: 'application/json' },
        ...(body.length === 0 ? {} : { body }),
      })
        .then(async (answer) => {
          const text = await answer.text();
          const type = answer.headers.get('content-type');
          response.writeHead(answer.status, type === null ? {} : { 'content-type': type }).end(text);
        })
        .catch(() => response.writeHead(502).end());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // listen() on a TCP port always gives an AddressInfo.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    paths,
    /** @param url of Jira, before the first call */
    leadTo: (url: string): void => {
      target = url;
    },
    become: (other: Manner): void => {
      now = other;
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

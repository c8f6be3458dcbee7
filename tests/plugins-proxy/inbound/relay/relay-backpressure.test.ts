import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Writable } from 'node:stream';
import { Pool } from 'undici';
import { forward } from '../../../../plugins-proxy/src/inbound/relay/forward';
import { matchTarget } from '../../../../plugins-proxy/src/inbound/relay/match-target';
import { eventually } from '../../eventually';

const size = 2 * 1024 * 1024;

/** The side of a caller that takes the first piece and then nothing until it is told to. */
class StuckResponse extends Writable {
  taken = 0;
  private release: (() => void) | null = null;
  private stuck = true;

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.taken += chunk.length;
    if (this.stuck) this.release = done;
    else done();
  }

  writeHead(): this {
    return this;
  }

  goOn(): void {
    this.stuck = false;
    this.release?.();
  }
}

describe.each([
  ['of announced length', { 'content-length': String(size) }],
  ['of unknown length', {}],
])('an answer %s', (_what, headers) => {
  test('waits at Jira’s end while the caller does not read, and arrives whole', async () => {
    const server = createServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(Buffer.alloc(size, 0x20));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    // listen() on a TCP port always gives an AddressInfo.
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const dispatcher = new Pool(origin);
    const response = new StuckResponse();
    try {
      const running = new Promise((onDone, onError) =>
        forward(
          { dispatcher, origin, prefix: '', authorization: 'Basic x', timeoutMs: 60_000 },
          {
            target: matchTarget('GET', '/relay/jira/rest/api/3/myself'),
            body: null,
            // Of a response, forwarding uses the stream and writeHead.
            response: response as unknown as ServerResponse,
            correlationId: 'c',
            onStart: () => undefined,
            onDone,
            onError,
          },
        ),
      );
      await eventually(async () => expect(response.taken).toBeGreaterThan(0));
      // Whatever could still come would have come within these turns of the event loop.
      for (let turn = 0; turn < 500; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      expect(response.taken + response.writableLength).toBeLessThan(size / 4);
      response.goOn();
      await expect(running).resolves.toEqual({ passed: true, status: 200 });
      await eventually(async () => expect(response.taken).toBe(size));
    } finally {
      await dispatcher.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  });
});

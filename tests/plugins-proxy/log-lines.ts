import { Writable } from 'node:stream';
import { keepLog } from '../log-scan/kept-logs';

/** A destination for the logger that keeps its lines. */
export function keepLines(): { readonly stream: Writable; readonly lines: string[] } {
  const lines: string[] = [];
  const keep = keepLog();
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString());
      keep(chunk.toString());
      done();
    },
  });
  return { stream, lines };
}

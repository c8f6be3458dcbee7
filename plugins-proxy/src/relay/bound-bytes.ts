import { Transform, Writable } from 'node:stream';

/** Passes bytes on up to a limit, then fails with what `refusal` makes. */
export function boundBytes(limit: number, refusal: () => Error): Transform {
  let seen = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      seen += chunk.length;
      if (seen > limit) done(refusal());
      else done(null, chunk);
    },
  });
}

/** Keeps the beginning of an answer that is not passed on, and swallows the rest. */
export function keepBeginning(limit: number): { readonly sink: Writable; text(): string } {
  const chunks: Buffer[] = [];
  let seen = 0;
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      if (seen < limit) chunks.push(chunk.subarray(0, limit - seen));
      seen += chunk.length;
      done();
    },
  });
  return { sink, text: () => Buffer.concat(chunks).toString('utf8') };
}

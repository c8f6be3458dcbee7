import { Transform } from 'node:stream';

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

import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { AnswerTooLong, longestAnswer } from './answer-too-long';

const inflate = promisify(gunzip);

/** Reads an answer to its end, and no further than it may be long: the connection is cut there (F-306). */
async function readBytes(body: AsyncIterable<Uint8Array>, most: number, side: string): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of body) {
    length += piece.length;
    if (length > most) throw new AnswerTooLong(side, most);
    pieces.push(piece);
  }
  return Buffer.concat(pieces, length);
}

/** How an answer is read. */
export interface ReadTextOptions {
  /** Who has answered, for the sentence about an answer that is too long. */
  readonly side: string;
  /** Value of `Content-Encoding`: undici's `request` does not unpack by itself. */
  readonly encoding?: string | string[] | undefined;
  /** Bytes, as sent and as unpacked; left out: `longestAnswer`. */
  readonly most?: number;
}

/**
 * The text of an answer, unpacked when it came as gzip.
 * @throws AnswerTooLong before more of it is held than is taken
 */
export async function readText(
  body: AsyncIterable<Uint8Array>,
  { side, encoding, most = longestAnswer }: ReadTextOptions,
): Promise<string> {
  const sent = await readBytes(body, most, side);
  // A 204 may carry the header and no body.
  if (sent.length === 0 || (encoding !== 'gzip' && encoding !== 'x-gzip')) return sent.toString('utf8');
  const unpacked = await inflate(sent, { maxOutputLength: most }).catch((cause: unknown) => {
    throw (cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? new AnswerTooLong(side, most) : cause;
  });
  return unpacked.toString('utf8');
}

import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

const inflate = promisify(gunzip);

/** Longest answer taken, in bytes after unpacking: a page of a thousand worklogs is below 10 MB. */
const longestAnswer = 64 * 1024 * 1024;

/**
 * The text of an answer, unpacked when it came as gzip. undici's `request` does not unpack by itself.
 * @throws RangeError when it unpacks to more than is taken
 */
export async function readText(
  body: { arrayBuffer(): Promise<ArrayBuffer>; text(): Promise<string> },
  encoding: string | string[] | undefined,
): Promise<string> {
  if (encoding !== 'gzip' && encoding !== 'x-gzip') return body.text();
  const packed = Buffer.from(await body.arrayBuffer());
  // A 204 may carry the header and no body.
  if (packed.length === 0) return '';
  return (await inflate(packed, { maxOutputLength: longestAnswer })).toString('utf8');
}

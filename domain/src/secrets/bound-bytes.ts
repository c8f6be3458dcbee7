import { utf8 } from '../hash/utf8';

const lengthBytes = 4;

/**
 * Texts as one byte string that no other texts give: each follows its length (32 bits, big-endian), so that nothing moves from one into
 * its neighbour. What a ciphertext is bound to is written this way.
 */
export function boundBytes(...texts: readonly string[]): Uint8Array<ArrayBuffer> {
  const parts = texts.map(utf8);
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + lengthBytes + part.length, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const part of parts) {
    view.setUint32(at, part.length);
    bytes.set(part, at + lengthBytes);
    at += lengthBytes + part.length;
  }
  return bytes;
}

/** The padding that SHA-1 and SHA-256 share (FIPS 180-4, section 5.1.1), as blocks of sixteen 32-bit words. */
export function paddedBlocks(message: Uint8Array): number[][] {
  const length = message.length;
  const padded = new Uint8Array((((length + 8) >> 6) + 1) * 64);
  padded.set(message);
  padded[length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, Math.floor(length / 0x20000000));
  view.setUint32(padded.length - 4, (length << 3) >>> 0);
  const blocks: number[][] = [];
  for (let at = 0; at < padded.length; at += 64) {
    blocks.push(Array.from({ length: 16 }, (_, i) => view.getInt32(at + i * 4)));
  }
  return blocks;
}

export function rotateLeft(x: number, n: number): number {
  return (x << n) | (x >>> (32 - n));
}

export function bigEndianWords(words: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(words.length * 4);
  const view = new DataView(bytes.buffer);
  words.forEach((word, i) => view.setInt32(i * 4, word));
  return bytes;
}

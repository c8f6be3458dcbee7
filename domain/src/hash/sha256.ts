import { bigEndianWords, paddedBlocks, rotateLeft } from './merkle-damgard';

const rotateRight = (x: number, n: number): number => rotateLeft(x, 32 - n);

/** First 64 primes: FIPS 180-4 takes its constants from the fractions of their roots. */
function primes(count: number): number[] {
  const found: number[] = [];
  for (let n = 2; found.length < count; n++) if (found.every((p) => n % p !== 0)) found.push(n);
  return found;
}
const fractionWord = (x: number): number => ((x - Math.floor(x)) * 2 ** 32) | 0;
const K = primes(64).map((p) => fractionWord(Math.cbrt(p)));
const INITIAL = primes(8).map((p) => fractionWord(Math.sqrt(p)));

/** SHA-256 of bytes (FIPS 180-4, section 6.2): derives Jira project keys (D-6). */
export function sha256(message: Uint8Array): Uint8Array {
  const state = [...INITIAL];
  const w = new Array<number>(64);
  for (const block of paddedBlocks(message)) {
    for (let t = 0; t < 16; t++) w[t] = block[t]!;
    for (let t = 16; t < 64; t++) {
      const x = w[t - 15]!;
      const y = w[t - 2]!;
      const s0 = rotateRight(x, 7) ^ rotateRight(x, 18) ^ (x >>> 3);
      const s1 = rotateRight(y, 17) ^ rotateRight(y, 19) ^ (y >>> 10);
      w[t] = (w[t - 16]! + s0 + w[t - 7]! + s1) | 0;
    }
    let [a, b, c, d, e, f, g, h] = state as [number, number, number, number, number, number, number, number];
    for (let t = 0; t < 64; t++) {
      const s1 = rotateRight(e, 6) ^ rotateRight(e, 11) ^ rotateRight(e, 25);
      const t1 = (h + s1 + ((e & f) ^ (~e & g)) + K[t]! + w[t]!) | 0;
      const s0 = rotateRight(a, 2) ^ rotateRight(a, 13) ^ rotateRight(a, 22);
      const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) | 0, c, b, a, (t1 + t2) | 0];
    }
    [a, b, c, d, e, f, g, h].forEach((value, i) => (state[i] = (state[i]! + value) | 0));
  }
  return bigEndianWords(state);
}

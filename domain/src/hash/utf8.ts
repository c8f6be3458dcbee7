/** UTF-8 bytes of a text; TextEncoder exists in every browser and in Node. */
export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

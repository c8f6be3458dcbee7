const alphabet = /^[\w-]*$/;

/** Bytes as base64url without padding. */
export function toBase64url(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (one) => String.fromCharCode(one)).join(''))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
}

/** Bytes of base64url; null for every text that `toBase64url` does not write, so that a changed character never goes unseen. */
export function fromBase64url(text: string): Uint8Array<ArrayBuffer> | null {
  if (!alphabet.test(text) || text.length % 4 === 1) return null;
  const bytes = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (one) => one.charCodeAt(0));
  return toBase64url(bytes) === text ? bytes : null;
}

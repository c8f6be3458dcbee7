const escapes = /(?:\\[0-9a-f]{2})+|\\./giu;
const structure = /[,=+\\ ]/gu;

/** The signs that were escaped; those that would be read as structure keep a code of their own. */
function readEscape(escape: string): string {
  const isSign = !/^\\[0-9a-f]{2}/iu.test(escape);
  // Codes are bytes of UTF-8. What is none (a binary value) equals itself only.
  if (!isSign && !isUtf8(escape)) return escape;
  const signs = isSign ? escape.slice(1) : decodeURIComponent(escape.replaceAll('\\', '%'));
  return signs.replace(structure, (sign) => `\\${sign.charCodeAt(0).toString(16)}`);
}

function isUtf8(codes: string): boolean {
  try {
    decodeURIComponent(codes.replaceAll('\\', '%'));
    return true;
  } catch {
    return false;
  }
}

/**
 * A distinguished name in a form in which equal names are equal texts. Servers keep case, spaces around `,` and `=`, and the
 * way of escaping as somebody typed them (RFC 4514). Values are compared without regard to case, as names of people and groups are.
 */
export const dnKey = (dn: string): string =>
  dn
    .replace(/\s*(?<!\\)([,=+])\s*/gu, '$1')
    .trim()
    .replace(escapes, readEscape)
    .normalize('NFC')
    .toLowerCase();

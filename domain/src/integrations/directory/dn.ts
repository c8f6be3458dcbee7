const escapes = /(?:\\[0-9a-f]{2})+|\\./giu;
const structure = /[,=+\\ ]/gu;

/** The signs that were escaped; those that would be read as structure keep a code of their own. */
function readEscape(escape: string): string {
  const isCode = /^\\[0-9a-f]{2}/iu.test(escape);
  const signs = isCode ? utf8Of(escape) : escape.slice(1);
  // A binary value equals itself only.
  if (signs === null) return escape;
  return signs.replace(structure, (sign) => `\\${sign.charCodeAt(0).toString(16)}`);
}

/** Codes are bytes; null: they are no UTF-8. */
function utf8Of(codes: string): string | null {
  try {
    return decodeURIComponent(codes.replaceAll('\\', '%'));
  } catch {
    return null;
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

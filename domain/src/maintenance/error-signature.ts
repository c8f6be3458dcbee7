/** What differs between two messages of the same error: ids, keys, numbers, quoted words. */
const particulars: readonly (readonly [RegExp, string])[] = [
  [/[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/gi, '…'],
  [/"[^"]*"/g, '"…"'],
  [/\b[A-Z][A-Z0-9]{2,}-?\d*\b/g, '…'],
  [/\d+(?:[.,:]\d+)*/g, '…'],
];

/** Characters of a signature: enough to tell errors apart. */
const signatureLength = 120;

/** The class of an error by its sentence, so that the same trouble of two records counts as one (R-1502, R-1508). Pure. */
export function errorSignature(message: string): string {
  const bare = particulars.reduce((text, [pattern, instead]) => text.replace(pattern, instead), message);
  return bare.replace(/\s+/g, ' ').trim().slice(0, signatureLength);
}

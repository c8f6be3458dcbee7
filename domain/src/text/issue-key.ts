/** Key of an issue, before anybody is asked (R-1834). */
export const isIssueKey = (text: string): boolean => /^[A-Z][A-Z0-9_]+-[1-9][0-9]*$/.test(text);

/** What somebody typed, as the key of an issue; null: it is none. */
export function toIssueKey(typed: string): string | null {
  const key = typed.trim().toUpperCase();
  return isIssueKey(key) ? key : null;
}

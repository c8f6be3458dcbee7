import { escapeHtml } from '@crmjira/domain';

/** A secret as it may stand in a text: plain, escaped for JSON or HTML, percent-encoded or base64. */
function formsOf(secret: string): string[] {
  const escaped = JSON.stringify(secret).slice(1, -1);
  const base64 = Buffer.from(secret).toString('base64');
  return [...new Set([secret, escaped, escapeHtml(secret), encodeURIComponent(secret), base64])];
}

/** Secrets shorter than this would blank out ordinary words; configuration refuses them where it matters. */
const leastLength = 6;

/** For callers that know no secret. */
export const redactNothing = (text: string): string => text;

/** Makes a function that cuts every known secret out of a text. */
export function createRedactor(secrets: readonly string[]): (text: string) => string {
  const forms = secrets
    .filter((secret) => secret.length >= leastLength)
    .flatMap(formsOf)
    .sort((a, b) => b.length - a.length);
  if (forms.length === 0) return redactNothing;
  // Nearly every line has none, and one pass finds that out; the replacing keeps its order, the longest first.
  const any = new RegExp(forms.map((form) => form.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'));
  return (text) =>
    any.test(text) ? forms.reduce((result, form) => result.replaceAll(form, '[redacted]'), text) : text;
}

/** As `createRedactor`, for secrets that are exchanged; one that was known once is cut out for as long as the process runs. */
export function createLiveRedactor(secrets: () => readonly string[]): (text: string) => string {
  const known = new Set<string>();
  let seen: readonly string[] | null = null;
  let redact = createRedactor([]);
  return (text) => {
    const now = secrets();
    if (now !== seen) {
      seen = now;
      for (const secret of now) known.add(secret);
      redact = createRedactor([...known]);
    }
    return redact(text);
  };
}

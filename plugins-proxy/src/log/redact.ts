/** A secret as it may stand in a text: plain, JSON-escaped, percent-encoded or base64. */
function formsOf(secret: string): string[] {
  const escaped = JSON.stringify(secret).slice(1, -1);
  return [...new Set([secret, escaped, encodeURIComponent(secret), Buffer.from(secret).toString('base64')])];
}

/** Secrets shorter than this would blank out ordinary words; configuration refuses them where it matters. */
const leastLength = 6;

/** Makes a function that cuts every known secret out of a text. */
export function createRedactor(secrets: readonly string[]): (text: string) => string {
  const forms = secrets
    .filter((secret) => secret.length >= leastLength)
    .flatMap(formsOf)
    .sort((a, b) => b.length - a.length);
  return (text) => forms.reduce((result, form) => result.replaceAll(form, '[redacted]'), text);
}

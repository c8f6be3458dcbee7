/** What is a credential by its form, whoever's it is. */
const byForm: readonly (readonly [string, RegExp])[] = [
  ['an access token', /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{20,}/],
  ['an Authorization header', /\b(Basic|Bearer) [\w+/=.-]{16,}/i],
  ['a signature', /\bsha256=[0-9a-f]{64}\b/i],
  ['an address with a password', /\b[a-z]+:\/\/[^\s/:@"]+:[^\s/@"]+@/i],
  ['a private key', /-----BEGIN [A-Z ]*PRIVATE KEY-----/],
];

/** Every secret of the tests has this in it, so that none has to be listed. */
const mark = '-of-the-tests';

/** The inside of a text's base64, as it stands whatever comes before it. */
function base64Insides(text: string): string[] {
  return [0, 1, 2].map((before) => {
    const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(text)]);
    const whole = bytes.toString('base64').replaceAll('=', '');
    // Characters that also carry bits of what comes before or after are left out.
    return whole.slice(before === 0 ? 0 : before + 1, Math.floor((bytes.length * 8) / 6));
  });
}

/** A secret as it may stand in a text: plain, escaped, percent-encoded, in hexadecimal, in base64 with or without more around it. */
function formsOf(secret: string): string[] {
  return [
    secret,
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret),
    Buffer.from(secret).toString('hex'),
    ...base64Insides(secret),
  ];
}

/** Shorter ones stand in ordinary words. */
const leastLength = 8;

/**
 * Makes a search for secrets in log lines.
 * @param secrets known ones, beside those of the tests' own form
 * @returns what a line shows, in words, without showing it; null when it shows nothing
 */
export function createSecretFinder(secrets: readonly string[]): (line: string) => string | null {
  const forms = [mark, ...secrets.filter((secret) => secret.length >= leastLength)].flatMap(formsOf);
  return (line) => {
    const form = byForm.find(([, pattern]) => pattern.test(line));
    if (form !== undefined) return form[0];
    return forms.some((text) => line.includes(text)) ? 'a configured secret' : null;
  };
}

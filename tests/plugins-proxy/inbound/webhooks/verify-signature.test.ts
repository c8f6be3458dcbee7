import fc from 'fast-check';
import { verifyKey } from '../../../../plugins-proxy/src/inbound/authenticate/verify-key';
import { signBody, verifySignature } from '../../../../plugins-proxy/src/inbound/webhooks/verify-signature';

const bytes = fc.uint8Array({ maxLength: 2_000 }).map((array) => Buffer.from(array));
const secret = fc.string({ minLength: 1, maxLength: 64 });

describe('the webhook signature', () => {
  test('matches the published example of the algorithm', () => {
    // HMAC-SHA256 test vector of Atlassian's "Secure a webhook" page.
    expect(signBody(Buffer.from('Hello World!'), "It's a Secret to Everybody")).toBe(
      'sha256=a4771c39fbe90f317c7824e83ddef3caae9cb3d976c214ace1f2937e133263c9',
    );
  });

  test('of any body under any secret verifies', () => {
    fc.assert(fc.property(bytes, secret, (body, key) => verifySignature(body, signBody(body, key), [key])));
  });

  test('does not verify after any single byte of the body has changed', () => {
    fc.assert(
      fc.property(bytes, secret, fc.nat(), fc.integer({ min: 1, max: 255 }), (body, key, at, flip) => {
        fc.pre(body.length > 0);
        const changed = Buffer.from(body);
        const index = at % body.length;
        changed[index] = (changed[index] ?? 0) ^ flip;
        return !verifySignature(changed, signBody(body, key), [key]);
      }),
    );
  });

  test('does not verify under another secret, and no header does without one', () => {
    fc.assert(
      fc.property(bytes, secret, secret, fc.string(), (body, key, other, junk) => {
        fc.pre(key !== other);
        expect(verifySignature(body, signBody(body, key), [other])).toBe(false);
        expect(verifySignature(body, junk, [key])).toBe(false);
        expect(verifySignature(body, signBody(body, key), [])).toBe(false);
      }),
    );
  });

  test('verifies under either of two secrets', () => {
    fc.assert(
      fc.property(bytes, secret, secret, (body, current, previous) => {
        const secrets = [current, previous];
        return secrets.every((key) => verifySignature(body, signBody(body, key), secrets));
      }),
    );
  });
});

describe('the step key', () => {
  test('is exactly one of the keys in use', () => {
    fc.assert(
      fc.property(secret, secret, (key, other) => {
        expect(verifyKey(key, [other, key])).toBe(true);
        expect(verifyKey(other, [key])).toBe(other === key);
        expect(verifyKey(undefined, [key])).toBe(false);
      }),
    );
  });
});

import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { derivedId } from '@crmjira/domain';
import { sha1 } from '../../../domain/src/hash/sha1';
import { sha256 } from '../../../domain/src/hash/sha256';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

describe('hashes without a platform', () => {
  test.each(['', 'abc', 'a'.repeat(55), 'a'.repeat(56), 'a'.repeat(64), 'é'.repeat(1000)])(
    'agree with Node on known lengths',
    (text) => {
      const bytes = Buffer.from(text);
      expect(hex(sha1(bytes))).toBe(createHash('sha1').update(bytes).digest('hex'));
      expect(hex(sha256(bytes))).toBe(createHash('sha256').update(bytes).digest('hex'));
    },
  );

  test('agree with Node on any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(hex(sha1(bytes))).toBe(createHash('sha1').update(bytes).digest('hex'));
        expect(hex(sha256(bytes))).toBe(createHash('sha256').update(bytes).digest('hex'));
      }),
    );
  });

  test('a derived id is a version 5 UUID, the same every time and another for another occasion', () => {
    const id = derivedId('a1b2c3d4-e5f6-7890-abcd-ef1234567890', 'mapping');
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(derivedId('a1b2c3d4-e5f6-7890-abcd-ef1234567890', 'mapping')).toBe(id);
    expect(derivedId('a1b2c3d4-e5f6-7890-abcd-ef1234567890', 'alert')).not.toBe(id);
  });
});

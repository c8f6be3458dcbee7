import fc from 'fast-check';
import {
  type CheckedToken,
  createCheckedTokens,
} from '../../../../plugins-proxy/src/inbound/authenticate/checked-tokens';

const most = { tokens: 4, characters: 600 };
const lastCharacters = 32;

/** Tokens of a few tails, so that some end alike, and of lengths that fill the characters before the number and the other way round. */
const token = fc
  .tuple(fc.integer({ min: 0, max: 7 }), fc.integer({ min: 0, max: 170 }))
  .map(([tail, length]) => 'h'.repeat(length) + String(tail).repeat(lastCharacters));
const step = fc.record({ token, lasts: fc.integer({ min: -5, max: 50 }), passes: fc.integer({ min: 0, max: 20 }) });

test('R-903 R-1219 no more tokens are remembered than may be, the latest of them, and none longer than it counts', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const tokens = createCheckedTokens(most);
      // What was remembered last, newest at the end; of tokens that end alike only the last.
      let told: CheckedToken[] = [];
      let at = 0;
      for (const { token: given, lasts, passes } of steps) {
        at += passes;
        const checked = { token: given, caller: `caller ${at} ${lasts}`, until: at + lasts };
        tokens.remember(checked, at);
        const tail = (of: string): string => of.slice(-lastCharacters);
        told = [...told.filter((one) => tail(one.token) !== tail(given)), checked];
        const known = told.filter((one) => tokens.callerOf(one.token, at) !== null);
        expect(known.length).toBeLessThanOrEqual(most.tokens);
        expect(known.reduce((sum, one) => sum + one.token.length, 0)).toBeLessThanOrEqual(most.characters);
        for (const one of known) {
          expect(tokens.callerOf(one.token, at)).toBe(one.caller);
          expect(one.until).toBeGreaterThan(at);
        }
        if (lasts > 0) expect(known.at(-1)).toBe(checked);
        expect(tokens.callerOf(`x${given}`, at)).toBeNull();
      }
    }),
  );
});

test('R-903 what fits is remembered, and the oldest gives way to one more', () => {
  const tokens = createCheckedTokens(most);
  const given = [...'abcde'].map((letter) => letter.repeat(40));
  const remember = (one: string): void => tokens.remember({ token: one, caller: one, until: 100 }, 0);
  const known = (): string => given.filter((one) => tokens.callerOf(one, 1) !== null).join(' ');
  given.slice(0, 4).forEach(remember);
  expect(known()).toBe(given.slice(0, 4).join(' '));
  // Remembered anew it is the youngest, and takes no more room than before.
  for (let n = 0; n < 100; n += 1) remember(given[0] ?? '');
  expect(known()).toBe(given.slice(0, 4).join(' '));
  remember(given[4] ?? '');
  expect(known()).toBe([given[0], given[2], given[3], given[4]].join(' '));
  remember('f'.repeat(500));
  expect(known()).toBe([given[0], given[4]].join(' '));
});

import fc from 'fast-check';
import { limitRate } from '../../../../plugins-proxy/src/inbound/authenticate/limit-rate';

const minuteMs = 60_000;

test('R-903 no caller gets more than its requests in any minute, however it spreads them, and is told when the next one passes', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 40 }),
      fc.array(fc.integer({ min: 0, max: 20_000 }), { maxLength: 200 }),
      (perMinute, pauses) => {
        let at = 0;
        const waitFor = limitRate(perMinute, () => new Date(at));
        const passed: number[] = [];
        for (const pause of pauses) {
          at += pause;
          const wait = waitFor('caller');
          if (wait === 0) passed.push(at);
          else {
            at += Math.ceil(wait);
            expect(waitFor('caller')).toBe(0);
            passed.push(at);
          }
        }
        // A full burst may be followed by what is earned within the same minute; never more.
        for (const from of passed)
          expect(passed.filter((one) => one >= from && one < from + minuteMs).length).toBeLessThanOrEqual(
            2 * perMinute,
          );
      },
    ),
  );
});

test('R-903 a caller at its limit stays there while a hundred thousand others come, none of whom waits for the others to be counted', () => {
  let at = 0;
  const waitFor = limitRate(2, () => new Date(at));
  expect([waitFor('busy'), waitFor('busy')]).toEqual([0, 0]);
  expect(waitFor('busy')).toBeGreaterThan(0);
  for (let n = 0; n < 100_000; n += 1) if (waitFor(`caller ${n}`) !== 0) throw new Error(`caller ${n} has to wait`);
  expect(waitFor('busy')).toBeGreaterThan(0);
  // Those that have come once may come again.
  expect([waitFor('caller 7'), waitFor('caller 7') > 0]).toEqual([0, true]);
  at = minuteMs;
  expect(waitFor('new')).toBe(0);
  expect([waitFor('busy'), waitFor('busy')]).toEqual([0, 0]);
});

import { dueDay } from '../../../../plugins-proxy/src/platform/daily-clock';

describe('the day whose sync is due (R-601)', () => {
  test.each([
    ['2025-01-20T10:59:59Z', '2025-01-19'],
    ['2025-01-20T11:00:00Z', '2025-01-20'],
    ['2025-07-20T09:59:59Z', '2025-07-19'],
    ['2025-07-20T10:00:00Z', '2025-07-20'],
    ['2025-01-21T04:30:00Z', '2025-01-20'],
    ['2025-03-01T05:30:00Z', '2025-02-28'],
  ])('at %s it is %s', (now, day) => {
    expect(dueDay(new Date(now))).toBe(day);
  });

  test.each([
    // Vancouver is three hours behind Toronto.
    [{ hour: 18, minute: 30, zone: 'America/Vancouver' }, '2025-01-21T02:29:59Z', '2025-01-19'],
    [{ hour: 18, minute: 30, zone: 'America/Vancouver' }, '2025-01-21T02:30:00Z', '2025-01-20'],
    [{ hour: 0, minute: 0, zone: 'America/St_Johns' }, '2025-07-20T02:29:59Z', '2025-07-19'],
    [{ hour: 0, minute: 0, zone: 'America/St_Johns' }, '2025-07-20T02:30:00Z', '2025-07-20'],
    // 02:30 is skipped on 9 March 2025: an hour later by the clocks put on.
    [{ hour: 2, minute: 30, zone: 'America/Toronto' }, '2025-03-09T07:29:59Z', '2025-03-08'],
    [{ hour: 2, minute: 30, zone: 'America/Toronto' }, '2025-03-09T07:30:00Z', '2025-03-09'],
    // 01:30 comes twice on 2 November 2025: the first one counts, and the hour that comes again is not the day before again.
    [{ hour: 1, minute: 30, zone: 'America/Toronto' }, '2025-11-02T05:29:59Z', '2025-11-01'],
    [{ hour: 1, minute: 30, zone: 'America/Toronto' }, '2025-11-02T05:30:00Z', '2025-11-02'],
    [{ hour: 1, minute: 30, zone: 'America/Toronto' }, '2025-11-02T06:10:00Z', '2025-11-02'],
    // East of Greenwich the same: Sydney skips 02:30 on 5 October 2025 and has it twice on 6 April.
    [{ hour: 2, minute: 30, zone: 'Australia/Sydney' }, '2025-10-04T16:29:59Z', '2025-10-04'],
    [{ hour: 2, minute: 30, zone: 'Australia/Sydney' }, '2025-10-04T16:30:00Z', '2025-10-05'],
    [{ hour: 2, minute: 30, zone: 'Australia/Sydney' }, '2025-04-05T15:29:59Z', '2025-04-05'],
    [{ hour: 2, minute: 30, zone: 'Australia/Sydney' }, '2025-04-05T15:30:00Z', '2025-04-06'],
  ])('R-601 by %j, at %s it is %s', (clock, now, day) => {
    expect(dueDay(new Date(now), clock)).toBe(day);
  });

  test.each(['America/Toronto', 'America/St_Johns', 'Australia/Lord_Howe', 'America/Havana'])(
    'R-601 in %s every day around the changes of the clocks comes once, in order, whatever the time',
    (zone) => {
      for (const [hour, minute] of [
        [0, 0],
        [1, 15],
        [2, 15],
        [23, 59],
      ] as const) {
        for (const [from, to] of [
          ['2025-03-05', '2025-04-10'],
          ['2025-10-01', '2025-11-06'],
        ] as const) {
          const days: string[] = [];
          for (let at = Date.parse(from); at < Date.parse(to); at += 30 * 60_000) {
            const day = dueDay(new Date(at), { hour, minute, zone });
            if (days.at(-1) !== day) days.push(day);
          }
          expect(days).toEqual([...new Set(days)].sort());
          expect(days.length).toBeGreaterThanOrEqual(36);
        }
      }
    },
  );
});

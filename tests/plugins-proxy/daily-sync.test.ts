import { dueDay } from '../../plugins-proxy/src/poll/daily-sync';

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
});

import { dueRun, ErrorClass, type PastRun, repeatAfterMinutes, SyncTrigger } from '../../../../domain/src';

const now = new Date('2026-03-02T12:00:00Z');
const ago = (minutes: number): Date => new Date(now.getTime() - minutes * 60_000);
const run = (minutes: number, errorClass: ErrorClass | 'success' = 'success'): PastRun => ({
  startedOn: ago(minutes),
  finishedOn: ago(minutes),
  succeeded: errorClass === 'success',
  errorClass: errorClass === 'success' ? null : errorClass,
});
const { Timeout, Authentication } = ErrorClass;

test('R-1610, R-1619: a run is due when its interval has passed since the last one, and at once where there was none', () => {
  expect(dueRun([], 60, now)).toBe(SyncTrigger.Scheduled);
  expect(dueRun([run(59)], 60, now)).toBeNull();
  expect(dueRun([run(60)], 60, now)).toBe(SyncTrigger.Scheduled);
  expect(dueRun([], null, now)).toBeNull();
});

test('R-1613: trouble that passes is tried again after 5, 10, 20 and 40 minutes, then as the schedule says', () => {
  for (const [index, minutes] of repeatAfterMinutes.entries()) {
    const earlier = Array.from({ length: index }, (_, one) => run(minutes + 10 * (one + 1), Timeout));
    expect(dueRun([run(minutes - 1, Timeout), ...earlier, run(900)], 1440, now)).toBeNull();
    expect(dueRun([run(minutes, Timeout), ...earlier, run(900)], 1440, now)).toBe(SyncTrigger.Retry);
  }
  const often = [1, 2, 3, 4, 5].map((n) => run(n * 100, Timeout));
  expect(dueRun(often, 1440, now)).toBeNull();
  expect(dueRun(often, 60, now)).toBe(SyncTrigger.Scheduled);
});

test('R-1613: what a person must end is not tried again before its turn', () => {
  expect(dueRun([run(30, Authentication)], 60, now)).toBeNull();
  expect(dueRun([run(60, Authentication)], 60, now)).toBe(SyncTrigger.Scheduled);
});

test('R-1610: a clock that was put back holds no run up', () => {
  expect(dueRun([run(-600)], 60, now)).toBe(SyncTrigger.Scheduled);
});

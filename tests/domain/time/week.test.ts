import { type TimeOfDay, mondayOf, totalWeek } from '@crmjira/domain';

const MINUTES = 60;
const hours = (text: string): number => {
  const [whole = 0, minutes = 0] = text.split(':').map(Number);
  return (whole * 60 + minutes) * MINUTES;
};
const on = (day: string, ...times: readonly string[]): TimeOfDay[] =>
  times.map((time) => ({ day: `2025-05-${day}`, seconds: hours(time), inJira: 0 }));

/** The week of the mockups ("Calculations"): Monday 12 to Friday 16 May 2025. */
const WEEK = [
  ...on('12', '1:30', '2:00', '4:00').map((time, index) => ({
    ...time,
    // The first two are in Jira, the third was changed there from 3:30.
    inJira: [hours('1:30'), hours('2:00'), hours('3:30')][index] ?? 0,
  })),
  ...on('13', '3:00', '1:30', '3:00'),
  ...on('14', '3:00', '1:30', '1:00'),
  ...on('15', '3:00', '1:00', '2:30', '1:15'),
  ...on('16', '2:00', '1:15'),
];

test('R-1831 a week counts what was entered, and what is missing until today: 31:30 of 37:30, 6:15 left', () => {
  const { days, seconds, target, left } = totalWeek('2025-05-12', '2025-05-16', 450, WEEK);
  expect(days.map((day) => day.seconds)).toEqual(['7:30', '7:30', '5:30', '7:45', '3:15', '0', '0'].map(hours));
  expect(days.map((day) => day.left)).toEqual(['0', '0', '2:00', '0', '4:15', '0', '0'].map(hours));
  expect([seconds, target, left]).toEqual([hours('31:30'), hours('37:30'), hours('6:15')]);
  expect(days.map(({ inJira }) => inJira)).toEqual([hours('7:00'), 0, 0, 0, 0, 0, 0]);
});

test('R-1831 nothing is missing on days to come, and a weekend expects nothing', () => {
  const { days, left } = totalWeek('2025-05-12', '2025-05-13', 450, []);
  expect(left).toBe(hours('15:00'));
  expect(days.map((day) => day.left > 0)).toEqual([true, true, false, false, false, false, false]);
  expect(totalWeek('2025-05-12', '2025-05-18', 450, []).left).toBe(hours('37:30'));
});

test.each([
  ['2025-05-12', '2025-05-12'],
  ['2025-05-18', '2025-05-12'],
  ['2025-03-01', '2025-02-24'],
  ['2026-01-01', '2025-12-29'],
])('R-1831 the week of %s begins on Monday %s', (day, monday) => {
  expect(mondayOf(day)).toBe(monday);
});

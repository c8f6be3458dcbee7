import { type DayCount, type KnownDays, productHealth } from '@crmjira/domain';

const today = '2025-05-16';
/** So many on each of the days from `first` to `last`. */
const spread = (first: string, last: string, total: number): readonly DayCount[] => {
  const days: string[] = [];
  for (let at = Date.parse(first); at <= Date.parse(last); at += 86_400_000)
    days.push(new Date(at).toISOString().slice(0, 10));
  return days.map((day, index) => ({
    day,
    count: Math.floor(total / days.length) + (index < total % days.length ? 1 : 0),
  }));
};
const known = (before: number, last: number, since = '2025-01-01'): KnownDays => ({
  since,
  days: [...spread('2025-05-02', '2025-05-08', before), ...spread('2025-05-09', '2025-05-15', last)],
});
const none: KnownDays = { since: '2025-01-01', days: [] };

describe('product health', () => {
  it('R-1717 T9: 140 events after 70 are 20.0 a day, up 100 %; 9 issues resolved after 12 are down 25 %', () => {
    const { errors, tickets } = productHealth(known(70, 140), known(12, 9), today);
    expect(errors).toMatchObject({
      last: 140,
      before: 70,
      lastPerDay: 20,
      beforePerDay: 10,
      change: { kind: 'up', percent: 100 },
    });
    expect(tickets).toMatchObject({ last: 9, before: 12, change: { kind: 'down', percent: 25 } });
  });

  it('R-1717 counts whole UTC days alone: today is told beside them, the fifteenth day back not at all', () => {
    const days = [
      { day: today, count: 5 },
      { day: '2025-05-15', count: 3 },
      { day: '2025-05-15', count: 4 },
      { day: '2025-05-09', count: 1 },
      { day: '2025-05-08', count: 2 },
      { day: '2025-05-01', count: 100 },
    ];
    const { errors } = productHealth({ since: '2025-01-01', days }, none, today);
    expect(errors).toMatchObject({ last: 8, before: 2, today: 5 });
    expect(errors.days.map(({ day }) => day)).toEqual([...spread('2025-05-02', '2025-05-15', 0).map(({ day }) => day)]);
    expect(errors.days.at(-1)).toEqual({ day: '2025-05-15', count: 7 });
  });

  it.each([
    ['nothing before is new, never a percentage', 0, 14, { kind: 'new' }],
    ['the same number is no change', 14, 14, { kind: 'same' }],
    ['none in either week is no change', 0, 0, { kind: 'same' }],
    ['none any more is all of it gone', 14, 0, { kind: 'down', percent: 100 }],
    ['a share is rounded to whole percent', 3, 4, { kind: 'up', percent: 33 }],
  ])('R-1717 %s', (_, before, last, change) => {
    expect(productHealth(known(before, last), none, today).errors.change).toEqual(change);
  });

  it('R-1717 compares nothing before 14 days are known, and says when', () => {
    const since = (day: string | null) => productHealth({ ...known(1, 2), since: day }, none, today).errors.change;
    expect(since('2025-05-03')).toEqual({ kind: 'too-early', since: '2025-05-03', on: '2025-05-17' });
    expect(since('2025-05-02')).toEqual({ kind: 'up', percent: 100 });
    expect(since(null)).toEqual({ kind: 'unknown' });
  });
});

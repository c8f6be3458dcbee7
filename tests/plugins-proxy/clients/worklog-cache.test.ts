import { createWorklogCache } from '../../../plugins-proxy/src/clients/jira/worklog-cache';

const issue = { id: '1', updated: '2025-01-20T09:00:00.000+0000', timespent: 3_600 };
const worklog = { id: '7', started: '2025-01-20', timeSpentSeconds: 3_600 };
const at = (time: string): number => Date.parse(`2025-01-${time}Z`);
let now = at('20T12:00:00');
const memory = (limit = 1_000_000) => createWorklogCache(() => now, limit);

beforeEach(() => (now = at('20T12:00:00')));

describe('worklogs of an issue (R-606)', () => {
  test('are remembered while the issue stays as it was', () => {
    const known = memory();
    known.set(issue, [{ ...worklog, started: '2025-01-20T09:00:00.000+0000' }]);
    expect(known.get(issue)).toEqual([worklog]);
    expect(known.get({ ...issue, updated: '2025-01-20T09:00:00.001+0000' })).toBeNull();
    expect(known.get({ ...issue, timespent: 7_200 })).toBeNull();
    expect(known.get({ ...issue, id: '2' })).toBeNull();
  });

  test('are not remembered while the issue is being worked on: a rate may still be written to them (R-507)', () => {
    now = at('20T09:15:00');
    const known = memory();
    known.set(issue, [worklog]);
    expect(known.get(issue)).toBeNull();
  });

  test('are read anew after a week', () => {
    const known = memory();
    known.set(issue, [worklog]);
    now = at('27T12:00:00');
    expect(known.get(issue)).not.toBeNull();
    now += 1;
    expect(known.get(issue)).toBeNull();
  });

  test('keep their own rate and no other property', () => {
    const billing = { key: 'crmjira.billing', value: { rate: 95, currency: 'CAD' } };
    const known = memory();
    known.set(issue, [{ ...worklog, properties: [billing, { key: 'other', value: 'x' }] }]);
    expect(known.get(issue)).toEqual([{ ...worklog, properties: [billing] }]);
  });

  test('are forgotten when they take too much memory, those that were used longest ago first (F-504)', () => {
    const known = memory(2 * (370 + 90));
    const others = ['2', '3'].map((id) => ({ ...issue, id }));
    known.set(issue, [worklog]);
    for (const other of others) {
      known.set(other, [worklog]);
      expect(known.get(issue)).not.toBeNull();
    }
    expect([issue, ...others].map((one) => known.get(one) !== null)).toEqual([true, false, true]);
    known.set({ ...issue, id: '4' }, Array(7).fill(worklog));
    expect(known.get({ ...issue, id: '4' })).toBeNull();
  });
});

import { createPace } from '../../../plugins-proxy/src/platform/http-client/pace';
import { createProjectCache } from '../../../plugins-proxy/src/clients/jira/project-cache';

describe('calls through a way that lets 500 a minute through (R-604)', () => {
  test.each([
    ['that all want to go at once', 1_500, 0],
    ['that come a little too fast', 1_500, 100],
    ['that come in bursts after a rest', 600, 0],
  ])('%s never are more than that in any minute', (_, count, everyMs) => {
    let now = 0;
    const pace = createPace(500, () => now);
    const left: number[] = [];
    for (let n = 0; n < count; n += 1) {
      left.push(now + pace());
      now += everyMs;
    }
    const inMinuteFrom = (from: number): number => left.filter((at) => at >= from && at < from + 60_000).length;
    expect(Math.max(...left.map(inMinuteFrom))).toBeLessThanOrEqual(500);
    // And not needlessly slow: nine tenths of the limit are used.
    expect(Math.max(...left)).toBeLessThanOrEqual(Math.max(count * everyMs, ((count - 50) / 450) * 60_000) + 1_000);
  });

  test('few calls do not wait', () => {
    let now = 0;
    const pace = createPace(500, () => (now += 1_000));
    expect(Array.from({ length: 50 }, pace)).toEqual(Array<number>(50).fill(0));
  });
});

describe('a project as read a moment ago (R-604)', () => {
  const found = { project: { id: '10150', key: 'A', name: 'A' }, ownership: null };

  test('is known for a minute, unless an event tells of it', () => {
    let now = 0;
    const projects = createProjectCache(() => now);
    projects.set(found);
    expect(projects.get('10150')).toBe(found);
    now = 59_999;
    expect(projects.get('10150')).toBe(found);
    now = 60_000;
    expect(projects.get('10150')).toBeNull();
    projects.set(found);
    projects.forget('10150');
    expect(projects.get('10150')).toBeNull();
  });
});

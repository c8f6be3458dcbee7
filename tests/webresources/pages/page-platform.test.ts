import { judgeSteps } from '../../../webresources/src/pages/connection-guide/guide-steps';
import { NotInDynamicsError, adoptXrm } from '../../../webresources/src/pages/platform/adopt-xrm';
import { pageFormat } from '../../../webresources/src/pages/platform/page-format';
import { pageSettings } from '../../../webresources/src/pages/platform/page-settings';
import { failureMessage } from '../../../webresources/src/pages/platform/page-words';
import { NOTHING_READ, type Reading, afterReading, joined } from '../../../webresources/src/pages/platform/reading';
import { connectionGuideTexts } from '../../../webresources/src/strings/generated/connection-guide';
import { integrationHealthTexts } from '../../../webresources/src/strings/generated/integration-health';

const toronto = () => -240;

describe('what a page knows when something fails', () => {
  const good: Reading<number> = afterReading(NOTHING_READ, { ok: true, value: 7, at: '2025-05-16T18:00:00Z' });
  const fail = (before: Reading<number>, at: string) => afterReading(before, { ok: false, kind: 'unreachable', at });

  test('the last good value stays, and the first failure of a row says since when', () => {
    const once = fail(good, '2025-05-16T18:05:00Z');
    const twice = fail(once, '2025-05-16T18:06:00Z');
    expect(twice).toEqual({ ...good, failure: { kind: 'unreachable', since: '2025-05-16T18:05:00Z' } });
    const healed = afterReading(twice, { ok: true, value: 8, at: '2025-05-16T18:07:00Z' });
    expect(healed.failure).toBeNull();
    expect(fail(healed, '2025-05-16T19:00:00Z').failure?.since).toBe('2025-05-16T19:00:00Z');
  });

  test('R-1104 two readings of a page are as old as the older, and fail while either does', () => {
    const newer = afterReading(NOTHING_READ, { ok: true, value: 8, at: '2025-05-16T18:00:10Z' });
    const both = (a: Reading<number>, b: Reading<number>) => joined(a, b, (one, other) => one + other);
    expect(both(newer, good)).toEqual({ value: 15, readAt: '2025-05-16T18:00:00Z', failure: null });
    expect(both(newer, NOTHING_READ)).toEqual(NOTHING_READ);
    const failed = fail(good, '2025-05-16T18:05:00Z');
    expect(both(newer, failed).failure).toEqual(failed.failure);
    expect(both(failed, newer).failure).toEqual(failed.failure);
  });

  test('it is said in the language and the time zone of the person', () => {
    const reading = fail(good, '2025-05-16T18:05:00Z');
    const now = '2025-05-16T18:06:00Z';
    expect(failureMessage(reading, 1033, pageFormat(1033, toronto), now)).toMatchObject({
      strong: 'Dataverse unreachable since 14:05.',
      text: 'What you see is from 14:00. The page tries again by itself.',
    });
    expect(failureMessage(reading, 3084, pageFormat(3084, toronto), now)).toMatchObject({
      strong: 'Dataverse ne répond pas; début de la panne\u00a0: 14:05.',
    });
    expect(failureMessage(fail(NOTHING_READ, now), 1033, pageFormat(1033, toronto), now)?.text).toMatch(
      /^Nothing has been/,
    );
    expect(failureMessage(good, 1033, pageFormat(1033, toronto), now)).toBeNull();
  });
});

test('numbers, shares and days are written as the language writes them', () => {
  const [english, french] = [pageFormat(1033, toronto), pageFormat(3084, toronto)];
  expect([english.number(10_934), english.percent(99.5, 2)]).toEqual(['10,934', '99.50%']);
  expect(french.number(10_934)).toMatch(/^10[\u00a0\u202f]934$/);
  expect(french.percent(99.5, 2)).toBe('99,50\u00a0%');
  // 02:00 UTC is still the evening before in Toronto
  expect(english.time('2025-05-16T02:00:00Z', '2025-05-16T18:00:00Z')).toBe('May 15 22:00');
  expect([english, french].map((format) => format.stamp('2025-05-16T02:00:07Z'))).toEqual([
    'May 15, 2025 22:00:07',
    '15 mai 2025 22:00:07',
  ]);
  expect([english, french].map((format) => format.period('2025-01-06', '2025-05-09'))).toEqual([
    'January 6 – May 9, 2025',
    '6 janvier – 9 mai 2025',
  ]);
  expect(english.period('2024-12-30', '2025-01-03')).toBe('December 30, 2024 – January 3, 2025');
  expect(english.dayOf('2025-05-16T02:00:00Z')).toBe('2025-05-15');
  expect([english.startOf('2025-05-16'), english.startOf('2025-05-31', 1)]).toEqual([
    '2025-05-16T04:00:00.000Z',
    '2025-06-01T04:00:00.000Z',
  ]);
});

test('R-1936 every text of the pages is there in both languages', () => {
  for (const texts of [...Object.values(integrationHealthTexts), ...Object.values(connectionGuideTexts)]) {
    expect(texts[1033]).toMatch(/\S/);
    expect(texts[3084]).toMatch(/\S/);
    const places = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();
    expect(places(texts[3084])).toEqual(places(texts[1033]));
  }
});

test('a page reads language, record and theme from its address, and nothing else', () => {
  const id = 'a1b2c3d4-e5f6-7890-abcd-ef1234567890';
  expect(pageSettings(`?id=%7B${id.toUpperCase()}%7D&userlcid=3084&data=theme%3Ddark`)).toEqual({
    language: 3084,
    theme: 'dark',
    recordId: id,
  });
  expect(pageSettings('?id=javascript:alert(1)&data=theme%3Dred')).toEqual({
    language: null,
    theme: null,
    recordId: null,
  });
});

test('outside of Dynamics a page says where it works', () => {
  const alone: { parent?: unknown } = {};
  alone.parent = alone;
  expect(() => adoptXrm(alone as Window)).toThrow(NotInDynamicsError);
  const xrm = { WebApi: {} };
  const framed = { parent: { Xrm: xrm } } as unknown as Window;
  expect(adoptXrm(framed)).toBe(xrm);
  const foreign = Object.defineProperty({}, 'parent', {
    get: () => {
      throw new Error('cross-origin');
    },
  }) as unknown as Window;
  expect(() => adoptXrm(foreign)).toThrow(NotInDynamicsError);
});

describe('steps of the connection set-up', () => {
  const now = '2025-05-16T13:10:00Z';
  const done = {
    mayReadIntegration: true,
    jiraBaseUrl: 'https://jira.company.com',
    connection: { baseUrl: 'https://jira.company.com', testedOn: '2025-05-16T13:05:00Z', testOk: true },
    linkedProjects: 1,
  };

  test('all done', () => {
    expect(new Set(Object.values(judgeSteps(done, now)))).toEqual(new Set(['done']));
  });

  test('the address that the solution comes with counts as not set', () => {
    const jiraBaseUrl = 'https://your-jira-server.company.com';
    expect(judgeSteps({ ...done, jiraBaseUrl }, now).variables).toBe('todo');
  });

  test.each(['javascript:alert(1)', '<b>jira</b>', '\u202eمشروع', '👩🏽‍💻', 'jira.company.com', ''])(
    'R-1225 %p is no web address, so none is set',
    (address) => {
      const connection = { ...done.connection, baseUrl: address };
      expect(judgeSteps({ ...done, jiraBaseUrl: address, connection }, now)).toMatchObject({
        variables: 'todo',
        connection: 'todo',
      });
    },
  );

  test('a test of an hour ago says nothing about Jira now', () => {
    const connection = { ...done.connection, testedOn: '2025-05-16T12:00:00Z' };
    expect(judgeSteps({ ...done, connection }, now)).toMatchObject({ service: 'todo', jira: 'unknown' });
    expect(judgeSteps({ ...done, connection: { ...done.connection, testOk: false } }, now).jira).toBe('todo');
  });

  test('what may not be read is not called undone', () => {
    const hidden = { ...done, mayReadIntegration: false, connection: null, linkedProjects: null };
    expect(judgeSteps(hidden, now)).toMatchObject({
      roles: 'todo',
      connection: 'unknown',
      service: 'unknown',
      project: 'unknown',
    });
  });
});

test('R-2308 a time in French stands without an article, for it may be a day', () => {
  const texts = [...Object.values(connectionGuideTexts), ...Object.values(integrationHealthTexts)].map(
    (text) => text[3084],
  );
  expect(texts.filter((text) => /\{t\}/.test(text)).length).toBeGreaterThan(5);
  expect(texts.filter((text) => /(^|\s)(de|du|à|au|le|depuis|dès) \{t\}/.test(text))).toEqual([]);
});

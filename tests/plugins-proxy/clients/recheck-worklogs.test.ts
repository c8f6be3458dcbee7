import type { HttpClient } from '../../../plugins-proxy/src/platform/http-client/http-client';
import { createWorklogRecheck } from '../../../plugins-proxy/src/clients/jira/recheck-worklogs';
import { createWorklogCache } from '../../../plugins-proxy/src/clients/jira/worklog-cache';
import type { WorklogAnswer } from '../../../plugins-proxy/src/clients/jira/wire/answers';

const hourMs = 3_600_000;
const rate = (value: number) => [{ key: 'crmjira.billing', value: { rate: value, currency: 'CAD' } }];
const worklog = (id: number, more: Partial<WorklogAnswer> = {}): WorklogAnswer => ({
  id: String(id),
  started: '2025-01-20T09:00:00.000+0000',
  timeSpentSeconds: 3_600,
  properties: [],
  ...more,
});
const issue = (id: string) => ({ id, updated: '2025-01-20T09:00:00.000+0000', timespent: 3_600 });

/** Remembers a list for each issue, then lets Jira show others. @returns sizes of the requests, and which issues are still remembered */
async function recheck(
  remembered: Readonly<Record<string, readonly WorklogAnswer[]>>,
  shown: readonly WorklogAnswer[],
) {
  let now = Date.parse('2025-02-01');
  const memory = createWorklogCache(() => now, 10_000_000);
  for (const [id, worklogs] of Object.entries(remembered)) memory.set(issue(id), worklogs);
  const asked: number[] = [];
  const call = async ({ body }: { readonly body?: unknown }): Promise<unknown> => {
    const { ids } = body as { readonly ids: readonly number[] };
    asked.push(ids.length);
    return shown.filter(({ id }) => ids.includes(Number(id)));
  };
  const check = createWorklogRecheck(
    { http: { call } as unknown as HttpClient, api: '/rest/api/3' },
    memory,
    () => now,
  );
  await Promise.all([check(), check()]);
  now += hourMs;
  await check();
  return { asked, kept: Object.keys(remembered).filter((id) => memory.get(issue(id)) !== null) };
}

describe('remembered worklogs are compared with Jira (F-509)', () => {
  test('those that cost something else now are forgotten, with their issue', async () => {
    const lists = { a: [worklog(1)], b: [worklog(2, { properties: rate(90) })], c: [worklog(3)], d: [worklog(4)] };
    const shown = [
      worklog(1, { properties: rate(95) }),
      worklog(2, { properties: rate(90) }),
      worklog(3, { timeSpentSeconds: 60 }),
    ];
    expect(await recheck(lists, shown)).toEqual({ asked: [4], kept: ['b'] });
  });

  test('a thousand in a request, however many issues they belong to, and one list that is longer is read by itself', async () => {
    const many = (from: number, count: number) => Array.from({ length: count }, (_, n) => worklog(from + n));
    const lists = { a: many(1, 600), b: many(1_001, 600), c: many(2_001, 400), d: many(3_001, 1_001) };
    expect(await recheck(lists, Object.values(lists).flat())).toEqual({ asked: [600, 1_000], kept: ['a', 'b', 'c'] });
  });

  test('where Jira shows no properties of worklogs, those that have none remembered are kept', async () => {
    const { properties: _, ...bare } = worklog(1);
    expect(await recheck({ a: [worklog(1)] }, [bare])).toMatchObject({ kept: ['a'] });
    expect(await recheck({ a: [worklog(1, { properties: rate(90) })] }, [bare])).toMatchObject({ kept: [] });
  });
});

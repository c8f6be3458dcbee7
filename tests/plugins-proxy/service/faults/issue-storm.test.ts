import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runIssueStorm } from './issue-storm';
import { type History, lostValues, type Written } from './issue-storm-oracle';

const folder = mkdtempSync(join(tmpdir(), 'crmjira-issue-storm-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('R-1708 R-1709 a storm of edits on both sides, with webhooks lost, doubled and shuffled and a kill -9, loses and doubles nothing', async () => {
  const result = await runIssueStorm({
    ...{ links: 6, edits: 150, waves: 1, kills: 1, perSecond: 25, settleWithinMs: 120_000 },
    file: join(folder, 'proxy.sqlite'),
    chaos: { lost: 0.15, doubled: 0.15, heldMs: 1_500 },
    conflicts: { summary: 'crm', priority: 'jira', status: 'ask' },
    report: () => undefined,
  });
  expect(result).toMatchObject({ lost: [], doubled: [], differs: [], dead: 0, kills: 1, edits: 150 });
  // The oracle has had something to say.
  expect(result.webhooks.lost).toBeGreaterThan(0);
  expect(result.webhooks.doubled).toBeGreaterThan(0);
  expect(result.byRule + result.decided).toBeGreaterThan(0);
}, 300_000);

describe('the oracle of the storm', () => {
  const person = (value: string, at: number): Written => ({ value, byPerson: true, at: at * 10_000 });
  const service = (value: string, at: number): Written => ({ value, byPerson: false, at: at * 10_000 });
  const titles = (title: readonly Written[]): History => ({ title, status: [], priority: [] });
  const made = service('a', 0);
  /** Dynamics takes c from Jira over the b that somebody has typed. */
  const [crm, jira] = [titles([person('a', 0), person('b', 1), service('c', 3)]), titles([made, person('c', 2)])];

  test('tells of a value that the service has covered, unless an entry names it', () => {
    expect(lostValues(crm, jira, [])).toHaveLength(1);
    expect(lostValues(crm, jira, [{ field: 'summary', crm: 'b', jira: 'c' }])).toEqual([]);
    expect(lostValues(crm, jira, [{ field: 'status', crm: 'b', jira: 'c' }])).toHaveLength(1);
  });

  test('lets one entry stand for one value', () => {
    const twice = titles([person('a', 0), person('b', 1), service('c', 3), person('b', 4), service('d', 6)]);
    const others = titles([made, person('c', 2), person('d', 5)]);
    const entry = { field: 'summary', crm: 'b', jira: 'c' };
    expect(lostValues(twice, others, [entry])).toHaveLength(1);
    expect(lostValues(twice, others, [entry, entry])).toEqual([]);
  });

  test('is content with a value that the other side had, and with one that was put back', () => {
    expect(lostValues(crm, titles([made, service('b', 2), person('c', 2.5)]), [])).toEqual([]);
    const putBack = titles([person('a', 0), person('b', 1), person('a', 1.5), service('c', 3)]);
    expect(lostValues(putBack, jira, [])).toEqual([]);
  });
});

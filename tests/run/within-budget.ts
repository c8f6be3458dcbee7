import { affectedTests, type AffectedTest } from './affected-tests';

/** Seconds of tests, all workers together, that a developer waits for. */
const BUDGET_SECONDS = 60;

/** Seconds of a core that a test file takes by its size and whether it draws: measured on the whole suite. */
const secondsOf = ({ file, parts }: AffectedTest): number => (file.endsWith('.tsx') ? 2 : 0.1) + parts / 290;

/** Tests that need a browser, a database or a minute of their own: the whole run has them. */
const ELSEWHERE = /^tests\/(end-to-end|visual|plugins-proxy\/service\/faults)\//;

/** The closest of the tests that the changed files can break, as many as fit; how many are left over. */
export async function withinBudget(
  root: string,
  changed: readonly string[],
): Promise<{ readonly chosen: readonly string[]; readonly left: number }> {
  const affected = await affectedTests(root, changed);
  const chosen: string[] = [];
  let seconds = 0;
  for (const test of affected) {
    if (ELSEWHERE.test(test.file) && !changed.includes(test.file)) continue;
    seconds += secondsOf(test);
    if (seconds > BUDGET_SECONDS) break;
    chosen.push(test.file);
  }
  return { chosen, left: affected.length - chosen.length };
}

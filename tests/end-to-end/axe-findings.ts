import { readFileSync } from 'node:fs';
import type { AxeResults } from 'axe-core';
import type { Frame, Page } from 'playwright-core';

const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const OF_COLOURS = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] };

interface Part {
  /** part of the page that is looked at */
  readonly selector?: string;
  /** rule that must have found something to check there: an axe that has checked nothing finds nothing */
  readonly mustCheck?: string;
  /** where the other rules have been asked of the same elements in another look */
  readonly only?: 'colours';
}

/** What axe finds on a page or in one of its frames, or in a part of it, one line a finding. @throws Error when axe has checked nothing */
export async function axeFindings(where: Page | Frame, part: Part | string = {}): Promise<string[]> {
  const { selector = 'html', mustCheck, only } = typeof part === 'string' ? { selector: part } : part;
  if (!(await where.evaluate(() => 'axe' in window))) await where.evaluate(axe);
  const result = await where.evaluate(
    // axe puts itself on the window; its answer crosses as plain data
    ({ at, runOnly }) =>
      (window as unknown as { axe: { run(part: string, options: object): Promise<AxeResults> } }).axe.run(at, runOnly),
    { at: selector, runOnly: only ? { runOnly: OF_COLOURS } : {} },
  );
  const checked = result.passes.map(({ id }) => id);
  if (mustCheck ? !checked.includes(mustCheck) : checked.length === 0)
    throw new Error(`axe has checked nothing${mustCheck ? ` by ${mustCheck}` : ''} in ${selector}.`);
  return result.violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(' ')} | ${node.failureSummary ?? ''} | ${node.html.slice(0, 160)}`),
  );
}

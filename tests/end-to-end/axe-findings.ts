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
  const { checked, found } = await where.evaluate(judged, {
    at: selector,
    // Of rules that pass it is enough that they ran: axe names each element that it tells of, which takes longer than judging it.
    options: { resultTypes: ['violations'], preload: false, ...(only && { runOnly: OF_COLOURS }) },
  });
  if (mustCheck ? !checked.includes(mustCheck) : checked.length === 0)
    throw new Error(`axe has checked nothing${mustCheck ? ` by ${mustCheck}` : ''} in ${selector}.`);
  return found;
}

/** It runs on the page, where axe has put itself on the window. */
async function judged({ at, options }: { readonly at: string; readonly options: object }) {
  const { axe } = window as unknown as { axe: { run(part: string, options: object): Promise<AxeResults> } };
  const { passes, violations } = await axe.run(at, options);
  return {
    checked: passes.map(({ id }) => id),
    found: violations.flatMap(({ id, nodes }) =>
      nodes.map(
        (node) => `${id}: ${node.target.join(' ')} | ${node.failureSummary ?? ''} | ${node.html.slice(0, 160)}`,
      ),
    ),
  };
}

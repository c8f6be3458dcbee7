import { readFileSync } from 'node:fs';
import type { AxeResults } from 'axe-core';
import type { Frame, Page } from 'playwright-core';

const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds on a page or in one of its frames, or in a part of it, one line a finding. @throws Error when axe has checked nothing */
export async function axeFindings(where: Page | Frame, selector = 'html'): Promise<string[]> {
  await where.evaluate(axe);
  const result = await where.evaluate(
    // axe puts itself on the window; its answer crosses as plain data
    (part) => (window as unknown as { axe: { run(part: string): Promise<AxeResults> } }).axe.run(part),
    selector,
  );
  if (result.passes.length === 0) throw new Error(`axe has checked nothing in ${selector}.`);
  return result.violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(' ')} | ${node.failureSummary ?? ''} | ${node.html.slice(0, 160)}`),
  );
}

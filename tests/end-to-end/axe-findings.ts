import { readFileSync } from 'node:fs';
import type { AxeResults } from 'axe-core';
import type { Frame, Page } from 'playwright-core';

const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds on a page or in one of its frames, one line a finding. @throws Error when axe has checked nothing */
export async function axeFindings(where: Page | Frame): Promise<string[]> {
  await where.evaluate(axe);
  // axe puts itself on the window; its answer crosses as plain data
  const result = await where.evaluate(() => (window as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run());
  if (result.passes.length === 0) throw new Error('axe has checked nothing.');
  return result.violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(' ')} | ${node.failureSummary ?? ''} | ${node.html.slice(0, 160)}`),
  );
}

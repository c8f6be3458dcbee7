import type { Browser } from 'playwright-core';
import { type BuiltControl, type ControlsPage, type Living, openControls } from '../bench/controls-in-chromium';
import { controlFolders } from '../../solution/tools/build/pcf-control';
import { repositoryRoot } from '../../sandbox/src/form-host/index';
import { startBrowser } from './browser';

/** `npm run bench -- --only controls` goes to a thousand. */
const CYCLES = 150;
/** What the engine keeps of code that has become hot, and Fluent of its style rules, belongs to none of the cycles. */
const CYCLES_BEFORE = 150;
/** Bytes for each of the cycles: less than a closure with what it holds. */
const MOST_PER_CYCLE = 500;

let browser: Browser;
let opened: ControlsPage;

beforeAll(async () => {
  browser = await startBrowser();
  opened = await openControls(browser);
});
afterAll(async () => {
  await browser?.close();
});

function controlOf(wanted: string): BuiltControl {
  const found = opened.controls.find(({ name }) => name === wanted);
  if (!found) throw new Error(`There is no control ${wanted}.`);
  return found;
}

/** What the cycles have left on the page, one sentence each; empty when nothing is. */
function leftovers(before: Living, after: Living, cycles: number): string[] {
  const [heap, nodes, listeners] = (['heap', 'nodes', 'listeners'] as const).map((what) => after[what] - before[what]);
  return [
    ...(Number(heap) > MOST_PER_CYCLE * cycles ? [`${String(heap)} bytes more`] : []),
    ...(nodes === 0 ? [] : [`${String(nodes)} nodes more`]),
    ...(listeners === 0 ? [] : [`${String(listeners)} listeners more`]),
  ];
}

test.each(controlFolders(repositoryRoot).map(({ name }) => name))(
  '%s leaves no memory, node or listener after many times on and off its page',
  async (name) => {
    const control = controlOf(name);
    await control.onAndOff(CYCLES_BEFORE);
    const before = await opened.living();
    await control.onAndOff(CYCLES);
    expect(leftovers(before, await opened.living(), CYCLES)).toEqual([]);
    expect(opened.page.broke).toEqual([]);
  },
);

test.each([
  ['listener', /listeners more/],
  ['timer', /bytes more/],
  ['element', /nodes more/],
] as const)('a control that leaves a %s behind on purpose is found', async (left, told) => {
  const control = controlOf('budget-status');
  await control.onAndOff(CYCLES_BEFORE);
  const before = await opened.living();
  await control.onAndOff(CYCLES_BEFORE, 1, left);
  expect(leftovers(before, await opened.living(), CYCLES_BEFORE).join()).toMatch(told);
});

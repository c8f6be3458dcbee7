import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { CDPSession, Page } from 'playwright-core';
import { type ControlFolder, controlFolders } from '../../solution/tools/build/pcf-control';
import { userSettings } from '../controls/platform/fake-context';
import { request } from '../controls/budget-approval/approval-rows';
import { OPPORTUNITY_ID, PAUL, tables } from '../controls/platform/rows';
import { openPage, startBrowser } from '../end-to-end/browser';
import { type BenchRow, kilobytes, median, milliseconds, percentile, rounded } from './bench-row';

const root = join(__dirname, '..', '..');
const TIMES = 30;
/** First runs of code that no engine has compiled yet are not what a form shows a person twice. */
const WARM_UP = 10;
const CYCLES = 1_000;
/** What the engine keeps of code that has become hot belongs to none of the cycles. */
const CYCLES_BEFORE = 500;
/** Milliseconds: Chromium's clock steps by as much in a page that is not isolated. */
const CLOCK_STEP = 0.1;
const AIM_MS = 100;
/** Bytes for each of the cycles that would be a leak: less than the smallest element that could stay behind. */
const AIM_PER_CYCLE = 100;

const PLATFORM = [
  'node_modules/react/umd/react.production.min.js',
  'node_modules/react-dom/umd/react-dom.production.min.js',
];

async function hostPage(page: Page): Promise<void> {
  await page.setContent('<!doctype html><html lang="en"><body></body></html>');
  for (const file of PLATFORM) await page.addScriptTag({ path: join(root, file) });
  await page.addScriptTag({
    content: `var Reactv16 = React, ReactDOMv16 = ReactDOM, registered = {};
      var FabricConfig = { fontBaseUrl: '', iconBaseUrl: '' };
      var ComponentFramework = { registerControl: function (name, control) { registered[name] = control; } };`,
  });
  await page.addScriptTag({ path: join(root, 'node_modules/@fluentui/react/dist/fluentui-react.umd.js') });
  await page.addScriptTag({ content: 'var FluentUIReactv81211 = FluentUIReact;' });
  const { outputFiles } = await build({
    entryPoints: [join(__dirname, 'controls-page.ts')],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'chrome100',
  });
  await page.addScriptTag({ content: outputFiles[0]?.text ?? '' });
}

/** Bytes that live after everything that nothing refers to has been collected. */
async function liveHeap(session: CDPSession): Promise<number> {
  // What finalizers let go in one collection goes in the next.
  for (let n = 0; n < 3; n += 1) await session.send('HeapProfiler.collectGarbage');
  return (await session.send('Runtime.getHeapUsage')).usedSize;
}

/**
 * From `init` to content with the rows at hand, and what 1,000 mounts leave on the heap, of each built control in Chromium.
 * @throws Error when a control is not built, does not register itself or breaks
 */
export async function measureControls(): Promise<BenchRow[]> {
  const browser = await startBrowser();
  try {
    const page = await openPage(browser);
    await hostPage(page);
    const session = await page.context().newCDPSession(page);
    await session.send('HeapProfiler.enable');
    const call = (what: string, ...given: readonly unknown[]): Promise<number[]> =>
      page.evaluate<number[], readonly unknown[]>(
        ([name, ...values]) =>
          (window as unknown as { measured: Record<string, (...all: unknown[]) => Promise<number[]>> }).measured[
            String(name)
          ]?.(...values) ?? Promise.reject(new Error(`nothing measures ${String(name)}`)),
        [what, ...given],
      );
    await call('empty', WARM_UP);
    const empty = Math.max(CLOCK_STEP, median(await call('empty', TIMES)));
    // Functions do not travel to the page.
    const { getTimeZoneOffsetMinutes, ...settings } = userSettings(1033);
    const rows: BenchRow[] = [];
    for (const { name, constructor, output } of controlFolders(root).filter(isOnForm)) {
      await page.addStyleTag({ content: stylesOf(output) });
      await page.addScriptTag({ content: readFileSync(join(root, output, 'bundle.js'), 'utf8') });
      const given = {
        resx: readFileSync(
          join(root, 'controls', name, 'src', constructor, 'strings', `${constructor}.1033.resx`),
          'utf8',
        ),
        tables: tables({ crmjira_budget_approval: [request()], crmjira_budget_decision: [] }),
        recordId: OPPORTUNITY_ID,
        userSettings: { ...settings, userId: PAUL },
        offsetMinutes: getTimeZoneOffsetMinutes(),
      };
      const control = (times: number): Promise<number[]> => call('control', `CrmJira.${constructor}`, given, times);
      await control(WARM_UP);
      const took = await control(TIMES);
      rows.push({
        what: `${name}: init → content, rows at hand, p95 of ${TIMES}`,
        measured: `${milliseconds(percentile(took, 0.95))}, median ${milliseconds(median(took))}`,
        reference: 'an empty component, median',
        referenceMeasured: milliseconds(empty),
        ratio: rounded(percentile(took, 0.95) / empty),
        aim: `< ${AIM_MS} ms`,
      });
      await control(CYCLES_BEFORE);
      const before = await liveHeap(session);
      await control(CYCLES);
      const grown = (await liveHeap(session)) - before;
      rows.push({
        what: `${name}: live heap after ${CYCLES} times on and off`,
        measured: `${grown < 0 ? '−' : '+'}${kilobytes(Math.abs(grown))}`,
        reference: 'before them',
        referenceMeasured: kilobytes(before),
        ratio: rounded((before + grown) / before),
        aim: `≤ ${AIM_PER_CYCLE} B a cycle`,
      });
    }
    if (page.broke.length > 0) throw new Error(`the page broke: ${page.broke.join('; ')}`);
    return rows;
  } finally {
    await browser.close();
  }
}

/** A control of a view gets its rows from the platform, page by page: it starts with another context. */
function isOnForm({ output }: ControlFolder): boolean {
  return !readFileSync(join(root, output, 'ControlManifest.xml'), 'utf8').includes('<data-set');
}

/** Style sheets of a built control, without which the browser would lay out nothing of it. */
function stylesOf(output: string): string {
  const manifest = readFileSync(join(root, output, 'ControlManifest.xml'), 'utf8');
  return [...manifest.matchAll(/<css path="([^"]+)"/g)]
    .map(([, path = '']) => readFileSync(join(root, output, path), 'utf8'))
    .join('\n');
}

import { startBrowser } from '../end-to-end/browser';
import { type BenchRow, kilobytes, median, milliseconds, percentile, rounded } from './bench-row';
import { type BuiltControl, type ControlsPage, openControls } from './controls-in-chromium';

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
/** A view of all rows takes as long as its four pages. */
const TIMES_MORE = 10;
/** Rows of one page of a view, and of a view whose pages were all asked for. */
const PAGE_ROWS = 250;
const ALL_ROWS = 1_000;

/**
 * From `init` to content with the rows at hand, and what 1,000 mounts leave on the heap, of each built control in Chromium; of one
 * on a view also what more pages and the same rows again cost.
 * @throws Error when a control is not built, does not register itself or breaks
 */
export async function measureControls(): Promise<BenchRow[]> {
  const browser = await startBrowser();
  try {
    const opened = await openControls(browser);
    await opened.empty(WARM_UP);
    const empty = Math.max(CLOCK_STEP, median(await opened.empty(TIMES)));
    const rows: BenchRow[] = [];
    for (const control of opened.controls) {
      const { name, isOnView } = control;
      await control.onAndOff(WARM_UP, PAGE_ROWS);
      const what = isOnView ? `the first of ${PAGE_ROWS} rows and their sums` : 'content, rows at hand';
      rows.push(timeRow(`${name}: init → ${what}`, await control.onAndOff(TIMES, PAGE_ROWS), empty));
      if (isOnView) rows.push(...(await rowsOfView(control, empty)));
      rows.push(await leftOnHeap(opened, control));
    }
    if (opened.page.broke.length > 0) throw new Error(`the page broke: ${opened.page.broke.join('; ')}`);
    return rows;
  } finally {
    await browser.close();
  }
}

function timeRow(what: string, took: readonly number[], empty: number): BenchRow {
  return {
    what: `${what}, p95 of ${took.length}`,
    measured: `${milliseconds(percentile(took, 0.95))}, median ${milliseconds(median(took))}`,
    reference: 'an empty component, median',
    referenceMeasured: milliseconds(empty),
    ratio: rounded(percentile(took, 0.95) / empty),
    aim: `< ${AIM_MS} ms`,
  };
}

async function rowsOfView(control: BuiltControl, empty: number): Promise<BenchRow[]> {
  await control.loadMore(PAGE_ROWS, ALL_ROWS, 2);
  const more = await control.loadMore(PAGE_ROWS, ALL_ROWS, TIMES_MORE);
  const every = await control.untilEveryRow(TIMES_MORE, PAGE_ROWS);
  const { took, rendered, changes, components } = await control.sameRows(PAGE_ROWS, TIMES);
  return [
    { ...timeRow(`${control.name}: init → all ${PAGE_ROWS} rows`, every, empty), aim: 'the page answers meanwhile' },
    {
      ...timeRow(`${control.name}: ${ALL_ROWS - PAGE_ROWS} → ${ALL_ROWS} rows by "Load more"`, more, empty),
      aim: null,
    },
    timeRow(`${control.name}: updateView with the same ${PAGE_ROWS} rows`, took, empty),
    {
      what: `${control.name}: components that ${took.length} of these have rendered again`,
      measured: `${rendered}, changes to the page ${changes}`,
      reference: 'components on the page',
      referenceMeasured: String(components),
      ratio: rounded(rendered / components),
      aim: '0',
    },
  ];
}

async function leftOnHeap({ living }: ControlsPage, control: BuiltControl): Promise<BenchRow> {
  await control.onAndOff(CYCLES_BEFORE);
  const before = await living();
  await control.onAndOff(CYCLES);
  const after = await living();
  const grown = after.heap - before.heap;
  const more = `nodes ${after.nodes - before.nodes}, listeners ${after.listeners - before.listeners} more`;
  return {
    what: `${control.name}: live heap after ${CYCLES} times on and off`,
    measured: `${grown < 0 ? '−' : '+'}${kilobytes(Math.abs(grown))}; ${more}`,
    reference: 'before them',
    referenceMeasured: kilobytes(before.heap),
    ratio: rounded(after.heap / before.heap),
    aim: `≤ ${AIM_PER_CYCLE} B a cycle`,
  };
}

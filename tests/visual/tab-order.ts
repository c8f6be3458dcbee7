import type { Locator, Page } from 'playwright-core';

interface Place {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
}

/** What has the focus after a press of Tab: its name and where it stands in its document while nothing is scrolled, in CSS pixels. */
export interface TabStop extends Place {
  readonly name: string;
  /** Column that it stands in, of a product's chain, a form or a dashboard: columns are read one after the other. */
  readonly column: Place | null;
  /** Its middle lies under something else, as under a column that does not scroll along. */
  readonly covered: boolean;
}

/** Presses after which a part of a page is said to keep the focus. */
const MOST_PRESSES = 200;
/** Share of the lower one's height by which two things overlap that stand on one line. */
const ON_ONE_LINE = 0.5;
/** Pixels: edges that are aligned by eye. */
const ALIGNED = 1;

/**
 * Goes through a part of a page by Tab. A group with a roving tab stop, as radio buttons have, is one stop: the arrow keys go on
 * within it.
 * @throws Error when Tab never leaves the part
 */
export async function tabStops(page: Page, part: Locator): Promise<TabStop[]> {
  // The next press goes to the first stop within.
  await part.evaluate((box: HTMLElement) => {
    box.tabIndex = -1;
    box.focus();
  });
  const stops: TabStop[] = [];
  for (;;) {
    await page.keyboard.press('Tab');
    const stop = await part.evaluate(focusedWithin);
    if (stop === null) break;
    if (stops.length === MOST_PRESSES)
      throw new Error(`Tab does not leave it: ${stops.map(({ name }) => name).join()}`);
    stops.push(stop);
  }
  await part.evaluate((box) => box.removeAttribute('tabindex'));
  return stops;
}

/** It runs on the page: nothing from outside of it is there. */
function focusedWithin(box: Element): TabStop | null {
  const focused = document.activeElement;
  if (!(focused instanceof HTMLElement) || focused === box || !box.contains(focused)) return null;
  // A field that is drawn by its label is seen where the label stands.
  const label = focused instanceof HTMLInputElement ? focused.closest('label') : null;
  const drawn = label ?? focused;
  const seen = drawn.getBoundingClientRect();
  const onTop = document.elementFromPoint(seen.left + seen.width / 2, seen.top + seen.height / 2);
  const covered = onTop !== null && !drawn.contains(onTop) && !onTop.contains(drawn);
  // The focus scrolls a grid sideways, and columns that stay move against the others.
  const scrolled: (readonly [Element, number, number])[] = [];
  for (let around = drawn.parentElement; around; around = around.parentElement) {
    scrolled.push([around, around.scrollLeft, around.scrollTop]);
    around.scrollTo({ left: 0, top: 0, behavior: 'instant' });
  }
  const placeOf = (element: Element): Place => {
    const { top, bottom, left } = element.getBoundingClientRect();
    return { top, bottom, left };
  };
  const around = drawn.closest('.product-column, .enter-columns > *, .dashboard-pair > *');
  const [place, column] = [placeOf(drawn), around && placeOf(around)];
  for (const [scroller, x, y] of scrolled) scroller.scrollTo({ left: x, top: y, behavior: 'instant' });
  const name = focused.getAttribute('aria-label') ?? (drawn.textContent?.trim() || focused.tagName);
  return { name: name.slice(0, 60), column, covered, ...place };
}

/** Where Tab goes against the order in which one reads, line by line from the left; one sentence each. */
export function againstReading(stops: readonly TabStop[]): string[] {
  return stops.slice(1).flatMap((stop, index) => {
    const before = stops[index];
    if (!before || isReadAfter(before, stop)) return [];
    const [from, to] = [before.column, stop.column];
    if (from && to && from.left !== to.left && isReadAfter(from, to)) return [];
    return [`Tab goes from ${before.name} back to ${stop.name}`];
  });
}

function isReadAfter(before: Place, after: Place): boolean {
  const common = Math.min(before.bottom, after.bottom) - Math.max(before.top, after.top);
  const lower = Math.min(before.bottom - before.top, after.bottom - after.top);
  if (common > ON_ONE_LINE * lower) return after.left >= before.left - ALIGNED;
  return after.top > before.top;
}

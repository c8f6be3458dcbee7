import type { Locator, Page } from 'playwright-core';

/** What has the focus after a press of Tab: its name and where it is drawn, in CSS pixels of its document. */
export interface TabStop {
  readonly name: string;
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
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
  const { top, bottom, left } = (label ?? focused).getBoundingClientRect();
  const name = focused.getAttribute('aria-label') ?? ((label ?? focused).textContent?.trim() || focused.tagName);
  return { name: name.slice(0, 60), top: top + scrollY, bottom: bottom + scrollY, left: left + scrollX };
}

/** Where Tab goes against the order in which one reads, line by line from the left; one sentence each. */
export function againstReading(stops: readonly TabStop[]): string[] {
  return stops.slice(1).flatMap((stop, index) => {
    const before = stops[index];
    if (!before || isReadAfter(before, stop)) return [];
    return [`Tab goes from ${before.name} back to ${stop.name}`];
  });
}

function isReadAfter(before: TabStop, after: TabStop): boolean {
  const common = Math.min(before.bottom, after.bottom) - Math.max(before.top, after.top);
  const lower = Math.min(before.bottom - before.top, after.bottom - after.top);
  if (common > ON_ONE_LINE * lower) return after.left >= before.left - ALIGNED;
  return after.top > before.top;
}

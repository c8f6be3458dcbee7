import type { Page } from 'playwright-core';

/** Elements that a form with all its controls may have between two that a person wants. */
const MOST_PRESSES = 120;

/**
 * Presses Tab until what has the focus is what is looked for.
 * @param name of the element's line in the accessibility tree
 * @param most presses: what is near must be reached soon
 */
export async function tabTo(page: Page, name: RegExp, most = MOST_PRESSES): Promise<void> {
  for (let presses = 0; presses < most; presses += 1) {
    await page.keyboard.press('Tab');
    // After the last of the page the browser's own bar has the focus for one press.
    const focused = page.locator(':focus').first();
    if ((await focused.count()) > 0 && name.test(await focused.ariaSnapshot())) return;
  }
  throw new Error(`${String(name)} was not reached with ${most} presses of Tab.`);
}

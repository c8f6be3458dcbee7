import type { Frame, Page } from 'playwright-core';

/** Glyphs without hinting and without colour fringes: the same on every machine that has the same font. */
export const STEADY_GLYPHS = ['--font-render-hinting=none', '--disable-lcd-text', '--force-device-scale-factor=1'];

/** The fonts that the check installs, the second one for arrows: left to itself, each machine finds them elsewhere. Nothing moves, nothing blinks. */
const STEADY_SHEET = `
  * { font-family: 'Noto Sans', 'Noto Sans Symbols' !important; transition: none !important; animation: none !important; caret-color: transparent !important; }
  html { scrollbar-width: none; }`;

/** The policy of the page allows no style from elsewhere: a sheet that a script constructs is the page's own. */
export async function steady(page: Page | Frame): Promise<void> {
  await page.evaluate((text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  }, STEADY_SHEET);
  await page.evaluate(() => document.fonts.ready);
}

/** Milliseconds after which something that keeps changing is a mistake, on a machine that is shared with ten other programs too. */
const PATIENCE = 60_000;

/**
 * Waits until nothing is being read and nothing changes on the page any more.
 * @param isReading what is under way beside the page
 * @throws Error when it keeps changing
 */
export async function comeToRest(
  page: Page | Frame,
  isReading: () => boolean | Promise<boolean>,
  name = 'The page',
): Promise<void> {
  for (const until = Date.now() + PATIENCE; Date.now() < until;) {
    const isStill = await page.evaluate(standsStill);
    if (isStill && !(await isReading())) return;
  }
  throw new Error(`${name} never came to rest.`);
}

/** Whether nothing changes for four frames and 40 ms: what watches a width hears of it within a frame and draws in the next. */
function standsStill(): Promise<boolean> {
  return new Promise((resolve) => {
    let isStill = true;
    const watcher = new MutationObserver(() => (isStill = false));
    watcher.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
    const inTwoFrames = (then: () => void): unknown => requestAnimationFrame(() => requestAnimationFrame(then));
    const end = (): void => {
      watcher.disconnect();
      resolve(isStill);
    };
    inTwoFrames(() => setTimeout(() => inTwoFrames(end), 40));
  });
}

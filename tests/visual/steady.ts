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

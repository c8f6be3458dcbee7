/**
 * `npm run screenshots [-- <folder>]`: the picture of the README, and with a folder the same form on a phone, in French, dark and
 * in forced colours, to look at. Data and clock stand still: the same pictures every time.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { repositoryRoot } from '../../sandbox/src/form-host/index';
import { type WatchedPage, openPage, startBrowser } from './browser';
import { opportunityPage } from './opportunity-page';
import { PAUL } from './people';
import { type SandboxUnderTest, startSandbox } from './sandbox-under-test';

const BASE_PORT = 4507;
/** A working day's afternoon; the example company's history leads up to it. */
const NOW = new Date('2025-05-16T18:04:00Z');
/** Past the first threshold, with months of work behind it. */
const SUBJECT = 'Portail client - Hydro-Boréal';

interface Variant extends BrowserContextOptions {
  readonly language?: 1033 | 3084;
  readonly theme?: 'light' | 'dark';
}

const variants: Readonly<Record<string, Variant>> = {
  '400': { viewport: { width: 400, height: 900 } },
  '400-fr': { viewport: { width: 400, height: 900 }, language: 3084 },
  fr: { language: 3084 },
  dark: { theme: 'dark' },
  'forced-colors': { forcedColors: 'active' },
};

/** Makes the window as high as the form: no empty page below it, and a bar that sticks to the foot stands at the foot. */
async function fitToContent(page: WatchedPage): Promise<void> {
  const { width = 1280 } = page.viewportSize() ?? {};
  await page.setViewportSize({ width, height: 100 });
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width, height });
}

async function shoot(browser: Browser, sandbox: SandboxUnderTest, variant: Variant, file: string): Promise<void> {
  const { language = 1033, theme = 'light', ...options } = variant;
  const page = await openPage(browser, { ...options, colorScheme: theme });
  await page.clock.setFixedTime(NOW);
  await page.addInitScript(
    (settings) => localStorage.setItem('crmjira-page', settings),
    JSON.stringify({ language, theme }),
  );
  await page.goto(sandbox.urls.formHost);
  if (language === 1033) await opportunityPage(page).become(PAUL.name);
  await page.getByRole('link', { name: SUBJECT }).click();
  await page.getByRole('tabpanel').getByRole('img').first().waitFor();
  await page.evaluate(() => document.fonts.ready);
  await page.mouse.move(0, 0);
  await fitToContent(page);
  await page.screenshot({ path: file, animations: 'disabled' });
  await page.context().close();
}

async function main(): Promise<void> {
  const [folder] = process.argv.slice(2);
  // Without the proxy nothing changes the seeded rows while they are being looked at.
  const [sandbox, browser] = await Promise.all([
    startSandbox(BASE_PORT, { proxy: 'none', clock: () => NOW }),
    startBrowser(),
  ]);
  try {
    const images = join(repositoryRoot, 'docs', 'images');
    mkdirSync(images, { recursive: true });
    await shoot(browser, sandbox, {}, join(images, 'opportunity-form.png'));
    if (folder === undefined) return;
    mkdirSync(folder, { recursive: true });
    for (const [name, variant] of Object.entries(variants))
      await shoot(browser, sandbox, variant, join(folder, `opportunity-form-${name}.png`));
  } finally {
    await browser.close();
    await sandbox.close();
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});

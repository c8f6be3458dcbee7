import { type Browser, type BrowserContextOptions, type Page, chromium } from 'playwright-core';
import { CHROMIUM_ARGUMENTS, findChromium } from './chromium';

/** Milliseconds that anything on the page may take before a test gives up on it. */
const PATIENCE = 60_000;

/**
 * @param more arguments for this Chromium alone
 * @throws Error when there is no Chromium: these tests are skipped by name before they are loaded, never one by one
 */
export async function startBrowser(more: readonly string[] = []): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error('Chromium is not installed (Debian: apt-get install chromium).');
  return chromium.launch({ executablePath, args: [...CHROMIUM_ARGUMENTS, ...more] });
}

export interface WatchedPage extends Page {
  /** Every address that the page asked for. */
  readonly asked: string[];
  /** Errors that no code of the page caught. */
  readonly broke: string[];
}

/** A page of a person of its own: cookies, settings and storage are nobody else's. */
export async function openPage(browser: Browser, options: BrowserContextOptions = {}): Promise<WatchedPage> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    locale: 'en-CA',
    timezoneId: 'America/Toronto',
    reducedMotion: 'reduce',
    ...options,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  const asked: string[] = [];
  const broke: string[] = [];
  context.on('request', (request) => asked.push(request.url()));
  page.on('pageerror', (error) => broke.push(error.message));
  return Object.assign(page, { asked, broke });
}

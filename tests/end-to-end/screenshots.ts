/**
 * `npm run screenshots [-- <folder>]`: the pictures of README and docs/, and with a folder the form on a phone, in French, dark and
 * in forced colours, to look at. Data and clock stand still: the same pictures every time; one that looks as before is not written.
 */
import { mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { repositoryRoot } from '../../sandbox/src/form-host/index';
import { opportunities } from '../../sandbox/src/seed/scenarios';
import { type WatchedPage, openPage, startBrowser } from './browser';
import { keepPicture } from './keep-picture';
import { lookAs } from './look-as';
import { type SandboxUnderTest, startSandbox } from './sandbox-under-test';

/** A working day's afternoon; the example company's history leads up to it. */
const NOW = new Date('2025-05-16T18:04:00Z');
/** Past the first threshold, with months of work behind it. */
const WARNED = 'Portail client';
/** Ready to be qualified, no budget amount yet. */
const NEW = 'Digital Transformation';
const RUNNING = 'Warehouse Automation';

interface Picture extends BrowserContextOptions {
  /** start of the opportunity's name */
  readonly subject?: string;
  /** the list of all mappings instead of an opportunity */
  readonly list?: true;
  readonly persona?: string;
  readonly language?: 1033 | 3084;
  readonly theme?: 'light' | 'dark';
  /** What of the page is taken; the whole form when left out. */
  readonly of?: string;
  /** Clicked one after the other before the picture is taken. */
  readonly click?: readonly string[];
}

const stage = 'nav.process button[aria-haspopup=dialog]';
const gate = { subject: NEW, persona: 'sales-rep', click: [`${stage} >> nth=0`, '.flyout .primary'], of: '.flyout' };
const french = { language: 3084 } as const;
/** As high as its rows: nothing of it is below the bar of the page. */
const list = { list: true, of: '[data-control$="Portfolio"]', viewport: { width: 1400, height: 1600 } } as const;

/** Pictures of the documents, one line each, by file name in docs/images. */
const pictures: Readonly<Record<string, Picture>> = {
  'opportunity-form': {},
  'add-a-control-1-columns': { of: '.tab-columns', subject: RUNNING },
  'add-a-control-2-project': { of: '[data-control$="JiraProject"]', subject: RUNNING },
  'add-a-control-3-burn': { of: '[data-control$="BudgetBurn"]', subject: RUNNING },
  'add-a-control-4-phone': { viewport: { width: 400, height: 900 }, subject: RUNNING },
  'stage-gate': gate,
  'stage-gate-fr': { ...gate, ...french },
  'burn-on-track': { of: '[data-control$="BudgetBurn"]', subject: RUNNING, persona: 'sales-rep' },
  'burn-on-track-fr': { of: '[data-control$="BudgetBurn"]', subject: RUNNING, persona: 'sales-rep', ...french },
  'burn-warning': { of: '[data-control$="BudgetBurn"]' },
  'burn-warning-fr': { of: '[data-control$="BudgetBurn"]', ...french },
  'project-linked': { of: '[data-control$="JiraProject"]', subject: RUNNING, persona: 'sales-rep' },
  'project-linked-fr': { of: '[data-control$="JiraProject"]', subject: RUNNING, persona: 'sales-rep', ...french },
  portfolio: { ...list },
  'portfolio-fr': { ...list, ...french },
};

/** More of the same form, to look at. */
const variants: Readonly<Record<string, Picture>> = {
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

/** Makes invisible what is not in `selector`: through the corners of a window the form behind it would be in its picture. */
async function hideAround(page: WatchedPage, selector: string): Promise<void> {
  await page.evaluate((inside) => {
    // The policy of the page allows no style from elsewhere: a sheet that a script constructs is the page's own.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`body *:not(${inside} *) { visibility: hidden } ${inside} { visibility: visible !important }`);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  }, selector);
}

function idOf(subject: string): string {
  const found = opportunities.find(({ name }) => name.startsWith(subject));
  if (!found) throw new Error(`The example company has no opportunity that starts with "${subject}".`);
  return found.id;
}

async function shoot(browser: Browser, { urls }: SandboxUnderTest, picture: Picture, file: string): Promise<void> {
  const { language = 1033, theme = 'light', subject = WARNED, persona = 'project-manager' } = picture;
  const { of, click = [], viewport, forcedColors, list } = picture;
  const page = await openPage(browser, {
    colorScheme: theme,
    ...(viewport ? { viewport } : {}),
    ...(forcedColors ? { forcedColors } : {}),
  });
  await page.clock.setFixedTime(NOW);
  await lookAs(page, urls.formHost, { language, theme, persona });
  const shown = list
    ? 'pagetype=entitylist&etn=crmjira_budget_mapping'
    : `pagetype=entityrecord&etn=opportunity&id=${idOf(subject)}`;
  await page.goto(`${urls.formHost}/main.aspx?${shown}`);
  const drawn = page.locator(`[data-control$="${list ? 'Portfolio' : 'BudgetBurn'}"]`);
  await drawn.locator(':scope > *').first().waitFor();
  // Whatever else stands on the page is drawn too.
  await page.waitForFunction(() => document.querySelector('main [aria-busy=true]') === null);
  // Sums stand when everything is read.
  if (list) await drawn.locator('tfoot tr').first().waitFor();
  for (const selector of click) await page.locator(selector).click();
  await page.evaluate(() => document.fonts.ready);
  await page.mouse.move(0, 0);
  if (of) await hideAround(page, of);
  else await fitToContent(page);
  const taken = await (of ? page.locator(of) : page).screenshot({ animations: 'disabled' });
  if (keepPicture(file, taken)) console.log(`taken anew: ${basename(file)}`);
  await page.context().close();
}

async function main(): Promise<void> {
  const [folder] = process.argv.slice(2);
  // Without the proxy nothing changes the seeded rows while they are being looked at.
  const [sandbox, browser] = await Promise.all([startSandbox({ proxy: 'none', clock: () => NOW }), startBrowser()]);
  try {
    const images = join(repositoryRoot, 'docs', 'images');
    mkdirSync(images, { recursive: true });
    for (const [name, picture] of Object.entries(pictures))
      await shoot(browser, sandbox, picture, join(images, `${name}.png`));
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

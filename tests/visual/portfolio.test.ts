import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Locator, Route } from 'playwright-core';
import { axeFindings } from '../end-to-end/axe-findings';
import { type WatchedPage, openPage, startBrowser } from '../end-to-end/browser';
import { lookAs } from '../end-to-end/look-as';
import { type SandboxUnderTest, startSandbox } from '../end-to-end/sandbox-under-test';
import { MOST_PIXELS, baselineOf, baselines, compare, keepBaseline, showDifference } from './compare';
import { type Look, english, looks } from './looks';
import { otherwiseMade } from './made-with';
import { measure } from './measure';
import { NOW } from './open-scene';
import { type PortfolioScene, portfolioScenes } from './scenes/portfolio';
import { plain } from './shortcomings';
import { STEADY_GLYPHS, STEADY_SHEET } from './steady';

// Milliseconds: a page with all rows takes seconds, on a machine that does ten other things a minute.
jest.setTimeout(300_000);

const approves = process.env['UPDATE_BASELINES'] === '1';
/** Beside the pictures of the form's controls, in a folder of its own. */
const FOLDER = 'portfolio';
const [, darkFrench, forcedFrench] = looks as readonly [Look, Look, Look];
const darkEnglish: Look = { ...darkFrench, name: 'dark-en', language: 1033 };
const forcedEnglish: Look = { ...forcedFrench, name: 'forced-en', language: 1033 };
const french: Look = { ...english, name: 'light-fr', language: 3084 };

/** Each state once or twice, each look and each width with what shows most in it. */
const PICTURES: readonly (readonly [keyof typeof portfolioScenes, Look, number])[] = [
  ['rows', english, 1280],
  ['few', darkFrench, 640],
  ['rows', forcedFrench, 1280],
  ['few', french, 300],
  ['details', english, 1280],
  ['details', darkFrench, 300],
  ['sums', darkEnglish, 1280],
  ['masked', english, 640],
  ['more', darkFrench, 1280],
  ['empty', english, 640],
  ['unread', darkEnglish, 300],
  ['loading', forcedEnglish, 640],
  ['offline', english, 300],
];
const fileOf = (scene: PortfolioScene, look: Look, width: number): string =>
  `${FOLDER}/${scene.name.replace(/\W+/g, '-')}-${look.name}-${width}`;

let sandbox: SandboxUnderTest;
let browser: Browser;

beforeAll(async () => {
  // Without the proxy nothing changes the seeded rows while they are being looked at.
  [sandbox, browser] = await Promise.all([
    startSandbox(4782, { proxy: 'none', clock: () => NOW }),
    startBrowser(STEADY_GLYPHS),
  ]);
  if (approves) mkdirSync(join(baselines, FOLDER), { recursive: true });
});
afterAll(async () => {
  await browser?.close();
  await sandbox?.close();
});

/** Dataverse's own answers, but for the one page of the view that a scene is about. */
const answerAs =
  ({ page, reads }: PortfolioScene) =>
  async (route: Route): Promise<void> => {
    if (!route.request().url().includes('fetchXml=')) return route.continue();
    if (reads === 'hanging') return undefined;
    if (reads === 'refused')
      return route.fulfill({ status: 500, json: { error: { code: '0x1', message: 'refused' } } });
    if (!page) return route.continue();
    const response = await route.fetch();
    return route.fulfill({ response, json: page(await response.json()) });
  };

/** Opens the list page in a scene. */
async function open(scene: PortfolioScene, look: Look): Promise<{ page: WatchedPage; control: Locator }> {
  const page = await openPage(browser, {
    viewport: { width: 1400, height: 800 },
    forcedColors: look.forcedColors ? 'active' : 'none',
    colorScheme: look.theme,
  });
  page.setDefaultTimeout(60_000);
  await page.clock.setFixedTime(NOW);
  const url = sandbox.urls.formHost;
  await lookAs(page, url, { ...look, persona: scene.persona ?? 'project-manager' });
  await page.route('**/api/data/v9.2/crmjira_budget_mappings?*', answerAs(scene));
  await page.goto(`${url}/main.aspx?pagetype=entitylist&etn=crmjira_budget_mapping`);
  // The policy of the page allows no style from elsewhere: a sheet that a script constructs is the page's own.
  await page.evaluate((text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  }, STEADY_SHEET);
  await page.evaluate(() => document.fonts.ready);
  const control = page.locator('[data-control$="Portfolio"]');
  await control.locator(`[aria-busy=${scene.reads === 'hanging'}]`).waitFor();
  await settled(page, control);
  for (const name of scene.press ?? []) {
    // Names are those of the English texts; the rows and tools stand in the same order in French.
    await pressed(page, look, name);
    await settled(page, control);
  }
  if (scene.offline) {
    await page.context().setOffline(true);
    // The host tells of it with its next update.
    await page.setViewportSize({ width: 1390, height: 800 });
    await settled(page, control);
  }
  return { page, control };
}

const IN_FRENCH: Readonly<Record<string, string>> = {
  Select: 'Sélectionner',
  Details: 'Détails',
  of: 'de',
  Resolve: 'Résoudre',
  discrepancy: 'l’écart',
};

async function pressed(page: WatchedPage, { language }: Look, name: RegExp): Promise<void> {
  const wanted = language === 1033 ? name.source : name.source.replace(/\w+/g, (word) => IN_FRENCH[word] ?? word);
  const found = page.getByRole('button', { name: new RegExp(wanted) });
  await found
    .or(page.getByRole('checkbox', { name: new RegExp(wanted) }))
    .first()
    .click();
  await page.mouse.move(0, 0);
}

/** Waits until everything is read and drawn the same again. */
async function settled(page: WatchedPage, control: Locator): Promise<void> {
  for (let looks = 0, before = ''; looks < 150; looks += 1) {
    const now = await control.innerHTML();
    if (now === before && !/Reading the details|Lecture des détails/.test(now)) return;
    before = now;
    await page.waitForTimeout(150);
  }
  throw new Error('The page never came to rest.');
}

async function atWidth(control: Locator, width: number): Promise<void> {
  await control.evaluate((element, wanted) => {
    const background = getComputedStyle(document.body).backgroundColor;
    Object.assign(element.style, {
      background,
      position: 'absolute',
      inset: '0 auto auto 0',
      zIndex: '1000',
      width: `${wanted}px`,
    });
  }, width);
}

test.each(
  PICTURES.map(([name, look, width]) => [fileOf(portfolioScenes[name], look, width), name, look, width] as const),
)(
  'R-211 %s looks as it was approved, axe finds nothing, nothing is cut off or out of order',
  async (file, name, look, width) => {
    const { page, control } = await open(portfolioScenes[name], look);
    await atWidth(control, width);
    await settled(page, control);
    if (look.language === 1033) {
      const said = plain(await control.ariaSnapshot());
      for (const line of portfolioScenes[name].says) expect(said).toContain(line);
    }
    const before = baselineOf(file);
    let picture = await control.screenshot({ animations: 'disabled', caret: 'hide' });
    if (before && compare(before, picture).pixels > MOST_PIXELS) {
      await settled(page, control);
      picture = await control.screenshot({ animations: 'disabled', caret: 'hide' });
    }
    const pixels = before ? compare(before, picture).pixels : Infinity;
    await expect(axeFindings(page, '[data-control]')).resolves.toEqual([]);
    const { sideways, cut, foreign, stops } = await control.evaluate(measure);
    expect({ sideways, cut, foreign, jumps: stops.filter(({ jumps }) => jumps) }).toEqual({
      sideways: false,
      cut: [],
      foreign: [],
      jumps: [],
    });
    expect(page.broke).toEqual([]);
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    await page.context().close();
    if (pixels <= MOST_PIXELS) return;
    const where = showDifference(file, picture, before);
    if (approves) return keepBaseline(file, picture);
    const what = before ? `${pixels} pixels differ from what was approved` : 'nobody has approved a picture yet';
    throw new Error(`${file}: ${what}, see ${where}.${otherwiseMade(browser.version())}`);
  },
);

test.each([
  ['en', english],
  ['fr', french],
] as const)('R-211 R-208 the portfolio is read aloud as it was approved: %s', async (language, look) => {
  const file = join(__dirname, 'transcripts', `portfolio.${language}.txt`);
  const read: string[] = [];
  for (const scene of [portfolioScenes.more, portfolioScenes.details] satisfies PortfolioScene[]) {
    const { page, control } = await open(scene, look);
    const said = plain(await control.ariaSnapshot());
    if (language === 'en') for (const line of scene.says) expect(said).toContain(line);
    read.push(`# ${scene.name}`, said, '');
    await page.context().close();
  }
  const transcript = read.join('\n');
  if (approves) writeFileSync(file, transcript);
  expect(transcript).toBe(existsSync(file) ? readFileSync(file, 'utf8') : 'nobody has approved a transcript yet');
});

test('every approved picture of the portfolio belongs to a state and a look', () => {
  const wanted = PICTURES.map(([name, look, width]) => `${fileOf(portfolioScenes[name], look, width)}.png`);
  const kept = readdirSync(join(baselines, FOLDER)).map((file) => `${FOLDER}/${file}`);
  const orphans = kept.filter((file) => !wanted.includes(file));
  if (approves) for (const file of orphans) rmSync(join(baselines, file));
  else expect(orphans).toEqual([]);
});

import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { axeFindings } from '../end-to-end/axe-findings';
import { startBrowser } from '../end-to-end/browser';
import { brokenWords } from './broken-words';
import { MOST_PIXELS, baselineOf, baselines, compare, keepBaseline, showDifference } from './compare';
import { formHost } from './form-host';
import { type Look, darkFrench, english, forced } from './looks';
import { otherwiseMade } from './made-with';
import { measure } from './measure';
import { type PortfolioPage, openPortfolio } from './open-portfolio';
import { type PortfolioScene, portfolioScenes } from './scenes/portfolio';
import { plain } from './shortcomings';
import { STEADY_GLYPHS } from './steady';

const approves = process.env['UPDATE_BASELINES'] === '1';
/** Beside the pictures of the form's controls, in a folder of its own. */
const FOLDER = 'portfolio';
const darkEnglish: Look = { ...darkFrench, name: 'dark-en', language: 1033 };
const forcedFrench: Look = { ...forced, name: 'forced-fr', language: 3084 };
const french: Look = { ...english, name: 'light-fr', language: 3084 };

/** Each state once or twice, each look and each width with what shows most in it. */
const PICTURES: readonly (readonly [keyof typeof portfolioScenes, Look, number])[] = [
  ['rows', english, 1280],
  ['few', darkFrench, 640],
  ['rows', forcedFrench, 1280],
  ['few', french, 300],
  ['charted', english, 1280],
  ['charted', darkFrench, 300],
  ['details', english, 1280],
  ['details', darkFrench, 300],
  ['sums', darkEnglish, 1280],
  ['masked', english, 640],
  ['more', darkFrench, 1280],
  ['empty', english, 640],
  ['unread', darkEnglish, 300],
  ['loading', forced, 640],
  ['offline', english, 300],
];
const fileOf = (scene: PortfolioScene, look: Look, width: number): string =>
  `${FOLDER}/${scene.name.replace(/\W+/g, '-')}-${look.name}-${width}`;

let browser: Browser;

beforeAll(async () => {
  browser = await startBrowser(STEADY_GLYPHS);
  if (approves) mkdirSync(join(baselines, FOLDER), { recursive: true });
});
const opened = new Map<string, PortfolioPage>();

/** The list in a look, loaded once, in a scene. */
async function shown(scene: PortfolioScene, look: Look): Promise<PortfolioPage> {
  const { persona } = scene;
  const which = `${look.name} ${persona ?? ''}`;
  const before = opened.get(which);
  const portfolio = before ?? (await openPortfolio(browser, formHost(), { look, ...(persona ? { persona } : {}) }));
  opened.set(which, portfolio);
  await portfolio.show(scene);
  return portfolio;
}

afterAll(async () => {
  for (const one of opened.values()) await one.close();
  await browser?.close();
});

test.each(
  PICTURES.map(([name, look, width]) => [fileOf(portfolioScenes[name], look, width), name, look, width] as const),
)(
  'R-211 %s looks as it was approved, axe finds nothing, nothing is cut off or out of order',
  async (file, name, look, width) => {
    const { page, control, atWidth, settled } = await shown(portfolioScenes[name], look);
    await atWidth(width);
    if (look.language === 1033) {
      const said = plain(await control.ariaSnapshot());
      for (const line of portfolioScenes[name].says) expect(said).toContain(line);
    }
    const before = baselineOf(file);
    let picture = await control.screenshot({ animations: 'disabled', caret: 'hide' });
    if (before && compare(before, picture).pixels > MOST_PIXELS) {
      await settled();
      picture = await control.screenshot({ animations: 'disabled', caret: 'hide' });
    }
    const pixels = before ? compare(before, picture).pixels : Infinity;
    await expect(axeFindings(page, '[data-control]')).resolves.toEqual([]);
    const { sideways, cut, overlapping, foreign, stops } = await control.evaluate(measure);
    expect({ sideways, cut, overlapping, foreign, jumps: stops.filter(({ jumps }) => jumps) }).toEqual({
      sideways: false,
      cut: [],
      overlapping: [],
      foreign: [],
      jumps: [],
    });
    expect(page.broke).toEqual([]);
    if (pixels <= MOST_PIXELS) return;
    const where = showDifference(file, picture, before);
    if (approves) return keepBaseline(file, picture);
    const what = before ? `${pixels} pixels differ from what was approved` : 'nobody has approved a picture yet';
    throw new Error(`${file}: ${what}, see ${where}.${otherwiseMade(browser.version())}`);
  },
);

test.each([
  ['markup', 1280],
  ['markup', 320],
  ['much', 1280],
  ['much', 320],
] as const)(
  'R-211 R-1225 text that comes from Jira is text in the portfolio, whatever it looks like: %s at %s px',
  async (name, width) => {
    const scene = portfolioScenes[name];
    const { page, control, atWidth } = await shown(scene, english);
    await atWidth(width);
    const said = plain(await control.ariaSnapshot());
    for (const line of scene.says) expect(said).toContain(line);
    const { sideways, cut, overlapping, foreign, links } = await control.evaluate(measure);
    expect({ sideways, cut, overlapping, foreign, links }).toEqual({
      sideways: false,
      cut: [],
      overlapping: [],
      foreign: [],
      links: [],
    });
    await expect(axeFindings(page, '[data-control]')).resolves.toEqual([]);
    // Its address is no web address: the tool that would open it does nothing.
    if (name === 'markup')
      await expect(control.getByRole('button', { name: 'Open in Jira' }).getAttribute('aria-disabled')).resolves.toBe(
        'true',
      );
    expect(await page.evaluate(() => 'broken' in window)).toBe(false);
    expect(page.broke).toEqual([]);
  },
);

// What pages of 320, 1200 and 1280 pixels leave, the narrowest that a table gets, and a window of 200 % zoom.
test.each([
  ['en', english],
  ['fr', french],
] as const)(
  'R-211 R-208 no word is broken and nothing sticks out, however narrow the list: %s',
  async (_name, look) => {
    const { control, atWidth } = await shown(portfolioScenes.rows, look);
    const found: Record<number, unknown> = {};
    for (const width of [270, 610, 1094, 1125, 1174]) {
      await atWidth(width);
      const { sideways, overlapping } = await control.evaluate(measure);
      found[width] = { sideways, overlapping, broken: await control.evaluate(brokenWords) };
    }
    const well = { sideways: false, overlapping: [], broken: [] };
    expect(found).toEqual({ 270: well, 610: well, 1094: well, 1125: well, 1174: well });
  },
);

test.each([
  ['en', english],
  ['fr', french],
] as const)('R-211 R-208 the portfolio is read aloud as it was approved: %s', async (language, look) => {
  const file = join(__dirname, 'transcripts', `portfolio.${language}.txt`);
  const read: string[] = [];
  for (const scene of [portfolioScenes.more, portfolioScenes.details] satisfies PortfolioScene[]) {
    const { control } = await shown(scene, look);
    const said = plain(await control.ariaSnapshot());
    if (language === 'en') for (const line of scene.says) expect(said).toContain(line);
    read.push(`# ${scene.name}`, said, '');
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

import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Locator } from 'playwright-core';
import { axeFindings } from '../end-to-end/axe-findings';
import { startBrowser } from '../end-to-end/browser';
import { MOST_PIXELS, baselineOf, baselines, compare, keepBaseline, showDifference } from './compare';
import { formHost } from './form-host';
import { type Look, darkFrench, english, forced, isDrawnIn, looks, pictureOf, widthOf, widths } from './looks';
import { otherwiseMade } from './made-with';
import { type ScenePage, openScenes } from './open-scene';
import { PAGE_PICTURE } from './page-scene';
import { type ControlName, type PersonaId, type Scene, controlsOf, linesFor } from './scene';
import { scenes } from './scenes';
import { shortcomings } from './shortcomings';
import { STEADY_GLYPHS } from './steady';

/** `npm run visual -- --update` approves what is drawn now; look at the pictures before they are committed. */
const approves = process.env['UPDATE_BASELINES'] === '1';

const STILL = { animations: 'disabled', caret: 'hide' } as const;

let browser: Browser;

beforeAll(async () => {
  browser = await startBrowser(STEADY_GLYPHS);
});
afterAll(async () => {
  await browser.close();
});

const named = scenes.map((scene) => [`${scene.name} (${controlsOf(scene).join(', ')})`, scene] as const);

const isPictured = (scene: Scene, look: Look): boolean => !scene.unpictured && isDrawnIn(scene.name, look);

/** A picture that is as it was approved at once, or else what a busy machine draws last. */
async function pictureLike(before: Buffer | null, opened: ScenePage, control: Locator): Promise<[Buffer, number]> {
  for (let tries = 3; ; tries -= 1) {
    const picture = await control.screenshot(STILL);
    const pixels = before ? compare(before, picture).pixels : 0;
    if (pixels <= MOST_PIXELS || tries === 1) return [picture, pixels];
    await opened.settled();
  }
}

/** What is to be said about the picture of one control; empty: it is as it was approved, or is approved now. */
async function complaint(opened: ScenePage, scene: Scene, name: ControlName, look: Look): Promise<string[]> {
  const control = opened.control(name);
  const file = pictureOf(scene, name, look);
  const before = baselineOf(file);
  const [picture, pixels] = await opened.atWidth(control, widthOf(scene, name, look), () =>
    pictureLike(before, opened, control),
  );
  if (before && pixels <= MOST_PIXELS) return [];
  const where = showDifference(file, picture, before);
  if (approves) keepBaseline(file, picture);
  const what = before ? `${pixels} pixels differ from what was approved` : 'nobody has approved a picture yet';
  return approves ? [] : [`${file}: ${what}, see ${where}.`];
}

/** What is wrong with a form at each width of its window; with a person, also with what it says and offers to them. */
async function wrongAt(
  opened: ScenePage,
  scene: Scene,
  windows: readonly number[],
  persona: PersonaId | null,
  axe: Parameters<typeof axeFindings>[1] = { selector: '[data-control]' },
): Promise<string[]> {
  const found: string[] = [];
  for (const width of windows) {
    await opened.setViewport(width);
    for (const control of controlsOf(scene)) {
      const wrong = await shortcomings(opened, control, persona && linesFor(scene, control, persona));
      found.push(...wrong.map((sentence) => `${control} at ${width} px ${sentence}`));
    }
    if (await opened.scrollsSideways()) found.push(`The form scrolls sideways at ${width} px`);
  }
  const { page } = opened;
  if (await page.evaluate(() => 'broken' in window)) found.push('Text has become a script');
  return [...found, ...(await axeFindings(page, axe)), ...page.broke];
}

/**
 * A form is loaded once a language, and drawn in the looks that it has there. Windows in CSS pixels: a desktop, one of 1,280 px at
 * 200 %, and at 400 % or a small phone. Who decides sees the most buttons.
 */
describe.each([
  { drawn: 'en', looks: [english, forced], windows: [1400, 640, 320], reader: 'project-manager' },
  // What is said is compared in English; French words are longer.
  { drawn: 'fr', looks: [darkFrench], windows: [320], reader: null },
] as const)('$drawn', ({ looks: drawnAs, windows, reader }) => {
  let opened: ScenePage;
  beforeAll(async () => {
    opened = await openScenes(browser, formHost(), { look: drawnAs[0] });
  });
  afterAll(() => opened.close());

  test.each(named.filter(([, scene]) => drawnAs.some((look) => isPictured(scene, look)) || reader !== null))(
    'R-208 %s: says so, offers no more, loses nothing at 200 %% and at 320 px, is read in the order of Tab, looks as it was approved',
    async (_name, scene) => {
      await opened.show(scene);
      const axe = { selector: '[data-control]', ...(reader === null ? { only: 'colours' as const } : {}) };
      expect(await wrongAt(opened, scene, windows, reader, axe)).toEqual([]);
      await opened.show(scene);
      const complaints: string[] = [];
      for (const look of drawnAs.filter((one) => isPictured(scene, one))) {
        await opened.setForcedColors(look.forcedColors);
        for (const control of controlsOf(scene)) complaints.push(...(await complaint(opened, scene, control, look)));
        await opened.setForcedColors(false);
      }
      if (complaints.length > 0)
        throw new Error(
          [...complaints, `On purpose? npm run visual -- --update.${otherwiseMade(browser.version())}`].join('\n'),
        );
    },
  );
});

/** States that are not the same for everybody. */
const judgedByPerson = named.filter(([, { sees }]) => Object.values(sees).some((lines) => 'admin' in lines));

describe.each([
  ['sales-rep', [1400, 320]],
  ['admin', [1400]],
] as const)('as %s', (persona, windows) => {
  let opened: ScenePage;
  beforeAll(async () => {
    opened = await openScenes(browser, formHost(), { look: english, persona });
  });
  afterAll(() => opened.close());

  test.each(judgedByPerson)('R-208 %s: says so and offers no more', async (_name, scene) => {
    await opened.show(scene);
    expect(await wrongAt(opened, scene, windows, persona)).toEqual([]);
  });
});

test('what is broken on purpose is found', async () => {
  const opened = await openScenes(browser, formHost(), { look: english });
  const running = scenes.find(({ name }) => name === 'running');
  if (!running) throw new Error('There is no such scene.');
  await opened.show(running);
  await opened.control('JiraProject').evaluate((box) => {
    box.querySelector<HTMLElement>('a')?.setAttribute('tabindex', '5');
    const first = box.querySelector('dd');
    if (first) first.style.cssText = 'overflow: hidden; white-space: nowrap; width: 20px';
    const [, second, third] = box.querySelectorAll('dd');
    if (second) second.style.cssText = 'overflow: clip; height: 8px';
    if (third) third.style.cssText = 'position: relative; top: -14px';
    const wide = document.createElement('div');
    wide.style.width = '3000px';
    wide.append(document.createElement('iframe'));
    box.firstElementChild?.append(wide);
  });
  const found = await shortcomings(opened, 'JiraProject', ['text: Never said', 'button "Never offered"']);
  await opened.close();
  expect(found.map((sentence) => sentence.split(' ').slice(0, 3).join(' '))).toEqual([
    'does not say',
    'does not say',
    'offers link "Open',
    'does not offer',
    'scrolls sideways',
    'cuts off :',
    'cuts off :',
    'draws over each',
    'holds a IFRAME',
    'is not read',
  ]);
});

test.each(['left', 'top'] as const)(
  'a label that moves by two pixels is noticed, nothing moved is not: %s',
  async (side) => {
    const scene = scenes.find(({ name }) => name === 'running');
    if (!scene) throw new Error('There is no such scene.');
    const opened = await openScenes(browser, formHost(), { look: english });
    await opened.show(scene);
    const control = opened.control('JiraProject');
    const before = await control.screenshot(STILL);
    expect(compare(before, await control.screenshot(STILL)).pixels).toBe(0);
    // The shortest of its labels.
    const label = control.getByText('Lead', { exact: true }).first();
    await label.evaluate(
      (element, given) => Object.assign(element.style, { position: 'relative', [given]: '2px' }),
      side,
    );
    expect(compare(before, await control.screenshot(STILL)).pixels).toBeGreaterThan(MOST_PIXELS);
    await opened.close();
  },
);

test('every approved picture belongs to a state and a look, and every width is seen in every look', () => {
  const drawn = looks.flatMap((look) =>
    scenes
      .filter((scene) => isPictured(scene, look))
      .flatMap((scene) => controlsOf(scene).map((control) => ({ look, scene, control }))),
  );
  const wanted = new Set(drawn.map(({ look, scene, control }) => pictureOf(scene, control, look)));
  const kept = readdirSync(baselines).filter((file) => file.endsWith('.png') && !file.startsWith(PAGE_PICTURE));
  const orphans = kept.filter((file) => !wanted.has(file.replace(/\.png$/, '')));
  if (approves) for (const file of orphans) rmSync(join(baselines, file));
  else expect(orphans).toEqual([]);
  const seen = drawn.map(({ look, scene, control }) => `${look.name} ${widthOf(scene, control, look)}`);
  expect(new Set(seen).size).toBe(looks.length * widths.length);
});

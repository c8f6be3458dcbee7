import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Locator } from 'playwright-core';
import { axeFindings } from '../end-to-end/axe-findings';
import { startBrowser } from '../end-to-end/browser';
import { type SandboxUnderTest, startSandbox } from '../end-to-end/sandbox-under-test';
import { MOST_PIXELS, baselineOf, baselines, compare, keepBaseline, showDifference } from './compare';
import { english, looks, pictureOf, widthOf, widths } from './looks';
import { otherwiseMade } from './made-with';
import { NOW, type ScenePage, openScenes } from './open-scene';
import { PAGE_PICTURE } from './page-scene';
import { type ControlName, type Scene, controlsOf } from './scene';
import { scenes } from './scenes';
import { STEADY_GLYPHS } from './steady';

/** `npm run visual -- --update` approves what is drawn now; look at the pictures before they are committed. */
const approves = process.env['UPDATE_BASELINES'] === '1';

const STILL = { animations: 'disabled', caret: 'hide' } as const;

let sandbox: SandboxUnderTest;
let browser: Browser;

beforeAll(async () => {
  // Without the proxy nothing changes the seeded rows while they are being looked at.
  [sandbox, browser] = await Promise.all([
    startSandbox({ proxy: 'none', clock: () => NOW }),
    startBrowser(STEADY_GLYPHS),
  ]);
});
afterAll(async () => {
  await browser.close();
  await sandbox.close();
});

const pictured = scenes.filter(({ unpictured }) => !unpictured).map((scene) => [scene.name, scene] as const);
const pairs = pictured.flatMap(([, scene]) => controlsOf(scene).map((control) => [scene, control] as const));

/** A picture that is as it was approved at once, or else what a busy machine draws last. */
async function pictureLike(before: Buffer | null, opened: ScenePage, control: Locator): Promise<[Buffer, number]> {
  for (let tries = 3; ; tries -= 1) {
    const picture = await control.screenshot(STILL);
    const pixels = before ? compare(before, picture).pixels : 0;
    if (pixels <= MOST_PIXELS || tries === 1) return [picture, pixels];
    await opened.settled();
  }
}

describe.each(looks.map((look) => [look.name, look] as const))('%s', (_look, look) => {
  let opened: ScenePage;
  beforeAll(async () => {
    opened = await openScenes(browser, sandbox.urls.formHost, { look });
  });
  afterAll(() => opened.close());

  /** What is to be said about the picture of one control; null: it is as it was approved, or is approved now. */
  async function complaint(scene: Scene, name: ControlName): Promise<string | null> {
    const control = opened.control(name);
    const file = pictureOf(scene, name, look);
    const before = baselineOf(file);
    const [picture, pixels] = await opened.atWidth(control, widthOf(scene, name, look), () =>
      pictureLike(before, opened, control),
    );
    if (before && pixels <= MOST_PIXELS) return null;
    const where = showDifference(file, picture, before);
    if (approves) keepBaseline(file, picture);
    const what = before ? `${pixels} pixels differ from what was approved` : 'nobody has approved a picture yet';
    return approves ? null : `${file}: ${what}, see ${where}.`;
  }

  test.each(pictured)('%s: each control looks as it was approved, and axe finds nothing', async (_, scene) => {
    await opened.show(scene);
    // In English and light the tests of personas ask it; forced colours leave it nothing to judge.
    if (look.theme === 'dark') await expect(axeFindings(opened.page, '[data-control]')).resolves.toEqual([]);
    const complaints: string[] = [];
    for (const name of controlsOf(scene)) complaints.push((await complaint(scene, name)) ?? '');
    const said = complaints.filter((text) => text !== '');
    if (said.length > 0)
      throw new Error(
        [...said, `On purpose? npm run visual -- --update.${otherwiseMade(browser.version())}`].join('\n'),
      );
  });
});

test.each(['left', 'top'] as const)(
  'a label that moves by two pixels is noticed, nothing moved is not: %s',
  async (side) => {
    const scene = scenes.find(({ name }) => name === 'running');
    if (!scene) throw new Error('There is no such scene.');
    const opened = await openScenes(browser, sandbox.urls.formHost, { look: english });
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
  const wanted = new Set(looks.flatMap((look) => pairs.map(([scene, control]) => pictureOf(scene, control, look))));
  const kept = readdirSync(baselines).filter((file) => file.endsWith('.png') && !file.startsWith(PAGE_PICTURE));
  const orphans = kept.filter((file) => !wanted.has(file.replace(/\.png$/, '')));
  if (approves) for (const file of orphans) rmSync(join(baselines, file));
  else expect(orphans).toEqual([]);
  const seen = looks.flatMap((look) =>
    pairs.map(([scene, control]) => `${look.name} ${widthOf(scene, control, look)}`),
  );
  expect(new Set(seen).size).toBe(looks.length * widths.length);
});

import type { Browser } from 'playwright-core';
import { axeFindings } from '../end-to-end/axe-findings';
import { startBrowser } from '../end-to-end/browser';
import { type SandboxUnderTest, startSandbox } from '../end-to-end/sandbox-under-test';
import { english } from './looks';
import { NOW, type ScenePage, openScenes } from './open-scene';
import { controlsOf, linesFor, type PersonaId, personaIds } from './scene';
import { scenes } from './scenes';
import { shortcomings } from './shortcomings';
import { STEADY_GLYPHS } from './steady';

/**
 * CSS pixels of the window: a desktop, a window of 1,280 px at 200 %, and at 400 % or a small phone. Who decides sees the most
 * buttons; what administrators see differs in what is offered alone.
 */
const WINDOWS: Readonly<Record<PersonaId, readonly number[]>> = {
  'sales-rep': [1400, 640, 320],
  'project-manager': [1400, 320],
  admin: [1400],
};

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

/** Whether the form scrolls sideways, and still does after what a busy machine may need to lay it out. */
const staysSideways = (page: ScenePage['page']): Promise<boolean> =>
  page
    .waitForFunction(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth, null, {
      timeout: 2_000,
    })
    .then(
      () => false,
      () => true,
    );

describe.each(personaIds)('as %s', (persona) => {
  let opened: ScenePage;
  beforeAll(async () => {
    opened = await openScenes(browser, sandbox.urls.formHost, { look: english, persona });
  });
  afterAll(() => opened.close());

  test.each(scenes.map((scene) => [`${scene.name} (${controlsOf(scene).join(', ')})`, scene] as const))(
    'R-208 %s: says so, offers no more, is read in the order of Tab, and loses nothing at 200 %% and at 320 px',
    async (_name, scene) => {
      const { page } = opened;
      const found: string[] = [];
      await opened.show(scene);
      for (const width of WINDOWS[persona]) {
        await opened.setViewport(width);
        for (const control of controlsOf(scene)) {
          const wrong = await shortcomings(opened, control, linesFor(scene, control, persona));
          found.push(...wrong.map((sentence) => `${control} at ${width} px ${sentence}`));
        }
        if (await staysSideways(page)) found.push(`The form scrolls sideways at ${width} px`);
      }
      expect(found).toEqual([]);
      await expect(axeFindings(page, '[data-control]')).resolves.toEqual([]);
      expect(await page.evaluate(() => 'broken' in window)).toBe(false);
      expect(page.broke).toEqual([]);
    },
  );
});

test('what is broken on purpose is found', async () => {
  const opened = await openScenes(browser, sandbox.urls.formHost, { look: english });
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

import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { startBrowser } from '../end-to-end/browser';
import { type SandboxUnderTest, startSandbox } from '../end-to-end/sandbox-under-test';
import { MOST_PIXELS, baseline, differences, differing, keepBaseline } from './compare';
import { baselineOf, looks, widthOf, widths } from './looks';
import { NOW, STEADY_GLYPHS, type StatePage, openStates, setWidth } from './open-state';
import { states } from './states';

jest.setTimeout(120_000);

/** `UPDATE_BASELINES=1 npm run visual` keeps what is drawn now; look at the pictures before they are committed. */
const keeps = process.env.UPDATE_BASELINES === '1';

const STILL = { animations: 'disabled', caret: 'hide' } as const;

let sandbox: SandboxUnderTest;
let browser: Browser;

beforeAll(async () => {
  // Without the proxy nothing changes the seeded rows while they are being looked at.
  [sandbox, browser] = await Promise.all([
    startSandbox(4706, { proxy: 'none', clock: () => NOW }),
    startBrowser(STEADY_GLYPHS),
  ]);
});
afterAll(async () => {
  await browser.close();
  await sandbox.close();
});

const everyState = states.map((state) => [`${state.control}: ${state.name}`, state] as const);

describe.each(looks.map((look) => [look.name, look] as const))('%s', (_look, look) => {
  let opened: StatePage;
  beforeAll(async () => {
    opened = await openStates(browser, sandbox.urls.formHost, { look });
  });
  afterAll(() => opened.close());

  test.each(everyState)('%s looks as it was approved', async (_name, state) => {
    const control = await opened.show(state);
    await setWidth(control, widthOf(state, look));
    const name = baselineOf(state, look);
    const picture = await control.screenshot(STILL);
    if (keeps) keepBaseline(name, picture);
    const before = baseline(name);
    if (!before) throw new Error(`${name}: there is no baseline. UPDATE_BASELINES=1 npm run visual makes it.`);
    const { pixels, picture: difference } = differing(before, picture);
    if (pixels > MOST_PIXELS) {
      mkdirSync(differences, { recursive: true });
      writeFileSync(join(differences, `${name}.png`), difference);
      throw new Error(`${name}: ${pixels} pixels differ, see .visual/${name}.png`);
    }
  });
});

test('a label that moves by two pixels is noticed, nothing moved is not', async () => {
  const state = states.find(({ control, name }) => control === 'JiraProject' && name === 'linked');
  const [look] = looks;
  if (!state || !look) throw new Error('There is no such state.');
  const opened = await openStates(browser, sandbox.urls.formHost, { look });
  const control = await opened.show(state);
  await setWidth(control, 640);
  const before = await control.screenshot(STILL);
  expect(differing(before, await control.screenshot(STILL)).pixels).toBe(0);
  const label = control.getByText('Lead', { exact: true }).first();
  await label.evaluate((element) => Object.assign(element.style, { position: 'relative', left: '2px' }));
  expect(differing(before, await control.screenshot(STILL)).pixels).toBeGreaterThan(MOST_PIXELS);
  await opened.close();
});

test('every baseline belongs to a state and a look, and every width is seen in every look', () => {
  const wanted = states.flatMap((state) => looks.map((look) => `${baselineOf(state, look)}.png`));
  expect(readdirSync(join(__dirname, 'baseline')).toSorted()).toEqual(wanted.toSorted());
  const seen = new Set(states.flatMap((state) => looks.map((look) => `${look.name} ${widthOf(state, look)}`)));
  expect(seen.size).toBe(looks.length * widths.length);
});

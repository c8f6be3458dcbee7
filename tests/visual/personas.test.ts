import type { Browser } from 'playwright-core';
import { personas } from '../../sandbox/src/form-host/server/personas';
import { startBrowser } from '../end-to-end/browser';
import { type SandboxUnderTest, startSandbox } from '../end-to-end/sandbox-under-test';
import { looks } from './looks';
import { NOW, STEADY_GLYPHS, type StatePage, drawn, openStates } from './open-state';
import { states } from './states';

jest.setTimeout(120_000);

let sandbox: SandboxUnderTest;
let browser: Browser;

beforeAll(async () => {
  [sandbox, browser] = await Promise.all([
    startSandbox(4708, { proxy: 'none', clock: () => NOW }),
    startBrowser(STEADY_GLYPHS),
  ]);
});
afterAll(async () => {
  await browser.close();
  await sandbox.close();
});

const english = looks.find(({ language }) => language === 1033);
if (!english) throw new Error('No look is English.');

/** What Tab visits inside a control, as its place on the page: line, then distance from the left. */
const places = `(box) => {
  const found = [];
  const inside = document.querySelectorAll('a[href], button, input, select, textarea, [tabindex]');
  for (const element of inside) {
    if (!box.contains(element) || element.tabIndex < 0 || element.disabled) continue;
    const { top, left, height, width } = element.getBoundingClientRect();
    if (width > 0) found.push({ middle: top + height / 2, left });
  }
  return found;
}`;

/** Text that is cut off: wider or higher than the box that hides what does not fit. */
const cut = `(box) => [...box.querySelectorAll('*')]
  .filter((element) => {
    const { overflowX, position } = getComputedStyle(element);
    const isHiddenOnPurpose = position === 'absolute' && element.clientWidth <= 1;
    return !isHiddenOnPurpose && overflowX === 'hidden' && element.scrollWidth > element.clientWidth + 1;
  })
  .map((element) => element.className + ': ' + element.textContent.slice(0, 60))`;

describe.each(personas.map(({ id }) => id))('as %s', (persona) => {
  let opened: StatePage;
  beforeAll(async () => {
    opened = await openStates(browser, sandbox.urls.formHost, { look: english, persona });
  });
  afterAll(() => opened.close());

  test.each(states.map((state) => [`${state.control}: ${state.name}`, state] as const))(
    '%s says so, is read in the order of Tab, and loses nothing at 200 % and at 320 px',
    async (_name, state) => {
      const { page } = opened;
      const control = await opened.show(state);
      const line = 12;
      // a function as text: it runs on the page, which has no types
      const stops: { middle: number; left: number }[] = await control.evaluate(
        `(${places})(document.querySelector('[data-control$="${state.control}"]'))`,
      );
      const asRead = stops.toSorted((a, b) =>
        Math.abs(a.middle - b.middle) > line ? a.middle - b.middle : a.left - b.left,
      );
      expect(stops).toEqual(asRead);
      const words = (await control.innerText()).length;
      // 1,280 px at 200 % are 640 px of layout
      for (const width of [640, 320]) {
        await page.setViewportSize({ width, height: 900 });
        await drawn(page);
        await control.getByText(state.says).first().waitFor();
        const lost = await page.evaluate(`({
          sideways: document.documentElement.scrollWidth > document.documentElement.clientWidth,
          cut: (${cut})(document.querySelector('[data-control$="${state.control}"]')),
        })`);
        expect({ width, ...Object(lost) }).toEqual({ width, sideways: false, cut: [] });
        expect((await control.innerText()).length).toBeGreaterThan(words / 2);
      }
      expect(page.broke).toEqual([]);
    },
  );
});

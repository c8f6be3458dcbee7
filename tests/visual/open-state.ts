import type { Browser, Locator, Route } from 'playwright-core';
import { personas } from '../../sandbox/src/form-host/server/personas';
import { type WatchedPage, openPage } from '../end-to-end/browser';
import type { Look } from './looks';
import type { Row, State } from './states';

/** A working day's afternoon; the example company's history leads up to it. */
export const NOW = new Date('2025-05-16T18:04:00Z');

/** Glyphs without hinting and without colour fringes: the same on every machine that has the same font. */
export const STEADY_GLYPHS = ['--font-render-hinting=none', '--disable-lcd-text', '--force-device-scale-factor=1'];

/** The one font that the check installs; nothing moves, nothing blinks. */
const STEADY = `
  * { font-family: 'Noto Sans' !important; transition: none !important; animation: none !important; caret-color: transparent !important; }
  html { scrollbar-width: none; }`;

export interface Opened {
  readonly page: WatchedPage;
  readonly control: Locator;
}

/** Opens a state's opportunity and waits until its control says what the state says. */
export async function openState(
  browser: Browser,
  url: string,
  state: State,
  { look, persona = 'project-manager', width = 1400 }: { look: Look; persona?: string; width?: number },
): Promise<Opened> {
  const page = await openPage(browser, {
    viewport: { width, height: 1000 },
    forcedColors: look.forcedColors ? 'active' : 'none',
    colorScheme: look.theme,
  });
  const context = page.context();
  await page.clock.setFixedTime(NOW);
  const settings = JSON.stringify({ language: look.language, theme: look.theme });
  await page.addInitScript((value) => localStorage.setItem('crmjira-page', value), settings);
  if (!personas.some(({ id }) => id === persona)) throw new Error(`There is no persona ${persona}.`);
  await context.addCookies([{ name: 'crmjira-persona', value: persona, url }]);
  await page.route('**/api/data/v9.2/**', (route) => answer(route, state));
  await page.goto(`${url}/main.aspx?pagetype=entityrecord&etn=opportunity&id=${state.opportunity}`);
  await page.addStyleTag({ content: STEADY }).catch(() => undefined);
  const control = page.locator(`[data-control$="${state.control}"]`);
  await control.locator(':scope > *').first().waitFor();
  if (state.offline) {
    await control.locator('[aria-busy=true]').waitFor({ state: 'detached' });
    await context.setOffline(true);
  }
  if (look.language === 1033) await control.getByText(state.says).first().waitFor();
  else await settled(control);
  await page.evaluate(() => document.fonts.ready);
  return { page, control };
}

/** In another language the words differ: the control has come to rest when it draws the same twice. */
async function settled(control: Locator): Promise<void> {
  const patience = 60;
  for (let before = '', same = 0, looked = 0; same < 4; looked += 1) {
    if (looked > patience) throw new Error('The control never came to rest.');
    await control.page().waitForTimeout(150);
    const now = await control.innerHTML();
    same = now === before ? same + 1 : 0;
    before = now;
  }
}

/** Dataverse's own answer, with the columns that the state is about. */
async function answer(route: Route, { rows = {}, denied }: State): Promise<void> {
  const { pathname } = new URL(route.request().url());
  const set = /\/v9\.2\/(\w+)/.exec(pathname)?.[1] ?? '';
  if (set === denied && route.request().method() === 'GET') {
    const error = { code: '0x80040220', message: 'Principal user is missing prvRead privilege.' };
    return route.fulfill({ status: 403, json: { error } });
  }
  const change = rows[set];
  if (!change || route.request().method() !== 'GET') return route.continue();
  const response = await route.fetch();
  if (response.status() !== 200) return route.fulfill({ response });
  const body: Row = await response.json();
  const shown = Array.isArray(body['value'])
    ? { ...body, value: body['value'].map((row: Row) => ({ ...row, ...change })) }
    : { ...body, ...change };
  return route.fulfill({ response, json: shown });
}

/** Gives the control a width of its own, above everything else of the page. */
export async function setWidth(control: Locator, width: number): Promise<void> {
  await control.evaluate((element, pixels) => {
    Object.assign(element.style, {
      position: 'fixed',
      inset: '0 auto auto 0',
      zIndex: '1000',
      width: `${pixels}px`,
      background: getComputedStyle(document.body).backgroundColor,
    });
  }, width);
  // the resize observer reports before the next frame is painted; React draws within the one after it
  await control.evaluate(
    () =>
      new Promise<void>((done) =>
        requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(() => done()))),
      ),
  );
}

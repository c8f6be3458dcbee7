import type { Browser, Locator, Page, Route } from 'playwright-core';
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

/** A form in one look, as one person, that is taken from state to state without being loaded again. */
export interface StatePage {
  readonly page: WatchedPage;
  /** Opens a state's opportunity and waits until its control says what the state says. */
  show(state: State): Promise<Locator>;
  close(): Promise<void>;
}

export async function openStates(
  browser: Browser,
  url: string,
  { look, persona = 'project-manager' }: { look: Look; persona?: string },
): Promise<StatePage> {
  if (!personas.some(({ id }) => id === persona)) throw new Error(`There is no persona ${persona}.`);
  const page = await openPage(browser, {
    viewport: ROOMY,
    forcedColors: look.forcedColors ? 'active' : 'none',
    colorScheme: look.theme,
  });
  const context = page.context();
  const shown: { state: State | null } = { state: null };
  await page.clock.setFixedTime(NOW);
  const settings = JSON.stringify({ language: look.language, theme: look.theme });
  await page.addInitScript((value) => localStorage.setItem('crmjira-page', value), settings);
  await context.addCookies([{ name: 'crmjira-persona', value: persona, url }]);
  await page.route('**/api/data/v9.2/**', (route) => (shown.state ? answer(route, shown.state) : route.continue()));
  await page.goto(url);
  await steady(page);
  await page.getByRole('main').getByRole('link').first().waitFor();

  /** Goes to an address as the browser's own back button does: no reload. */
  const goTo = (address: string) =>
    page.evaluate((to) => {
      history.pushState(null, '', to);
      dispatchEvent(new PopStateEvent('popstate'));
    }, address);

  async function show(state: State): Promise<Locator> {
    await context.setOffline(false);
    await page.setViewportSize(ROOMY);
    // the same record again would not be opened anew
    if (shown.state?.opportunity === state.opportunity) await goTo('/');
    shown.state = state;
    await goTo(`/main.aspx?pagetype=entityrecord&etn=opportunity&id=${state.opportunity}`);
    const control = page.locator(`[data-control$="${state.control}"]`);
    await control.locator(':scope > *').first().waitFor();
    await control.locator('[aria-busy=true]').waitFor({ state: 'detached' });
    if (state.offline) await context.setOffline(true);
    if (look.language === 1033) await control.getByText(state.says).first().waitFor();
    await settled(control);
    return control;
  }
  return { page, show, close: () => context.close() };
}

/** Room for a control of 1,280 px. */
const ROOMY = { width: 1400, height: 800 };

/** The policy of the page allows no style from elsewhere: a sheet that a script constructs is the page's own. */
async function steady(page: WatchedPage): Promise<void> {
  await page.evaluate((text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  }, STEADY);
  await page.evaluate(() => document.fonts.ready);
}

/** A control has come to rest when it draws the same again and again; in another language its words do not tell. */
async function settled(control: Locator): Promise<void> {
  const patience = 60;
  for (let before = '', same = 0, looked = 0; same < 2; looked += 1) {
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
  await drawn(control.page());
}

/** The resize observer reports before the next frame is painted; React draws within the one after it. */
export async function drawn(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (let frames = 0; frames < 3; frames += 1) await new Promise((next) => requestAnimationFrame(next));
  });
}

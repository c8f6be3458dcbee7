import type { Browser, BrowserContextOptions, Locator } from 'playwright-core';
import { type WatchedPage, openPage } from '../end-to-end/browser';
import { lookAs } from '../end-to-end/look-as';
import { answerAs } from './answer-as';
import type { Look } from './looks';
import type { ControlName, PersonaId, Scene } from './scene';
import { SEEN_THROUGH } from './seen-through';
import { comeToRest, steady } from './steady';

/** A working day's afternoon; the example company's history leads up to it. */
export const NOW = new Date('2025-05-16T18:04:00Z');

/** Room for a control of 1,280 px. */
export const ROOMY = { width: 1400, height: 800 };

/** A form in one look, as one person, that is taken from scene to scene without being loaded again. */
export interface ScenePage {
  readonly page: WatchedPage;
  /** Opens a scene's opportunity and waits until its controls have come to rest; nothing is done where it stands already. */
  show(scene: Scene): Promise<void>;
  control(name: ControlName): Locator;
  setViewport(width: number): Promise<void>;
  /** Whether the form scrolls sideways, and still does after what a busy machine may need to lay it out. */
  scrollsSideways(): Promise<boolean>;
  setForcedColors(active: boolean): Promise<void>;
  /** Gives a control a width of its own, above everything else of the page, for as long as it is looked at. */
  atWidth<T>(control: Locator, width: number, look: () => Promise<T>): Promise<T>;
  /** Waits until the controls have read everything and draw the same again. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

export async function openScenes(
  browser: Browser,
  url: string,
  {
    look,
    persona = 'project-manager',
    ...options
  }: { look: Look; persona?: PersonaId } & Pick<BrowserContextOptions, 'timezoneId' | 'locale'>,
): Promise<ScenePage> {
  const page = await openPage(browser, {
    viewport: ROOMY,
    forcedColors: look.forcedColors ? 'active' : 'none',
    colorScheme: look.theme,
    ...options,
  });
  const context = page.context();
  const reading = requestsUnderWay(page);
  let shown: Scene | null = null;
  let answer = answerAs({});
  await page.clock.setFixedTime(NOW);
  await lookAs(page, url, { ...look, persona });
  await page.addInitScript(SEEN_THROUGH);
  await page.route('**/api/data/v9.2/**', (route) => answer(route));
  await page.goto(url);
  await steady(page);
  await page.getByRole('main').getByRole('link').first().waitFor();

  const control = (name: ControlName) => page.locator(`[data-control$="${name}"]`);

  const settled = (): Promise<void> => comeToRest(page, () => reading() > 0, shown?.name);

  async function show(scene: Scene): Promise<void> {
    await page.setViewportSize(ROOMY);
    if (shown === scene) return;
    await context.setOffline(false);
    await goTo(page, '/');
    await page.locator('[data-control]').first().waitFor({ state: 'detached' });
    shown = scene;
    answer = answerAs(scene);
    await page.evaluate((how) => Object.assign(window, { seenThrough: how }), scene.context ?? '');
    await goTo(page, `/main.aspx?pagetype=entityrecord&etn=opportunity&id=${scene.opportunity}`);
    await page.locator('[data-control] [aria-busy]').nth(3).waitFor();
    await page.locator('[data-control] [aria-busy=true]').first().waitFor({ state: 'detached' });
    await settled();
    await carryOut(scene);
  }

  async function carryOut({ press, offline }: Scene): Promise<void> {
    if (press) {
      const button = control(press.control).getByRole('button', { name: press.button });
      if (await button.isVisible()) await button.click();
      await settled();
    }
    if (offline) {
      await context.setOffline(true);
      // the next reading now, not in four seconds
      await page.evaluate(() => void document.dispatchEvent(new Event('visibilitychange')));
      await settled();
    }
  }
  const setViewport = async (width: number): Promise<void> => {
    await page.setViewportSize({ width, height: ROOMY.height });
    await settled();
  };
  const atWidth = async <T>(box: Locator, width: number, look: () => Promise<T>): Promise<T> => {
    const setStyle = (style: Readonly<Record<string, string>>) =>
      box.evaluate((element, given) => {
        element.removeAttribute('style');
        const background = getComputedStyle(document.body).backgroundColor;
        if ('width' in given) Object.assign(element.style, { background, ...given });
      }, style);
    await setStyle({ position: 'fixed', inset: '0 auto auto 0', zIndex: '1000', width: `${width}px` });
    await settled();
    try {
      return await look();
    } finally {
      await setStyle({});
    }
  };
  const scrollsSideways = (): Promise<boolean> =>
    page
      .waitForFunction(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth, null, {
        timeout: 2_000,
      })
      .then(
        () => false,
        () => true,
      );
  const setForcedColors = (active: boolean): Promise<void> =>
    page.emulateMedia({ forcedColors: active ? 'active' : 'none' });
  const close = async (): Promise<void> => {
    // the reading that is under way has nobody left to answer
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    await context.close();
  };
  return { page, show, control, setViewport, scrollsSideways, setForcedColors, atWidth, settled, close };
}

/** Goes to an address as the browser's own back button does: no reload. */
export const goTo = (page: WatchedPage, address: string): Promise<void> =>
  page.evaluate((to) => {
    history.pushState(null, '', to);
    dispatchEvent(new PopStateEvent('popstate'));
  }, address);

/** Number of requests to the Web API that are not answered yet. */
export function requestsUnderWay(page: WatchedPage): () => number {
  const open = new Set<unknown>();
  page.on('request', (request) => request.url().includes('/api/data/') && open.add(request));
  for (const event of ['requestfinished', 'requestfailed'] as const)
    page.on(event as 'requestfinished', (request) => open.delete(request));
  // What a page asked that has gone is not waited for.
  page.on('framenavigated', () => open.clear());
  return () => open.size;
}

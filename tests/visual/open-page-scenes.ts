import type { Browser, BrowserContextOptions, Frame } from 'playwright-core';
import { KEPT } from '../../webresources/src/commands/issues/dialog';
import { type WatchedPage, openPage } from '../end-to-end/browser';
import { lookAs } from '../end-to-end/look-as';
import { eventually } from '../plugins-proxy/eventually';
import { answerPageAs } from './answer-page-as';
import { NOW, goTo, requestsUnderWay } from './open-scene';
import type { Act, PageScene } from './page-scene';
import type { PersonaId } from './scene';
import { comeToRest, steady } from './steady';

/** Pixels; a page is as high as its content, which is measured in a frame that is lower than any. */
const LOW = 100;
const WIDE = 1400;

/** Pages of the integration as one person, one after the other, in the frame in which an app shows them. */
export interface PageScenes {
  readonly page: WatchedPage;
  /** Opens a page in its state and waits until it has come to rest. */
  show(scene: PageScene, width: number): Promise<Frame>;
  /** Picture of the whole page that is shown, as wide as given. */
  picture(width: number, forcedColors: boolean): Promise<Buffer>;
  close(): Promise<void>;
}

export async function openPageScenes(
  browser: Browser,
  url: string,
  {
    language,
    theme,
    persona,
    ...options
  }: { language: 1033 | 3084; theme: 'light' | 'dark'; persona: PersonaId } & Pick<
    BrowserContextOptions,
    'timezoneId' | 'locale'
  >,
): Promise<PageScenes> {
  const page = await openPage(browser, { viewport: { width: WIDE, height: LOW }, colorScheme: theme, ...options });
  const context = page.context();
  const underWay = requestsUnderWay(page);
  let answer = answerPageAs({});
  let shown: { readonly scene: PageScene; readonly frame: Frame } | null = null;
  await page.clock.setFixedTime(NOW);
  await lookAs(page, url, { language, theme, persona });
  await page.route('**/api/data/v9.2/**', (route) => answer(route));
  await page.goto(url);
  await page.getByRole('main').getByRole('link').first().waitFor();
  const box = page.locator('iframe.web-resource');

  async function show(scene: PageScene, width: number): Promise<Frame> {
    await context.setOffline(false);
    answer = answerPageAs({});
    await goTo(page, '/');
    await box.waitFor({ state: 'detached' });
    answer = answerPageAs(scene, language);
    const { dialog } = scene;
    if (dialog)
      await page.evaluate(([key, kept]) => sessionStorage.setItem(key, kept), [
        KEPT,
        JSON.stringify(dialog.selection),
      ] as const);
    const query = `pagetype=webresource&webresourceName=crmjira_/pages/${scene.page}.html`;
    const data = dialog ? `task=${dialog.task}` : scene.data;
    const given = `${scene.record ? `&id=${scene.record}` : ''}${data ? `&data=${encodeURIComponent(data)}` : ''}`;
    await goTo(page, `/main.aspx?${query}${given}`);
    await setSize(width, LOW);
    const frame = await eventually(() => frameOf(scene));
    await steady(frame);
    shown = { scene, frame };
    await settled(scene.silent === true);
    for (const act of scene.acts) {
      await carryOut(frame, act);
      await settled();
    }
    return frame;
  }

  /** Puts the frame above everything else of the app. */
  async function setSize(width: number, height: number): Promise<void> {
    await page.setViewportSize({ width: WIDE, height });
    await box.evaluate(
      (element, size) =>
        Object.assign(element.style, {
          position: 'fixed',
          inset: '0 auto auto 0',
          zIndex: '1000',
          border: '0',
          ...size,
        }),
      { width: `${width}px`, height: `${height}px` },
    );
  }

  async function picture(width: number, forcedColors: boolean): Promise<Buffer> {
    if (!shown) throw new Error('There is no page to take a picture of.');
    await page.emulateMedia({ forcedColors: forcedColors ? 'active' : 'none' });
    await setSize(width, LOW);
    await settled();
    await setSize(width, await shown.frame.evaluate(() => document.documentElement.scrollHeight));
    await settled();
    try {
      return await box.screenshot({ animations: 'disabled', caret: 'hide' });
    } finally {
      await page.emulateMedia({ forcedColors: 'none' });
    }
  }

  async function frameOf({ page: name }: PageScene): Promise<Frame> {
    const frame = page.frames().find((one) => one.url().includes(`/WebResources/crmjira_/pages/${name}.html`));
    if (!frame) throw new Error(`${name} is not on the page.`);
    await frame.locator('main').waitFor();
    return frame;
  }

  async function carryOut(frame: Frame, act: Act): Promise<void> {
    if ('press' in act) {
      const found = (role: 'button' | 'checkbox' | 'tab') => frame.getByRole(role, { name: act.press });
      return found('button').or(found('checkbox')).or(found('tab')).first().click();
    }
    if ('type' in act) return frame.getByRole('combobox').or(frame.getByRole('textbox')).first().fill(act.type);
    if ('sees' in act) return frame.getByText(act.sees).first().waitFor();
    answer = (route) => route.abort();
    if (act.fails === 'offline') await context.setOffline(true);
    // the next reading now, not in half a minute
    await frame.evaluate(() => void document.dispatchEvent(new Event('visibilitychange')));
  }

  /** Waits until everything is read and the page draws the same again; of one that waits for an answer, only for the latter. */
  async function settled(waits = shown?.scene.silent === true || shown?.scene.waits === true): Promise<void> {
    if (!shown) throw new Error('There is no page that could come to rest.');
    const { frame } = shown;
    const isBusy = (): boolean => document.querySelector('[aria-busy=true]') !== null;
    await comeToRest(frame, async () => !waits && (underWay() > 0 || (await frame.evaluate(isBusy))));
  }

  return {
    page,
    show,
    picture,
    close: async () => {
      // the reading that is under way has nobody left to answer
      await page.unrouteAll({ behavior: 'ignoreErrors' });
      await context.close();
    },
  };
}

import type { Browser, BrowserContextOptions, Locator, Route } from 'playwright-core';
import { type WatchedPage, openPage } from '../end-to-end/browser';
import { lookAs } from '../end-to-end/look-as';
import type { Look } from './looks';
import { NOW, ROOMY, goTo } from './open-scene';
import type { PersonaId } from './scene';
import type { PortfolioScene } from './scenes/portfolio';
import { comeToRest, steady } from './steady';

/** The list page of the mappings in one look, as one person, that is taken from scene to scene without being loaded again. */
export interface PortfolioPage {
  readonly page: WatchedPage;
  readonly control: Locator;
  /** Opens the list in a scene and waits until it has come to rest. */
  show(scene: PortfolioScene): Promise<void>;
  /** Gives the control a width of its own, above everything else of the page, until the next scene. */
  atWidth(width: number): Promise<void>;
  /** Waits until everything is read and drawn the same again. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** Dataverse's own answers, but for the one page of the view that a scene is about. */
const answerAs =
  ({ page, reads }: PortfolioScene) =>
  async (route: Route): Promise<void> => {
    if (!route.request().url().includes('fetchXml=')) return route.continue();
    if (reads === 'hanging') return undefined;
    if (reads === 'refused')
      return route.fulfill({ status: 500, json: { error: { code: '0x1', message: 'refused' } } });
    if (!page) return route.continue();
    const response = await route.fetch();
    return route.fulfill({ response, json: page(await response.json()) });
  };

export async function openPortfolio(
  browser: Browser,
  url: string,
  {
    look,
    persona = 'project-manager',
    ...options
  }: { readonly look: Look; readonly persona?: PersonaId } & Pick<BrowserContextOptions, 'timezoneId' | 'locale'>,
): Promise<PortfolioPage> {
  const page = await openPage(browser, {
    viewport: ROOMY,
    forcedColors: look.forcedColors ? 'active' : 'none',
    colorScheme: look.theme,
    ...options,
  });
  const context = page.context();
  let answer = (route: Route): Promise<void> => route.continue();
  await page.clock.setFixedTime(NOW);
  await lookAs(page, url, { ...look, persona });
  await page.route('**/api/data/v9.2/crmjira_budget_mappings?*', (route) => answer(route));
  await page.goto(url);
  await steady(page);
  await page.getByRole('main').getByRole('link').first().waitFor();
  const control = page.locator('[data-control$="Portfolio"]');
  const LOADING = /Loading the details|Chargement des détails|<table[^>]*aria-busy="true"/;
  const settled = () => comeToRest(page, async () => LOADING.test(await control.innerHTML()));

  async function show(scene: PortfolioScene): Promise<void> {
    await context.setOffline(false);
    await page.setViewportSize(ROOMY);
    await goTo(page, '/');
    await control.waitFor({ state: 'detached' });
    answer = answerAs(scene);
    await goTo(page, '/main.aspx?pagetype=entitylist&etn=crmjira_budget_mapping');
    await control.locator(`section[aria-busy=${scene.reads === 'hanging'}]`).waitFor();
    await settled();
    for (const name of scene.press ?? []) {
      // Names are those of the English texts; the rows and tools stand in the same order in French.
      await pressed(page, look, name);
      await settled();
    }
    if (scene.offline) {
      await context.setOffline(true);
      // The host tells of it with its next update.
      await page.setViewportSize({ width: 1390, height: 800 });
      await settled();
    }
  }
  return {
    page,
    control,
    show,
    settled,
    atWidth: async (width) => {
      await control.evaluate((element, wanted) => {
        const background = getComputedStyle(document.body).backgroundColor;
        Object.assign(element.style, {
          background,
          position: 'absolute',
          inset: '0 auto auto 0',
          zIndex: '1000',
          width: `${wanted}px`,
        });
      }, width);
      await settled();
    },
    close: async () => {
      await page.unrouteAll({ behavior: 'ignoreErrors' });
      await context.close();
    },
  };
}

const IN_FRENCH: Readonly<Record<string, string>> = {
  Select: 'Sélectionner',
  Details: 'Détails',
  of: 'de',
  Resolve: 'Résoudre',
  discrepancy: 'l’écart',
  Chart: 'Graphique',
};

async function pressed(page: WatchedPage, { language }: Look, name: RegExp): Promise<void> {
  const wanted = language === 1033 ? name.source : name.source.replace(/\w+/g, (word) => IN_FRENCH[word] ?? word);
  const found = page.getByRole('button', { name: new RegExp(wanted) });
  await found
    .or(page.getByRole('checkbox', { name: new RegExp(wanted) }))
    .first()
    .click();
  await page.mouse.move(0, 0);
}

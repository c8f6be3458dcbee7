import type { Browser } from 'playwright-core';
import { startBrowser } from '../end-to-end/browser';
import { formHost } from './form-host';
import { english } from './looks';
import { type PageScenes, openPageScenes } from './open-page-scenes';
import { openPortfolio } from './open-portfolio';
import { openScenes } from './open-scene';
import type { PageName } from './page-scene';
import { type PersonaId, controlsOf } from './scene';
import { scenes } from './scenes';
import { pageScenes } from './scenes/pages';
import { portfolioScenes } from './scenes/portfolio';
import { STEADY_GLYPHS } from './steady';
import { type TabStop, againstReading, tabStops } from './tab-order';

/** CSS pixels: all in one column, and side by side. */
const WIDTHS = [300, 1280] as const;

let browser: Browser;

beforeAll(async () => {
  browser = await startBrowser(STEADY_GLYPHS);
});
afterAll(async () => {
  await browser?.close();
});

const named = <T extends { readonly name: string }>(all: readonly T[], wanted: string): T => {
  const found = all.find(({ name }) => name === wanted);
  if (!found) throw new Error(`There is no scene "${wanted}".`);
  return found;
};

/** Fewest stops, at which there is an order, and what goes against it. */
function judged(stops: readonly TabStop[], fewest: number): string[] {
  const few = stops.length < fewest ? [`only ${stops.length} stops: ${stops.map(({ name }) => name).join()}`] : [];
  const covered = stops.filter((stop) => stop.covered).map(({ name }) => `${name} is covered while it has the focus`);
  return [...few, ...covered, ...againstReading(stops)];
}

test('R-208 R-1936 Tab goes through each control of a form as one reads', async () => {
  const opened = await openScenes(browser, formHost(), { look: english });
  const found: string[] = [];
  for (const name of ['running', 'waiting', 'stale']) {
    const scene = named(scenes, name);
    await opened.show(scene);
    for (const control of controlsOf(scene))
      for (const width of WIDTHS) {
        const box = opened.control(control);
        const stops = await opened.atWidth(box, width, () => tabStops(opened.page, box));
        found.push(...judged(stops, 0).map((sentence) => `${name}, ${control} at ${width} px: ${sentence}`));
      }
  }
  expect(found).toEqual([]);
  await opened.close();
});

test('R-208 R-211 Tab goes through the portfolio as one reads', async () => {
  const { page, control, show, atWidth, close } = await openPortfolio(browser, formHost(), {
    look: english,
  });
  await show(portfolioScenes.details);
  for (const width of WIDTHS) {
    await atWidth(width);
    expect(judged(await tabStops(page, control), 20)).toEqual([]);
  }
  await close();
});

/** The state of each page with most to press. */
const PAGES: readonly (readonly [PageName, string, number])[] = [
  ['integration-health', 'errors', 9],
  ['connection-guide', 'half done', 1],
  ['budget-burn', 'running', 1],
  // the button that shows the projects is the combobox's own: the arrow keys do the same
  ['link-project', 'choosing', 3],
  ['jira-projects', 'projects', 30],
  ['product-health', 'errors and tickets', 30],
  ['sync-history', 'attempts', 40],
  ['backfill', 'candidates', 25],
  ['integrations-dashboard', 'runs', 12],
  ['integrations-list', 'activation refused', 25],
  ['integration-jira', 'what the account can do', 4],
  ['integration-rest', 'response and mappings', 25],
  ['integration-soap', 'refused by the service', 12],
  ['integration-detail', 'settings', 12],
];

describe('R-208 R-1936 Tab goes through a page as one reads', () => {
  const opened = new Map<PersonaId, PageScenes>();
  afterAll(() => Promise.all([...opened.values()].map((pages) => pages.close())));

  test.each(PAGES)('%s: %s', async (pageName, name, fewest) => {
    const scene = named(
      pageScenes.filter(({ page }) => page === pageName),
      name,
    );
    const { persona } = scene;
    const pages =
      opened.get(persona) ?? (await openPageScenes(browser, formHost(), { language: 1033, theme: 'light', persona }));
    opened.set(persona, pages);
    for (const width of WIDTHS) {
      const frame = await pages.show(scene, width);
      expect(judged(await tabStops(pages.page, frame.locator('body')), fewest)).toEqual([]);
    }
  });
});

test('an order that only the style sheet has changed is found', async () => {
  const opened = await openScenes(browser, formHost(), { look: english });
  await opened.show(named(scenes, 'waiting'));
  const box = opened.control('BudgetApproval');
  const button = box.getByRole('button', { name: 'Approve' });
  const changed = (where: 'parent' | 'ancestors', style: Readonly<Record<string, string>>) =>
    button.evaluate(
      (element, { which, given }) => {
        const row = element.parentElement;
        Object.assign((which === 'parent' ? row : row?.parentElement)?.style ?? {}, given);
        if (which === 'ancestors') Object.assign(row?.style ?? {}, { order: '-1' });
      },
      { which: where, given: style },
    );
  const stopsAt = () => opened.atWidth(box, 1280, () => tabStops(opened.page, box));
  expect(againstReading(await stopsAt())).toEqual([]);
  await changed('parent', { display: 'flex', flexDirection: 'row-reverse' });
  expect(againstReading(await stopsAt())).toEqual([
    'Tab goes from Approve back to Ask for changes',
    'Tab goes from Ask for changes back to Reject',
  ]);
  await changed('parent', { flexDirection: 'row' });
  await changed('ancestors', { display: 'flex', flexDirection: 'column' });
  expect((await stopsAt()).map(({ name }) => name)).toContain('Approve');
  expect(againstReading(await stopsAt()).join()).toMatch(/back to Approve/);
  await opened.close();
});

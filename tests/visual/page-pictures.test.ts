import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { axeFindings } from '../end-to-end/axe-findings';
import { startBrowser } from '../end-to-end/browser';
import { MOST_PIXELS, baselineOf, baselines, compare, keepBaseline, showDifference } from './compare';
import { formHost } from './form-host';
import { isDrawnIn, widths } from './looks';
import { otherwiseMade } from './made-with';
import { measure } from './measure';
import { type PageScenes, openPageScenes } from './open-page-scenes';
import { PAGE_PICTURE, type PageScene, pageFile } from './page-scene';
import type { PersonaId } from './scene';
import { pageScenes } from './scenes/pages';
import { offerDifferences, plain } from './shortcomings';
import { STEADY_GLYPHS } from './steady';

const approves = process.env['UPDATE_BASELINES'] === '1';

let browser: Browser;

beforeAll(async () => {
  browser = await startBrowser(STEADY_GLYPHS);
});
afterAll(async () => {
  await browser?.close();
});

/** A page is loaded once a language; a look is the language's theme, or forced colours over it. */
interface PageLook {
  readonly name: string;
  readonly forcedColors: boolean;
}
interface Tongue {
  readonly language: 1033 | 3084;
  readonly theme: 'light' | 'dark';
  readonly looks: readonly PageLook[];
}
const tongues: Readonly<Record<string, Tongue>> = {
  en: {
    language: 1033,
    theme: 'light',
    looks: [
      { name: 'light-en', forcedColors: false },
      { name: 'forced-en', forcedColors: true },
    ],
  },
  fr: { language: 3084, theme: 'dark', looks: [{ name: 'dark-fr', forcedColors: false }] },
};
const looks = Object.values(tongues).flatMap((tongue) => tongue.looks);

const isPictured = (scene: PageScene, look: PageLook): boolean => !scene.unpictured && isDrawnIn(pageFile(scene), look);

/** As with the controls: the widths are spread over states and looks. */
function widthOf(scene: PageScene, look: PageLook): number {
  const width = widths[(pageFile(scene).length + looks.indexOf(look)) % widths.length];
  if (width === undefined) throw new Error(`${look.name} is no look.`);
  return width;
}
const pictureOf = (scene: PageScene, look: PageLook): string =>
  `${pageFile(scene)}-${look.name}-${widthOf(scene, look)}`;

describe.each(Object.entries(tongues))('%s', (name, tongue) => {
  const opened = new Map<PersonaId, PageScenes>();
  afterAll(() => Promise.all([...opened.values()].map((one) => one.close())));

  async function openedAs(persona: PersonaId): Promise<PageScenes> {
    const before = opened.get(persona);
    if (before) return before;
    const pages = await openPageScenes(browser, formHost(), { ...tongue, persona });
    opened.set(persona, pages);
    return pages;
  }

  /** What is to be said about the picture of a page; empty: it is as it was approved, or is approved now. */
  async function complaint(pages: PageScenes, scene: PageScene, look: PageLook): Promise<string> {
    const file = pictureOf(scene, look);
    const before = baselineOf(file);
    const take = () => pages.picture(widthOf(scene, look), look.forcedColors);
    const differ = (picture: Buffer): number => (before ? compare(before, picture).pixels : 0);
    let picture = await take();
    // what a busy machine draws last
    for (let tries = 2; differ(picture) > MOST_PIXELS && tries > 0; tries -= 1) picture = await take();
    const pixels = differ(picture);
    if (before && pixels <= MOST_PIXELS) return '';
    const where = showDifference(file, picture, before);
    if (approves) keepBaseline(file, picture);
    const what = before ? `${pixels} pixels differ from what was approved` : 'nobody has approved a picture yet';
    return approves ? '' : `${file}: ${what}, see ${where}.`;
  }

  // What is unpictured breaks layouts in any language alike.
  const shown = pageScenes.filter((scene) => name === 'en' || tongue.looks.some((look) => isPictured(scene, look)));

  test.each(shown.map((scene) => [`${scene.page}: ${scene.name}`, scene] as const))(
    'R-1936 R-208 %s: looks as it was approved, says so, axe finds nothing, nothing is cut off or runs out at 320 px',
    async (_name, scene) => {
      const pages = await openedAs(scene.persona);
      const frame = await pages.show(scene, 320);
      const said = plain(await frame.locator('main').ariaSnapshot());
      const { cut, overlapping, foreign, links } = await frame.locator('main').evaluate(measure);
      const overflow = await frame.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
      expect({
        cut,
        overlapping,
        foreign,
        links: links.filter((protocol) => !/^https?:$/.test(protocol)),
        overflow,
        axe: await axeFindings(frame, name === 'en' ? {} : { only: 'colours' }),
        broke: pages.page.broke,
      }).toEqual({
        cut: [],
        overlapping: [],
        foreign: [],
        links: [],
        overflow: false,
        axe: [],
        broke: [],
      });
      if (name === 'en') {
        for (const line of scene.says) expect(said).toContain(plain(line));
        expect(offerDifferences(said, scene.says)).toEqual([]);
      }
      expect(await frame.evaluate(() => 'broken' in window)).toBe(false);
      const wrong: string[] = [];
      for (const look of tongue.looks) if (isPictured(scene, look)) wrong.push(await complaint(pages, scene, look));
      const complaints = wrong.filter(Boolean);
      if (complaints.length > 0)
        throw new Error(
          [...complaints, `On purpose? npm run visual -- --update.${otherwiseMade(browser.version())}`].join('\n'),
        );
    },
  );
});

test('every approved picture of a page belongs to a state and a look, and every width is seen in every look', () => {
  const all = looks.flatMap((look) =>
    pageScenes.filter((scene) => isPictured(scene, look)).map((scene) => ({ look, scene })),
  );
  const wanted = new Set(all.map(({ look, scene }) => `${pictureOf(scene, look)}.png`));
  const orphans = readdirSync(baselines).filter((file) => file.startsWith(PAGE_PICTURE) && !wanted.has(file));
  if (approves) for (const file of orphans) rmSync(join(baselines, file));
  else expect(orphans).toEqual([]);
  const seen = new Set(all.map(({ look, scene }) => `${look.name} ${widthOf(scene, look)}`));
  expect(seen.size).toBe(looks.length * widths.length);
});

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { axeFindings } from '../end-to-end/axe-findings';
import { startBrowser } from '../end-to-end/browser';
import { MOST_PIXELS, baselineOf, baselines, compare, keepBaseline, showDifference } from './compare';
import { type Look, darkFrench, english, forced } from './looks';
import { otherwiseMade } from './made-with';
import { measure } from './measure';
import { type AlonePage, type AloneScene, openAlone } from './open-alone';
import { idOf, issuesScenes, rowsOf } from './scenes/issues';
import { timeScenes } from './scenes/time';
import { plain } from './shortcomings';
import { STEADY_GLYPHS } from './steady';

const approves = process.env['UPDATE_BASELINES'] === '1';

/** Each state of the issues once or twice, each look and each width with what shows most in it. */
const ISSUES: readonly (readonly [keyof typeof issuesScenes, Look, number])[] = [
  ['none', english, 640],
  ['none', darkFrench, 300],
  ['six', english, 640],
  ['six', darkFrench, 420],
  ['six', forced, 300],
  ['many', english, 640],
  ['syncMenu', english, 640],
  ['syncMenu', darkFrench, 300],
  ['rowMenu', english, 640],
  ['failing', english, 640],
  ['failing', darkFrench, 300],
  ['conflict', english, 640],
  ['conflict', darkFrench, 300],
  ['unlink', english, 640],
  ['unlink', forced, 300],
  ['away', english, 640],
  ['offline', darkFrench, 420],
  ['create', english, 640],
  ['create', darkFrench, 300],
  ['missing', forced, 640],
  ['creating', english, 640],
  ['refused', english, 420],
  ['search', english, 640],
  ['search', darkFrench, 300],
  ['nothing', english, 420],
  ['account', english, 640],
  ['product', darkFrench, 640],
  ['reader', english, 640],
  ['closed', english, 640],
  ['hidden', darkFrench, 300],
  ['unread', english, 640],
  ['loading', forced, 640],
  ['off', english, 300],
];
const issues = ISSUES.map(([name, look, width]): AloneScene => {
  const scene = issuesScenes[name];
  return {
    table: 'incident',
    ...scene,
    control: 'jira-issues',
    rows: rowsOf(scene),
    id: idOf(scene),
    seen: [[look, width]],
  };
});
const folderOf = ({ control }: AloneScene): string => (control === 'jira-issues' ? 'issues' : control);
const PICTURES = [...issues, ...timeScenes].flatMap((scene) =>
  scene.seen.map(([look, width]) => {
    const file = `${folderOf(scene)}/${scene.name.replace(/\W+/g, '-')}-${look.name}-${width}`;
    return [file, scene, look, width] as const;
  }),
);

let browser: Browser;
const opened = new Map<string, AlonePage>();

beforeAll(async () => {
  browser = await startBrowser(STEADY_GLYPHS);
  if (approves) for (const [, scene] of PICTURES) mkdirSync(join(baselines, folderOf(scene)), { recursive: true });
});
afterAll(() => browser?.close());

test.each(PICTURES)(
  'R-1709 R-1805 R-1809 R-1831 %s looks as it was approved, axe finds nothing, nothing is cut off or out of order',
  async (file, scene, look, width) => {
    const which = `${scene.control} ${look.name}`;
    const alone = opened.get(which) ?? (await openAlone(browser, scene.control, look));
    opened.set(which, alone);
    const { page, control } = alone;
    await alone.show(scene, width);
    if (look.language === 1033) {
      const said = plain(await control.ariaSnapshot());
      for (const words of scene.says) expect(said).toContain(words);
    }
    const before = baselineOf(file);
    // A menu, a list or a dialog stands above the control, and goes beyond it.
    const hasMenu = (await page.locator('[role=menu], .crmjira-pop, dialog').count()) > 0;
    const above = page.locator('.crmjira-pop, dialog');
    const drawn = (await above.count()) > 0 ? await above.boundingBox() : null;
    const picture = await (hasMenu ? page : control).screenshot({
      animations: 'disabled',
      caret: 'hide',
      // From the control's beginning to the end of what stands above it.
      ...(drawn && { clip: { x: 0, y: 0, width: 760, height: Math.ceil(drawn.y + drawn.height) + 16 } }),
    });
    const pixels = before ? compare(before, picture).pixels : Infinity;
    await expect(axeFindings(page, 'main')).resolves.toEqual([]);
    const { sideways, cut, overlapping, foreign, stops } = await control.evaluate(measure);
    if (!hasMenu) expect({ sideways, overlapping }).toEqual({ sideways: false, overlapping: [] });
    expect({ cut, foreign, jumps: stops.filter(({ jumps }) => jumps) }).toEqual({
      cut: [],
      foreign: [],
      jumps: [],
    });
    expect(page.broke).toEqual([]);
    if (pixels <= MOST_PIXELS) return;
    const where = showDifference(file, picture, before);
    if (approves) return keepBaseline(file, picture);
    const what = before ? `${pixels} pixels differ from what was approved` : 'nobody has approved a picture yet';
    throw new Error(`${file}: ${what}, see ${where}.${otherwiseMade(browser.version())}`);
  },
);

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { startBrowser } from '../end-to-end/browser';
import { tabTo } from '../end-to-end/tab-to';
import { formHost } from './form-host';
import { type Look, english } from './looks';
import { openPageScenes } from './open-page-scenes';
import { openPortfolio } from './open-portfolio';
import { openScenes } from './open-scene';
import type { PersonaId, Scene } from './scene';
import { scenes } from './scenes';
import { pageScenes } from './scenes/pages';
import { portfolioScenes } from './scenes/portfolio';
import { plain } from './shortcomings';
import { STEADY_GLYPHS } from './steady';

let browser: Browser;

beforeAll(async () => {
  browser = await startBrowser(STEADY_GLYPHS);
});
afterAll(async () => {
  await browser.close();
});

function sceneOf(wanted: string): Scene {
  const found = scenes.find(({ name }) => name === wanted);
  if (!found) throw new Error(`There is no scene "${wanted}".`);
  return found;
}

/** The approval from the question to the end, each step as who is at work on it. */
const PATH: readonly (readonly [PersonaId, string])[] = [
  ['sales-rep', 'not requested'],
  ['sales-rep', 'waiting'],
  ['project-manager', 'waiting'],
  ['project-manager', 'conflict'],
  ['project-manager', 'changes requested'],
  ['project-manager', 'running'],
  ['sales-rep', 'running'],
  ['sales-rep', "somebody else's request"],
  ['sales-rep', 'waiting, offline'],
];

const french: Look = { ...english, name: 'light-fr', language: 3084 };

test.each([
  ['en', english],
  ['fr', french],
] as const)('R-208 the approval path is read aloud as it was approved: %s', async (language, look) => {
  const file = join(__dirname, 'transcripts', `approval.${language}.txt`);
  const read: string[] = [];
  const pages = {
    'sales-rep': await openScenes(browser, formHost(), { look, persona: 'sales-rep' }),
    'project-manager': await openScenes(browser, formHost(), { look }),
  };
  for (const [persona, name] of PATH) {
    const opened = pages[persona as keyof typeof pages];
    await opened.show(sceneOf(name));
    read.push(`# ${name}, as ${persona}`, plain(await opened.control('BudgetApproval').ariaSnapshot()), '');
  }
  for (const opened of Object.values(pages)) await opened.close();
  const transcript = read.join('\n');
  if (process.env['UPDATE_BASELINES'] === '1') {
    mkdirSync(join(__dirname, 'transcripts'), { recursive: true });
    writeFileSync(file, transcript);
  }
  // On purpose? `npm run visual -- --update` approves what is read now.
  expect(transcript).toBe(existsSync(file) ? readFileSync(file, 'utf8') : 'nobody has approved a transcript yet');
});

test('R-208 Tab visits the controls of a form in the order in which they are read', async () => {
  const opened = await openScenes(browser, formHost(), { look: english });
  await opened.show(sceneOf('waiting'));
  // column by column, as the form is read; each is looked for from where the one before has the focus
  await tabTo(opened.page, /radio "Chart"/);
  const next = [
    /link "Open in Jira/,
    /textbox "Comment/,
    /button "Approve"/,
    /button "Ask for changes"/,
    /button "Reject"/,
  ];
  for (const stop of next) await tabTo(opened.page, stop, 10);
  await opened.close();
});

const inKolkata = { look: english, timezoneId: 'Asia/Kolkata', locale: 'en-IN' };
const inToronto = { look: french, timezoneId: 'America/Toronto', locale: 'fr-CA' };

test('R-2308 one row in two sessions of another language, time zone and number format', async () => {
  const stale = sceneOf('stale');
  const said: string[] = [];
  for (const session of [inKolkata, inToronto]) {
    const opened = await openScenes(browser, formHost(), session);
    await opened.show(stale);
    for (const control of ['BudgetBurn', 'BudgetStatus', 'JiraProject'] as const)
      said.push(plain(await opened.control(control).ariaSnapshot()));
    await opened.close();
  }
  const [burn, status, project, consommation, etat, projet] = said;
  // 18:02 UTC is half past eleven in the evening for one and two in the afternoon for the other.
  expect(burn).toContain('$82,812.50 spent of $180,000.00 CAD');
  expect(burn).toContain('Jira unreachable since 23:32.');
  expect(status).toContain('46.0%');
  expect(project).toContain('Jira unreachable since 23:32.');
  expect(consommation).toContain('82 812,50 $ dépensés sur 180 000,00 $ CAD');
  expect(consommation).toContain('Jira est injoignable. Début de la panne : 14:02.');
  expect(etat).toContain('46,0 %');
  expect(projet).toContain('Jira est injoignable. Début de la panne : 14:02.');
});

test('R-2308 the portfolio in two sessions of another language, time zone and number format', async () => {
  const said: string[] = [];
  for (const session of [inKolkata, inToronto]) {
    const opened = await openPortfolio(browser, formHost(), session);
    await opened.show(portfolioScenes.details);
    said.push(plain(await opened.control.ariaSnapshot()));
    await opened.close();
  }
  const [english, french] = said;
  expect(english).toContain('$82,812.50');
  expect(english).toContain('46.0%');
  expect(french).toContain('82 812,50 $');
  expect(french).toContain('46,0 %');
  // 13:02 UTC on 16 May is half past six in the evening for one and nine in the morning for the other.
  expect(english).toMatch(/18:32/);
  expect(french).toMatch(/09:02/);
});

test('R-2308 the health page in two sessions of another language, time zone and number format', async () => {
  const scene = pageScenes.find(({ page, name }) => page === 'integration-health' && name === 'errors');
  if (!scene) throw new Error('There is no such scene.');
  const said: string[] = [];
  for (const { look, ...where } of [inKolkata, inToronto]) {
    const pages = await openPageScenes(browser, formHost(), {
      language: look.language,
      theme: look.theme,
      persona: scene.persona,
      ...where,
    });
    const frame = await pages.show(scene, 1280);
    said.push(plain(await frame.locator('main').ariaSnapshot()));
    await pages.close();
  }
  const [english, french] = said;
  expect(english).toContain('94.50%');
  expect(french).toContain('94,50 %');
  // 16:41 UTC
  expect(english).toMatch(/22:11/);
  expect(french).toMatch(/12:41|12 h 41/);
});

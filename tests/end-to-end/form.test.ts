import { axeFindings } from './axe-findings';
import type { WatchedPage } from './browser';
import { jiraRest } from './jira-rest';
import { lookAs } from './look-as';
import { opportunityPage } from './opportunity-page';
import { pagesOnSandbox } from './pages-on-sandbox';
import { tabTo } from './tab-to';

const WARNED = 'Portail client - Hydro-Boréal';
const RUNNING = 'Warehouse Automation Rollout - Maple Ridge Logistics';
const NEW = 'Digital Transformation Project - Acme Corp';

/** milliseconds that a command may take, with Jira's retries */
const ANSWERED_WITHIN = 90_000;

const pages = pagesOnSandbox({});

interface Look {
  readonly language: 1033 | 3084;
  readonly theme: 'light' | 'dark';
  readonly forcedColors: boolean;
}

/** A page of somebody who has chosen language and theme on an earlier visit. */
async function openAs({ language, theme, forcedColors }: Look): Promise<WatchedPage> {
  const page = await pages.open({ forcedColors: forcedColors ? 'active' : 'none', colorScheme: theme });
  await lookAs(page, pages.sandbox.urls.formHost, { language, theme });
  return page;
}

/** What axe finds on the page as it is now, which always has buttons. */
const findings = (page: WatchedPage): Promise<string[]> => axeFindings(page, { mustCheck: 'button-name' });
const findingsOfColor = (page: WatchedPage): Promise<string[]> => axeFindings(page, { only: 'colours' });

/** What the page shows that is wider than its window. */
const tooWide = async (page: WatchedPage): Promise<string[]> => {
  await page.setViewportSize({ width: 320, height: 800 });
  // Whatever watches the width hears of it within a frame, and draws in the next.
  const [scroll, client] = await page.evaluate(async () => {
    for (const _frame of [1, 2]) await new Promise(requestAnimationFrame);
    return [document.documentElement.scrollWidth, document.documentElement.clientWidth] as const;
  });
  await page.setViewportSize({ width: 1280, height: 900 });
  return scroll > client ? [`${scroll} of ${client} px`] : [];
};

test.each([
  ['light, en', { language: 1033, theme: 'light', forcedColors: false }, findings],
  // The elements are the same.
  ['dark, fr-CA', { language: 3084, theme: 'dark', forcedColors: false }, findingsOfColor],
] as const)(
  '%s: axe finds nothing on the list, on any tab of the form, in its panels and steps; at 320 px nothing scrolls sideways; no request leaves the machine',
  async (_name, look, findingsOf) => {
    const page = await openAs(look);
    const found: Record<string, string[]> = {};
    await page.goto(pages.sandbox.urls.formHost);
    await page.getByRole('link', { name: WARNED }).waitFor();
    found['list'] = [...(await findingsOf(page)), ...(await tooWide(page))];
    await page.getByRole('link', { name: WARNED }).click();
    const tabs = page.getByRole('tab');
    await tabs.first().waitFor();
    for (const tab of await tabs.all()) {
      await tab.click();
      const name = await tab.innerText();
      await page.getByRole('tabpanel', { name }).waitFor();
      if (/Jira/.test(name))
        await page
          .getByRole('img', { name: /84|83|85/ })
          .first()
          .waitFor();
      if (/Timeline|Chronologie/.test(name)) await page.getByRole('tabpanel').getByRole('listitem').first().waitFor();
      found[name] = [...(await findingsOf(page)), ...(await tooWide(page))];
    }
    await page.getByRole('navigation').getByRole('button', { expanded: false }).first().click();
    await page.getByRole('dialog').waitFor();
    found['process steps'] = await findingsOf(page);
    await page.keyboard.press('Escape');
    for (const panel of [/Log work in Jira|Consigner du travail/, /Outbox|Boîte d’envoi/]) {
      await page.getByRole('banner').getByRole('button', { name: panel }).click();
      const pane = page.getByRole('complementary', { name: panel });
      await pane.getByRole('combobox').or(pane.getByRole('listitem')).or(pane.getByRole('paragraph')).first().waitFor();
      found[String(panel)] = await findingsOf(page);
    }
    expect(Object.fromEntries(Object.entries(found).filter(([, list]) => list.length > 0))).toEqual({});
    expect(page.broke).toEqual([]);
    expect(page.asked.length).toBeGreaterThan(10);
    expect(page.asked.filter((url) => !/^(http:\/\/localhost:|data:|blob:)/.test(url))).toEqual([]);
  },
);

test('R-207 a tab lists mapping, approvals and requests of the opportunity, by the views of the package', async () => {
  const page = await openAs({ language: 1033, theme: 'light', forcedColors: false });
  await opportunityPage(page).open(pages.sandbox.urls.formHost, RUNNING);
  await page.getByRole('tab', { name: 'Related records' }).click();
  const mapping = page.getByRole('table', { name: 'Budget mapping' });
  await mapping.getByRole('cell', { name: '$180,000.00', exact: true }).waitFor();
  expect(await mapping.getByRole('columnheader').allInnerTexts()).toEqual(
    expect.arrayContaining(['Opportunity ID', 'JIRA Project Key', 'Approved Budget', 'Utilization %']),
  );
  // one mapping an opportunity, R-106; the others' rows are not here
  expect(await mapping.getByRole('row').count()).toBe(2);
  await page.getByRole('table', { name: 'Approval requests' }).waitFor();
  await page.getByRole('table', { name: 'Requests to the integration' }).waitFor();
});

describe('by keyboard alone', () => {
  /** Nothing of the form's own frame is further away. */
  const near = 60;

  test('the steps of a stage open, close and give the focus back', async () => {
    const page = await pages.open();
    await opportunityPage(page).open(pages.sandbox.urls.formHost, NEW);
    await tabTo(page, /Opportunity Qualification/, near);
    await page.keyboard.press('Enter');
    const steps = page.getByRole('dialog', { name: 'Opportunity Qualification' });
    await steps.waitFor();
    await tabTo(page, /checkbox "Qualify opportunity"/, near);
    await page.keyboard.press('Space');
    await expect(steps.getByRole('checkbox', { name: 'Qualify opportunity' }).isChecked()).resolves.toBe(true);
    await tabTo(page, /Next stage/, near);
    await page.keyboard.press('Enter');
    await steps.getByRole('alert').waitFor();
    await page.keyboard.press('Escape');
    await steps.waitFor({ state: 'hidden' });
    await expect(page.locator(':focus').ariaSnapshot()).resolves.toMatch(/Opportunity Qualification/);
  });

  test('H-162 the row of a lookup is searched and added; axe finds nothing in the dialog, the focus comes back', async () => {
    const page = await pages.open();
    await opportunityPage(page).open(pages.sandbox.urls.formHost, NEW);
    await page.getByRole('tab', { name: 'Summary' }).click();
    const manager = page.getByRole('textbox', { name: 'Project Manager' }).first();
    await tabTo(page, /button "Look up: Project Manager"/);
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Look up: Project Manager' });
    await dialog.getByRole('radio').first().waitFor();
    await expect(findings(page)).resolves.toEqual([]);
    await tabTo(page, /searchbox/, near);
    await page.keyboard.type('Paul');
    await page.keyboard.press('Enter');
    await dialog.getByRole('status').filter({ hasText: '1 of 1 rows' }).waitFor();
    await tabTo(page, /radio/, near);
    await page.keyboard.press('Space');
    await tabTo(page, /button "Add"/, near);
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await expect(manager.inputValue()).resolves.toMatch(/^Paul/);
    await expect(page.locator(':focus').ariaSnapshot()).resolves.toMatch(/Look up: Project Manager/);
  });

  test('commands, tabs and the choice between chart and table are reached and used', async () => {
    const page = await pages.open();
    const form = opportunityPage(page);
    await form.open(pages.sandbox.urls.formHost, RUNNING);
    await form.burn.getByRole('img').first().waitFor();
    await tabTo(page, /menuitem "Go back"/, near);
    for (let step = 0; step < 3; step += 1) await page.keyboard.press('ArrowRight');
    await expect(page.locator(':focus').ariaSnapshot()).resolves.toMatch(/Sync Now/);
    await page.keyboard.press('Enter');
    await page.getByRole('region', { name: 'Notifications' }).getByRole('paragraph').waitFor();

    await tabTo(page, /tab "Jira budget"/, near);
    await page.keyboard.press('ArrowRight');
    await page.getByRole('tabpanel', { name: 'Related records' }).waitFor();
    await page.keyboard.press('ArrowLeft');
    await form.burn.getByRole('img').first().waitFor();

    await tabTo(page, /radio "Chart"/, near);
    await page.keyboard.press('ArrowRight');
    await form.burn.getByRole('table', { name: 'Spending by month' }).waitFor();
    await expect(form.burn.getByRole('radio', { name: 'Table' }).isChecked()).resolves.toBe(true);
    await page.keyboard.press('ArrowLeft');
    await form.burn.getByRole('table', { name: 'Spending by month' }).waitFor({ state: 'hidden' });
  });

  test('person, language and theme are chosen in the account menu', async () => {
    const page = await pages.open();
    await page.goto(pages.sandbox.urls.formHost);
    await tabTo(page, /Signed in as Olivia Owens/, near);
    await page.keyboard.press('Enter');
    await tabTo(page, /radio "Olivia Owens/, near);
    await page.keyboard.press('ArrowDown');
    await page.getByRole('button', { name: /Paul Martin/ }).waitFor();
    await tabTo(page, /radio "English/, near);
    await page.keyboard.press('ArrowDown');
    await page.getByRole('heading', { level: 1, name: 'Toutes les opportunités' }).waitFor();
    await expect(page.locator('html').getAttribute('lang')).resolves.toBe('fr-CA');
  });
});

describe('when something fails, the form says so in words', () => {
  test('Jira is out of reach: the figures stay, and say from when they are and that nothing is lost', async () => {
    const page = await pages.open();
    const jira = jiraRest(pages.sandbox.endpoints);
    const form = opportunityPage(page);
    await form.openWithFigures(pages.sandbox.urls.formHost, RUNNING);
    await jira.misbehave({ rules: [{ path: '^/rest/', status: 503, html: true }] });
    try {
      await form.command('Sync Now');
      await form.burn
        .getByText(/^Last figures \d\d:\d\d\. Jira unreachable since \d\d:\d\d\.$/)
        .waitFor({ timeout: ANSWERED_WITHIN });
      await form.burn.getByText('Nothing is lost: logged hours arrive when it answers.').waitFor();
      await form.figures();
      await form.project.getByText('Not syncing').first().waitFor();
    } finally {
      await jira.behave();
    }
    await form.command('Sync Now');
    await form.project.getByText('Up to date').first().waitFor({ timeout: ANSWERED_WITHIN });
    await expect(form.burn.getByText(/Jira unreachable/).count()).resolves.toBe(0);
  });

  test('Jira refuses: "Sync now" ends in the reason that Jira gave', async () => {
    const page = await pages.open();
    const jira = jiraRest(pages.sandbox.endpoints);
    const form = opportunityPage(page);
    await form.open(pages.sandbox.urls.formHost, RUNNING);
    await form.project.getByText('Up to date').first().waitFor();
    await jira.misbehave({ rules: [{ path: '^/rest/', status: 403 }] });
    try {
      await form.command('Sync Now');
      const reason = 'The integration account is not allowed to do this in Jira.';
      const notes = page.getByRole('region', { name: 'Notifications' });
      await notes.getByText(`Not done: ${reason}`).waitFor({ timeout: ANSWERED_WITHIN });
      await form.project.getByText(reason).waitFor();
      await form.burn.getByText('The figures shown are the last ones read from Jira.').waitFor();
    } finally {
      await jira.behave();
    }
    await form.command('Sync Now');
    await form.project.getByText('Up to date').first().waitFor({ timeout: ANSWERED_WITHIN });
  });

  test('Dataverse does not answer: the page says so, keeps what it shows and recovers by itself', async () => {
    const page = await pages.open();
    const form = opportunityPage(page);
    await form.openWithFigures(pages.sandbox.urls.formHost, RUNNING);
    await page.route('**/api/data/**', (route) => route.abort());
    await page.getByRole('region', { name: 'Notifications' }).getByText('This could not be loaded').waitFor();
    await form.burn
      .getByText(/refreshing failed|Shown as of|Offline/i)
      .first()
      .waitFor();
    await form.figures();
    await page.unroute('**/api/data/**');
    await page.getByText('This could not be loaded').waitFor({ state: 'hidden' });
    await form.burn
      .getByText(/refreshing failed|Shown as of|Offline/i)
      .first()
      .waitFor({ state: 'hidden' });
  });

  test('a record that cannot be opened offers to try again', async () => {
    const page = await pages.open();
    await page.goto(pages.sandbox.urls.formHost);
    await page.route('**/api/data/v9.2/opportunities(*', (route) => route.fulfill({ status: 503, body: '' }));
    await page.getByRole('link', { name: RUNNING }).click();
    await page.getByRole('heading', { name: 'This could not be loaded' }).waitFor();
    await page.unroute('**/api/data/v9.2/opportunities(*');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { level: 1, name: RUNNING }).waitFor();
  });

  test('the proxy is gone: a command says that it waits, and the answer comes when the proxy is back', async () => {
    const page = await pages.open();
    const form = opportunityPage(page);
    await form.open(pages.sandbox.urls.formHost, RUNNING);
    await form.project.getByText('Up to date').first().waitFor();
    pages.sandbox.proxy?.kill();
    await form.command('Sync Now');
    const notes = page.getByRole('region', { name: 'Notifications' });
    await notes.getByText(/Requested/).waitFor();
    await pages.sandbox.ready(60_000);
    await notes.getByText(/Requested/).waitFor({ state: 'hidden', timeout: 90_000 });
  });
});

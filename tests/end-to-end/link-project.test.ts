import { join } from 'node:path';
import type { FrameLocator } from 'playwright-core';
import { eventually } from '../plugins-proxy/eventually';
import { type WatchedPage, openPage } from './browser';
import { jiraRest } from './jira-rest';
import { lookAs } from './look-as';
import { opportunityPage } from './opportunity-page';
import { pagesOnSandbox } from './pages-on-sandbox';
import { PAUL, TOOLS, type WebApi, signIn } from './people';

/** Below the threshold: nothing is provisioned by itself. */
const SMALL = 'Small Website Refresh';
const OTHER = 'Another Website Refresh';
const THIRD = 'Third Website Refresh';
const FRENCH = 'Refonte du site';
const HOSTILE = '<b onclick=alert(1)>Zeta</b> & "programme"';

const pages = pagesOnSandbox({});
let tools: WebApi;

beforeAll(async () => {
  tools = await signIn(pages.sandbox.endpoints, TOOLS);
  const jira = jiraRest(pages.sandbox.endpoints);
  await jira.createProject('ZETA', HOSTILE);
  await jira.createProject('ETA', 'Êta');
  await jira.createProject('IOTA', 'Iota');
  const [owner] = await tools.rows("systemusers?$filter=domainname eq 'opportunity.owner@company.com'");
  for (const name of [SMALL, OTHER, THIRD, FRENCH])
    await tools.create('opportunities', {
      name,
      budgetamount: 6_000,
      'ownerid@odata.bind': `/systemusers(${String(owner?.['systemuserid'])})`,
    });
});

interface DialogLook {
  readonly language?: 1033 | 3084;
  /** name of the person */
  readonly persona?: string;
}

/** The form of an opportunity, and the dialog that "Link existing" opens on it. */
async function openDialog(opportunity: string, look: DialogLook = {}) {
  const { language = 1033, persona } = look;
  const page = await pages.open();
  await lookAs(page, pages.sandbox.urls.formHost, { language });
  const form = opportunityPage(page);
  await form.open(pages.sandbox.urls.formHost, opportunity);
  if (persona) await form.become(persona);
  await form.command(language === 3084 ? 'Lier un projet existant' : 'Link Existing Project');
  const dialog = page.frameLocator('dialog iframe');
  await dialog.getByRole('heading', { level: 1 }).waitFor();
  return { page, form, dialog };
}

async function picture(page: WatchedPage, name: string): Promise<void> {
  const folder = process.env.PICTURES;
  if (folder) await page.screenshot({ path: join(folder, `link-${name}.png`) });
}

const option = (dialog: FrameLocator, text: string) => dialog.getByRole('option').filter({ hasText: text });

test('R-205 R-2303 a sales rep finds a project by keyboard and links it; the form shows it', async () => {
  const { page, form, dialog } = await openDialog(SMALL);
  const field = dialog.getByRole('combobox', { name: 'Jira project' });
  await field.click();
  await field.pressSequentially('zeta');
  await option(dialog, HOSTILE).waitFor({ timeout: 90_000 });
  await picture(page, 'list');
  expect(await dialog.locator('.picker b').count()).toBe(0);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await dialog.getByText('The Jira project ZETA is linked.').waitFor({ timeout: 90_000 });
  await picture(page, 'linked');
  await dialog.getByRole('button', { name: 'Close' }).click();
  await form.project.getByText('ZETA').first().waitFor({ timeout: 90_000 });
  expect(page.broke).toEqual([]);
});

test('R-2303 a project manager sees that a project is taken; going round the list is refused in words', async () => {
  const { page, dialog } = await openDialog(OTHER, { persona: PAUL.name });
  const field = dialog.getByRole('combobox', { name: 'Jira project' });
  await field.click();
  await field.fill('zeta');
  const taken = option(dialog, 'ZETA');
  await taken.waitFor({ timeout: 90_000 });
  await picture(page, 'taken');
  expect(await taken.getAttribute('aria-disabled')).toBe('true');
  await taken.click({ force: true });
  expect(await field.inputValue()).toBe('zeta');
  // Somebody who sends the request all the same is answered by the service.
  const [opportunity] = await tools.rows(`opportunities?$filter=name eq '${OTHER}'`);
  const paul = await signIn(pages.sandbox.endpoints, PAUL);
  const id = await paul.create('crmjira_commands', {
    crmjira_command_type: 2,
    crmjira_command_state: 1,
    crmjira_argument: 'ZETA',
    'crmjira_opportunity_id@odata.bind': `/opportunities(${String(opportunity?.['opportunityid'])})`,
  });
  await eventually(async () => {
    const row = await tools.row(`crmjira_commands(${id})`);
    expect(row['crmjira_result']).toMatch(/belongs to another opportunity\. Choose another project/);
  });
});

test('R-2303 in French, from search to link', async () => {
  const { page, dialog } = await openDialog(FRENCH, { language: 3084 });
  const field = dialog.getByRole('combobox', { name: 'Projet Jira' });
  await field.click();
  await field.fill('eta');
  await option(dialog, 'Êta').click({ timeout: 90_000 });
  expect(await field.inputValue()).toBe('[ETA] Êta – Jira');
  await dialog.getByRole('button', { name: 'Lier' }).click();
  await dialog.getByText('Le projet Jira ETA est lié.').waitFor({ timeout: 90_000 });
  await dialog.getByText('Les dépenses à ce jour sont en cours de lecture').waitFor({ timeout: 90_000 });
  await picture(page, 'fr');
});

test('R-205 a press on "Link" while the list is open links: closing the list does not move the button away', async () => {
  const { dialog } = await openDialog(THIRD);
  const field = dialog.getByRole('combobox', { name: 'Jira project' });
  await field.fill('iota');
  await option(dialog, 'Iota').waitFor({ timeout: 90_000 });
  await dialog.getByRole('button', { name: 'Link' }).click();
  await dialog
    .getByText(/^Linking IOTA…$|^The Jira project IOTA is linked\.$/)
    .first()
    .waitFor();
});

/** The form of a case, as a support agent sees it. @param page left out: one that is closed after the test */
async function openCase(title: string, given?: WatchedPage) {
  const page = given ?? (await pages.open({ viewport: { width: 1400, height: 1000 } }));
  await lookAs(page, pages.sandbox.urls.formHost, { persona: 'support-agent' });
  await page.goto(`${pages.sandbox.urls.formHost}/main.aspx?pagetype=entitylist&etn=incident`);
  await page.getByRole('link', { name: title }).click();
  return {
    page,
    issues: page.locator('[data-control$="JiraIssues"]'),
    timeline: page.getByRole('region', { name: 'Timeline' }),
  };
}

/** An unlink is in force when nothing of the service can be on the wire any more: the page waits for it beside the next test. */
let unlinking: Awaited<ReturnType<typeof openCase>>;

test('R-1708 R-1707 a conflict is decided by one press; then the issue is unlinked', async () => {
  const browser = (await pages.open()).context().browser();
  if (!browser) throw new Error('The page has no browser.');
  unlinking = await openCase('Dock schedule is one hour off for drivers from the Prairies', await openPage(browser));
  const { page, issues } = unlinking;
  await issues.getByText(/Nothing is overwritten\.$/).waitFor();
  await picture(page, 'case-conflict');
  await issues.getByRole('button', { name: /^Keep Dock schedule is one hour off/ }).click();
  await issues.getByText(/Nothing is overwritten\.$/).waitFor({ state: 'detached' });
  await issues.locator('li').getByText('Dock schedule is one hour off for drivers from the Prairies').waitFor();

  await issues.getByRole('button', { name: 'More actions for DOCK-466' }).click();
  await page.getByRole('menuitem', { name: 'Unlink…' }).click();
  await issues.getByRole('button', { name: 'Unlink', exact: true }).click();
  await issues.getByText('Unlinking DOCK-466').waitFor();
  await picture(page, 'case-unlinking');
});

test('R-213 R-216 R-1607 R-1705 R-1708 from a case to its issue in Jira, by a developer to Done, the case resolved with both entries, reactivated, the issue reopened', async () => {
  const { page, issues, timeline } = await openCase('Export of dock times ends at 10,000 rows');
  await issues.getByText(/^Suggested project: DOCK/).waitFor();
  await issues.getByRole('button', { name: 'Create issue' }).click();
  await issues.getByRole('textbox', { name: /^Summary/ }).waitFor();
  await issues.getByRole('button', { name: 'Create issue' }).click();
  await issues
    .getByText(/^DOCK-\d+ was created and linked\.$/)
    .first()
    .waitFor();
  const link = issues.getByRole('link', { name: /^DOCK-\d+$/ });
  const key = await link.innerText();
  await picture(page, 'case-created');

  const [jira] = await Promise.all([page.context().waitForEvent('page'), link.click()]);
  const status = jira.locator('aside .chip').first();
  await jira.getByRole('button', { name: 'Done', exact: true }).click();
  await status.filter({ hasText: 'Done' }).waitFor();

  await page.getByText('Read-only. This record’s status: Resolved').waitFor();
  await issues.getByText('1 resolved').waitFor();
  expect(await page.getByRole('menuitem', { name: /^(Create Jira Issue|Link Issue)$/ }).count()).toBe(0);
  await page.reload();
  await timeline.getByText(new RegExp(`^${key} changed status: To Do → Done · .+ in Jira$`)).waitFor();
  await timeline.getByText(`Case resolved because ${key} was resolved in Jira.`).waitFor();
  await picture(page, 'case-resolved');

  await page.getByRole('menuitem', { name: 'Reactivate Case' }).click();
  await page.getByRole('menuitem', { name: 'Resolve Case' }).waitFor();
  await issues.getByText('1 open').waitFor();
  await jira.reload();
  expect(await status.innerText()).toMatch(/^In Progress$/i);
  expect(page.broke).toEqual([]);
});

test('R-1707 what was unlinked is linked again by Undo', async () => {
  const { page, issues } = unlinking;
  await issues.getByText('No issue linked').first().waitFor();
  await picture(page, 'case-unlinked');
  await issues.getByRole('button', { name: 'Undo' }).click();
  await issues.getByText('1 open').waitFor();
  expect(await issues.getByText('DOCK-466 is no longer linked.').count()).toBe(0);
  expect(page.broke).toEqual([]);
});

test('R-2303 the service is silent: the dialog says so, and the key can be entered', async () => {
  pages.sandbox.proxy?.kill();
  const { dialog } = await openDialog(OTHER);
  await dialog.getByRole('combobox').fill('ETA');
  await dialog
    .getByText(/has not answered yet|Searching in Jira/)
    .first()
    .waitFor();
  await pages.sandbox.ready(60_000);
  await dialog.getByRole('option').first().waitFor({ timeout: 90_000 });
});

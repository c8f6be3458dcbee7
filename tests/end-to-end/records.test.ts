import { join } from 'node:path';
import { axeFindings } from './axe-findings';
import type { WatchedPage } from './browser';
import { type Look, lookAs } from './look-as';
import { opportunityPage } from './opportunity-page';
import { pagesOnSandbox } from './pages-on-sandbox';

const RUNNING = 'Warehouse Automation Rollout - Maple Ridge Logistics';

const pages = pagesOnSandbox();

async function open(address: string, look: Look, viewport = { width: 1280, height: 900 }): Promise<WatchedPage> {
  const page = await pages.open({ viewport });
  await lookAs(page, pages.sandbox.urls.formHost, look);
  await page.goto(`${pages.sandbox.urls.formHost}/${address}`);
  return page;
}

const LOG = 'main.aspx?pagetype=entitylist&etn=crmjira_integration_log';
const HEALTH = 'main.aspx?pagetype=webresource&webresourceName=crmjira_/pages/integration-health.html';

async function picture(page: WatchedPage, name: string): Promise<void> {
  const folder = process.env.PICTURES;
  if (folder) await page.screenshot({ path: join(folder, `records-${name}.png`) });
}

/** Texts of a column of the only table, from the first row to the last. */
const cellsOf = (page: WatchedPage, column: string): Promise<string[]> =>
  page.locator(`tbody td[data-label="${column}"]`).allInnerTexts();

test('R-1104 "All log entries" leads to the log, a name to its entry, and the arrow back', async () => {
  const page = await open(HEALTH, { persona: 'admin' });
  await page.frameLocator('iframe.web-resource').getByText('All log entries').click();
  await page.getByRole('heading', { level: 1, name: 'CRM-JIRA Integration Logs' }).waitFor();
  const first = page.getByRole('table').getByRole('link').first();
  const name = await first.innerText();
  await first.click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
  await page.getByRole('textbox', { name: 'Correlation ID' }).waitFor();
  await page.getByRole('menuitem', { name: 'Go back' }).click();
  await page.getByRole('heading', { level: 1, name: 'CRM-JIRA Integration Logs' }).waitFor();
  await page.goBack();
  await page.frameLocator('iframe.web-resource').getByText('All log entries').waitFor();
  expect(page.broke).toEqual([]);
});

test('R-211 a list is sorted by a heading, by keyboard too, shows more rows on demand, and another view', async () => {
  const page = await open(LOG, { persona: 'admin' });
  const heading = page.getByRole('columnheader', { name: 'Name' });
  await page.getByText(/^50 of \d+ rows$/).waitFor();
  await heading.getByRole('button').focus();
  await page.keyboard.press('Enter');
  await page.locator('th[aria-sort=ascending]', { hasText: 'Name' }).waitFor();
  await page.getByRole('link', { name: 'LOG-00000001', exact: true }).waitFor();
  const names = await cellsOf(page, 'Name');
  expect(names).toEqual([...names].sort());
  await page.keyboard.press('Enter');
  await page.locator('th[aria-sort=descending]', { hasText: 'Name' }).waitFor();
  await page.getByRole('button', { name: 'Load more' }).click();
  await page.getByText(/^100 of \d+ rows$/).waitFor();
  const all = await cellsOf(page, 'Name');
  expect([all.length, all]).toEqual([100, [...new Set(all)].sort().reverse()]);
  await page.getByRole('combobox', { name: 'View' }).selectOption({ label: 'Recent Integration Errors' });
  await page.getByText('There are no rows yet.').waitFor();
  expect(page.broke).toEqual([]);
});

/** The form of the mapping, from the list on its opportunity's form. */
async function openMapping(persona: string): Promise<WatchedPage> {
  const page = await open('', { persona });
  await opportunityPage(page).open(pages.sandbox.urls.formHost, RUNNING);
  await page.getByRole('tab', { name: 'Related records' }).click();
  await page.getByRole('table', { name: 'Budget mapping' }).getByRole('link').first().click();
  return page;
}

test('R-207 from the opportunity to its mapping, read-only for a project manager, who may not see its log', async () => {
  const page = await openMapping('project-manager');
  await page.getByText('Read-only: your role may not change this record.').waitFor();
  const amount = page.getByRole('textbox', { name: 'Approved Budget' });
  await expect(amount.inputValue()).resolves.toBe('$180,000.00');
  await expect(amount.isEditable()).resolves.toBe(false);
  await page.getByRole('tab', { name: 'Alerts and log' }).click();
  const log = page.getByRole('region', { name: 'Integration log' });
  await log.getByText('Your role may not read these rows.').waitFor();
  await page.getByRole('menuitem', { name: 'Go back' }).click();
  await page.getByRole('heading', { level: 1, name: RUNNING }).waitFor();
  expect(page.broke).toEqual([]);
});

test('R-207 an administrator turns the pages of the log on the mapping, and picks another of its views', async () => {
  const page = await openMapping('admin');
  await page.getByRole('tab', { name: 'Alerts and log' }).click();
  const log = page.getByRole('region', { name: 'Integration log' });
  await log.getByText(/^10 of \d+ rows$/).waitFor();
  expect(await log.getByRole('link', { name: /^LOG-/ }).count()).toBe(10);
  await picture(page, 'mapping');
  await log.getByRole('button', { name: 'Load more' }).click();
  await log.getByRole('link', { name: /^LOG-/ }).nth(10).waitFor();
  await log.getByRole('combobox', { name: 'View' }).selectOption({ label: 'Recent Integration Errors' });
  await log.getByText('There are no rows yet.').waitFor();
  expect(page.broke).toEqual([]);
});

test('R-211 rows are selected by keyboard, one and all, and stay selected when the list is sorted', async () => {
  const page = await open(LOG, { persona: 'admin' });
  const boxes = page.getByRole('checkbox', { name: /^Select LOG-/ });
  const all = page.getByRole('checkbox', { name: 'Select all rows' });
  await boxes.first().waitFor();
  await boxes.first().focus();
  await page.keyboard.press('Space');
  await expect(boxes.first().isChecked()).resolves.toBe(true);
  await expect(all.evaluate((box: HTMLInputElement) => box.indeterminate)).resolves.toBe(true);
  await all.click();
  expect(await page.getByRole('checkbox', { name: /^Select LOG-/, checked: true }).count()).toBe(50);
  await all.click();
  expect(await page.getByRole('checkbox', { checked: true }).count()).toBe(0);
  expect(page.broke).toEqual([]);
});

test('R-207 openRelatedGrid of a list on the form shows all its rows in a tab of their own', async () => {
  const page = await openMapping('admin');
  await page.getByRole('tab', { name: 'Alerts and log' }).click();
  await page.getByRole('region', { name: 'Integration log' }).getByRole('link', { name: /^LOG-/ }).first().waitFor();
  await page.evaluate(async () => {
    // The form's own scripts are given the form; a test has the sub-grid's name from FormXml only.
    const { Xrm: api } = window as unknown as { Xrm: { Page: Xrm.FormContext } };
    api.Page.getControl<Xrm.Controls.GridControl>('integration_log')?.openRelatedGrid();
  });
  await page.getByRole('tab', { name: 'CRM-JIRA Integration Logs', selected: true }).waitFor();
  await page.getByText(/^Rows: \d+$|^\d+ of \d+ rows$/).waitFor();
  const view = page.getByRole('combobox', { name: 'View' }).locator('option:checked');
  await expect(view.innerText()).resolves.toBe('CRM-JIRA Integration Log Associated View');
  expect(page.broke).toEqual([]);
});

test('R-1206 what the role may not read is said in place of the list', async () => {
  const page = await open(LOG, { persona: 'sales-rep' });
  await page.getByRole('alert').waitFor();
  await expect(page.getByRole('alert').innerText()).resolves.toBe('Your role may not read these rows.');
  expect(await page.getByRole('table').count()).toBe(0);
});

test('navigateTo shows a record in a dialog and gives it back when that is closed', async () => {
  const page = await open(HEALTH, { persona: 'admin' });
  await page.frameLocator('iframe.web-resource').getByText('All log entries').waitFor();
  const closed = page.evaluate(async () => {
    const found = await (await fetch('/api/data/v9.2/crmjira_budget_mappings?$top=1')).json();
    const entityId: string = found.value[0].crmjira_budget_mappingid;
    const input = { pageType: 'entityrecord' as const, entityName: 'crmjira_budget_mapping', entityId };
    return Xrm.Navigation.navigateTo(input, { target: 2, width: { value: 80, unit: '%' } });
  });
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('tab', { name: 'General' }).waitFor();
  const name = await dialog.getByRole('textbox', { name: /^Name/ }).inputValue();
  await dialog.getByRole('textbox', { name: 'JIRA Lead' }).fill('Somebody else');
  const question = page.getByRole('alertdialog', { name: 'Unsaved changes' });
  await page.keyboard.press('Escape');
  await question.waitFor();
  await page.keyboard.press('Escape');
  await question.waitFor({ state: 'detached' });
  await dialog.getByText('- Unsaved').waitFor();
  await dialog.getByRole('button', { name: 'Close', exact: true }).click();
  await question.getByRole('button', { name: 'Discard changes' }).click();
  await expect(closed).resolves.toMatchObject({
    savedEntityReference: [{ entityType: 'crmjira_budget_mapping', name }],
  });
  expect(await dialog.count()).toBe(0);
  expect(page.broke).toEqual([]);
});

/** A new row, by the Web API of whoever looks at the page. @returns its id */
function create(page: WatchedPage, set: string, row: Readonly<Record<string, unknown>>): Promise<string> {
  return page.evaluate(
    async ([to, body]) => {
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch(`/api/data/v9.2/${to}`, { method: 'POST', headers, body });
      if (!answer.ok) throw new Error(await answer.text());
      return /\(([0-9a-f-]{36})\)/.exec(answer.headers.get('odata-entityid') ?? '')?.[1] ?? '';
    },
    [set, JSON.stringify(row)] as const,
  );
}

const formOf = (table: string, id: string): string => `main.aspx?pagetype=entityrecord&etn=${table}&id=${id}`;

test('F-123 opportunities by another view, sorted by a heading, selected, and deleted after a question', async () => {
  const page = await open('', { persona: 'admin' });
  await create(page, 'opportunities', { name: 'AAA - to be deleted' });
  const doomed = page.getByRole('checkbox', { name: 'Select AAA - to be deleted' });
  await doomed.waitFor();
  await page.getByRole('button', { name: 'Topic' }).click();
  await page.locator('th[aria-sort=ascending]', { hasText: 'Topic' }).waitFor();
  const names = await page.getByRole('rowheader').allInnerTexts();
  expect(names).toEqual([...names].sort(new Intl.Collator('en-CA', { numeric: true }).compare));
  await page.getByRole('checkbox', { name: 'Select all rows' }).check();
  await page.getByText(`Selected: ${names.length}`).waitFor();
  await page.getByRole('checkbox', { name: 'Select all rows' }).uncheck();
  await doomed.check();
  const remove = page.getByRole('menuitem', { name: 'Delete' });
  const question = page.getByRole('alertdialog', { name: 'Confirm deletion' });
  await remove.click();
  await question.waitFor();
  await expect(axeFindings(page, { mustCheck: 'button-name' })).resolves.toEqual([]);
  await page.keyboard.press('Escape');
  await question.waitFor({ state: 'detached' });
  await expect(page.locator(':focus').ariaSnapshot()).resolves.toMatch(/Delete/);
  await remove.click();
  await question.getByRole('button', { name: 'Delete' }).click();
  await doomed.waitFor({ state: 'detached' });
  await page.getByRole('combobox', { name: 'View' }).selectOption('Won opportunities');
  await page.getByRole('heading', { level: 1, name: 'Won opportunities' }).waitFor();
  await page.getByRole('link', { name: RUNNING }).waitFor({ state: 'detached' });
  expect(page.broke).toEqual([]);
});

test('F-122 F-123 a form saves by Ctrl+S, breaks a long word and is read-only once it is won', async () => {
  const page = await open('', { persona: 'sales-rep' });
  const id = await create(page, 'opportunities', { name: 'W'.repeat(200) });
  await page.goto(`${pages.sandbox.urls.formHost}/${formOf('opportunity', id)}`);
  await page.getByRole('tab', { name: 'Summary' }).click();
  const amount = page.getByRole('tabpanel').getByRole('textbox', { name: 'Budget Amount' }).first();
  await amount.fill('4321');
  await page.keyboard.press('Control+s');
  await page.getByText('- Saved').waitFor();
  await page.reload();
  await page.getByRole('tab', { name: 'Summary' }).click();
  await expect(amount.inputValue()).resolves.toBe('$4,321.00');
  await page.setViewportSize({ width: 320, height: 800 });
  const widths = () => page.evaluate(() => [document.body.scrollWidth, document.documentElement.scrollWidth]);
  await picture(page, 'long-name');
  expect(await widths()).toEqual([320, 320]);
  await create(page, 'WinOpportunity', {
    Status: 3,
    OpportunityClose: { subject: 'Won', 'opportunityid@odata.bind': `/opportunities(${id})` },
  });
  await page.getByText('Read-only. This record’s status: Won').waitFor();
  await expect(amount.isEditable()).resolves.toBe(false);
  expect(await page.getByRole('menuitem', { name: /^Save/ }).count()).toBe(0);
  expect(page.broke).toEqual([]);
});

test('F-123 a lookup leads to its record, a task of the timeline opens and is completed', async () => {
  const page = await openMapping('admin');
  await page.getByRole('link', { name: new RegExp(`^Opportunity ID .*${RUNNING}$`) }).click();
  await page.getByRole('heading', { level: 1, name: RUNNING }).waitFor();
  const id = new URL(page.url()).searchParams.get('id') ?? '';
  await create(page, 'tasks', {
    subject: 'Call them back',
    description: 'About the second phase.',
    'regardingobjectid_opportunity_task@odata.bind': `/opportunities(${id})`,
  });
  await page.getByRole('tab', { name: 'Timeline' }).click();
  const task = page.getByRole('listitem').filter({ hasText: 'Call them back' });
  await task.getByText('Call them back').click();
  await task.getByText('About the second phase.').waitFor();
  await task.getByRole('button', { name: 'Mark complete' }).click();
  await task.getByText('Completed').waitFor();
  await picture(page, 'timeline');
  expect(await task.getByRole('button').count()).toBe(0);
  expect(page.broke).toEqual([]);
});

const looks: readonly (readonly [string, Look, number])[] = [
  ['light, en', { persona: 'admin' }, 1280],
  ['dark, fr-CA', { persona: 'admin', language: 3084, theme: 'dark' }, 1280],
  ['320 px, fr-CA', { persona: 'admin', language: 3084 }, 320],
];

test.each(looks)(
  'R-1936 %s: axe finds nothing on list and form, and nothing runs out at the side',
  async (name, look, width) => {
    const page = await open(LOG, look, { width, height: 800 });
    const found: Record<string, readonly string[]> = {};
    const check = async (what: string): Promise<void> => {
      const wide = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      await picture(page, `${what}-${name.replaceAll(/\W+/g, '-')}`);
      found[what] = [
        ...(await axeFindings(page, { mustCheck: 'button-name' })),
        ...(wide > 0 ? [`${wide} px too wide`] : []),
      ];
    };
    await page.getByRole('link', { name: /^LOG-/ }).first().waitFor();
    await check('list');
    await page.getByRole('link', { name: /^LOG-/ }).first().click();
    await page.getByRole('tab').first().waitFor();
    await check('form');
    expect(found).toEqual({ list: [], form: [] });
  },
);

test('R-1709 R-215 a support agent opens a case, sees its issues with the budget of their project, and resolves and reactivates it', async () => {
  const page = await open('', { persona: 'support-agent' });
  await page.getByRole('link', { name: 'Cases', exact: true }).click();
  await page.getByRole('link', { name: 'Handheld scanners lose connection at dock doors 4 to 6' }).click();
  const issues = page.locator('[data-control$="JiraIssues"]');
  await issues.getByText('4 open, 1 resolved').waitFor();
  await issues.getByText(/Project CRM-\d{6}-3D1F7A52/).waitFor();
  const timeline = page.getByRole('region', { name: 'Timeline' });
  await timeline.getByText(/^DOCK-482 changed status: To Do → In Progress/).waitFor();
  expect(await axeFindings(page, { mustCheck: 'button-name' })).toEqual([]);
  await picture(page, 'case');

  await page.getByRole('menuitem', { name: 'Resolve Case' }).click();
  const dialog = page.getByRole('dialog', { name: 'Resolve Case' });
  await dialog.getByLabel('Resolution', { exact: true }).fill('Access points replaced');
  await dialog.getByRole('button', { name: 'Resolve' }).click();
  await page.getByText('Read-only. This record’s status: Resolved').waitFor();
  await timeline.getByText('Access points replaced').waitFor();
  await page.getByRole('menuitem', { name: 'Reactivate Case' }).click();
  await page.getByRole('menuitem', { name: 'Resolve Case' }).waitFor();
  expect(page.broke).toEqual([]);
});

test('R-1709 an account shows the issues of its cases, a product the open ones of its projects; at 400 px nothing scrolls sideways', async () => {
  const list = 'main.aspx?pagetype=entitylist&etn';
  const page = await open(`${list}=account`, { persona: 'support-agent', language: 3084 }, { width: 400, height: 900 });
  await page.getByRole('link', { name: 'Maple Ridge Logistics' }).click();
  const issues = page.locator('[data-control$="JiraIssues"]');
  await issues.getByText(/^De ses incidents et opportunités/).waitFor();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(400);
  await page.goto(`${pages.sandbox.urls.formHost}/${list}=product`);
  await page.getByRole('link', { name: 'DockFlow' }).click();
  await issues.getByText(/^Ouverts dans ses projets/).waitFor();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(400);
  expect(page.broke).toEqual([]);
});

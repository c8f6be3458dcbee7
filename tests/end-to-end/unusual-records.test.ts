import type { Route } from 'playwright-core';
import { request } from 'undici';
import { personas } from '../../sandbox/src/form-host/server/personas';
import { budgetUsers } from '../../sandbox/src/seed/people';
import { opportunities } from '../../sandbox/src/seed/scenarios';
import { axeFindings } from './axe-findings';
import { lookAs } from './look-as';
import { opportunityPage } from './opportunity-page';
import { TOOLS, bearerOf } from './people';
import { pagesOnSandbox } from './pages-on-sandbox';

const RUNNING = 'Warehouse Automation Rollout - Maple Ridge Logistics';
const REVIEWED = opportunities.find(({ project }) => project?.state === 'review')?.name ?? '';
const OLIVIA_ID = personas.find(({ id }) => id === 'sales-rep')?.userId ?? '';
const ID = opportunities.find(({ name }) => name === RUNNING)?.id ?? '';

const pages = pagesOnSandbox();

test('R-306 on an opportunity without a currency the approval is asked for in the currency of its figures', async () => {
  const page = await pages.open();
  // The stand-in gives every row a currency; a row that was imported without amounts has none.
  await page.route(`**/api/data/v9.2/opportunities(${ID})*`, async (route: Route) => {
    const answer = route.request().method() === 'GET' ? await route.fetch() : null;
    if (answer?.status() !== 200) return answer ? route.fulfill({ response: answer }) : route.continue();
    const row: Record<string, unknown> = { ...(await answer.json()), transactioncurrencyid: null };
    row['_transactioncurrencyid_value'] = null;
    // Somebody wants more than what is approved.
    row['budgetamount'] = 190_000;
    return route.fulfill({ response: answer, json: row });
  });
  const form = opportunityPage(page);
  await form.openWithFigures(pages.sandbox.urls.formHost, RUNNING);
  const [asked] = await Promise.all([
    page.waitForRequest((sent) => sent.method() === 'POST' && sent.url().endsWith('crmjira_budget_approvals')),
    form.command('Request Approval'),
  ]);
  expect(asked.postDataJSON()).toMatchObject({
    crmjira_amount: 190_000,
    crmjira_previous_amount: 180_000,
    'transactioncurrencyid@odata.bind': expect.stringMatching(/^\/transactioncurrencies\(/),
  });
  await page.getByRole('region', { name: 'Notifications' }).getByText('Approval requested.').waitFor();
  expect(page.broke).toEqual([]);
});

test('R-303 the last stage does not finish a process whose project is not completed: the form says why', async () => {
  const page = await pages.open();
  // Whoever may only read the opportunity is told that instead.
  await lookAs(page, pages.sandbox.urls.formHost, { persona: 'project-manager' });
  const form = opportunityPage(page);
  await form.openWithFigures(pages.sandbox.urls.formHost, REVIEWED);
  const stage = await form.openStage('Budget Review Required');
  const written: string[] = [];
  page.on('request', (sent) => {
    if (sent.method() === 'PATCH') written.push(sent.url());
  });
  await stage.getByRole('button', { name: 'Finish' }).click();
  await page
    .getByRole('region', { name: 'Notifications' })
    .getByText('The process finishes by itself when the project is completed.')
    .waitFor();
  expect([written, page.broke]).toEqual([[], []]);
});

test('R-1208 who is in no profile that lets read a column sees asterisks, locked, and the controls say that they hide it', async () => {
  const { dataverse } = pages.sandbox.endpoints;
  const bearer = await bearerOf(pages.sandbox.endpoints, TOOLS);
  const left = await request(
    `${dataverse.url}${dataverse.api}teams(${budgetUsers.id})/teammembership_association(${OLIVIA_ID})/$ref`,
    { method: 'DELETE', headers: { authorization: `Bearer ${bearer}` } },
  );
  expect(left.statusCode).toBe(204);

  const page = await pages.open();
  const form = opportunityPage(page);
  await form.open(pages.sandbox.urls.formHost, RUNNING);
  const hidden = page.getByRole('textbox', { name: /Hidden from you by column security/ }).first();
  await expect(hidden.inputValue()).resolves.toBe('******');
  await expect(hidden.isEditable()).resolves.toBe(false);
  for (const what of ['Jira project', 'Budget status', 'Budget approval'])
    await page
      .getByRole('region', { name: what, exact: true })
      .getByText('You do not have permission to see')
      .waitFor();
  // Its own column is not secured.
  await form.burn.getByRole('radio', { name: 'Chart' }).waitFor();
  await expect(axeFindings(page, { mustCheck: 'label' })).resolves.toEqual([]);
  expect(page.broke).toEqual([]);
});

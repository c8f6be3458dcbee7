import { join } from 'node:path';
import type { BrowserContextOptions, Locator } from 'playwright-core';
import { request } from 'undici';
import { EXAMPLE_OPPORTUNITY_ID } from '../../sandbox/src/seed/scenarios';
import { eventually } from '../plugins-proxy/eventually';
import { axeFindings } from './axe-findings';
import type { WatchedPage } from './browser';
import { type Look, lookAs } from './look-as';
import { pagesOnSandbox } from './pages-on-sandbox';
import { OLIVIA, PAUL, type Row, TOOLS, type WebApi, signIn } from './people';
import { putExampleIntoExecution } from './project-in-execution';
import { tabTo } from './tab-to';

const RUNNING = 'Warehouse Automation Rollout - Maple Ridge Logistics';
const OVER = 'ERP Finance Integration - Northern Lights Mining';
const EXAMPLE = 'Digital Transformation Project - Acme Corp';

const pages = pagesOnSandbox({});
let tools: WebApi;

beforeAll(async () => {
  tools = await signIn(pages.sandbox.endpoints, TOOLS);
});

interface ListLook extends Look {
  readonly options?: BrowserContextOptions;
}

/** Opens the portfolio as somebody, by default as the project manager, and waits for its rows. */
async function openPortfolio({
  language = 1033,
  theme = 'light',
  persona = 'project-manager',
  options,
}: ListLook = {}) {
  const page = await pages.open({ colorScheme: theme, ...options });
  await lookAs(page, pages.sandbox.urls.formHost, { language, theme, persona });
  await page.goto(`${pages.sandbox.urls.formHost}/main.aspx?pagetype=entitylist&etn=crmjira_budget_mapping`);
  await page.locator('.crmjira-toggle').first().waitFor();
  return page;
}

const rowOf = (page: WatchedPage, name: string): Locator => page.getByRole('row').filter({ hasText: name }).first();
const detailsOf = (page: WatchedPage, name: string): Locator =>
  page.getByRole('region', { name: `Details of ${name}` });

async function openDetails(page: WatchedPage, name: string): Promise<Locator> {
  await page.getByRole('button', { name: `Details of ${name}` }).click();
  const details = detailsOf(page, name);
  await details
    .getByRole('row')
    .filter({ hasText: /^Total/ })
    .waitFor();
  return details;
}

/** Percents of the rows from the first to the last. */
async function percents(page: WatchedPage): Promise<readonly number[]> {
  return (await page.locator('tbody .crmjira-burn b').allInnerTexts()).map((text) => Number.parseFloat(text));
}

async function mappingOf(name: string): Promise<Row> {
  const [opportunity] = await tools.rows(`opportunities?$select=opportunityid&$filter=name eq '${name}'`);
  const id = String(opportunity?.['opportunityid']);
  const [mapping] = await tools.rows(`crmjira_budget_mappings?$filter=_crmjira_opportunity_id_value eq ${id}`);
  if (!mapping) throw new Error(`${name} has no mapping.`);
  return mapping;
}

describe('R-211 the view of the mappings', () => {
  test('each row has its bar, its percent in words of its own and the figures of Dataverse', async () => {
    const page = await openPortfolio();
    const over = rowOf(page, OVER);
    // The seeded work ends on the last working day: on some weekdays it is a few hours more.
    const mapping = await mappingOf(OVER);
    const percent = Number(mapping['crmjira_utilization']);
    expect(percent).toBeGreaterThan(100);
    await over.getByText(`${percent.toFixed(1)}%`).waitFor();
    await over.getByText('Over Budget', { exact: true }).waitFor();
    const width = await over.locator('.crmjira-bar').evaluate((bar) => bar.getBoundingClientRect().width);
    const whole = await over.locator('.crmjira-bullet').evaluate((bar) => bar.getBoundingClientRect().width);
    // The axis ends at 115 % of the approved amount.
    expect((width / whole) * 1.15).toBeCloseTo(percent / 100, 1);
    await over
      .getByText(`-$${Math.abs(Number(mapping['crmjira_remaining_budget'])).toLocaleString('en-CA')}`)
      .waitFor();
    expect(page.broke).toEqual([]);
  });

  test('the view begins with what burns most (F-124); a head that is pressed by keyboard turns the order round, and back', async () => {
    const page = await openPortfolio();
    const inOrder = (sorted: 'ascending' | 'descending') =>
      eventually(async () => {
        await page.locator(`th[aria-sort=${sorted}]`, { hasText: 'Burn' }).waitFor();
        const found = await percents(page);
        expect(found).toEqual([...found].sort((a, b) => (sorted === 'ascending' ? a - b : b - a)));
      });
    await inOrder('descending');
    await tabTo(page, /button "Burn/);
    await page.keyboard.press('Enter');
    await inOrder('ascending');
    await page.keyboard.press('Enter');
    await inOrder('descending');
  });

  test('a choice and a keyword narrow the rows, and what matches nothing says so', async () => {
    const page = await openPortfolio();
    await page.getByRole('combobox', { name: 'Show' }).selectOption({ label: 'Over budget' });
    await page.getByText('1 of 1 shown').waitFor();
    await rowOf(page, OVER).waitFor();
    await page.getByRole('combobox', { name: 'Show' }).selectOption({ label: 'All projects' });
    const mapping = await mappingOf(RUNNING);
    await page.getByRole('searchbox').fill(String(mapping['crmjira_jira_project_key']).toLowerCase());
    await page.getByText('1 of 1 shown').waitFor();
    await rowOf(page, RUNNING).waitFor();
    await page.getByRole('searchbox').fill('100%_[x]');
    await page.getByText('No project budget matches. Choose another view or filter.').waitFor();
  });

  test('a name leads to the opportunity and back', async () => {
    const page = await openPortfolio();
    await rowOf(page, RUNNING).getByRole('button', { name: RUNNING, exact: true }).click();
    await page.getByRole('heading', { level: 1, name: RUNNING }).waitFor();
    await page.goBack();
    await rowOf(page, RUNNING).waitFor();
  });
});

describe('R-214 R-2304 work by month', () => {
  test('whoever has the role sees persons, and they add up to the spent amount', async () => {
    const page = await openPortfolio();
    const details = await openDetails(page, RUNNING);
    const mapping = await mappingOf(RUNNING);
    const rows = await tools.rows(
      `crmjira_resource_allocations?$filter=_crmjira_budget_mapping_id_value eq ${String(mapping['crmjira_budget_mappingid'])}`,
    );
    expect(rows.length).toBeGreaterThan(0);
    const cost = rows.reduce((sum, row) => sum + Number(row['crmjira_cost']), 0);
    expect(cost).toBeCloseTo(Number(mapping['crmjira_spent_amount']), 2);
    await expect(details.locator('.crmjira-person').count()).resolves.toBe(rows.length);
    const total = await details
      .getByRole('row')
      .filter({ hasText: /^Total/ })
      .innerText();
    expect(total.replace(/[^\d.]/g, ' ')).toContain(cost.toFixed(2).replace(/\B(?=(\d{3})+\b)/g, ' '));
  });

  test('the others see the same sums and no name, and Dataverse itself refuses them the rows', async () => {
    const page = await openPortfolio({ persona: 'sales-rep' });
    const details = await openDetails(page, RUNNING);
    await details.getByText('Sums only: hours per person need the role CRM-JIRA Worklog Viewer.').waitFor();
    await expect(details.locator('.crmjira-person').count()).resolves.toBe(0);
    expect(page.asked.filter((url) => url.includes('resource_allocation'))).toEqual([]);
    const olivia = await signIn(pages.sandbox.endpoints, OLIVIA);
    await expect(olivia.rows('crmjira_resource_allocations')).rejects.toThrow(/403/);
    const paul = await signIn(pages.sandbox.endpoints, PAUL);
    await expect(paul.rows('crmjira_resource_allocations?$top=1')).resolves.toHaveLength(1);
  });
});

const looks: readonly (readonly [string, ListLook])[] = [
  ['light, en', {}],
  ['dark, fr-CA', { language: 3084, theme: 'dark' }],
  ['forced colours', { options: { forcedColors: 'active' } }],
  ['320 px, fr-CA', { language: 3084, options: { viewport: { width: 320, height: 800 } } }],
];

test.each(looks)('R-1936 %s: axe finds nothing, and nothing runs out at the side', async (name, look) => {
  const page = await openPortfolio(look);
  await page.locator('.crmjira-toggle').first().click();
  await page.locator('.crmjira-sum').first().waitFor();
  const folder = process.env.PICTURES;
  if (folder) await page.screenshot({ path: join(folder, `portfolio-${name.replace(/\W+/g, '-')}.png`) });
  await expect(axeFindings(page, '.control-box')).resolves.toEqual([]);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
});

describe('R-1506 what differs between Dynamics and Jira', () => {
  /** Jira's own budget, which the contract of the budget module has. */
  async function jiraBudget(key: string, amount?: number): Promise<number> {
    const { jira } = pages.sandbox.endpoints;
    const headers = {
      authorization: `Basic ${Buffer.from(`${jira.email}:${jira.apiToken}`).toString('base64')}`,
      'content-type': 'application/json',
    };
    const base = `${jira.url}/rest/tempo-budgets/1/budget`;
    const found = await request(`${base}?projectKey=${key}`, { headers });
    const [budget] = (await found.body.json()) as { id: string; amount: number }[]; // as the contract says
    if (!budget) throw new Error(`${key} has no budget.`);
    if (amount === undefined) return budget.amount;
    const answer = await request(`${base}/${budget.id}`, { method: 'PUT', headers, body: JSON.stringify({ amount }) });
    await answer.body.dump();
    return amount;
  }

  let key: string;
  beforeAll(async () => {
    const [definition] = await tools.rows(
      `environmentvariabledefinitions?$select=environmentvariabledefinitionid&$filter=schemaname eq 'crmjira_BudgetSource'`,
    );
    await tools.create('environmentvariablevalues', {
      value: 'budget-module',
      schemaname: 'crmjira_BudgetSource',
      'EnvironmentVariableDefinitionId@odata.bind': `/environmentvariabledefinitions(${String(definition?.['environmentvariabledefinitionid'])})`,
    });
    // The service remembers settings for a minute; one that starts does not.
    pages.sandbox.proxy?.kill();
    await pages.sandbox.ready(60_000);
    ({ key } = await putExampleIntoExecution(pages.sandbox));
  });

  const differing = (): Promise<void> =>
    eventually(async () => {
      const [mapping] = await tools.rows(
        `crmjira_budget_mappings?$filter=_crmjira_opportunity_id_value eq ${EXAMPLE_OPPORTUNITY_ID}`,
      );
      if (mapping?.['crmjira_discrepancies'] == null) throw new Error('No difference is told yet.');
    });

  test('both values and since when are shown; Jira’s is not offered once approved, and Dynamics’ is written to Jira', async () => {
    // No run of what went before finds the change: the budget module tells of it (R-508).
    await eventually(async () => {
      const answer = await request(`${pages.sandbox.urls.proxy}/health`);
      expect(await answer.body.json()).toMatchObject({ queue: { pending: 0 } });
    });
    await jiraBudget(key, 300_000);
    await differing();
    const page = await openPortfolio();
    await page.getByRole('combobox', { name: 'Show' }).selectOption({ label: 'Different in Jira' });
    await rowOf(page, EXAMPLE).getByText('Jira has $300,000.00').waitFor();
    await page.getByRole('button', { name: `Details of ${EXAMPLE}` }).click();
    const details = detailsOf(page, EXAMPLE);
    const line = details.getByRole('row').filter({ hasText: 'Approved amount' });
    await line.getByText('$250,000.00').waitFor();
    await line.getByText('$300,000.00').waitFor();
    await line.getByText(/\d\d:\d\d/).waitFor();

    // An approved amount changes by an approval alone (F-112).
    expect(await line.getByRole('button', { name: 'Use the value from Jira: Approved amount' }).count()).toBe(0);
    await expect(jiraBudget(key)).resolves.toBe(300_000);

    // Among all rows it stays on the page when it no longer differs.
    await page.getByRole('combobox', { name: 'Show' }).selectOption({ label: 'All projects' });
    const takeCrm = line.getByRole('button', { name: 'Use the value from Dynamics: Approved amount' });
    await takeCrm.focus();
    await page.keyboard.press('Enter');
    await eventually(async () => expect(await jiraBudget(key)).toBe(250_000));
    await details.getByText('The approved amount is $250,000.00 CAD on both sides.').waitFor({ timeout: 90_000 });
    await rowOf(page, EXAMPLE).getByText('Jira has $300,000.00').waitFor({ state: 'detached' });
    const [command] = await tools.rows(
      'crmjira_commands?$filter=crmjira_command_type eq 7&$orderby=createdon desc&$top=1',
    );
    expect(command).toMatchObject({
      crmjira_argument: 'approved crm',
      crmjira_result: 'The approved amount is $250,000.00 CAD on both sides.',
    });
  });
});

test('R-211 more than 250 mappings come page by page', async () => {
  const names = Array.from({ length: 255 }, (_, index) => `Paged ${String(index).padStart(3, '0')}`);
  const [some] = await tools.rows('crmjira_integrations?$select=crmjira_integrationid&$top=1');
  const waiting = [...names];
  const worker = async (): Promise<void> => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift())
      await tools.create('crmjira_budget_mappings', {
        crmjira_name: name,
        crmjira_integration_reference: name,
        crmjira_jira_project_key: 'PAGED',
        crmjira_jira_project_name: name,
        crmjira_approved_budget: 1_000,
        crmjira_spent_amount: 0,
        crmjira_remaining_budget: 1_000,
        crmjira_budget_status: 2,
        crmjira_provisioning_state: 4,
        crmjira_budget_source: 3,
        crmjira_last_alert_level: 0,
        crmjira_period_from: '2026-01-01',
        crmjira_period_to: '2026-12-31',
        'crmjira_integration_id@odata.bind': `/crmjira_integrations(${String(some?.['crmjira_integrationid'])})`,
      });
  };
  await Promise.all(Array.from({ length: 8 }, worker));
  const page = await openPortfolio();
  await page.getByRole('searchbox').fill('Paged');
  // The rows beyond the first 40 are drawn after the line that counts them.
  const drawn = (rows: number): Promise<void> =>
    eventually(async () => expect(await page.locator('.crmjira-toggle').count()).toBe(rows));
  await page.getByText('250 of 255 shown').waitFor();
  await drawn(250);
  await page.getByRole('button', { name: 'Load more' }).click();
  await page.getByText('255 of 255 shown').waitFor();
  await drawn(255);
  await expect(page.getByRole('button', { name: 'Load more' }).count()).resolves.toBe(0);
});

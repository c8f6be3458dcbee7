import type { Browser } from 'playwright-core';
import { PLANT_CONNECTION_ID } from '../../sandbox/src/run/directory';
import { seedExample } from '../../sandbox/src/run/seed-example';
import { EXAMPLE_OPPORTUNITY_ID } from '../../sandbox/src/seed/scenarios';
import { variable } from '../plugins-proxy/stand-ins';
import { type WatchedPage, openPage, startBrowser } from './browser';
import { opportunityPage } from './opportunity-page';
import { OLIVIA, PAUL, type Row, TOOLS, type WebApi, signIn } from './people';
import { type SandboxUnderTest, startSandbox } from './sandbox-under-test';

const NAME = 'Digital Transformation Project - Acme Corp';
/** Milliseconds from the webhook to the figure on the form. */
const SEEN_WITHIN = 30_000;

let sandbox: SandboxUnderTest;
let browser: Browser;
let page: WatchedPage;
let form: ReturnType<typeof opportunityPage>;
let tools: WebApi;

beforeAll(async () => {
  [sandbox, browser] = await Promise.all([
    startSandbox({
      seed: async (world) => {
        await seedExample(world);
        const rules = { rules: [{ connection: PLANT_CONNECTION_ID, country: 'Canada' }] };
        await world.dataverse.seed([variable('crmjira_DefaultConnectionRules', JSON.stringify(rules))]);
      },
    }),
    startBrowser(),
  ]);
  page = await openPage(browser);
  form = opportunityPage(page);
  tools = await signIn(sandbox.endpoints, TOOLS);
});
afterAll(async () => {
  await browser.close();
  await sandbox.close();
});

async function mapping(): Promise<Row> {
  const rows = await tools.rows(
    `crmjira_budget_mappings?$filter=_crmjira_opportunity_id_value eq ${EXAMPLE_OPPORTUNITY_ID}`,
  );
  expect(rows).toHaveLength(1);
  return rows[0] ?? {};
}

test('E1 to E3 at the Data Center site, while the others stay at Jira Cloud', async () => {
  await form.open(sandbox.urls.formHost, NAME);
  const steps = await form.openStage('Opportunity Qualification');
  const budget = steps.getByLabel('Budget Amount');
  await budget.fill('250000');
  await budget.press('Enter');
  await form.command('Save');
  await form.stageIs('Budget Approval');
  const link = form.project.getByRole('link', { name: /Open in Jira/ });
  await link.waitFor({ timeout: SEEN_WITHIN });
  await expect(link.getAttribute('href')).resolves.toContain(sandbox.urls.dataCenter);
  await expect(mapping()).resolves.toMatchObject({ _crmjira_integration_id_value: PLANT_CONNECTION_ID });

  await form.command('Request Approval');
  await page.getByText('Approval requested. The budget approvers will be notified.').waitFor();
  await form.become(PAUL.name);
  await form.command('Approve Budget');
  await form.confirm();
  await page.getByText('Budget of $250,000.00 CAD approved.').waitFor();
  await form.become(OLIVIA.name);
  await form.stageIs('Project Execution');

  await form.logWork(368, 125);
  await form.burn.getByText('46,000.00', { exact: false }).first().waitFor({ timeout: SEEN_WITHIN });
  await form.burn
    .getByText(/18\.4\s?%/)
    .first()
    .waitFor({ timeout: SEEN_WITHIN });
  await form.logWork(1_332, 125);
  await form.stageIs('Budget Review Required', SEEN_WITHIN);
  const { crmjira_budget_mappingid: id } = await mapping();
  await expect(
    tools.rows(`crmjira_budget_alerts?$filter=_crmjira_budget_mapping_id_value eq ${String(id)}`),
  ).resolves.toEqual([expect.objectContaining({ crmjira_alert_level: 1, crmjira_utilization: 85 })]);
  expect(sandbox.dataCenter.site.projects.all().map(({ name }) => name)).toContain(NAME);
  expect(sandbox.jira.site.projects.all().map(({ name }) => name)).not.toContain(NAME);
});

import { CONNECTION_ID } from '../../sandbox/src/run/directory';
import type { Frame } from 'playwright-core';
import { CommandType, IntegrationStatus, process as flow, successRate } from '@crmjira/domain';
import { eventually } from '../plugins-proxy/eventually';
import { type Look, lookAs } from './look-as';
import { opportunityPage } from './opportunity-page';
import { pagesOnSandbox } from './pages-on-sandbox';
import { OLIVIA, PAUL, type Row, TOOLS, type WebApi, signIn } from './people';

const RUNNING = 'Warehouse Automation Rollout - Maple Ridge Logistics';
const ADA = 'Ada Singh';
const HEALTH = 'integration-health';
const GUIDE = 'connection-guide';

const pages = pagesOnSandbox({});
let tools: WebApi;

beforeAll(async () => {
  tools = await signIn(pages.sandbox.endpoints, TOOLS);
});

/** Opens a page of the integration as somebody, by default as the administrator. */
async function openWebResource(name: string, look: Look = {}, record?: string) {
  const { language = 1033, persona = 'admin' } = look;
  const page = await pages.open();
  await lookAs(page, pages.sandbox.urls.formHost, { language, persona });
  const at = `main.aspx?pagetype=webresource&webresourceName=crmjira_/pages/${name}.html`;
  await page.goto(`${pages.sandbox.urls.formHost}/${at}${record ? `&id=${record}` : ''}`);
  const frame = await eventually(async () => {
    const found = page.frames().find((one) => one.url().includes(`/WebResources/crmjira_/pages/${name}.html`));
    if (!found) throw new Error(`${name} is not on the page.`);
    return found;
  });
  return { page, frame };
}

/** Waits for the first good reading of the health page. */
const healthRead = (frame: Frame): Promise<void> => frame.locator('.page-figure').waitFor();

const INTEGRATION = `crmjira_integrations(${CONNECTION_ID})`;

/** What the page says of columns that the service writes each minute too: written again until it has read them. */
const withIntegration = (frame: Frame, columns: Row, says: () => Promise<void>): Promise<void> =>
  eventually(async () => {
    await tools.update(INTEGRATION, columns);
    await frame.getByRole('button', { name: /^(Refresh|Actualiser)$/ }).click();
    await says();
  });

async function logRows(): Promise<readonly Row[]> {
  const since = new Date(Date.now() - 24 * 3_600_000).toISOString();
  return tools.rows(
    `crmjira_integration_logs?$select=crmjira_integration_status,crmjira_error_message&$filter=createdon gt ${since}`,
  );
}

/** A failed row of the log that belongs to a mapped opportunity, as the service writes it. */
async function failedRow(message: string): Promise<string> {
  const [mapping] = await tools.rows('crmjira_budget_mappings?$filter=crmjira_provisioning_state eq 4&$top=1');
  return tools.create('crmjira_integration_logs', {
    crmjira_operation_type: 2,
    crmjira_source_system: 2,
    crmjira_source_record_id: String(mapping?.['crmjira_jira_project_key']),
    crmjira_integration_status: IntegrationStatus.Failed,
    crmjira_error_message: message,
    crmjira_correlation_id: 'pages-test',
    'crmjira_budget_mapping_id@odata.bind': `/crmjira_budget_mappings(${String(mapping?.['crmjira_budget_mappingid'])})`,
  });
}

describe('integration health', () => {
  test('R-1104 R-1112 the figures are those of the rows of the log, counted in another way', async () => {
    await failedRow('Jira answered 503 five times. <img src=x onerror=alert(1)>');
    const { page, frame } = await openWebResource(HEALTH);
    await healthRead(frame);
    const counts = new Map<number, number>();
    for (const { crmjira_integration_status: status } of await logRows())
      counts.set(Number(status), (counts.get(Number(status)) ?? 0) + 1);
    const { percent } = successRate(counts);
    await frame.getByText(`${percent?.toFixed(2)}%`).waitFor();
    await frame.getByRole('img', { name: /^Daily volume, 30 days/ }).waitFor();
    await frame.getByText('Jira answered 503 five times. <img src=x onerror=alert(1)>').first().waitFor();
    expect(page.broke).toEqual([]);
    // own files only: the policy of the page would have refused others
    const elsewhere = page.asked.filter(
      (url) => !url.startsWith(pages.sandbox.urls.formHost) && !url.startsWith('data:') && !url.startsWith('blob:'),
    );
    expect(elsewhere).toEqual([]);
  });

  test('R-1104 an error is tried again from the page, and the page says what came of it', async () => {
    await failedRow('The root issue was deleted.');
    const { frame } = await openWebResource(HEALTH);
    const row = frame.getByRole('row').filter({ hasText: 'The root issue was deleted.' }).first();
    await row.getByRole('button', { name: /^Retry / }).click();
    await frame
      .getByRole('status')
      .filter({ hasText: /^CRM[A-Z]+: \S/ })
      .waitFor({ timeout: 90_000 });
    await row.getByRole('button', { name: /^Retry / }).waitFor();
  });

  test('R-1104 "Retry all" tells how far it is, and each row what came of it', async () => {
    await failedRow('The project lead does not exist.');
    const { frame } = await openWebResource(HEALTH, { language: 3084 });
    await frame.getByRole('button', { name: 'Tout réessayer' }).click();
    await frame
      .getByRole('status')
      .filter({ hasText: /^Nouvel essai terminé\s: \d+ réussites sur \d+\.$/ })
      .waitFor({ timeout: 90_000 });
    const row = frame.getByRole('row').filter({ hasText: 'The project lead does not exist.' }).first();
    await row.locator('.retry-result').filter({ hasText: /\S/ }).waitFor();
  });

  test('R-1104 R-1401 tiles show what was done today, the queue and the dead letters; a failure is worded in the reader’s language', async () => {
    const id = await failedRow('Jira refused the credentials of the integration account.');
    await tools.update(`crmjira_integration_logs(${id})`, { crmjira_error_code: 'jira-credentials' });
    const { frame } = await openWebResource(HEALTH, { language: 3084 });
    const tile = (name: string) => frame.locator('.tiles > *').filter({ hasText: name }).locator('.page-tile');
    await healthRead(frame);
    await withIntegration(frame, { crmjira_jobs_waiting: 7, crmjira_dead_letters: 3 }, async () => {
      await tile('File d’attente').filter({ hasText: /^7$/ }).waitFor({ timeout: 10_000 });
      await tile('Tâches abandonnées').filter({ hasText: /^3$/ }).waitFor({ timeout: 10_000 });
    });
    await expect(tile('Aujourd’hui').innerText()).resolves.toMatch(/^[1-9]/);
    await frame.getByText('Jira a refusé les identifiants du compte d’intégration.').waitFor();
  });

  test('Dataverse stops: the page says since when, keeps its figures, and recovers by itself', async () => {
    const { page, frame } = await openWebResource(HEALTH);
    await healthRead(frame);
    const before = await frame.locator('.page-figure').innerText();
    await page.route('**/api/data/**', (route) => route.abort());
    await frame.getByRole('button', { name: 'Refresh' }).click();
    await frame.getByText(/^Dataverse unreachable since \d\d:\d\d\.$/).waitFor();
    await frame.getByText(/^What you see is from \d\d:\d\d\./).waitFor();
    await expect(frame.locator('.page-figure').innerText()).resolves.toBe(before);
    await page.unroute('**/api/data/**');
    await frame.getByRole('button', { name: 'Refresh' }).click();
    await frame.getByText(/^Dataverse unreachable since/).waitFor({ state: 'detached' });
  });

  test('the service or Jira is silent: the page says since when, and that nothing is lost', async () => {
    const { frame } = await openWebResource(HEALTH);
    const says = (text: string | RegExp) => frame.getByText(text).first().waitFor({ timeout: 10_000 });
    const hourAgo = new Date(Date.now() - 3_600_000).toISOString();
    await healthRead(frame);
    try {
      await withIntegration(frame, { crmjira_last_test_on: hourAgo }, () =>
        says(/the integration has not reported since .*\d\d:\d\d\.$/),
      );
      const silent = { crmjira_last_test_on: new Date().toISOString(), crmjira_last_test_ok: false };
      await withIntegration(frame, silent, async () => {
        await says(/Jira did not answer at \d\d:\d\d\.$/);
        await says('Nothing is lost: changes are applied when Jira answers.');
      });
    } finally {
      await tools.update(INTEGRATION, { crmjira_last_test_on: new Date().toISOString(), crmjira_last_test_ok: true });
    }
  });

  test('a sales rep, who may not read the log, is told so and by whom it is granted', async () => {
    const { frame } = await openWebResource(HEALTH, { persona: 'sales-rep' });
    await frame.getByText('You do not have permission to read the integration’s rows.').waitFor();
  });
});

describe('connection set-up', () => {
  test('every step of the running sandbox is checked and done', async () => {
    const { frame } = await openWebResource(GUIDE);
    await frame.getByText('6 of 6 steps done').waitFor();
  });

  test('R-208 Dataverse stops: the guide says since when and keeps what it knew', async () => {
    const { page, frame } = await openWebResource(GUIDE);
    await frame.getByText('6 of 6 steps done').waitFor();
    await page.route('**/api/data/**', (route) => route.abort());
    await frame.getByRole('button', { name: 'Check again' }).click();
    await frame.getByText(/^Dataverse unreachable since \d\d:\d\d\.$/).waitFor();
    await frame.getByText('6 of 6 steps done').waitFor();
  });

  test('a step that is not done says what to do, and those behind it that they could not be checked', async () => {
    const { frame } = await openWebResource(GUIDE, { persona: 'sales-rep', language: 3084 });
    const first = frame.getByRole('listitem').filter({ hasText: 'Attribuer les rôles' });
    await first.getByText('À faire').waitFor();
    await first.getByText(/CRM-JIRA Integration Administrator/).waitFor();
    await frame
      .getByRole('listitem')
      .filter({ hasText: 'Démarrer le service' })
      .getByText('Pas encore vérifié')
      .waitFor();
  });
});

describe('R-210 R-1908 the burn view without code components', () => {
  async function runningId(): Promise<string> {
    const [row] = await tools.rows(`opportunities?$select=opportunityid&$filter=name eq '${RUNNING}'`);
    return String(row?.['opportunityid']);
  }

  test('shows the figures that the control shows, and offers its commands', async () => {
    const id = await runningId();
    const { page, frame } = await openWebResource('budget-burn', { persona: 'sales-rep' }, id);
    const said = frame.getByText(/spent of/).first();
    await said.waitFor();
    const onPage = await frame.locator('.crmjira-headline').innerText();
    const form = await pages.open();
    await opportunityPage(form).open(pages.sandbox.urls.formHost, RUNNING);
    await form.locator('.crmjira-headline').first().waitFor();
    await expect(form.locator('.crmjira-headline').first().innerText()).resolves.toBe(onPage);
    await frame.getByText('Table', { exact: true }).click();
    await frame.getByRole('table', { name: 'Spending by month' }).waitFor();
    await frame.getByRole('table', { name: 'Milestones' }).waitFor();
    expect(page.broke).toEqual([]);
  });

  test('Dataverse stops: the last good figures stay', async () => {
    const { page, frame } = await openWebResource('budget-burn', { persona: 'sales-rep' }, await runningId());
    await frame
      .getByText(/spent of/)
      .first()
      .waitFor();
    await page.route('**/api/data/**', (route) => route.abort());
    await frame
      .getByText(/refreshing failed|Shown as of|Offline/i)
      .first()
      .waitFor();
    await frame
      .getByText(/spent of/)
      .first()
      .waitFor();
  });
});

describe('R-303 a stage that is moved past the form', () => {
  const NEW = 'Digital Transformation Project - Acme Corp';

  async function instanceOf(name: string) {
    const [opportunity] = await tools.rows(`opportunities?$select=opportunityid&$filter=name eq '${name}'`);
    const [row] = await tools.rows(
      `crmjira_opportunitytojiraprojects?$filter=_bpf_opportunityid_value eq ${String(opportunity?.['opportunityid'])}`,
    );
    return String(row?.['businessprocessflowinstanceid']);
  }
  const jump = (olivia: WebApi, id: string) =>
    olivia.update(`crmjira_opportunitytojiraprojects(${id})`, {
      'activestageid@odata.bind': `/processstages(${flow.stages.ProjectExecution})`,
    });

  test('a PATCH on the process instance is refused by the server, and the reason stands in a row', async () => {
    const olivia = await signIn(pages.sandbox.endpoints, OLIVIA);
    const id = await instanceOf(NEW);
    const before = await tools.row(`crmjira_opportunitytojiraprojects(${id})`);
    await expect(jump(olivia, id)).rejects.toThrow(/: (400|403|500) /);
    const after = await tools.row(`crmjira_opportunitytojiraprojects(${id})`);
    expect(after['_activestageid_value']).toBe(before['_activestageid_value']);
    const [refused] = await tools.rows(
      `crmjira_commands?$filter=crmjira_command_type eq ${CommandType.StageMove}&$orderby=createdon desc&$top=1`,
    );
    expect(String(refused?.['crmjira_result'])).toMatch(/Jira/);
  });

  test('the proxy is down: the move fails closed', async () => {
    const olivia = await signIn(pages.sandbox.endpoints, OLIVIA);
    const id = await instanceOf(NEW);
    const before = await tools.row(`crmjira_opportunitytojiraprojects(${id})`);
    pages.sandbox.proxy?.kill();
    await expect(jump(olivia, id)).rejects.toThrow(/: (4|5)\d\d /);
    const after = await tools.row(`crmjira_opportunitytojiraprojects(${id})`);
    expect(after['_activestageid_value']).toBe(before['_activestageid_value']);
    await pages.sandbox.ready(60_000);
  });
});

test('the rail leads to the pages and back', async () => {
  const page = await pages.open();
  await page.goto(pages.sandbox.urls.formHost);
  await opportunityPage(page).become(ADA);
  await page.getByRole('link', { name: 'Health Page' }).click();
  await page.frameLocator('iframe').getByRole('heading', { level: 1, name: 'Integration health' }).waitFor();
  await page.goBack();
  await page.getByRole('link', { name: RUNNING }).waitFor();
});

test('R-205 a budget approver is offered the approval, a sales rep is not; both have what their role and the record allow', async () => {
  const page = await pages.open();
  const form = opportunityPage(page);
  await form.open(pages.sandbox.urls.formHost, RUNNING);
  const names = async (): Promise<readonly string[]> => {
    await page.getByRole('menuitem', { name: 'Sync Now' }).waitFor();
    return page.getByRole('menubar').getByRole('menuitem').allInnerTexts();
  };
  expect((await names()).join()).not.toMatch(/Approve Budget|Create Jira Project/);
  await form.become(PAUL.name);
  await names();
  await form.command('Sync Now');
  await page.getByRole('region', { name: 'Notifications' }).getByRole('paragraph').first().waitFor();
});

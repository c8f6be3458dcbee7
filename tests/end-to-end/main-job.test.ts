import type { Browser } from 'playwright-core';
import { CommandState, CommandType } from '@crmjira/domain';
import { EXAMPLE_OPPORTUNITY_ID } from '../../sandbox/src/seed/scenarios';
import { eventually } from '../plugins-proxy/eventually';
import { type WatchedPage, openPage, startBrowser } from './browser';
import { jiraRest } from './jira-rest';
import { opportunityPage } from './opportunity-page';
import { OLIVIA, PAUL, type Row, TOOLS, type WebApi, signIn } from './people';
import { type SandboxUnderTest, startSandbox } from './sandbox-under-test';

const NAME = 'Digital Transformation Project - Acme Corp';
/** Milliseconds from the webhook to the figure on the form; how fast it is on a quiet machine is measured by the bench. */
const SEEN_WITHIN = 30_000;
const ofOpportunity = `$filter=_crmjira_opportunity_id_value eq ${EXAMPLE_OPPORTUNITY_ID}`;

let sandbox: SandboxUnderTest;
let browser: Browser;
let page: WatchedPage;
let form: ReturnType<typeof opportunityPage>;
let jira: ReturnType<typeof jiraRest>;
let olivia: WebApi;
let tools: WebApi;

beforeAll(async () => {
  [sandbox, browser] = await Promise.all([startSandbox(), startBrowser()]);
  page = await openPage(browser);
  form = opportunityPage(page);
  jira = jiraRest(sandbox.endpoints);
  [olivia, tools] = await Promise.all([signIn(sandbox.endpoints, OLIVIA), signIn(sandbox.endpoints, TOOLS)]);
});
afterAll(async () => {
  await browser.close();
  await sandbox.close();
});

async function mapping(): Promise<Row> {
  const rows = await tools.rows(`crmjira_budget_mappings?${ofOpportunity}`);
  expect(rows).toHaveLength(1);
  return rows[0] ?? {};
}
const alerts = async () => {
  const { crmjira_budget_mappingid: id } = await mapping();
  return tools.rows(`crmjira_budget_alerts?$filter=_crmjira_budget_mapping_id_value eq ${String(id)}`);
};
const regarding = (collection: string) =>
  tools.rows(
    `${collection}?$filter=_regardingobjectid_value eq ${EXAMPLE_OPPORTUNITY_ID}&$orderby=createdon${
      collection === 'emails' ? '&$expand=email_activity_parties' : ''
    }`,
  );
/** E-mails without those about the request and its approval. */
const alertMails = async () =>
  (await regarding('emails')).filter(({ subject }) => !String(subject).startsWith('Budget approv'));
const recipients = (email: Row | undefined): string[] => {
  const parties = email?.['email_activity_parties'];
  if (!Array.isArray(parties)) throw new Error('The e-mail came without its parties.');
  return parties
    .filter((party: Row) => party['participationtypemask'] === 2)
    .map((party: Row) => String(party['addressused']))
    .sort();
};

/** Asks as the sales rep, approves as the project manager, with the commands of the form. */
async function approveBudget(): Promise<void> {
  await form.command('Request Approval');
  await page.getByText('Approval requested. The budget approvers will be notified.').waitFor();
  await form.become(PAUL.name);
  await form.command('Approve Budget');
  // A decision is final: the command asks first.
  await form.confirm();
  await page.getByText('Budget of $250,000.00 CAD approved.').waitFor();
  await form.become(OLIVIA.name);
}

/** Milliseconds from Jira's answer until the control says a share, without a reload. */
async function seenAfter(answeredAt: number, spent: string, share: RegExp): Promise<number> {
  await form.burn.getByText(spent, { exact: false }).first().waitFor({ timeout: SEEN_WITHIN });
  await form.burn.getByText(share).first().waitFor({ timeout: SEEN_WITHIN });
  return performance.now() - answeredAt;
}

test('the stage gate says beside the field what is missing, and lets go once it is there (E1, R-308)', async () => {
  await form.open(sandbox.urls.formHost, NAME);
  const steps = await form.openStage('Opportunity Qualification');
  await steps.getByRole('button', { name: 'Next stage' }).click();
  const budget = steps.getByLabel('Budget Amount');
  await steps.getByRole('alert').waitFor();
  const said = await budget.getAttribute('aria-describedby');
  await expect(page.locator(`[id="${said}"]`).innerText()).resolves.toMatch(/Must be greater than \$10,000/);
  await form.stageIs('Opportunity Qualification');

  await budget.fill('250000');
  await budget.press('Enter');
  await form.command('Save');
  await page.getByText('- Saved').waitFor();
  await form.stageIs('Budget Approval');
  await expect(page.getByText('Must be greater than $10,000').count()).resolves.toBe(0);
});

test('key, link, project and mapping exist once although the trigger fires again and again (E1.10)', async () => {
  const enqueue = (n: number) =>
    olivia.update(`opportunities(${EXAMPLE_OPPORTUNITY_ID})`, { budgetamount: 250_000, closeprobability: 60 + n });
  const syncNow = () =>
    olivia.create('crmjira_commands', {
      'crmjira_opportunity_id@odata.bind': `/opportunities(${EXAMPLE_OPPORTUNITY_ID})`,
      crmjira_command_type: CommandType.SyncNow,
      crmjira_command_state: CommandState.Requested,
      crmjira_requested_on: new Date().toISOString(),
    });
  await Promise.all([enqueue(1), enqueue(2), enqueue(3), syncNow(), syncNow(), syncNow()]);
  await eventually(async () => {
    const open = await tools.rows(
      `crmjira_commands?${ofOpportunity} and crmjira_command_state ne ${CommandState.Done}`,
    );
    expect(open).toEqual([]);
  });

  const { crmjira_jira_project_key: key } = await mapping();
  expect(key).toMatch(/^CRM[A-Z]{7}$/);
  const opportunity = await olivia.row(`opportunities(${EXAMPLE_OPPORTUNITY_ID})`);
  expect(opportunity).toMatchObject({ crmjira_jira_project_key: key, crmjira_project_budget: 250_000 });
  await expect(jira.projectsNamed('Digital Transformation')).resolves.toEqual([
    expect.objectContaining({ key, name: NAME }),
  ]);
  await expect(jira.issuesOf(String(key))).resolves.toHaveLength(1);
  await expect(
    tools.rows(`crmjira_integration_logs?$filter=crmjira_target_record_id eq '${String(key)}'`),
  ).resolves.toHaveLength(1);

  await form.project.getByText(String(key)).first().waitFor();
  const link = form.project.getByRole('link', { name: /Open in Jira/ });
  await expect(link.getAttribute('href')).resolves.toContain(String(key));
});

test('an approved budget moves the process to Project Execution and is told to the project team (E1.9, R-307)', async () => {
  await approveBudget();
  await form.stageIs('Project Execution');
  await eventually(async () => {
    await expect(olivia.row(`opportunities(${EXAMPLE_OPPORTUNITY_ID})`)).resolves.toMatchObject({
      crmjira_step_notify: true,
    });
  });
  // The project manager has decided: the owner, who has asked, is left.
  const mails = (await regarding('emails')).filter(({ subject }) => String(subject).startsWith('Budget approved'));
  expect(mails).toMatchObject([{ subject: `Budget approved: ${NAME}`, statuscode: 3 }]);
  expect(mails.map(recipients)).toEqual([['opportunity.owner@company.com']]);
});

test('46,000 of 250,000 shows as 18.4 % after the webhook, without a reload (E2, R-514)', async () => {
  await form.logWork(360, 125);
  await form.burn.getByText('45,000.00').first().waitFor();
  const answered = await form.logWork(8, 125);
  const took = await seenAfter(answered, '46,000.00', /18\.4\s?%/);
  expect(took).toBeLessThan(SEEN_WITHIN);
  await expect(mapping()).resolves.toMatchObject({
    crmjira_approved_budget: 250_000,
    crmjira_spent_amount: 46_000,
    crmjira_remaining_budget: 204_000,
    crmjira_utilization: 18.4,
    crmjira_budget_status: 3,
  });
  await expect(olivia.row(`opportunities(${EXAMPLE_OPPORTUNITY_ID})`)).resolves.toMatchObject({ actualvalue: 46_000 });
  await expect(alerts()).resolves.toEqual([]);
});

test('crossing 80 % raises one alert row, task and e-mail to the three people and moves the stage (E3)', async () => {
  const answered = await form.logWork(1_332, 125);
  const took = await seenAfter(answered, '212,500.00', /85(\.0)?\s?%/);
  expect(took).toBeLessThan(SEEN_WITHIN);
  await form.stageIs('Budget Review Required', SEEN_WITHIN);

  await eventually(async () => expect(await alertMails()).toEqual([expect.objectContaining({ statuscode: 3 })]));
  await expect(alerts()).resolves.toEqual([
    expect.objectContaining({ crmjira_alert_level: 1, crmjira_severity: 2, crmjira_utilization: 85 }),
  ]);
  const tasks = await regarding('tasks');
  expect(tasks).toEqual([
    expect.objectContaining({ subject: 'Review Budget Status - Digital Transformation Project', prioritycode: 2 }),
  ]);
  const [mail] = await alertMails();
  const { crmjira_integration_reference: reference } = await mapping();
  expect(mail?.['subject']).toBe(`Budget Warning: ${NAME}`);
  expect(recipients(mail)).toEqual([
    'finance.controller@company.com',
    'opportunity.owner@company.com',
    'project.manager@company.com',
  ]);
  const body = String(mail?.['description']);
  expect(body).toContain(
    `The project ${String(reference)} has reached 85% of its approved budget. Please review and take appropriate action.`,
  );
  for (const figure of ['$250,000.00 CAD', '$212,500.00 CAD', '$37,500.00 CAD', '85.0%'])
    expect(body).toContain(figure);
});

test('alert, task and mail are seen in the timeline and in the outbox', async () => {
  await page.getByRole('tab', { name: 'Timeline' }).click();
  const timeline = page.getByRole('region', { name: 'Timeline' });
  await timeline.getByText('Review Budget Status - Digital Transformation Project').waitFor();
  await timeline.getByText(`Budget Warning: ${NAME}`).waitFor();
  await page.getByRole('button', { name: 'Outbox' }).click();
  const outbox = page.getByRole('complementary', { name: 'Outbox' });
  await outbox.getByText(`Budget Warning: ${NAME}`).click();
  await outbox.getByText('$212,500.00 CAD').waitFor();
  await outbox.getByText('finance.controller@company.com').first().waitFor();
  await page.getByRole('tab', { name: 'Jira budget' }).click();
});

test('going on above 80 % raises no second alert (E3.5)', async () => {
  const answered = await form.logWork(8, 125);
  await seenAfter(answered, '213,500.00', /85\.4\s?%/);
  await eventually(async () => expect((await mapping())['crmjira_spent_amount']).toBe(213_500));
  await expect(alerts()).resolves.toHaveLength(1);
  await expect(regarding('tasks')).resolves.toHaveLength(1);
  await expect(alertMails()).resolves.toHaveLength(1);
});

test('crossing 100 % raises the next alert, and writes to the owner alone (E3-B)', async () => {
  const answered = await form.logWork(372, 125);
  await seenAfter(answered, '260,000.00', /104(\.0)?\s?%/);
  await eventually(async () => {
    const mails = await alertMails();
    expect(mails.map((mail) => mail['statuscode'])).toEqual([3, 3]);
  });
  const levels = (await alerts()).map((alert) => alert['crmjira_alert_level']).sort();
  expect(levels).toEqual([1, 2]);
  const mail = (await alertMails()).find((one) => one['subject'] === 'Budget Alert: Project Over Budget');
  const { crmjira_integration_reference: reference, crmjira_budget_status: status } = await mapping();
  expect(status).toBe(4);
  expect(recipients(mail)).toEqual(['opportunity.owner@company.com']);
  expect(String(mail?.['description'])).toContain(`Project ${String(reference)} has exceeded its approved budget.`);
  expect(String(mail?.['description'])).toContain('$10,000.00 CAD');
  const tasks = (await regarding('tasks')).map((task) => task['subject']);
  expect(tasks).toEqual([
    'Review Budget Status - Digital Transformation Project',
    `Review Over Budget Project: ${String(reference)}`,
  ]);
  await form.stageIs('Budget Review Required');
});

test('R-209 in Chromium, whose engine Chrome and Edge have, nothing on the page broke, and nothing was asked of another machine', () => {
  expect(page.broke).toEqual([]);
  expect(page.asked.filter((url) => new URL(url).hostname !== 'localhost')).toEqual([]);
});

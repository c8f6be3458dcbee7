import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { repositoryRoot } from '../../sandbox/src/form-host/index';
import { EXAMPLE_OPPORTUNITY_ID } from '../../sandbox/src/seed/scenarios';
import { eventually } from '../plugins-proxy/eventually';
import { type WatchedPage, openPage, startBrowser } from './browser';
import { opportunityPage } from './opportunity-page';
import { OLIVIA, PAUL, TOOLS, type WebApi, signIn } from './people';
import { type SandboxUnderTest, startSandbox } from './sandbox-under-test';

jest.setTimeout(120_000);

const NAME = 'Digital Transformation Project - Acme Corp';
const ADA = 'Ada Singh';
/** Milliseconds that a step may take beside other work. */
const SEEN_WITHIN = 30_000;

let sandbox: SandboxUnderTest;
let browser: Browser;
let page: WatchedPage;
let form: ReturnType<typeof opportunityPage>;
let tools: WebApi;

beforeAll(async () => {
  [sandbox, browser] = await Promise.all([startSandbox(4740), startBrowser()]);
  page = await openPage(browser);
  form = opportunityPage(page);
  tools = await signIn(sandbox.endpoints, TOOLS);
});
afterAll(async () => {
  await browser.close();
  await sandbox.close();
});

/** A page of docs/training, on one line; what a test does must stand there. */
function training(name: string): (...words: readonly string[]) => void {
  const text = readFileSync(join(repositoryRoot, 'docs', 'training', `${name}.md`), 'utf8').replaceAll(/\s+/g, ' ');
  return (...words) => {
    for (const word of words) expect(text).toContain(word);
  };
}

const regarding = (collection: string) =>
  tools.rows(`${collection}?$filter=_regardingobjectid_value eq ${EXAMPLE_OPPORTUNITY_ID}`);

test('R-2206 sales rep, first exercise: what is missing is said, then the project comes and the approval is asked for', async () => {
  const says = training('sales-rep');
  says('You are Olivia Owens', `_${NAME}_`, '**Opportunity Qualification**', '**Next stage**');
  await form.open(sandbox.urls.formHost, NAME);
  await page.getByRole('button', { name: `Signed in as ${OLIVIA.name}` }).waitFor();
  const steps = await form.openStage('Opportunity Qualification');
  await steps.getByRole('button', { name: 'Next stage' }).click();
  says('"Must be greater than $10,000" beside **Budget Amount**');
  await steps.getByText('Must be greater than $10,000').waitFor();
  await form.stageIs('Opportunity Qualification');

  says(
    'Enter 250,000 there, press Enter, then **Save**',
    'a project key of ten letters, and the stage **Budget Approval**',
  );
  const budget = steps.getByLabel('Budget Amount');
  await budget.fill('250000');
  await budget.press('Enter');
  await form.command('Save');
  await form.stageIs('Budget Approval', SEEN_WITHIN);
  await form.project
    .getByText(/CRM[A-Z]{7}/)
    .first()
    .waitFor({ timeout: SEEN_WITHIN });

  says('**Request Approval**', '"Approval requested. A budget approver decides."');
  await form.command('Request Approval');
  await page.getByText('Approval requested. A budget approver decides.').waitFor({ timeout: SEEN_WITHIN });
});

test('R-2206 project manager, first exercise: the approval moves the process', async () => {
  const says = training('project-manager');
  says('become Paul Martin', '**Approve Budget** and confirm');
  await form.become(PAUL.name);
  page.once('dialog', (dialog) => void dialog.accept());
  await form.command('Approve Budget');
  says('"Approved. The Jira budget is being activated."', 'the stage **Project Execution**');
  await page.getByText('Approved. The Jira budget is being activated.').waitFor({ timeout: SEEN_WITHIN });
  await form.stageIs('Project Execution', SEEN_WITHIN);
});

test('R-2206 sales rep, second and third exercise: the burn follows without a reload', async () => {
  const says = training('sales-rep');
  says('**Log work in Jira**: 368 hours at 125', '46,000.00 spent, 18.4 %, without a reload');
  await form.become(OLIVIA.name);
  await form.logWork(368, 125);
  await form.burn.getByText('46,000.00', { exact: false }).first().waitFor({ timeout: SEEN_WITHIN });
  await form.burn
    .getByText(/18\.4\s?%/)
    .first()
    .waitFor({ timeout: SEEN_WITHIN });
  says('**Sync Now**');
  await form.command('Sync Now');
});

test('R-2206 project manager, second exercise: one alert, one task, one e-mail, once for the threshold', async () => {
  const says = training('project-manager');
  says('1,332 more', '212,500.00 spent, 85 %, and the stage **Budget Review Required**');
  await form.logWork(1_332, 125);
  await form.burn.getByText('212,500.00', { exact: false }).first().waitFor({ timeout: SEEN_WITHIN });
  await form.stageIs('Budget Review Required', SEEN_WITHIN);

  says('the tab **Timeline**', 'one task, "Review Budget Status", and one e-mail');
  await page.getByRole('tab', { name: 'Timeline' }).click();
  await page.getByRole('region', { name: 'Timeline' }).getByText('Review Budget Status', { exact: false }).waitFor();
  says('the **Outbox**', '"Budget Warning"');
  await page.getByRole('button', { name: 'Outbox' }).click();
  await page.getByRole('complementary', { name: 'Outbox' }).getByText(`Budget Warning: ${NAME}`).waitFor();

  says('Log 8 hours more', '213,500.00, and still one task and one e-mail');
  await page.getByRole('tab', { name: 'Jira budget' }).click();
  await form.logWork(8, 125);
  await form.burn.getByText('213,500.00', { exact: false }).first().waitFor({ timeout: SEEN_WITHIN });
  await eventually(async () => {
    const [tasks, emails] = [await regarding('tasks'), await regarding('emails')];
    expect([tasks.length, emails.length]).toEqual([1, 1]);
  });
});

test('R-2206 administrator: health, set-up, and what the two commands say', async () => {
  const says = training('administrator');
  says('You are Ada Singh', '**Health Page**', '**Connection Set-up**', '"6 of 6 steps done"');
  await page.goto(sandbox.urls.formHost);
  await form.become(ADA);
  await page.getByRole('link', { name: 'Health Page' }).click();
  await page.frameLocator('iframe').locator('.page-figure').first().waitFor({ timeout: SEEN_WITHIN });
  await page.getByRole('link', { name: 'Connection Set-up' }).click();
  await page.frameLocator('iframe').getByText('6 of 6 steps done').waitFor({ timeout: SEEN_WITHIN });

  const npm = (script: string, ...args: readonly string[]) => {
    says(`npm run ${script} -- ${args.join(' ')}`);
    return spawnSync(process.execPath, ['--import', 'tsx', `solution/tools/${script}.ts`, ...args], {
      cwd: repositoryRoot,
      encoding: 'utf8',
    });
  };
  says('every place that is still to be filled in, and exit code 1');
  expect(npm('settings', 'dev', '--check')).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('nothing was written'),
  });
  says('"Generated files say what solution/src says."');
  expect(npm('generate', '--check')).toMatchObject({
    status: 0,
    stdout: 'Generated files say what solution/src says.\n',
  });
});

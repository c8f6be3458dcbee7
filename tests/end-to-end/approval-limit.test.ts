import type { Browser } from 'playwright-core';
import { ApprovalStatus } from '@crmjira/domain';
import { type World, seedExample } from '../../sandbox/src/run/seed-example';
import { FINANCE_CONTROLLER } from '../../sandbox/src/seed/people';
import { EXAMPLE_OPPORTUNITY_ID } from '../../sandbox/src/seed/scenarios';
import { variable } from '../plugins-proxy/stand-ins';
import { CONTROL, NAME, approvalOn, withProject } from './approval-control';
import { axeFindings } from './axe-findings';
import { type WatchedPage, openPage, startBrowser } from './browser';
import { opportunityPage } from './opportunity-page';
import { OLIVIA, PAUL, TOOLS, type WebApi, signIn } from './people';
import { type SandboxUnderTest, startSandbox } from './sandbox-under-test';

const FARAH = { upn: FINANCE_CONTROLLER.upn };

let sandbox: SandboxUnderTest;
let browser: Browser;
let page: WatchedPage;
let tools: WebApi;

const control = () => approvalOn(page).region;
const says = (words: string | RegExp) => approvalOn(page).says(words);
const pressByKeyboard = (name: string) => approvalOn(page).press(name);
const become = (name: string) => opportunityPage(page).become(name);
const approvals = () =>
  tools.rows(`crmjira_budget_approvals?$filter=_crmjira_opportunity_id_value eq ${EXAMPLE_OPPORTUNITY_ID}`);

beforeAll(async () => {
  const seed = async (world: World): Promise<void> => {
    await seedExample(world);
    // Of the two approvers only the project manager holds the second role.
    await world.dataverse.seed([variable('crmjira_ApprovalLimits', '{ "CRM-JIRA Worklog Viewer": 100000 }')]);
  };
  [sandbox, browser] = await Promise.all([startSandbox({ seed }), startBrowser()]);
  tools = await signIn(sandbox.endpoints, TOOLS);
  await withProject(await signIn(sandbox.endpoints, OLIVIA), tools);
  page = await openPage(browser);
  await opportunityPage(page).open(sandbox.urls.formHost, NAME);
});
afterAll(async () => {
  await browser.close();
  await sandbox.close();
});

test('R-306 over the approver’s limit: why, who can decide instead, and the request is still open', async () => {
  await become(OLIVIA.name);
  await pressByKeyboard('Request approval');
  await says('You cannot decide on your own request.');
  await become(PAUL.name);
  await pressByKeyboard('Approve');
  await says('Your decision had no effect: $250,000.00 CAD is over your approval limit of $100,000.00 CAD.');
  await says('The request stays open. Farah Controller can decide on it.');
  await says('Waiting for a decision');
  // The limit may be raised meanwhile: the server decides what happens.
  await expect(control().getByRole('button', { name: 'Approve' }).isEnabled()).resolves.toBe(true);
  await expect(axeFindings(page, CONTROL)).resolves.toEqual([]);
  await expect(approvals()).resolves.toHaveLength(2);
});

test('R-306 who asked still asked, once, and cannot decide', async () => {
  await become(OLIVIA.name);
  await says('You cannot decide on your own request.');
  await says(/^You asked on/);
  // Reads no decision, so the row itself says who can decide.
  await says('Farah Controller can decide.');
  await expect(control().getByText('CRM-JIRA Integration').count()).resolves.toBe(0);
});

test('R-307 the one whose limit is high enough approves it, and the history has one request', async () => {
  const decided = (await tools.rows('crmjira_budget_decisions')).map((row) => row['_crmjira_budget_approval_id_value']);
  const [open, ...more] = (await approvals())
    .map((row) => String(row['crmjira_budget_approvalid']))
    .filter((id) => !decided.includes(id));
  expect(more).toEqual([]);
  await (
    await signIn(sandbox.endpoints, FARAH)
  ).create('crmjira_budget_decisions', {
    'crmjira_budget_approval_id@odata.bind': `/crmjira_budget_approvals(${String(open)})`,
    crmjira_decision: ApprovalStatus.Approved,
  });
  await become(PAUL.name);
  await says(/^Approved by Farah Controller on/);
  const events = await control().getByRole('list').getByRole('listitem').allInnerTexts();
  expect(events.map((text) => text.trim().split('\n')[0])).toEqual([
    expect.stringMatching(/^Approved/),
    expect.stringMatching(/^No effect/),
    expect.stringMatching(/^Requested/),
  ]);
  expect(page.broke).toEqual([]);
});

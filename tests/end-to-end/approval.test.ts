import type { Browser } from 'playwright-core';
import { ApprovalStatus } from '@crmjira/domain';
import { EXAMPLE_OPPORTUNITY_ID } from '../../sandbox/src/seed/scenarios';
import { eventually } from '../plugins-proxy/eventually';
import { CARRIED_OUT_WITHIN, CONTROL, NAME, approvalOn, withProject } from './approval-control';
import { axeFindings } from './axe-findings';
import { type WatchedPage, openPage, startBrowser } from './browser';
import { opportunityPage } from './opportunity-page';
import { OLIVIA, PAUL, TOOLS, type WebApi, signIn } from './people';
import { type SandboxUnderTest, startSandbox } from './sandbox-under-test';
import { tabTo } from './tab-to';

const ADA = 'Ada Singh';

let sandbox: SandboxUnderTest;
let browser: Browser;
let page: WatchedPage;
let olivia: WebApi;
let tools: WebApi;

beforeAll(async () => {
  [sandbox, browser] = await Promise.all([startSandbox(), startBrowser()]);
  [olivia, tools] = await Promise.all([signIn(sandbox.endpoints, OLIVIA), signIn(sandbox.endpoints, TOOLS)]);
  await withProject(olivia, tools);
  page = await openPage(browser);
  await opportunityPage(page).open(sandbox.urls.formHost, NAME);
});
afterAll(async () => {
  await browser.close();
  await sandbox.close();
});

const control = (on = page) => approvalOn(on).region;
const says = (words: string | RegExp, on = page) => approvalOn(on).says(words);
const pressByKeyboard = (name: string, on = page) => approvalOn(on).press(name);
const announced = (words: string | RegExp, on = page) =>
  control(on).getByRole('status').filter({ hasText: words }).waitFor({ timeout: CARRIED_OUT_WITHIN });
const become = (name: string) => opportunityPage(page).become(name);

async function writeByKeyboard(field: RegExp, text: string, on = page): Promise<void> {
  await control(on).getByRole('textbox', { name: field }).waitFor({ timeout: CARRIED_OUT_WITHIN });
  await tabTo(on, new RegExp(`textbox "${field.source}`));
  await on.keyboard.type(text);
}
async function ask(button = 'Request approval'): Promise<void> {
  await become(OLIVIA.name);
  await pressByKeyboard(button);
  await says('You cannot decide on your own request.');
}
const approvalStatus = async () =>
  (await olivia.row(`opportunities(${EXAMPLE_OPPORTUNITY_ID})`))['crmjira_approval_status'];
const statusIs = (wanted: ApprovalStatus) =>
  eventually(async () => expect(await approvalStatus()).toBe(wanted), CARRIED_OUT_WITHIN);
/** The control in the words of the accessibility tree, without the day and the time of this run. */
const spoken = async (on = page) =>
  (await control(on).ariaSnapshot()).replace(/\w{3}\s\d{1,2}, \d{4} \d\d:\d\d/g, '<moment>').replace(/\u00a0/g, ' ');

test('R-306 the sales rep asks by keyboard alone, with a reason, and is told that others decide', async () => {
  await says('$250,000.00');
  await writeByKeyboard(/Reason/, 'Scope and estimate agreed.');
  await pressByKeyboard('Request approval');
  await announced('Approval of $250,000.00 CAD requested.');
  await says('You cannot decide on your own request.');
  await statusIs(ApprovalStatus.Pending);
  await expect(axeFindings(page, CONTROL)).resolves.toEqual([]);
});

test('R-208 the approval path reads as sentences in the accessibility tree', async () => {
  await become(PAUL.name);
  await control().getByRole('button', { name: 'Approve' }).waitFor({ timeout: CARRIED_OUT_WITHIN });
  await expect(axeFindings(page, CONTROL)).resolves.toEqual([]);
  await expect(spoken()).resolves.toBe(`- region "Budget approval":
  - heading "Budget approval" [level=3]
  - text: Waiting for a decision
  - paragraph: Requested by Olivia Owens on <moment>
  - term: Requested
  - definition: $250,000.00
  - term: Effect on burn
  - definition: 0.0% Below the 80% threshold
  - paragraph: "Reason: Scope and estimate agreed."
  - text: Comment (required to reject or ask for changes)
  - textbox "Comment (required to reject or ask for changes)"
  - button "Approve"
  - button "Ask for changes"
  - button "Reject"
  - paragraph: On approval, the Jira budget becomes $250,000.00 and Olivia Owens is notified. A decision is final.
  - status`);
});

test('R-306 the project manager asks for changes by keyboard; without a comment the field says what is missing', async () => {
  await pressByKeyboard('Ask for changes');
  await control().getByRole('alert').filter({ hasText: 'Write a comment first' }).waitFor();
  await expect(page.locator(':focus').ariaSnapshot()).resolves.toContain('textbox "Comment');
  await page.keyboard.type('Split the second integration.');
  await pressByKeyboard('Ask for changes');
  await announced('Asked for changes to $250,000.00 CAD.');
  await statusIs(ApprovalStatus.ChangesRequested);
  await says(/^Changes requested by Paul Martin on/);
  await says('Split the second integration.');
  await expect(page.locator(':focus').ariaSnapshot()).resolves.toContain('heading "Budget approval"');
});

test('R-307 a rejection stays a Draft, and its request can be followed by another', async () => {
  await ask();
  await become(PAUL.name);
  await writeByKeyboard(/Comment/, 'The rate is too high.');
  await pressByKeyboard('Reject');
  await statusIs(ApprovalStatus.Rejected);
  await says(/^Rejected by Paul Martin on/);
  await expect(axeFindings(page, CONTROL)).resolves.toEqual([]);
  await become(OLIVIA.name);
  // Who asked reads no decisions: the service tells it in the request (F-104).
  await says(/^Rejected by Paul Martin on/);
  await says('The rate is too high.');
});

test('R-306 a decision without the role: the service’s words are shown to who decided, and what to do next', async () => {
  await ask();
  await become(ADA);
  await pressByKeyboard('Approve');
  await says('Your decision had no effect: deciding needs the role Budget Approver.');
  await says('This request expired. Request approval again.');
  await expect(axeFindings(page, CONTROL)).resolves.toEqual([]);
  expect(await approvalStatus()).toBe(ApprovalStatus.Pending);
});

test('two sessions decide on one request: the first counts, the second keeps its comment', async () => {
  await ask('Ask again');
  await become(PAUL.name);
  const second = await openPage(browser);
  await opportunityPage(second).open(sandbox.urls.formHost, NAME);
  await opportunityPage(second).become(PAUL.name);
  await writeByKeyboard(/Comment/, 'Too early.', second);
  // The second session reads nothing new between writing and deciding.
  let decided = false;
  await second.route('**/crmjira_budget_decisions**', (route) => {
    decided ||= route.request().method() === 'POST';
    return decided ? route.continue() : route.abort();
  });
  await pressByKeyboard('Approve');
  await announced('Approved $250,000.00 CAD.');
  await pressByKeyboard('Reject', second);
  await says(/^Paul Martin approved this at \d\d:\d\d, before your decision arrived\.$/, second);
  await says('Your decision was not recorded.', second);
  const kept = control(second).getByRole('textbox', { name: 'Your comment (not recorded)' });
  await expect(kept.inputValue()).resolves.toBe('Too early.');
  await expect(axeFindings(second, CONTROL)).resolves.toEqual([]);
  await pressByKeyboard('Dismiss', second);
  await says(/^Approved by Paul Martin on/, second);
  expect(second.broke).toEqual([]);
  await second.context().close();
});

test('R-307 the approval is carried out: status, stage and history follow without a reload', async () => {
  await statusIs(ApprovalStatus.Approved);
  await says(/^Approved by Paul Martin on/);
  await opportunityPage(page).stageIs('Project Execution', CARRIED_OUT_WITHIN);
  const status = page.getByRole('region', { name: 'Budget status' });
  await status.locator('.crmjira-chip').filter({ hasText: 'Active' }).waitFor({ timeout: CARRIED_OUT_WITHIN });
  await status.getByText('Within the approved budget of').waitFor();
  const events = control().getByRole('list').getByRole('listitem');
  await expect(events.count()).resolves.toBe(8);
  await expect(events.first().innerText()).resolves.toContain('Approved');
  expect(page.broke).toEqual([]);
});

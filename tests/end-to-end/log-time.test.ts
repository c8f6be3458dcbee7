import { addDays, CommandType, dayOf, commandRow, mondayOf, OperationType, SyncStatus } from '@crmjira/domain';
import type { Browser, Locator, Page } from 'playwright-core';
import { connectPeople } from '../../sandbox/src/run/connect-people';
import { eventually } from '../plugins-proxy/eventually';
import { axeFindings } from './axe-findings';
import { type WatchedPage, openPage, startBrowser } from './browser';
import { jiraRest } from './jira-rest';
import { lookAs } from './look-as';
import { PAUL, type Row, type WebApi, signIn } from './people';
import { type SandboxUnderTest, startSandbox } from './sandbox-under-test';

const MY_TIME = '669d202c-2fc2-52c8-9d3d-0d1cdf4dcd6d';
/** An issue of the example company that is under way, and words of its summary. */
const ISSUE = { key: 'DOCK-474', words: 'tablets' };
/** One in a project where Paul may see issues only, for a while. */
const PURPOSES = { project: 'CRMVCKSBZD', record: 'List of purposes with legal' };
const RECORDS = 'crmjira_time_records';

let sandbox: SandboxUnderTest;
let browser: Browser;
/** Paul's, in Dynamics and in Jira. */
let page: WatchedPage;
let inJira: Page;
let paul: WebApi;
let rest: ReturnType<typeof jiraRest>;

beforeAll(async () => {
  [sandbox, browser] = await Promise.all([startSandbox(), startBrowser()]);
  rest = jiraRest(sandbox.endpoints);
  paul = await signIn(sandbox.endpoints, PAUL);
  await connectPeople(sandbox);
  page = await openPage(browser);
  await lookAs(page, sandbox.urls.formHost, { persona: 'project-manager' });
  inJira = await page.context().newPage();
});
afterAll(async () => {
  await browser.close();
  await sandbox.close();
});

const addressOf = (query: string): string => `${sandbox.urls.formHost}/main.aspx?pagetype=${query}`;
const worklogCard = (): Locator => page.getByRole('region', { name: 'Jira worklog' });
const press = (name: string): Promise<void> => worklogCard().getByRole('button', { name, exact: true }).click();

/** A record of 09:00 to 10:30:20 UTC, of a day in winter. */
const recordOf = (subject: string, more: Row = {}): Promise<string> =>
  paul.create(RECORDS, {
    crmjira_name: subject,
    crmjira_subject: subject,
    crmjira_time_in: '2026-01-29T09:00:00Z',
    crmjira_time_out: '2026-01-29T10:30:20Z',
    ...more,
  });

const openRecord = (id: string) => page.goto(addressOf(`entityrecord&etn=crmjira_time_record&id=${id}`));

async function typeIssue(text: string): Promise<Locator> {
  const field = page.getByRole('combobox', { name: 'Jira issue' });
  await field.fill(text);
  return field;
}

async function save(): Promise<void> {
  await page.getByRole('menuitem', { name: 'Save', exact: true }).click();
  await page.getByText('- Saved').waitFor();
}

/** Presses a button of Jira's page of an issue. */
async function doInJira(key: string, button: string): Promise<void> {
  await inJira.goto(`${sandbox.urls.jira}/browse/${key}`);
  await inJira.getByRole('button', { name: button, exact: true }).click();
}

async function allowInJira(project: string, choice: string): Promise<void> {
  await inJira.goto(`${sandbox.urls.jira}/projects/${project}`);
  await inJira.getByText('Permissions', { exact: true }).click();
  const form = inJira.locator('form', { hasText: PAUL.name });
  await form.getByRole('combobox').selectOption({ label: choice });
  await form.getByRole('button', { name: 'Set' }).click();
}

/** What Jira shows once. */
async function newToken(): Promise<string> {
  await inJira.goto(`${sandbox.urls.jira}/people`);
  const form = inJira.locator('section', { hasText: PAUL.name }).locator('form', { hasText: 'Create token' });
  await form.getByLabel('Name').fill('Dynamics 365, anew');
  await form.getByRole('button', { name: 'Create token' }).click();
  return inJira.locator('code').innerText();
}

/** Writes the command as a page does, and waits for its answer. */
async function syncAll(records: readonly string[]): Promise<unknown> {
  const row = commandRow({ table: 'crmjira_time_record', id: records[0] ?? '' }, CommandType.SyncTime, {
    crmjira_name: 'Three',
    crmjira_payload: JSON.stringify({ records }),
  });
  const id = await paul.create('crmjira_commands', row);
  return eventually(async () => {
    const { crmjira_finished_on: end, crmjira_answer: answer } = await paul.row(`crmjira_commands(${id})`);
    if (typeof end !== 'string') throw new Error('The service has not answered.');
    return JSON.parse(String(answer));
  });
}

describe('T7: 09:00 to 10:30:20', () => {
  let id: string;

  test('R-1805 R-1806 R-1836 an issue that was found by its words is chosen, and 5,420 seconds are logged exactly', async () => {
    id = await recordOf('Yard map, tested', { crmjira_notes: 'Restored the March backup' });
    await openRecord(id);
    await worklogCard().getByText('Not ready', { exact: true }).waitFor();
    await typeIssue(ISSUE.words);
    await page.getByRole('option', { name: ISSUE.key }).first().click();
    await page.getByText(`[${ISSUE.key}]`).waitFor();
    await save();
    await press('Sync to Jira');
    await worklogCard().getByText('Synced', { exact: true }).waitFor();

    const row = await paul.row(`${RECORDS}(${id})`);
    expect(row).toMatchObject({
      crmjira_jira_issue_key: ISSUE.key,
      crmjira_jira_synced: true,
      crmjira_jira_seconds: 5_420,
      crmjira_jira_sync_error: null,
    });
    const { worklogs } = await rest.workOn(ISSUE.key);
    expect(worklogs.filter((one) => one.id === row['crmjira_jira_worklog_id'])).toEqual([
      expect.objectContaining({ timeSpentSeconds: 5_420, started: '2026-01-29T09:00:00.000+0000' }),
    ]);
    expect(JSON.stringify(worklogs.find((one) => one.id === row['crmjira_jira_worklog_id'])?.comment)).toContain(
      '"text":"Restored the March backup"',
    );
    await expect(
      paul.rows(`crmjira_worklog_sync_logs?$filter=_crmjira_time_record_value eq ${id}`),
    ).resolves.toMatchObject([
      {
        crmjira_operation: OperationType.Create,
        crmjira_sync_status: SyncStatus.Success,
        crmjira_sent_seconds: 5_420,
      },
    ]);
    expect(page.broke).toEqual([]);
  });

  test('the form says why the record is in sync, from what the service reads on both sides', async () => {
    await page.getByRole('menuitem', { name: 'Why is this record not in sync?' }).click();
    const why = page.frameLocator('iframe[src*="explain-sync"]');
    await why.getByText('This record is in sync.').waitFor();
    await why.getByRole('row', { name: `Issue ${ISSUE.key} ${ISSUE.key} Same` }).waitFor();
    await why.getByRole('row', { name: /^Duration .* Same$/ }).waitFor();
    await page.keyboard.press('Escape');
    expect(page.broke).toEqual([]);
  });

  test('R-1807 R-1839 of three in one go one fails, and what was synced before gets no second worklog', async () => {
    const [other, wrong] = await Promise.all([
      recordOf('Another day', {
        crmjira_jira_issue_key: 'DOCK-450',
        crmjira_time_in: '2026-01-28T09:00:00Z',
        crmjira_time_out: '2026-01-28T09:45:00Z',
      }),
      recordOf('A key that nobody knows', { crmjira_jira_issue_key: 'DOCK-99999' }),
    ]);
    const before = await rest.workOn(ISSUE.key);
    await expect(syncAll([id, other, wrong])).resolves.toMatchObject({
      total: 3,
      succeeded: 2,
      failed: 1,
      errors: [{ record: wrong, code: 'time-issue-missing', error: expect.stringContaining('DOCK-99999') }],
    });
    expect(await rest.workOn(ISSUE.key)).toEqual(before);
  });
});

describe('R-1836 what a person may meet', () => {
  test('R-1813 a wrong key is told beside the field', async () => {
    await openRecord(await recordOf('Typed by hand'));
    const field = await typeIssue('DOCK-99999');
    await field.press('Enter');
    await page.getByText('DOCK-99999 is not in Jira, or you may not see it.').waitFor();
  });

  test('R-1813 an issue that is closed takes no time; reopened, it does', async () => {
    const id = await recordOf('Too late', {
      crmjira_jira_issue_key: 'DOCK-460',
      crmjira_time_in: '2026-01-27T09:00:00Z',
      crmjira_time_out: '2026-01-27T09:30:00Z',
    });
    await doInJira('DOCK-460', 'Lock done issues');
    await doInJira('DOCK-460', 'Done');
    await openRecord(id);
    await press('Sync to Jira');
    await worklogCard().getByText('DOCK-460 is closed, and Jira takes no time on it.').waitFor();
    await doInJira('DOCK-460', 'Let them be changed');
    await press('Sync again');
    await worklogCard().getByText('Synced', { exact: true }).waitFor();
  });
});

describe('the week of twelve on a phone', () => {
  const week = (): Locator => page.getByRole('region', { name: 'My week' });

  test('R-1807 R-1831 R-1833 twelve records are synced in one go, and the one that Jira refuses once more when it may', async () => {
    await allowInJira(PURPOSES.project, 'Sees issues');
    await page.setViewportSize({ width: 400, height: 900 });
    await page.goto(addressOf(`entitylist&etn=crmjira_time_record&viewid=${MY_TIME}`));
    // This week is whole on its Friday only.
    await week().getByRole('button', { name: 'Previous week' }).click();
    await week().getByText('31:30', { exact: true }).waitFor();
    await week().getByRole('checkbox', { name: 'Select all that can be synced' }).click();
    await week().getByText('12 selected').waitFor();
    await expect(axeFindings(page, '[data-control$="TimeRecords"]')).resolves.toEqual([]);
    await week().getByRole('button', { name: 'Sync selected to Jira' }).click();
    const result = week().getByRole('group', { name: '11 succeeded, 1 failed' });
    await result.getByText(`You may not log work in project ${PURPOSES.project}.`).waitFor();
    await result.getByText(PURPOSES.record).waitFor();

    await allowInJira(PURPOSES.project, 'Sees issues and logs work');
    await result.getByRole('button', { name: 'Retry failed' }).click();
    await week().getByRole('group', { name: 'All 1 succeeded' }).waitFor();
    await week().getByText('Synced 14, no issue 1').waitFor();
    await expect(page.evaluate(() => document.documentElement.scrollWidth)).resolves.toBeLessThanOrEqual(400);
    expect(page.broke).toEqual([]);
  });

  test('R-1825 what Dynamics 365 has of the week is what Jira answers, worklog by worklog, and what its issues have in all', async () => {
    const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'America/Toronto' }).format(new Date());
    const monday = dayOf(addDays(mondayOf(today), -7));
    const records = await paul.rows(
      `${RECORDS}?$filter=crmjira_jira_worklog_id ne null and crmjira_time_in ge ${monday}T00:00:00Z and crmjira_time_in lt ${dayOf(addDays(monday, 6))}T00:00:00Z`,
    );
    expect(records).toHaveLength(14);
    const keys = [...new Set(records.map((row) => String(row['crmjira_jira_issue_key'])))];
    const work = await Promise.all(keys.map(rest.workOn));
    const logged = new Map(work.flatMap(({ worklogs }) => worklogs.map((one) => [one.id, one.timeSpentSeconds])));
    const lasted = (row: Row): number =>
      (Date.parse(String(row['crmjira_time_out'])) - Date.parse(String(row['crmjira_time_in']))) / 1_000;
    for (const row of records)
      expect([
        row['crmjira_subject'],
        row['crmjira_jira_seconds'],
        logged.get(String(row['crmjira_jira_worklog_id'])),
      ]).toEqual([row['crmjira_subject'], lasted(row), lasted(row)]);
    // The whole week without the hour that has no issue.
    expect(records.reduce((sum, row) => sum + Number(row['crmjira_jira_seconds']), 0)).toBe(30.5 * 3_600);
    for (const { timespent, worklogs } of work)
      expect(timespent).toBe(worklogs.reduce((sum, one) => sum + one.timeSpentSeconds, 0));
  });
});

test('R-1802 R-1836 R-1837 a token that was revoked in Jira asks the person to sign in again; with a new one the time is synced', async () => {
  const STARTED = '2026-01-26T09:00:00.000+0000';
  const startedOf = async (key: string) => (await rest.workOn(key)).worklogs.map(({ started }) => started);
  const id = await recordOf('After the token was gone', {
    crmjira_jira_issue_key: 'DOCK-450',
    crmjira_time_in: '2026-01-26T09:00:00Z',
    crmjira_time_out: '2026-01-26T10:00:00Z',
  });
  await inJira.goto(`${sandbox.urls.jira}/people`);
  const token = inJira.locator('section', { hasText: PAUL.name }).getByRole('row').filter({ hasText: 'Dynamics 365' });
  await token.getByRole('button', { name: 'Revoke' }).click();
  await page.setViewportSize({ width: 1280, height: 900 });
  await openRecord(id);
  await press('Sync to Jira');
  await worklogCard().getByText('Jira no longer accepts your sign-in.').waitFor();
  expect(await startedOf('DOCK-450')).not.toContain(STARTED);

  await worklogCard().getByRole('button', { name: 'Sign in again' }).click();
  const mine = page.frameLocator('iframe');
  await mine.getByRole('button', { name: `Sign in again: ${new URL(sandbox.urls.jira).host}` }).click();
  await mine.getByLabel('API token', { exact: true }).fill(await newToken());
  await mine.getByRole('button', { name: 'Test & Save' }).click();
  await mine.getByText(`Connected as ${PAUL.name}`).waitFor();
  await openRecord(id);
  await press('Sync again');
  await worklogCard().getByText('Synced', { exact: true }).waitFor();
  expect(await startedOf('DOCK-450')).toContain(STARTED);
  expect(page.broke).toEqual([]);
});

import { BudgetCategoryType, BudgetStatus, mappingId, moneyFromDecimal, utilization } from '@crmjira/domain';
import { createDataverse } from '../../../sandbox/src/dataverse';
import type { Dataverse } from '../../../sandbox/src/dataverse';
import { createEntra } from '../../../sandbox/src/entra';
import { createJira } from '../../../sandbox/src/jira';
import type { Jira } from '../../../sandbox/src/jira';
import { seedExample } from '../../../sandbox/src/run/seed-example';
import { EXAMPLE_OPPORTUNITY_ID, crmPeople, jiraPeople } from '../../../sandbox/src/seed';
import { PROJECT_MANAGER } from '../../../sandbox/src/seed/people';
import { companyRows } from '../../../sandbox/src/seed/company-rows';

const now = new Date('2026-03-18T15:00:00Z');
const publicUrl = 'http://localhost:4010';
const tenantId = '72f988bf-0000-4000-8000-000000000001';
const credentials = [
  { email: 'powerplatform-integration@company.com', apiToken: 't', pat: 'p' },
  ...jiraPeople.map(({ email }) => ({ email, apiToken: 'people' })),
];

let jira: Jira;
let dataverse: Dataverse;
let token: string;

async function build() {
  const clock = () => now;
  const entra = await createEntra({
    keyFile: ':memory:',
    publicUrl,
    tenantId,
    apps: [],
    users: crmPeople.map((person) => ({
      objectId: person.id,
      userPrincipalName: person.upn,
      displayName: person.lastName,
      password: 'sandbox',
    })),
    clock,
  });
  const built = await createDataverse({ stateFile: ':memory:', publicUrl, entra, tenantId, clock });
  await built.app.register(entra.plugin);
  const site = await createJira({ stateFile: ':memory:', publicUrl: 'http://localhost:4020', clock, credentials });
  await seedExample({
    dataverse: built,
    dataverseUrl: publicUrl,
    jira: site,
    jiraUrl: 'http://localhost:4020',
    plantUrl: 'http://localhost:4050',
    sentryUrl: 'http://localhost:4060',
    servicesUrl: 'http://localhost:4070',
    budgetSource: 'computed',
    now,
  });
  return { built, site };
}

beforeAll(async () => {
  const { built, site } = await build();
  dataverse = built;
  jira = site;
  token = await signIn('admin@company.com');
});
afterAll(async () => {
  await jira.close();
  await dataverse.close();
});

async function signIn(username: string): Promise<string> {
  const form = {
    grant_type: 'password',
    client_id: '51f81489-12ee-4a9e-aaae-a2591f45987d',
    username,
    password: 'sandbox',
    scope: `${publicUrl}/.default`,
  };
  const answer = await dataverse.app.inject({
    method: 'POST',
    url: `/${tenantId}/oauth2/v2.0/token`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({ ...form, scope: `${publicUrl}/user_impersonation` }).toString(),
  });
  return answer.json().access_token;
}

async function read(path: string, as = token) {
  const answer = await dataverse.app.inject({
    url: `/api/data/v9.2/${path}`,
    headers: { authorization: `Bearer ${as}` },
  });
  expect(answer.statusCode).toBe(200);
  return answer.json();
}

test('the example opportunity waits to be qualified, without budget and without project', async () => {
  const row = await read(
    `opportunities(${EXAMPLE_OPPORTUNITY_ID})?$select=name,budgetamount,estimatedvalue,crmjira_jira_project_key,statecode`,
  );
  expect(row).toMatchObject({
    name: 'Digital Transformation Project - Acme Corp',
    budgetamount: null,
    estimatedvalue: 275000,
    statecode: 0,
  });
  expect(row.crmjira_jira_project_key).toBeNull();
  const process = await read(
    `crmjira_opportunitytojiraprojects?$filter=_bpf_opportunityid_value eq ${EXAMPLE_OPPORTUNITY_ID}&$select=_activestageid_value`,
  );
  expect(process.value).toHaveLength(1);
});

test('the company has opportunities in every stage and four currencies', async () => {
  const stages = await read('crmjira_opportunitytojiraprojects?$select=_activestageid_value');
  const opportunities = await read('opportunities?$select=statecode,_transactioncurrencyid_value');
  expect(
    new Set(stages.value.map((row: Record<string, string>) => row['_activestageid_value'])).size,
  ).toBeGreaterThanOrEqual(4);
  expect(opportunities.value.length).toBeGreaterThanOrEqual(14);
  expect(
    new Set(opportunities.value.map((row: Record<string, string>) => row['_transactioncurrencyid_value'])).size,
  ).toBe(4);
  expect(new Set(opportunities.value.map((row: Record<string, number>) => row['statecode']))).toEqual(
    new Set([0, 1, 2]),
  );
});

test('every mapping says what the worklogs of its project cost', async () => {
  const mappings = await read(
    'crmjira_budget_mappings?$select=crmjira_jira_project_id,crmjira_spent_amount,crmjira_total_hours,crmjira_approved_budget,crmjira_utilization,crmjira_issues_done,crmjira_issues_open',
  );
  expect(mappings.value.length).toBeGreaterThanOrEqual(10);
  for (const row of mappings.value) {
    const issues = jira.site.issues.where('project', row.crmjira_jira_project_id);
    const seconds = issues
      .flatMap((issue) => jira.site.worklogs.where('issue', issue.id))
      .reduce((sum, worklog) => sum + worklog.seconds, 0);
    expect(row.crmjira_total_hours).toBeCloseTo(seconds / 3600, 2);
    expect(row.crmjira_issues_done + row.crmjira_issues_open).toBe(issues.length);
    const [spent, approved] = [row.crmjira_spent_amount, row.crmjira_approved_budget].map((amount) =>
      moneyFromDecimal(amount, 'CAD'),
    );
    if (spent && approved) expect(row.crmjira_utilization).toBe(utilization(spent, approved));
  }
});

test('R-107 the three categories are rows without a mapping, the templates of every project', async () => {
  const { value } = await read(
    'crmjira_budget_categories?$filter=_crmjira_budget_mapping_id_value eq null&$select=crmjira_category_id,crmjira_type,crmjira_default_rate,crmjira_budget_amount&$expand=transactioncurrencyid($select=isocurrencycode)',
  );
  const { HourlyRate, FixedCost, VariableCost } = BudgetCategoryType;
  expect(
    value.map((row: Record<string, unknown>) => [
      row['crmjira_category_id'],
      row['crmjira_type'],
      row['crmjira_default_rate'] ?? row['crmjira_budget_amount'],
      (row['transactioncurrencyid'] as { isocurrencycode: string }).isocurrencycode, // expanded above
    ]),
  ).toEqual([
    ['DEVELOPMENT', HourlyRate, 150, 'CAD'],
    ['INFRASTRUCTURE', FixedCost, 25_000, 'CAD'],
    ['CONSULTING', VariableCost, 50_000, 'CAD'],
  ]);
});

test('R-213 every opportunity names its account and the person one talks to there', async () => {
  const { value } = await read(
    'opportunities?$select=name&$expand=parentaccountid($select=name),parentcontactid($select=_parentcustomerid_value)',
  );
  for (const { name, parentaccountid, parentcontactid } of value)
    expect([name, parentcontactid?._parentcustomerid_value]).toEqual([name, parentaccountid?.accountid]);
});

test('all budget statuses but Approved are to be seen, with a warning and an over-budget alert', async () => {
  const { value } = await read('crmjira_budget_mappings?$select=crmjira_budget_status');
  const statuses = new Set(value.map((row: Record<string, number>) => row['crmjira_budget_status']));
  expect(statuses).toEqual(
    new Set([BudgetStatus.Draft, BudgetStatus.Active, BudgetStatus.OverBudget, BudgetStatus.Completed]),
  );
  const alerts = await read('crmjira_budget_alerts?$select=crmjira_alert_level,crmjira_emailed_on');
  expect(new Set(alerts.value.map((row: Record<string, number>) => row['crmjira_alert_level']))).toEqual(
    new Set([1, 2]),
  );
});

test('the newest snapshot of a running project is at the figures of its mapping', async () => {
  const id = mappingId('3d1f7a52-5e11-4a0b-9c0d-000000000202');
  const mapping = await read(`crmjira_budget_mappings(${id})?$select=crmjira_spent_amount`);
  const snapshots = await read(
    `crmjira_budget_snapshots?$filter=_crmjira_budget_mapping_id_value eq ${id}&$orderby=crmjira_snapshot_date desc&$select=crmjira_spent_amount,crmjira_snapshot_date`,
  );
  expect(snapshots.value.length).toBeGreaterThan(60);
  expect(snapshots.value[0].crmjira_spent_amount).toBe(mapping.crmjira_spent_amount);
});

test('the personas hold their roles: the sales rep reads mappings but no log', async () => {
  const rep = await signIn('opportunity.owner@company.com');
  expect((await read('crmjira_budget_mappings?$select=crmjira_name', rep)).value.length).toBeGreaterThan(0);
  const log = await dataverse.app.inject({
    url: '/api/data/v9.2/crmjira_integration_logs',
    headers: { authorization: `Bearer ${rep}` },
  });
  expect(log.statusCode).toBe(403);
});

test('a project that was deleted in Jira leaves its last figures and says so', async () => {
  const { value } = await read(
    'crmjira_budget_mappings?$filter=crmjira_last_error ne null&$select=crmjira_last_error,crmjira_last_sync_date',
  );
  expect(value).toHaveLength(1);
  expect(value[0].crmjira_last_error).toContain('no longer exists');
  expect(Date.parse(value[0].crmjira_last_sync_date)).toBeLessThan(now.getTime() - 2 * 86_400_000);
});

test('R-1831 R-1834 three people have time records of two weeks, and Jira has the worklogs of those that are synced', async () => {
  const { value } = await read(
    'crmjira_time_records?$select=crmjira_subject,crmjira_time_in,crmjira_time_out,crmjira_jira_issue_key,crmjira_jira_worklog_id,crmjira_jira_seconds,crmjira_base,crmjira_jira_sync_error,_ownerid_value&$orderby=crmjira_time_in',
  );
  const seconds = ({ crmjira_time_in: from, crmjira_time_out: to }: Record<string, string>) =>
    (Date.parse(to ?? '') - Date.parse(from ?? '')) / 1000;
  const lastWeek = value.filter(
    (row: Record<string, string>) =>
      row['_ownerid_value'] === PROJECT_MANAGER.id &&
      String(row['crmjira_time_in']) > '2026-03-09' &&
      String(row['crmjira_time_in']) < '2026-03-14',
  );
  expect(lastWeek.reduce((sum: number, row: Record<string, string>) => sum + seconds(row), 0)).toBe(31.5 * 3600);
  // 08:30 in Toronto, after the clocks were put forward.
  expect(lastWeek[0].crmjira_time_in).toBe('2026-03-09T12:30:00Z');
  const synced = value.filter((row: Record<string, string>) => row['crmjira_jira_worklog_id']);
  expect(synced.length).toBe(6);
  for (const row of synced) {
    const worklog = jira.site.worklogs.get(row.crmjira_jira_worklog_id)!;
    const { base } = JSON.parse(row.crmjira_base);
    expect([Date.parse(worklog.startedOn), worklog.seconds]).toEqual([
      Date.parse(row.crmjira_time_in),
      row.crmjira_jira_seconds,
    ]);
    expect(base.crm).toEqual(base.jira);
    expect(jira.site.issues.get(worklog.issueId)?.key).toBe(row.crmjira_jira_issue_key);
    expect(jira.site.property(`worklog/${worklog.id}`, 'crmjira.timeRecordId')?.value).toMatchObject({
      id: row.crmjira_time_recordid,
      wrote: base.crm,
    });
  }
  const isChanged = (row: Record<string, string>) => seconds(row) !== Number(row['crmjira_jira_seconds']);
  expect(synced.filter(isChanged).map((row: Record<string, string>) => seconds(row) / 3600)).toEqual([4, 4]);
  for (const { crmjira_jira_issue_key: key } of value)
    if (key !== null) expect([key, jira.site.findIssue(key)?.key]).toEqual([key, key]);
  expect(value.filter((row: Record<string, string>) => row['crmjira_time_out'] === null)).toHaveLength(1);
  expect(value.some((row: Record<string, string>) => row['crmjira_jira_sync_error'])).toBe(true);
});

test('R-1804 somebody who logs time has open issues of their own in Jira', () => {
  const paul = jira.site.users.all().find(({ email }) => email === PROJECT_MANAGER.upn);
  const own = jira.site.issues.all().filter(({ assigneeId }) => assigneeId === paul?.id);
  const open = own.filter(({ resolutionId }) => resolutionId === null);
  expect(open.map(({ key }) => key).toSorted()).toEqual(['CRMOTFFHAU-20', 'CRMVCKSBZD-5', 'CRMYKBZADZ-33']);
});

test('the same day gives the same company', async () => {
  const second = await build();
  const worklogs = (site: Jira) =>
    site.site.worklogs.all().map((row) => `${row.issueId} ${row.startedOn} ${row.seconds}`);
  expect(worklogs(second.site)).toEqual(worklogs(jira));
  await second.site.close();
  await second.built.close();
});

test('R-513 the environment names another budget source than the solution’s default only when one is asked for', () => {
  const valueOf = (budgetSource: string) =>
    companyRows({
      now: '2026-03-18T15:00:00Z',
      rootBusinessUnitId: '00000000-0000-4000-8000-000000000001',
      connectionId: '00000000-0000-4000-8000-000000000002',
      jiraAccounts: [],
      jiraUrl: 'http://localhost:4020',
      plant: { connectionId: '00000000-0000-4000-8000-000000000003', url: 'http://localhost:4050' },
      sentry: { connectionId: '00000000-0000-4000-8000-000000000004', url: 'http://localhost:4060', organization: 'o' },
      budgetSource,
      serviceAccount: 'service@company.com',
      roleId: (name) => name,
      profileId: (name) => name,
    }).flatMap(({ row }) => (row['schemaname'] === 'crmjira_BudgetSource' ? [row['value']] : []));
  expect(valueOf('tempo-cloud')).toEqual(['tempo-cloud']);
  expect(valueOf('computed')).toEqual([]);
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { request } from 'undici';
import { type Sandbox, createSandbox } from '../../sandbox/src/sandbox';
import { freeBasePort } from '../free-port';

let basePort: number;
let folder: string;
let sandbox: Sandbox;

const start = () => createSandbox({ basePort, stateDir: folder, proxy: 'none' });

beforeAll(async () => {
  basePort = await freeBasePort();
  folder = mkdtempSync(join(tmpdir(), 'crmjira-sandbox-'));
  sandbox = await start();
});
afterAll(async () => {
  await sandbox.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Answer {
  readonly status: number;
  readonly body: { value: Record<string, unknown>[]; error?: { code: string } };
}

/** The page's own Web API, as one of the people. */
async function as(persona: string, path: string): Promise<Answer> {
  const answer = await request(`${sandbox.urls.formHost}/api/data/v9.2/${path}`, {
    headers: { cookie: `crmjira-persona=${persona}`, accept: 'application/json' },
  });
  // the Web API answers rows or an error; the test reads what it expects of either
  return { status: answer.statusCode, body: (await answer.body.json()) as Answer['body'] };
}

test('the company is there: a dozen opportunities and more, in several stages and currencies', async () => {
  const { body } = await as(
    'admin',
    'opportunities?$select=name&$expand=transactioncurrencyid($select=isocurrencycode)',
  );
  const stages = await as('admin', 'crmjira_opportunitytojiraprojects?$select=_activestageid_value');
  expect(body.value.length).toBeGreaterThanOrEqual(12);
  const codes = body.value.map((row) => JSON.stringify(row['transactioncurrencyid']));
  expect(new Set(codes).size).toBeGreaterThanOrEqual(2);
  expect(new Set(stages.body.value.map((row) => row['_activestageid_value'])).size).toBeGreaterThanOrEqual(3);
});

test('R-1711 Sentry is there, with a connection of its own, and how to sign in stands in /endpoints.json', async () => {
  const { endpoints, urls } = sandbox;
  const asked = await request(`${urls.sentry}/api/0/organizations/${endpoints.sentry.organization}/projects/`, {
    headers: { authorization: `Bearer ${endpoints.sentry.token}` },
  });
  expect(await asked.body.json()).toMatchObject([{ slug: 'dockflow-android' }, { slug: 'dockflow-api' }]);
  const { body } = await as('admin', "crmjira_integrations?$select=crmjira_base_url&$filter=crmjira_name eq 'Sentry'");
  expect(body.value).toMatchObject([{ crmjira_base_url: urls.sentry }]);
  const assigned = await as(
    'admin',
    'crmjira_monitor_projects?$select=crmjira_name&$expand=crmjira_product($select=name)&$orderby=crmjira_name',
  );
  expect(assigned.body.value.map((row) => [row['crmjira_name'], row['crmjira_product']])).toEqual([
    ['dockflow-android', expect.objectContaining({ name: 'DockFlow' })],
    ['dockflow-api', expect.objectContaining({ name: 'DockFlow' })],
  ]);
});

test('R-2023 an inventory and work orders are there, and how to sign in stands in /endpoints.json', async () => {
  const { inventory, workOrders } = sandbox.endpoints;
  const items = await request(`${inventory.url}/items`, { headers: { authorization: `Bearer ${inventory.token}` } });
  expect(await items.body.json()).toMatchObject({
    items: expect.arrayContaining([{ code: 'PRD-1001' }].map(expect.objectContaining)),
  });
  const described = await request(workOrders.wsdl);
  expect(await described.body.text()).toContain(`location="${workOrders.url}"`);
});

test('R-701 R-708 the mails of the seeded company are those that the integration writes', async () => {
  const { body } = await as(
    'admin',
    "emails?$select=description&$filter=subject eq 'Budget Alert: Project Over Budget'",
  );
  expect(body.value.length).toBeGreaterThan(0);
  for (const { description } of body.value)
    expect(description).toMatch(
      /^<h2>Budget Alert<\/h2><p>Project CRM-\d{6}-[0-9A-F]{8} has exceeded its approved budget\.<\/p><ul><li>Approved Budget: \S+ [A-Z]{3}<\/li><li>Spent Amount: \S+ [A-Z]{3}<\/li><li>Over Budget By: \S+ [A-Z]{3}<\/li><\/ul>$/,
    );
});

test('the address that mails link to, at the organization, leads to the form', async () => {
  const query = '/main.aspx?etn=opportunity&pagetype=entityrecord&id=a1b2c3d4-e5f6-7890-abcd-ef1234567890';
  const answer = await request(`${sandbox.urls.dataverse}${query}`);
  expect([answer.statusCode, answer.headers['location']]).toEqual([302, `${sandbox.urls.formHost}${query}`]);
});

test('what a person sees is what their roles allow', async () => {
  const logs = 'crmjira_integration_logs?$top=1';
  expect((await as('admin', logs)).status).toBe(200);
  expect((await as('sales-rep', logs)).status).toBe(403);
});

test('the endpoints open both doors for a third-party client', async () => {
  const answer = await request(`${sandbox.urls.formHost}/endpoints.json`);
  // the contract of ADR-24, whose shape has a test of its own
  const { dataverse, jira } = (await answer.body.json()) as Sandbox['endpoints'];
  const token = await request(dataverse.tokenUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: dataverse.clientId,
      client_secret: dataverse.clientSecret,
      scope: dataverse.scope,
    }).toString(),
  });
  // a token answer, or undefined in the header below, which the next call refuses
  const { access_token: accessToken } = (await token.body.json()) as { access_token: string };
  const whoAmI = await request(`${dataverse.url}${dataverse.api}WhoAmI`, {
    headers: { authorization: `Bearer ${accessToken}` },
  });
  const basic = Buffer.from(`${jira.email}:${jira.apiToken}`).toString('base64');
  const myself = (authorization: string, version: number) =>
    request(`${jira.url}/rest/api/${version}/myself`, { headers: { authorization } });
  const answers = await Promise.all([myself(`Basic ${basic}`, 3), myself(`Bearer ${jira.pat}`, 2)]);
  expect([whoAmI.statusCode, ...answers.map((one) => one.statusCode)]).toEqual([200, 200, 200]);
  // The platform's own limit a user (F-402): 6,000 in five minutes, of which this is the first.
  expect(whoAmI.headers['x-ms-ratelimit-burst-remaining-xrm-requests']).toBe('5999');
});

test('work logged from the page is logged in Jira by that person, with its own rate', async () => {
  const { body } = await as('admin', 'crmjira_budget_mappings?$select=crmjira_jira_project_key&$top=1');
  const key = String(body.value[0]?.['crmjira_jira_project_key']);
  const choices = await request(`${sandbox.urls.formHost}/host/jira/${key}`);
  // the host's own answer
  const { issues, people } = (await choices.body.json()) as { issues: { key: string }[]; people: { id: string }[] };
  const issueKey = issues[0]?.key ?? '';
  const answer = await request(`${sandbox.urls.formHost}/host/jira/worklogs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ issueKey, person: people[1]?.id, hours: 8, comment: 'Pairing', rate: 125, currency: 'CAD' }),
  });
  expect([answer.statusCode, await answer.body.json()]).toEqual([201, { logged: 8 }]);
  const { jira } = sandbox.endpoints;
  const authorization = `Basic ${Buffer.from(`${jira.email}:${jira.apiToken}`).toString('base64')}`;
  const worklogs = await request(`${jira.url}/rest/api/3/issue/${issueKey}/worklog?expand=properties`, {
    headers: { authorization },
  });
  expect(await worklogs.body.json()).toMatchObject({
    worklogs: expect.arrayContaining([
      expect.objectContaining({
        timeSpentSeconds: 28_800,
        author: expect.objectContaining({ emailAddress: people[1]?.id }),
        properties: [{ key: 'crmjira.billing', value: { rate: 125, currency: 'CAD' } }],
      }),
    ]),
  });
});

/** Asks a site of `/endpoints.json` as the service, in the shapes of Data Center. */
async function askSite(deployment: 'cloud' | 'dc', path: string, body?: unknown) {
  const site = sandbox.endpoints.sites.find((each) => each.deployment === deployment);
  const answer = await fetch(`${site?.url}/rest/api/2/${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${site?.pat}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: await answer.json() };
}

/** Keys of the newest issues of each site. */
async function issueKeys() {
  const keysOf = async (deployment: 'cloud' | 'dc') => {
    const { body } = await askSite(deployment, 'search?fields=summary&jql=ORDER%20BY%20key%20DESC');
    // of a search in Jira
    return (body as { issues: { key: string }[] }).issues.map(({ key }) => key);
  };
  return { cloud: await keysOf('cloud'), dc: await keysOf('dc') };
}

test('a second Jira is a Data Center site with people, projects, issues and work of its own', async () => {
  const projects = await askSite('dc', 'project');
  expect(projects.body).toMatchObject([{ key: 'PLANT' }, { key: 'QUALITY' }]);
  expect((await askSite('dc', 'issue/PLANT-2/worklog')).body).toMatchObject({
    worklogs: expect.arrayContaining([
      expect.objectContaining({ author: expect.objectContaining({ name: 'nora.belanger' }) }),
    ]),
  });
  // It is Data Center to everybody: without a name, and to those who sign in as to Cloud or with what opens the other site.
  const { email, apiToken, pat } = sandbox.endpoints.jira;
  const ask = (path: string, headers: Record<string, string> = {}) =>
    fetch(sandbox.urls.dataCenter + path, { headers });
  expect(await (await ask('/rest/api/2/serverInfo')).json()).toMatchObject({
    baseUrl: sandbox.urls.dataCenter,
    deploymentType: 'Server',
  });
  const basic = `Basic ${Buffer.from(`${email}:${apiToken}`).toString('base64')}`;
  const answers = await Promise.all([
    ...[basic, `Bearer ${pat}`].map((authorization) => ask('/rest/api/2/myself', { authorization })),
    ...['/rest/api/3/serverInfo', '/_edge/tenant_info'].map((path) => ask(path)),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([401, 401, 404, 404]);
});

test('what happens on one Jira site does not show on the other', async () => {
  const before = await issueKeys();
  expect(before.cloud.filter((key) => before.dc.includes(key))).toEqual([]);
  const fields = { project: { key: 'PLANT' }, issuetype: { name: 'Task' }, summary: 'Spare switches' };
  expect((await askSite('dc', 'issue', { fields })).status).toBe(201);
  const after = await issueKeys();
  expect([after.cloud, after.dc.length]).toEqual([before.cloud, before.dc.length + 1]);
  expect((await askSite('cloud', 'project/PLANT')).status).toBe(404);
  const faults = `${sandbox.urls.dataCenter}/sandbox/faults`;
  const headers = { 'content-type': 'application/json' };
  await fetch(faults, { method: 'POST', headers, body: JSON.stringify({ rules: [{ status: 503 }] }) });
  const statuses = [(await askSite('dc', 'myself')).status, (await askSite('cloud', 'myself')).status];
  await fetch(faults, { method: 'DELETE' });
  expect(statuses).toEqual([503, 200]);
});

test('a restart keeps rows and secrets', async () => {
  const before = await as('admin', 'opportunities?$select=name&$orderby=opportunityid');
  const keys = await issueKeys();
  const { endpoints } = sandbox;
  await sandbox.close();
  sandbox = await start();
  expect(sandbox.endpoints).toEqual(endpoints);
  expect(await issueKeys()).toEqual(keys);
  expect((await as('admin', 'opportunities?$select=name&$orderby=opportunityid')).body.value).toEqual(
    before.body.value,
  );
});

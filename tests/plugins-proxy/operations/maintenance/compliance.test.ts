import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultRetention } from '@crmjira/domain';
import { createAccessRecorder, readAccess } from '../../../../plugins-proxy/src/operations/maintenance/access-log';
import { boundsOf } from '../../../../plugins-proxy/src/operations/maintenance/compliance/compliance-report';
import { privilegeMatrix } from '../../../../plugins-proxy/src/operations/maintenance/compliance/read-roles';
import { erasure } from '../../../../plugins-proxy/src/operations/maintenance/personal-data/erase';
import { judgeErasure } from '../../../../plugins-proxy/src/operations/maintenance/personal-data/find-personal-data';
import { openArchive } from '../../../../plugins-proxy/src/operations/retention/archive/open-archive';
import { crmjira, jsonOf, type Run } from '../../cli-terminal';
import { eventually } from '../../eventually';
import { people } from '../../stand-ins';
import { startWorld, stopWorlds, type World } from '../../world';

let world: World;
let folder: string;
let environment: Record<string, string>;

async function begin(over: Record<string, string> = {}): Promise<void> {
  folder = mkdtempSync(join(tmpdir(), 'crmjira-compliance-'));
  const archive = { ARCHIVE_FILE: join(folder, 'archive.sqlite') };
  world = await startWorld('2025-01-15T15:00:00Z', { ...over, ...archive });
  environment = { ...world.standIns.environment, ...over, ...archive };
}
afterEach(async () => {
  await stopWorlds();
  rmSync(folder, { recursive: true, force: true });
});
const run = (...args: string[]): Promise<Run> => crmjira(environment, args, world.clock);

const password = 'connector-password-of-the-tests';
const basic = (secret: string) => ({
  headers: { authorization: `Basic ${Buffer.from(`crm-jira-gateway:${secret}`).toString('base64')}` },
});

test('R-1230 R-1222 every read over the connector leaves a line with who and which record, and nothing of the credentials', async () => {
  await begin({ CONNECTOR_ENABLED: 'true', CONNECTOR_PASSWORD: password });
  await world.provision();
  const path = `${world.proxyUrl}/rest/api/2/project/CRMWYVLZZJ`;
  expect((await fetch(path, basic(password))).status).toBe(200);
  expect((await fetch(path, basic('wrong-password-of-the-tests'))).status).toBe(401);
  const lines = await eventually(async () => {
    const found = world.lines.filter((line) => line.includes('"msg":"access"'));
    expect(found).toHaveLength(2);
    return found.map((line) => JSON.parse(line) as Record<string, unknown>);
  });
  expect(lines).toMatchObject([
    { caller: 'crm-jira-gateway', method: 'GET', record: { projectKey: 'CRMWYVLZZJ' }, status: 200 },
    { caller: null, status: 401 },
  ]);
  expect(lines.every((line) => typeof line['correlationId'] === 'string')).toBe(true);
  expect(world.lines.join('')).not.toContain(password);
  expect(world.lines.join('')).not.toContain(Buffer.from(`crm-jira-gateway:${password}`).toString('base64'));

  await world.stopProxy();
  const report = jsonOf(await run('compliance-report', '--month', '2025-01', '--json'));
  expect(report['access']).toMatchObject({ known: true, value: { connector: { reads: 1, writes: 0, refused: 1 } } });
});

test('R-1231 R-1222 the report holds every part, and says of what it cannot know that it is unknown', async () => {
  await begin({ JIRA_TOKEN_EXPIRES_ON: '2025-03-16' });
  await world.provision();
  await world.approve();
  await world.stopProxy();
  // One as a file, which has an age; the others in variables, which have none.
  const tokenFile = join(folder, 'jira-token');
  writeFileSync(tokenFile, environment['JIRA_API_TOKEN'] ?? '');
  const changed = new Date('2024-12-26T15:00:00Z');
  utimesSync(tokenFile, changed, changed);
  environment = { ...environment, JIRA_API_TOKEN: '', JIRA_API_TOKEN_FILE: tokenFile };
  const ageOfSecrets = expect.arrayContaining([
    { name: 'JIRA_API_TOKEN', days: 20 },
    { name: 'DATAVERSE_CLIENT_SECRET', days: null },
  ]);
  await run('maintenance', 'weekly');
  const outcome = await run('compliance-report', '--month', '2025-01', '--json');
  expect(outcome.code).toBe(0);
  const report = jsonOf(outcome);
  expect(report).toMatchObject({
    month: '2025-01',
    partial: true,
    roles: {
      known: true,
      value: expect.arrayContaining([
        expect.objectContaining({ role: 'CRM-JIRA Budget Approver', users: [people.manager], applications: [] }),
        expect.objectContaining({
          role: 'CRM-JIRA Integration Service',
          users: [],
          applications: [expect.any(String)],
        }),
      ]),
    },
    userSignIns: { known: false, why: expect.stringContaining('Entra') },
    transfers: { known: true, value: { toJira: expect.objectContaining({ failed: 0 }) } },
    residency: {
      allowedRegions: 'Canada Central, Canada East',
      dataverseGeography: { known: true, value: { geography: 'CAN', inCanada: true } },
      hosting: { known: false },
    },
    credentials: {
      daysLeft: { known: true, value: [{ kind: 'token', of: 'jira', days: 60 }] },
      ages: { known: true, value: ageOfSecrets },
    },
    retention: { runs: 0, purges: [] },
    openFindings: { known: true, value: expect.arrayContaining([expect.objectContaining({ item: 'token-rotation' })]) },
  });
  // Its own count of the rows, beside the product's.
  const logs = await world.rows('crmjira_integration_logs', "not startswith(crmjira_event_type,'maintenance.')");
  const bare = await world.rows('crmjira_integration_logs', 'crmjira_event_type eq null');
  const all = [...logs, ...bare];
  const sources = new Map(all.map((row) => [row['crmjira_integration_logid'], row['crmjira_source_system']]));
  const count = (source: number): number => [...sources.values()].filter((one) => one === source).length;
  expect(count(1)).toBeGreaterThan(0);
  expect(report['transfers']).toMatchObject({
    value: { toJira: { all: count(1) }, toDynamics: { all: count(2) } },
  });

  const service = (report['roles'] as { value: { role: string; privileges: Record<string, string> }[] }).value.find(
    ({ role }) => role === 'CRM-JIRA Integration Service',
  );
  expect(service?.privileges['crmjira_integration_log']).toBe('Append, AppendTo, Create, Read');
  const before = jsonOf(await run('compliance-report', '--month', '2024-06', '--json'));
  expect(before).toMatchObject({ partial: false, access: { known: false }, openFindings: { known: false } });
  expect((await run('compliance-report', '--month', '2025-13')).code).toBe(2);
  const text = await run('compliance-report', '--month', '2024-06');
  expect(text.out).toContain('unknown: the service recorded no hour of this month');
  expect(text.out).toContain('JIRA_API_TOKEN: changed 20 days ago');
});

test('R-1226 a person is found wherever they stand, and erased where retention allows', async () => {
  await begin();
  await world.provision();
  await world.approve();
  const command = await world.command(3);
  await world.settled();
  await world.stopProxy();
  await world.write('crmjira_commands', command, {
    'crmjira_requested_by@odata.bind': `/systemusers(${people.owner})`,
  });
  const owner = 'opportunity.owner@company.com';
  // Whom a directory has named and no run has found in Dynamics; somebody else's address ends in the same way.
  const [inDirectory, another] = ['00000000-0000-4000-8000-0000000000d1', '00000000-0000-4000-8000-0000000000d2'];
  const ofDirectory = (id: string, name: string, upn: string) =>
    world.write('crmjira_directory_persons', id, {
      crmjira_name: name,
      crmjira_directory_id: id,
      crmjira_dn: `cn=${name},dc=company,dc=com`,
      crmjira_upn: upn,
    });
  await ofDirectory(inDirectory, 'Olivia Owens', owner);
  await ofDirectory(another, 'Another', `not.the.${owner}`);
  const seed = async (n: number, createdon: string): Promise<void> => {
    const [mapping] = await world.rows('crmjira_budget_mappings');
    await world.standIns.dataverse.seed([
      {
        table: 'crmjira_budget_alert',
        row: {
          crmjira_budget_alertid: `00000000-0000-4000-8000-00000000000${n}`,
          crmjira_name: `Alert ${n}`,
          crmjira_budget_mapping_id: {
            table: 'crmjira_budget_mapping',
            id: String(mapping?.['crmjira_budget_mappingid']),
          },
          crmjira_alert_level: 1,
          crmjira_severity: 2,
          crmjira_crossing_no: n,
          crmjira_recipients: `project.manager@company.com; ${owner}`,
          createdon,
        },
      },
    ]);
  };
  await seed(1, '2023-06-01T00:00:00Z');
  await seed(2, '2025-01-10T00:00:00Z');
  // Posts of the service and of somebody else, a conflict, and issues of the mirror: one is open, and would be written again.
  const at = { old: '2023-06-01T00:00:00Z', lately: '2025-01-10T00:00:00Z' };
  const [account] = await world.rows('accounts');
  const [service] = await world.rows(
    'systemusers',
    `domainname eq '${String(environment['DATAVERSE_CLIENT_ID'])}@sandbox'`,
  );
  const post = (n: number, text: string, by: unknown) => ({
    table: 'post',
    row: {
      postid: `00000000-0000-4000-8000-00000000001${n}`,
      text,
      source: 1,
      type: 7,
      'regardingobjectid_account@odata.bind': `/accounts(${String(account?.['accountid'])})`,
      createdon: at.old,
      createdby: { table: 'systemuser', id: String(by) },
    },
  });
  const issue = (n: number, resolvedOn: string | null) => ({
    table: 'crmjira_jira_issue',
    row: {
      crmjira_jira_issueid: `00000000-0000-4000-8000-00000000002${n}`,
      crmjira_name: `SUP-${n}`,
      crmjira_issue_id: String(n),
      crmjira_assignee: 'Olivia Owens',
      crmjira_resolved_on: resolvedOn,
    },
  });
  await world.standIns.dataverse.seed([
    post(1, 'Olivia Owens commented on SUP-1 in Jira, 2023-06-01:\nCalled Olivia Owensby.', service?.['systemuserid']),
    post(2, 'Olivia Owens was here.', people.manager),
    {
      table: 'crmjira_sync_conflict',
      row: {
        crmjira_sync_conflictid: '00000000-0000-4000-8000-000000000031',
        crmjira_name: 'SUP-1 summary',
        crmjira_regarding_table: 'account',
        crmjira_regarding_id: String(account?.['accountid']),
        crmjira_field: 'summary',
        crmjira_crm_by: 'Olivia Owens',
        crmjira_jira_by: 'Dana Lee',
        crmjira_state: 2,
        createdon: at.old,
      },
    },
    issue(1, at.old),
    issue(2, null),
  ]);

  const found = jsonOf(await run('personal-data', 'export', '--person', owner, '--json'));
  const places = (found['items'] as { where: string; column: string; erasable: boolean; keptUntil: string | null }[])
    .map(({ where, column, erasable, keptUntil }) => [where, column, erasable, keptUntil])
    .sort();
  expect(places).toEqual([
    ['crmjira_budget_alerts', 'crmjira_recipients', false, null],
    ['crmjira_budget_alerts', 'crmjira_recipients', true, null],
    ['crmjira_budget_approvals', 'createdby', false, '2032-01-15'],
    ['crmjira_budget_mappings', 'crmjira_team', false, null],
    ['crmjira_commands', 'createdby', false, null],
    ['crmjira_commands', 'crmjira_requested_by', true, null],
    ['crmjira_directory_persons', 'crmjira_upn', true, null],
    ['crmjira_jira_issues', 'crmjira_assignee', false, null],
    ['crmjira_jira_issues', 'crmjira_assignee', true, null],
    ['crmjira_sync_conflicts', 'crmjira_crm_by', true, null],
    ['posts', 'text', true, null],
  ]);

  const ofManager = jsonOf(await run('personal-data', 'export', '--person', people.manager, '--json'));
  expect(ofManager['items']).toContainEqual(
    expect.objectContaining({ where: 'crmjira_budget_decisions', column: 'crmjira_comment', value: 'Decided.' }),
  );

  expect((await run('personal-data', 'erase', '--person', owner, '--dry-run')).out).toMatch(/6 to be erased, 5 kept$/);
  expect((await run('personal-data', 'erase', '--person', people.owner)).out).toMatch(/6 erased, 5 kept$/);
  expect(await world.one('crmjira_budget_alerts', '00000000-0000-4000-8000-000000000001')).toMatchObject({
    crmjira_recipients: 'project.manager@company.com; (erased)',
  });
  const posts = await world.rows('posts', `_regardingobjectid_value eq ${String(account?.['accountid'])}`);
  expect(posts.map((row) => [row['postid'], row['text'], row['source'], row['type']]).sort()).toEqual([
    [
      '00000000-0000-4000-8000-000000000011',
      '(erased) commented on SUP-1 in Jira, 2023-06-01:\nCalled Olivia Owensby.',
      1,
      7,
    ],
    ['00000000-0000-4000-8000-000000000012', 'Olivia Owens was here.', 1, 7],
  ]);
  expect(await world.rows('crmjira_sync_conflicts')).toMatchObject([
    { crmjira_crm_by: '(erased)', crmjira_jira_by: 'Dana Lee' },
  ]);
  expect(await world.one('crmjira_directory_persons', inDirectory)).toMatchObject({
    crmjira_name: '(erased)',
    crmjira_dn: '(erased)',
    crmjira_upn: '(erased)',
  });
  expect(await world.one('crmjira_directory_persons', another)).toMatchObject({ crmjira_name: 'Another' });
  expect((await run('personal-data', 'erase', '--person', owner)).out).toMatch(/0 erased, 5 kept$/);
  expect(await run('personal-data', 'export', '--person', 'nobody@company.com')).toMatchObject({ code: 1 });
  const archive = await openArchive({ kind: 'sqlite', file: join(folder, 'archive.sqlite') });
  const records = await archive.records('erasure', 0, Date.parse('2030-01-01'));
  await archive.close();
  expect(records[0]?.content).toMatchObject({ erased: 6, kept: 5 });
  expect(JSON.stringify(records)).not.toContain(people.owner);
});

test('R-1226 approvals are kept for their years, contacts for their months', () => {
  const now = new Date('2025-06-01T00:00:00Z');
  const judged = (keptAs: 'business' | 'contact' | 'none', since: string | null) =>
    judgeErasure({ keptAs, column: 'crmjira_x' }, since === null ? null : new Date(since), now, defaultRetention)
      .erasable;
  expect(judged('business', '2018-06-01T00:00:00Z')).toBe(true);
  expect(judged('business', '2018-06-02T00:00:00Z')).toBe(false);
  expect(judged('contact', '2024-05-31T00:00:00Z')).toBe(true);
  expect(judged('contact', '2024-06-02T00:00:00Z')).toBe(false);
  expect(judged('contact', null)).toBe(false);
  expect(judged('none', null)).toBe(true);
});

test('R-1226 what is erased leaves the others where they stand, and takes along what else names the person', () => {
  const person = { systemuserid: people.owner, fullname: 'Olivia Owens', internalemailaddress: null };
  const columnsOf = (where: string, column: string, value: string) => {
    const item = {
      where,
      id: people.finance,
      column,
      value,
      since: null,
      erasable: true,
      because: '',
      keptUntil: null,
    };
    return erasure(item, person)[0]?.columns;
  };
  const team = (value: string) => columnsOf('crmjira_budget_mappings', 'crmjira_team', value);
  expect(team(`${people.manager},${people.owner}|${people.owner}`)).toEqual({ crmjira_team: people.manager });
  expect(team(`${people.manager},${people.owner}|${people.manager}`)).toEqual({
    crmjira_team: `${people.manager}|${people.manager}`,
  });
  expect(team(people.owner)).toEqual({ crmjira_team: null });
  expect(columnsOf('crmjira_resource_allocations', 'crmjira_person', 'Olivia Owens')).toEqual({
    crmjira_person: '(erased)',
    crmjira_person_id: '(erased)',
  });
  expect(columnsOf('crmjira_jira_connections', 'crmjira_user', people.owner)).toEqual({
    'crmjira_user@odata.bind': null,
    crmjira_email: '(erased)',
  });
});

test('R-1231 months, privileges and counts of many replicas', async () => {
  folder = mkdtempSync(join(tmpdir(), 'crmjira-compliance-'));
  expect(boundsOf('2024-12')).toEqual({ from: new Date('2024-12-01T00:00:00Z'), to: new Date('2025-01-01T00:00:00Z') });
  expect(privilegeMatrix(['prvReadcrmjira_command', 'prvAppendTocrmjira_command', 'prvSendAsUser'])).toEqual({
    crmjira_command: 'AppendTo, Read',
    other: 'prvSendAsUser',
  });
  const archive = await openArchive({ kind: 'sqlite', file: ':memory:' });
  const at = Date.parse('2025-01-10T10:30:00Z');
  const day = [at - 86_400_000, at + 86_400_000] as const;
  expect(await readAccess(archive, ...day)).toBeNull();
  for (const name of ['one', 'two']) {
    const recorder = createAccessRecorder(archive, name, () => new Date(at));
    await recorder.write();
    expect(await readAccess(archive, ...day)).not.toBeNull();
    recorder.count('relay', 'reads');
    recorder.count('webhooks', 'refused');
    await recorder.write();
  }
  expect(await readAccess(archive, ...day)).toEqual({
    relay: { reads: 2, writes: 0, refused: 0 },
    webhooks: { reads: 0, writes: 0, refused: 2 },
  });
  await archive.close();
});

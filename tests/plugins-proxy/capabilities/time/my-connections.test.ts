import { randomBytes, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AuthType, CommandState, CommandType, refusalText } from '@crmjira/domain';
import { sealSecret } from '../../../../webresources/src/sealed/seal-secret';
import { serviceKey } from '../../../../plugins-proxy/src/platform/secrets/service-keys';
import { jqlOf } from '../../../../plugins-proxy/src/capabilities/time/connections/find-issues';
import { problemOfCall } from '../../../../plugins-proxy/src/connections/personal/test-person';
import { departedPeople } from '../../../../plugins-proxy/src/operations/maintenance/checks/departed-people';
import { IntegrationError } from '../../../../plugins-proxy/src/platform/errors/integration-error';
import { organizationId } from '../../../../sandbox/src/dataverse';
import type { Jira } from '../../../../sandbox/src/jira';
import { issueRow, projectRow } from '../../jira-rows';
import { eventually } from '../../eventually';
import { secondConnection, type SecondSite, startSecondSite } from '../../second-site';
import { people } from '../../stand-ins';
import { startWorld, stopLater, stopWorlds, type World } from '../../world';

const start = '2025-01-20T14:00:00Z';
const key = randomBytes(32).toString('base64url');
const [owner, manager] = ['opportunity.owner', 'project.manager'];
const mail = `${owner}@company.com`;
const connections = 'crmjira_jira_connections';
const { Done, Failed, Refused } = CommandState;
const { SaveMyConnection, UseConnection, DeleteConnection, TestMyConnection, FindIssues, FindJiraSites } = CommandType;

let world: World;
let plant: SecondSite;
/** Authorization headers that each site was shown. */
const shown = { cloud: new Set<string>(), plant: new Set<string>(), evil: new Set<string>() };

const account = (jira: Jira, name: string, accountId: string) =>
  jira.site.addUser({ email: `${name}@company.com`, displayName: name, accountId });

beforeAll(async () => {
  const clock = (): Date => new Date(Date.parse(start));
  plant = await startSecondSite(clock);
  world = await startWorld(start, { ...plant.environment, SECRETS_KEY: key }, { crmjira_Capabilities: 'time' });
  for (const [name, { app }] of [
    ['cloud', world.standIns.jira],
    ['plant', plant.jira],
  ] as const)
    app.server.on('request', ({ headers }) => shown[name].add(String(headers.authorization)));
  await world.standIns.dataverse.seed(plant.rows);
  for (const site of [world.standIns.jira, plant.jira]) {
    account(site, owner, 'olivia');
    account(site, manager, 'paul');
  }
}, 120_000);
afterAll(stopWorlds, 60_000);

const tokenOf = (jira: Jira, id: string, edition: 'cloud' | 'dc'): string =>
  jira.site.giveToken(jira.site.users.get(id)!, edition, randomUUID(), `${randomUUID()}-of-the-tests`);

interface Wish {
  readonly by?: string;
  readonly payload?: unknown;
  readonly token?: string;
  readonly host?: string;
  readonly table?: string;
}

async function ask(type: CommandType, id: string, { by = owner, payload, token, host, table }: Wish = {}) {
  const commandId = randomUUID();
  const service = serviceKey(key);
  const userId = by === owner ? people.owner : people.manager;
  const context = { organizationId, userId, commandId, targetHost: host ?? new URL(world.standIns.jiraUrl).host };
  const sealed =
    token === undefined
      ? null
      : await sealSecret({ keyId: service.id, publicKey: await service.publicKey() }, context, token);
  await world.writeAs(by, 'crmjira_commands', commandId, {
    crmjira_command_type: type,
    crmjira_command_state: CommandState.Requested,
    crmjira_regarding_table: table ?? 'crmjira_jira_connection',
    crmjira_regarding_id: id,
    ...(payload === undefined ? {} : { crmjira_payload: JSON.stringify(payload) }),
    ...(sealed === null ? {} : { crmjira_sealed: sealed }),
  });
  const row = await eventually(async () => {
    const found = await world.one('crmjira_commands', commandId);
    expect(found['crmjira_finished_on']).not.toBeNull();
    return found;
  });
  expect(row['crmjira_sealed']).toBeNull();
  return {
    state: row['crmjira_command_state'],
    result: String(row['crmjira_result']),
    answer: JSON.parse(String(row['crmjira_answer'] ?? 'null')) as Record<string, unknown> | null,
  };
}

const onCloud = (over: Record<string, unknown> = {}) => ({
  integration: world.config.connectionId,
  authType: AuthType.ApiToken,
  email: mail,
  inbound: true,
  ...over,
});
const onPlant = (over: Record<string, unknown> = {}) => ({
  integration: secondConnection,
  authType: AuthType.PatBearer,
  email: null,
  inbound: false,
  ...over,
});
const plantHost = (): string => new URL(plant.url).host;
const save = (id: string, token: string | undefined, wish: Wish = {}) =>
  ask(SaveMyConnection, id, { payload: onCloud(), ...(token === undefined ? {} : { token }), ...wish });
const stored = () => Promise.all([world.rows(connections), world.rows('crmjira_secrets')]);
const activeOf = async (user: string): Promise<unknown[]> =>
  (await world.rows(connections))
    .filter((row) => row['_crmjira_user_value'] === user && row['crmjira_is_active'] === true)
    .map((row) => row['crmjira_jira_connectionid']);

const first = randomUUID();
const second = randomUUID();
let token = '';
let pat = '';

test('R-1801 R-1802 R-1803 a connection is stored after its test has passed, and nothing of one that did not', async () => {
  const { jira } = world.standIns;
  expect(await save(first, 'wrong-token-of-the-tests')).toMatchObject({
    state: Failed,
    result:
      'Jira refused the sign-in (401). Nothing was saved. Check the e-mail and make a new token; a password does not work.',
    answer: { connection: first, ok: false, reason: 'refused', displayName: null },
  });
  token = tokenOf(jira, 'olivia', 'cloud');
  const olivia = jira.site.users.get('olivia')!;
  jira.site.users.put({ ...olivia, challenged: true });
  expect((await save(first, token)).answer).toMatchObject({ ok: false, reason: 'captcha' });
  jira.site.users.put(olivia);
  const project = jira.site.projects.put(projectRow(1));
  jira.site.issues.put(issueRow(40_001, 1));
  const denial = { id: `${project.id}/olivia`, projectId: project.id, userId: 'olivia', denies: 'work' } as const;
  jira.site.denials.put(denial);
  expect(await save(first, token)).toMatchObject({
    result:
      'You are signed in, but may not log work in any project. Nothing was saved. Ask a Jira administrator for the permission “Work On Issues”.',
    answer: { reason: 'no-permission', displayName: owner },
  });
  jira.site.denials.delete(denial.id);
  await world.faults([{ path: '/serverInfo', status: 404, html: true }]);
  expect((await save(first, token)).answer).toMatchObject({ reason: 'wrong-product' });
  await world.faults([]);
  expect((await save(first, undefined)).answer).toMatchObject({ reason: 'no-token' });
  expect((await save(first, token, { payload: onCloud({ email: '' }) })).answer).toMatchObject({ reason: 'no-email' });
  expect((await save(first, token, { payload: onCloud({ integration: randomUUID() }) })).answer).toMatchObject({
    reason: 'integration-off',
  });
  expect((await save(first, token, { payload: onCloud({ authType: AuthType.PatBearer }) })).answer).toMatchObject({
    reason: 'wrong-kind',
  });
  expect(await save(first, token, { host: 'evil.example' })).toMatchObject({
    state: Refused,
    answer: { ok: false, reason: 'no-token' },
  });
  const anothers = tokenOf(plant.jira, 'paul', 'dc');
  const ofPaul = { payload: onPlant({ email: mail }), host: plantHost() };
  expect(await save(second, anothers, ofPaul)).toMatchObject({
    result: expect.stringContaining(`This token belongs to another Jira account than ${mail}.`),
    answer: { reason: 'other-person' },
  });
  // Not without an e-mail either, nor with somebody else's token beside their own e-mail.
  const anothersCloud = tokenOf(jira, 'paul', 'cloud');
  const withTheirs = { payload: onCloud({ email: `${manager}@company.com` }) };
  for (const given of [
    await save(second, anothers, { payload: onPlant(), host: plantHost() }),
    await save(first, anothersCloud, withTheirs),
  ])
    expect(given).toMatchObject({
      result: expect.stringContaining(`This token belongs to another Jira account than ${mail}.`),
      answer: { connection: expect.any(String), reason: 'other-person' },
    });
  expect(await stored()).toEqual([[], []]);

  const { state, result, answer } = await save(first, token);
  expect([state, result]).toEqual([
    Done,
    `Connected as ${owner}. You may log work in 1 project. Saved; the token field was cleared.`,
  ]);
  expect(answer).toEqual({
    connection: first,
    ok: true,
    reason: null,
    displayName: owner,
    ms: expect.any(Number),
    projects: 1,
  });
  const [[row], secrets] = await stored();
  expect(row).toMatchObject({
    crmjira_jira_connectionid: first,
    _crmjira_user_value: people.owner,
    _ownerid_value: people.owner,
    crmjira_jira_url: world.standIns.jiraUrl,
    crmjira_email: mail,
    crmjira_is_active: true,
    crmjira_inbound: true,
    crmjira_last_test_ok: true,
    crmjira_account_id: 'olivia',
    crmjira_display_name: owner,
  });
  expect(secrets).toMatchObject([{ crmjira_name: row?.['crmjira_secret_name'] }]);
  // An edit without a token keeps the stored one, for the same address only.
  expect(await save(first, undefined, { payload: onCloud({ inbound: false }) })).toMatchObject({ state: Done });
  expect((await save(first, undefined, { payload: onPlant(), host: plantHost() })).answer).toMatchObject({
    reason: 'no-token',
  });
}, 240_000);

test('R-1802 a person without a connection learns which Jira sites there are, and nothing else of them', async () => {
  const site = (integration: string, url: string, deployment: string) => ({
    integration,
    name: expect.any(String),
    url,
    deployment,
    oauth: false,
  });
  expect(await ask(FindJiraSites, randomUUID(), { by: manager })).toEqual({
    state: Done,
    result: '2 Jira sites.',
    answer: {
      sites: [
        site(world.config.connectionId, world.standIns.jiraUrl, 'cloud'),
        site(secondConnection, plant.url, 'dc'),
      ],
    },
  });
});

test('R-1823 exactly one connection is active, also under two commands at once', async () => {
  pat = tokenOf(plant.jira, 'olivia', 'dc');
  plant.jira.site.projects.put(projectRow(1));
  expect(await save(second, pat, { payload: onPlant(), host: plantHost() })).toMatchObject({
    state: Done,
    result: `Connected as ${owner}. You may log work. Saved; the token field was cleared.`,
  });
  expect(await activeOf(people.owner)).toEqual([first]);
  expect(await ask(UseConnection, second)).toMatchObject({
    state: Done,
    result: `${plantHost()} is now active. Time already synced stays where it is.`,
  });
  expect(await activeOf(people.owner)).toEqual([second]);
  // Where Jira keeps to itself whose account it is, the person says so: until then it is not used.
  const olivia = plant.jira.site.users.get('olivia')!;
  plant.jira.site.users.put({ ...olivia, email: '' });
  await ask(DeleteConnection, second);
  const hidden = await save(second, pat, { payload: onPlant(), host: plantHost() });
  expect(hidden).toMatchObject({ state: Done, result: expect.stringContaining('Jira does not say whose account') });
  expect(await activeOf(people.owner)).toEqual([first]);
  await ask(DeleteConnection, first);
  expect(await activeOf(people.owner)).toEqual([]);
  await ask(UseConnection, second);
  expect(await activeOf(people.owner)).toEqual([second]);
  // Already in use, the same account stays what it is.
  expect(await save(second, pat, { payload: onPlant(), host: plantHost() })).toMatchObject({ state: Done });
  expect(await activeOf(people.owner)).toEqual([second]);
  plant.jira.site.users.put(olivia);
  await save(second, pat, { payload: onPlant(), host: plantHost() });
  await save(first, token);
  const both = await Promise.all([first, second, first, second].map((id) => ask(UseConnection, id)));
  expect(both.map(({ state }) => state)).toEqual([Done, Done, Done, Done]);
  expect(await activeOf(people.owner)).toHaveLength(1);
  await ask(UseConnection, first);
}, 120_000);

test.each([SaveMyConnection, UseConnection, DeleteConnection, TestMyConnection])(
  'R-1834 command %s is for the owner of the connection alone',
  async (type) => {
    const before = await stored();
    const answered = await ask(type, first, { by: manager, payload: onCloud(), token });
    expect(answered).toEqual({ state: Refused, result: refusalText('owner', 1033), answer: null });
    expect(await stored()).toEqual(before);
  },
  60_000,
);

test('R-1804 issues are found as the person sees them in Jira', async () => {
  const { site } = world.standIns.jira;
  const [issue] = site.issues.all();
  const find = (payload: unknown, by = owner, table = 'crmjira_jira_connection') =>
    ask(FindIssues, first, { payload, by, table });
  const { answer } = await find({ key: issue!.key });
  expect(answer).toEqual({
    issues: [
      expect.objectContaining({
        key: issue!.key,
        id: issue!.id,
        summary: issue!.summary,
        issueType: expect.any(String),
      }),
    ],
  });
  expect((await find({ text: issue!.summary.slice(0, 4) })).answer).toEqual(answer);
  expect((await find({ assigned: true })).answer).toEqual({ issues: [] });
  expect((await find({ text: '" OR project is not empty OR summary ~ "' })).answer).toEqual({ issues: [] });
  expect(jqlOf('a") OR (b = "\\')).toBe('summary ~ "a* OR* b*" ORDER BY updated DESC');
  expect(await find({ assigned: true }, manager)).toMatchObject({ state: Refused });
  site.denials.put({
    id: `${issue!.projectId}/olivia`,
    projectId: issue!.projectId,
    userId: 'olivia',
    denies: 'browse',
  });
  expect((await find({ key: issue!.key })).answer).toEqual({ issues: [] });
  site.denials.delete(`${issue!.projectId}/olivia`);
}, 120_000);

test('R-1801 R-1803 whoever edits rows sends no secret anywhere: not the service’s, not another person’s, not their own', async () => {
  const evil = createServer((request, response) => {
    shown.evil.add(String(request.headers.authorization));
    response.end('{}');
  });
  await new Promise<void>((resolve) => evil.listen(0, '127.0.0.1', resolve));
  stopLater(async () => void evil.close());
  // A listening TCP server has an address with a port.
  const evilUrl = `http://localhost:${(evil.address() as AddressInfo).port}`;
  const { admin } = world.standIns;
  const third = randomUUID();
  const pauls = tokenOf(world.standIns.jira, 'paul', 'cloud');
  const ofPaul = { by: manager, payload: onCloud({ email: `${manager}@company.com` }) };
  expect(await save(third, pauls, ofPaul)).toMatchObject({ state: Done });
  const row = async (id: string) => await world.one(connections, id);
  const change = (id: string, columns: Record<string, unknown>): Promise<void> =>
    admin.changeSet([{ op: 'update', collection: connections, id, columns }]);
  const person = (id: string) => ({ 'crmjira_user@odata.bind': `/systemusers(${id})` });
  const ownedBy = (id: string) => ({ 'ownerid@odata.bind': `/systemusers(${id})` });
  const to = (id: string) => ({ 'crmjira_integration_id@odata.bind': `/crmjira_integrations(${id})` });
  const search = (by: string, id: string) => ask(FindIssues, id, { by, payload: { assigned: true } });
  shown.cloud.clear();
  shown.plant.clear();

  const edits: readonly (readonly [string, Record<string, unknown>])[] = [
    ['secret-gone', { crmjira_secret_name: (await row(third))['crmjira_secret_name'] }],
    ['integration-off', { crmjira_jira_url: evilUrl }],
    ['integration-off', { crmjira_jira_url: `${world.standIns.jiraUrl}@${new URL(evilUrl).host}` }],
    ['integration-off', to(secondConnection)],
    ['secret-gone', { ...to(secondConnection), crmjira_jira_url: plant.url }],
    ['secret-gone', { crmjira_secret_name: `file:${secondConnection}` }],
    ['secret-gone', { crmjira_secret_name: `vault:crmjira-${secondConnection}` }],
  ];
  for (const [reason, columns] of edits) {
    const before = await row(first);
    await change(first, columns);
    expect([columns, (await search(owner, first)).answer]).toEqual([columns, { issues: [], reason }]);
    expect((await ask(TestMyConnection, first)).answer).toMatchObject({ ok: false, reason });
    await change(first, {
      crmjira_jira_url: before['crmjira_jira_url'],
      crmjira_secret_name: before['crmjira_secret_name'],
      ...to(String(before['_crmjira_integration_id_value'])),
    });
    // What was entered for one address is not kept for another.
    expect(await save(first, token)).toMatchObject({ state: Done });
  }
  expect([...shown.cloud].some((header) => header.startsWith('Bearer'))).toBe(false);
  expect([...shown.plant].filter((header) => header.startsWith('Basic'))).toEqual([]);
  expect(shown.plant.has(`Bearer ${pat}`)).toBe(false);

  // Another's connection in the person's name, or theirs in another's.
  const basicOf = (of: string, secret: string) =>
    `Basic ${Buffer.from(`${of}@company.com:${secret}`).toString('base64')}`;
  await change(first, { crmjira_is_active: false });
  shown.cloud.clear();
  for (const columns of [person(people.owner), { ...person(people.owner), ...ownedBy(people.owner) }]) {
    await change(third, columns);
    expect((await search(owner, second)).answer).toMatchObject({ issues: [] });
    expect(shown.cloud.has(basicOf(manager, pauls))).toBe(false);
  }
  await change(third, { ...person(people.manager), ...ownedBy(people.manager) });
  expect(await save(third, pauls, ofPaul)).toMatchObject({ state: Done });
  // The id of one of the service's own connections, as that of a new one of a person's.
  const ofService = await save(secondConnection, token);
  expect(ofService).toMatchObject({ state: Done });
  expect((await ask(DeleteConnection, secondConnection)).state).toBe(Done);
  expect(await world.one('crmjira_integrations', secondConnection)).toMatchObject({ crmjira_is_active: true });
  expect([...shown.evil]).toEqual([]);
  await ask(UseConnection, first);
}, 240_000);

test('R-1803 R-1813 a revoked token is said in words, and what is deleted is gone', async () => {
  const { site } = world.standIns.jira;
  expect(await ask(TestMyConnection, first)).toMatchObject({
    state: Done,
    result: `Connected as ${owner}. You may log work in 1 project.`,
    answer: { ok: true, reason: null },
  });
  for (const one of site.tokens.all()) site.tokens.put({ ...one, revokedOn: start });
  const words = 'Jira no longer accepts your sign-in. Sign in again, then try again.';
  expect(await ask(FindIssues, first, { payload: { assigned: true } })).toMatchObject({ state: Failed, result: words });
  expect(await world.one(connections, first)).toMatchObject({
    crmjira_last_test_ok: false,
    crmjira_last_test_reason: 'refused',
  });
  expect((await ask(TestMyConnection, first)).result).toBe(
    'Jira refused the sign-in (401). Check the e-mail and make a new token; a password does not work.',
  );
  for (const one of site.tokens.all()) site.tokens.put({ ...one, revokedOn: null });
  expect(await ask(TestMyConnection, first)).toMatchObject({ state: Done });
  expect(await world.one(connections, first)).toMatchObject({ crmjira_last_test_reason: null });
  // The active one goes: the other one that works takes over, and with the last one nobody is told that one is active.
  const gone = 'The connection is deleted and its token removed. Time already synced stays in Jira.';
  const results = [];
  for (const id of [first, second, first]) results.push((await ask(DeleteConnection, id)).result);
  expect(results).toEqual([
    `${gone} ${plantHost()} is now active.`,
    `${gone} No connection is active: nothing syncs until you choose one.`,
    gone,
  ]);
  const [left, secrets] = await stored();
  expect([left.length, secrets.length]).toEqual([1, 1]);
  const deleted = 'This connection was deleted. Add one to find issues and sync your time.';
  for (const type of [TestMyConnection, UseConnection])
    expect(await ask(type, first)).toMatchObject({ state: Failed, result: deleted, answer: null });

  // Nothing that was typed stands anywhere but in Jira's own rows.
  const written = JSON.stringify([...world.lines, ...(await world.rows('crmjira_commands')), left, secrets]);
  for (const secret of [token, pat, 'wrong-token-of-the-tests', Buffer.from(`${mail}:${token}`).toString('base64')])
    expect(written.includes(secret)).toBe(false);
}, 120_000);

test('R-1801 the tokens of somebody who has left are deleted, and the rows of the connections say why', async () => {
  const { admin } = world.standIns;
  const now = (): Date => new Date(start);
  expect(await departedPeople({ dataverse: admin, now })).toMatchObject({ figures: { revoked: 0 } });
  await admin.changeSet([
    { op: 'update', collection: 'systemusers', id: people.manager, columns: { isdisabled: true } },
  ]);
  expect(await departedPeople({ dataverse: admin, now })).toMatchObject({ looked: 1, figures: { revoked: 1 } });
  const [rows, secrets] = await stored();
  expect(secrets).toEqual([]);
  expect(rows).toMatchObject([
    { crmjira_is_active: false, crmjira_secret_name: null, crmjira_last_test_reason: 'departed' },
  ]);
}, 60_000);

test.each([
  [200, 'anonymous'],
  [401, 'refused'],
  [403, 'captcha'],
  [404, 'anonymous'],
])('R-1813 an answer %d to nobody in particular is told as %s', (status, problem) => {
  const error = new IntegrationError('', { code: 'jira-credentials', errorClass: 'configuration', status });
  expect(problemOfCall(error)).toBe(problem);
  const cause = Object.assign(new Error(''), { code: 'ENOTFOUND' });
  const away = new IntegrationError('', { code: 'jira-unavailable', errorClass: 'transient', cause });
  expect(problemOfCall(away)).toBe('unknown-host');
});

import { randomBytes, randomUUID } from 'node:crypto';
import {
  CommandState,
  CommandType,
  Deployment,
  type EnteredIntegration,
  type IntegrationSentence,
  integrationText,
  refusalText,
  stillUsedText,
} from '@crmjira/domain';
import { webhookSecretOf } from '../../../../plugins-proxy/src/connections/jira/webhook-secret';
import { signBody } from '../../../../plugins-proxy/src/inbound/webhooks/verify-signature';
import { serviceKey } from '../../../../plugins-proxy/src/platform/secrets/service-keys';
import { organizationId, userRole } from '../../../../sandbox/src/dataverse';
import { sealSecret } from '../../../../webresources/src/sealed/seal-secret';
import { eventually } from '../../eventually';
import { projectRow } from '../../jira-rows';
import { type SecondSite, startSecondSite } from '../../second-site';
import { people } from '../../stand-ins';
import { startWorld, stopWorlds, type World } from '../../world';

const start = '2025-01-20T14:00:00Z';
const key = randomBytes(32).toString('base64url');
const token = 'pat-of-the-second-site-0001';
const administrator = 'finance.controller';
const first = '5a8d2c1e-0000-4000-8000-000000000c01';
const { Done, Failed, Refused } = CommandState;
const { SaveIntegration, SetActive, DeleteIntegration, TestConnection, TryMapping, RotateWebhookSecret, Run } =
  CommandType;

let world: World;
let plant: SecondSite;
let serviceKeyId: ReturnType<typeof serviceKey>;

beforeAll(async () => {
  plant = await startSecondSite(() => new Date(Date.parse(start)));
  world = await startWorld(
    start,
    { ...plant.environment, SECRETS_KEY: key },
    { crmjira_Capabilities: 'budget, integrations' },
  );
  serviceKeyId = serviceKey(key);
  plant.jira.site.projects.put(projectRow(1));
  const { dataverse } = world.standIns;
  await dataverse.seed([userRole(people.finance, dataverse.roleId('CRM-JIRA Integration Administrator') ?? '')]);
}, 120_000);
afterAll(stopWorlds, 60_000);

interface Wish {
  readonly by?: typeof administrator | 'opportunity.owner';
  readonly payload?: unknown;
  readonly secrets?: Readonly<Record<string, string>>;
  readonly place?: string;
  readonly table?: string;
}

async function ask(
  type: CommandType,
  id: string,
  { by = administrator, payload, secrets, place, table = 'crmjira_integration' }: Wish = {},
) {
  const commandId = randomUUID();
  const userId = by === administrator ? people.finance : people.owner;
  const context = { organizationId, userId, commandId, targetHost: place ?? new URL(plant.url).host };
  const sealed =
    secrets === undefined
      ? null
      : await sealSecret(
          { keyId: serviceKeyId.id, publicKey: await serviceKeyId.publicKey() },
          context,
          JSON.stringify(secrets),
        );
  await world.writeAs(by, 'crmjira_commands', commandId, {
    crmjira_command_type: type,
    crmjira_command_state: CommandState.Requested,
    crmjira_regarding_table: table,
    crmjira_regarding_id: id,
    ...(payload === undefined ? {} : { crmjira_payload: JSON.stringify(payload) }),
    ...(sealed === null ? {} : { crmjira_sealed: sealed }),
  });
  const row = await eventually(async () => {
    const found = await world.one('crmjira_commands', commandId);
    expect(found['crmjira_finished_on']).not.toBeNull();
    return found;
  });
  return {
    state: row['crmjira_command_state'],
    says: row['crmjira_result'],
    sealed: row['crmjira_sealed'] ?? null,
    answer: JSON.parse(String(row['crmjira_answer'] ?? 'null')) as Record<string, unknown> | null,
    text: JSON.stringify(row),
  };
}

const site = (settings: Readonly<Record<string, unknown>> = {}): EnteredIntegration => ({
  provider: 'jira',
  name: 'Plant by pages',
  settings: {
    url: plant.url,
    deployment: Deployment.JiraDataCenter,
    username: '',
    projectKey: '',
    issueType: 'Task',
    issueLimit: null,
    ...settings,
  },
  everyMinutes: null,
  batchSize: 100,
  mappings: [],
});
const rowOf = (id: string) => world.one('crmjira_integrations', id);
const audits = async (id: string): Promise<readonly string[]> =>
  (await world.rows('crmjira_admin_audits', `crmjira_target_id eq '${id}'`)).map((row) =>
    String(row['crmjira_action']),
  );

test('R-1606, R-1609, R-1616, R-1618, R-1621: a second Jira site is saved inactive, tested and activated by commands alone', async () => {
  const id = randomUUID();
  const saved = await ask(SaveIntegration, id, { payload: site(), secrets: { token } });
  expect(saved).toMatchObject({ state: Done, sealed: null, answer: { integration: id, isSaved: true, problems: [] } });
  expect(await rowOf(id)).toMatchObject({ crmjira_is_active: false, crmjira_base_url: plant.url });
  expect((await rowOf(id))['crmjira_tested_hash'] ?? null).toBeNull();

  const early = await ask(SetActive, id, { payload: { active: true } });
  expect(early).toMatchObject({ state: Refused, says: integrationText('not-tested', 1033, 'Plant by pages') });

  const tested = await ask(TestConnection, id);
  expect(tested).toMatchObject({ state: Done, answer: { ok: true, fault: null, found: { deployment: 'dc' } } });
  expect(tested.answer?.['steps']).toMatchObject(
    ['reach', 'product', 'sign-in', 'permissions'].map((name) => ({ name, ok: true })),
  );
  expect(await ask(SetActive, id, { payload: { active: true } })).toMatchObject({ state: Done });
  expect(await rowOf(id)).toMatchObject({ crmjira_is_active: true });
  expect([...(await audits(id))].sort()).toEqual(['activated', 'created', 'refused:activated', 'tested']);

  // A row that was edited past the commands is another one than the tested one.
  await ask(SetActive, id, { payload: { active: false } });
  await world.standIns.admin.changeSet([
    { op: 'update', collection: 'crmjira_integrations', id, columns: { crmjira_username: 'somebody' } },
  ]);
  expect(await ask(SetActive, id, { payload: { active: true } })).toMatchObject({ state: Refused });

  // Of a place that has changed no secret is kept, and an active one is saved only when its test has passed.
  await world.standIns.admin.changeSet([
    { op: 'update', collection: 'crmjira_integrations', id, columns: { crmjira_username: null } },
  ]);
  await ask(SetActive, id, { payload: { active: true } });
  const moved = await ask(SaveIntegration, id, { payload: site({ url: world.standIns.jiraUrl }) });
  expect(moved).toMatchObject({ state: Failed, answer: { isSaved: false, test: { ok: false } } });
  expect(await rowOf(id)).toMatchObject({ crmjira_base_url: plant.url, crmjira_is_active: true });
  for (const one of [saved, early, tested, moved]) expect(one.text).not.toContain(token);

  expect(await ask(DeleteIntegration, id)).toMatchObject({ state: Refused });
  await ask(SetActive, id, { payload: { active: false } });
  expect(await ask(DeleteIntegration, id)).toMatchObject({ state: Done });
  expect(await world.rows('crmjira_integrations', `crmjira_integrationid eq ${id}`)).toEqual([]);
  expect(await world.rows('crmjira_secrets', `crmjira_context eq '${id}'`)).toEqual([]);
}, 120_000);

test('R-1616, R-1617: nobody but an administrator saves, tests, activates or deletes, and each try is kept', async () => {
  const id = randomUUID();
  for (const [type, payload] of [
    [SaveIntegration, site()],
    [TestConnection, site()],
    [SetActive, { active: true }],
    [DeleteIntegration, undefined],
    [TryMapping, { entered: site(), sample: null }],
  ] as const)
    expect(await ask(type, id, { by: 'opportunity.owner', payload })).toMatchObject({
      state: Refused,
      says: refusalText('administrator', 1033),
    });
  expect([...(await audits(id))].sort()).toEqual(
    ['activated', 'changed', 'deleted', 'mapping-tried', 'tested'].map((action) => `refused-role:${action}`),
  );
  expect(await world.rows('crmjira_integrations', `crmjira_integrationid eq ${id}`)).toEqual([]);
}, 60_000);

test('R-1601, R-1614: what cannot be right is refused before anything is saved, and named', async () => {
  const id = randomUUID();
  const mapping = { direction: 3, sourceTable: 'incident', sourceField: 'title', targetObject: 'issue' };
  const wrong = await ask(SaveIntegration, id, {
    payload: {
      ...site({ url: 'file:///etc/passwd' }),
      mappings: [
        { ...mapping, targetField: 'summary', transform: null, isKey: true },
        { ...mapping, targetField: 'summary', transform: 'sql', isKey: false },
      ],
    },
  });
  expect(wrong).toMatchObject({ state: Failed, answer: { isSaved: false } });
  const { problems } = wrong.answer as { problems: readonly { path: string; code: string }[] };
  expect(problems.map(({ path, code }) => `${path} ${code}`)).toEqual([
    'settings.url invalid',
    'mappings.0.direction key-direction',
    'mappings.1.transform transform-unknown',
    'mappings.1.sourceField both-write',
    'mappings.1.targetField both-write',
  ]);
  expect(await world.rows('crmjira_integrations', `crmjira_integrationid eq ${id}`)).toEqual([]);
  for (const payload of [null, [], 'x', { provider: 'sentry' }, { ...site(), batchSize: 501 }, { ...site(), extra: 1 }])
    expect(await ask(SaveIntegration, id, { payload })).toMatchObject({ state: Refused });
  expect(await ask(SaveIntegration, first, { payload: site() })).toMatchObject({
    state: Refused,
    says: integrationText('first-connection', 1033),
  });
}, 60_000);

test('R-1616: what is refused before anything is looked at is kept, whatever was asked for', async () => {
  const [gone, other] = [randomUUID(), randomUUID()];
  await world.write('crmjira_integrations', other, { crmjira_name: 'Of no provider' });
  const asked = [
    [SaveIntegration, site(), 'changed'],
    [SetActive, { active: true }, 'activated'],
    [SetActive, { active: false }, 'deactivated'],
    [DeleteIntegration, undefined, 'deleted'],
    [TryMapping, { entered: site(), sample: null }, 'mapping-tried'],
    [TestConnection, site(), 'tested'],
    [Run, { mode: 'changes' }, 'run'],
  ] as const;
  const isOfNew = (type: CommandType) => [SaveIntegration, TryMapping, TestConnection].some((one) => one === type);
  const expected: Record<'first' | 'gone' | 'other', string[]> = { first: [], gone: [], other: [] };
  for (const [type, payload, action] of asked) {
    const expectRefused = async (id: string, name: keyof typeof expected, why: IntegrationSentence) => {
      expect(await ask(type, id, { payload })).toMatchObject({ state: Refused, says: integrationText(why, 1033) });
      expected[name].push(`refused:${action}`);
    };
    await expectRefused(other, 'other', 'other-provider');
    if (!isOfNew(type)) await expectRefused(gone, 'gone', 'not-there');
    // The first connection is tested and run as it always was.
    if (type !== TestConnection && type !== Run) await expectRefused(first, 'first', 'first-connection');
  }
  expect([...(await audits(other))].sort()).toEqual(expected.other.sort());
  expect([...(await audits(gone))].sort()).toEqual(expected.gone.sort());
  expect(await audits(first)).toEqual(expect.arrayContaining(expected.first));
}, 120_000);

test('R-1618: a secret that was sealed for another place is not opened', async () => {
  const id = randomUUID();
  const other = await ask(SaveIntegration, id, { payload: site(), secrets: { token }, place: 'evil.example' });
  expect(other).toMatchObject({ state: Refused, sealed: null });
  expect(await world.rows('crmjira_secrets', `crmjira_context eq '${id}'`)).toEqual([]);
}, 60_000);

test('R-1609, R-1614, R-1618: what is only entered is tested with secrets that came sealed, and tried where records can be looked at', async () => {
  const id = randomUUID();
  const tested = await ask(TestConnection, id, { payload: site(), secrets: { token } });
  expect(tested).toMatchObject({ state: Done, sealed: null, answer: { ok: true } });
  const tried = await ask(TryMapping, id, { payload: { entered: site(), sample: null }, secrets: { token } });
  expect(tried).toMatchObject({ state: Refused, sealed: null, says: integrationText('no-sample', 1033) });
  for (const one of [tested, tried]) expect(one.text).not.toContain(token);
  expect(await world.rows('crmjira_secrets', `crmjira_context eq '${id}'`)).toEqual([]);
}, 60_000);

test('R-1606: a site that other records belong to is not deleted, and whoever wished it learns which', async () => {
  const id = randomUUID();
  await ask(SaveIntegration, id, { payload: site(), secrets: { token } });
  const [project, connection] = [randomUUID(), randomUUID()];
  const of = { 'crmjira_integration_id@odata.bind': `/crmjira_integrations(${id})` };
  await world.write('crmjira_jira_projects', project, { crmjira_name: 'Plant', ...of });
  await world.write('crmjira_jira_connections', connection, { crmjira_name: 'Of a person', ...of });
  const used = ['crmjira_jira_project', 'crmjira_jira_connection'] as const;
  const says = stillUsedText('Plant by pages', used, 1033);
  expect(says).toContain('projects and personal connections belong to it');
  expect(await ask(DeleteIntegration, id)).toMatchObject({ state: Refused, says });
  expect([...(await audits(id))].sort()).toEqual(['created', 'refused:deleted']);
  expect(await rowOf(id)).toMatchObject({ crmjira_name: 'Plant by pages' });
  await world.standIns.admin.remove('crmjira_jira_projects', project);
  await world.standIns.admin.remove('crmjira_jira_connections', connection);
  expect(await ask(DeleteIntegration, id)).toMatchObject({ state: Done });
  expect(await world.rows('crmjira_secrets', `crmjira_context eq '${id}'`)).toEqual([]);
}, 60_000);

test('R-1611: issues that are switched off are not mirrored by a run that somebody wants', async () => {
  const id = randomUUID();
  await ask(SaveIntegration, id, { payload: site(), secrets: { token } });
  await ask(TestConnection, id);
  await ask(SetActive, id, { payload: { active: true } });
  const says = refusalText('switched-on', 1033);
  expect(await ask(Run, id, { payload: { mode: 'everything' } })).toMatchObject({ state: Refused, says });
  expect(await world.rows('crmjira_sync_logs', `_crmjira_integration_id_value eq ${id}`)).toEqual([]);
  expect(await audits(id)).toContain('refused:run');
  await ask(SetActive, id, { payload: { active: false } });
}, 60_000);

/** Delivers an event of a site, signed with a secret. @returns the status of the answer */
async function deliver(id: string, secret: string): Promise<number> {
  const body = Buffer.from(
    JSON.stringify({ webhookEvent: 'worklog_created', timestamp: Date.now(), id: randomUUID() }),
  );
  const headers = { 'content-type': 'application/json', 'x-hub-signature': signBody(body, secret) };
  return (await fetch(`${world.proxyUrl}/webhooks/jira/${id}`, { method: 'POST', body, headers })).status;
}

test('R-1612, R-1618: a webhook secret is exchanged by a command; the one before it stays valid, and no other is taken', async () => {
  const id = randomUUID();
  const webhook = randomUUID();
  await ask(SaveIntegration, id, { payload: site(), secrets: { token } });
  await ask(TestConnection, id);
  await ask(SetActive, id, { payload: { active: true } });
  await world.write('crmjira_integration_webhooks', webhook, {
    crmjira_name: 'Plant',
    crmjira_url: `${world.proxyUrl}/webhooks/jira/${id}`,
    crmjira_is_active: true,
    'crmjira_integration_id@odata.bind': `/crmjira_integrations(${id})`,
  });
  const rotate = (secret: string, more: Wish = {}) =>
    ask(RotateWebhookSecret, webhook, { table: 'crmjira_integration_webhook', secrets: { secret }, ...more });
  const secretsOf = async () => (await world.rows('crmjira_secrets', `crmjira_context eq '${id}'`)).length;
  const derived = webhookSecretOf(world.config.jira.webhookSecrets[0], id);
  const [one, two] = [randomBytes(32).toString('base64url'), randomBytes(32).toString('base64url')];

  expect([await deliver(id, derived), await deliver(id, one)]).toEqual([200, 401]);
  const done = await rotate(one);
  expect(done).toMatchObject({ state: Done, sealed: null, says: integrationText('rotated', 1033, 'Plant by pages') });
  expect([await deliver(id, one), await deliver(id, two)]).toEqual([200, 401]);
  await rotate(two);
  expect([await deliver(id, one), await deliver(id, two), await deliver(id, derived)]).toEqual([200, 200, 200]);
  const row = await world.one('crmjira_integration_webhooks', webhook);
  const [at, until] = [row['crmjira_secret_rotated_on'], row['crmjira_old_secret_until']].map((text) =>
    Date.parse(String(text)),
  );
  expect((until ?? 0) - (at ?? 0)).toBe(24 * 3_600_000);
  // That of the site, and that of the webhook; a save keeps both.
  expect(await secretsOf()).toBe(2);
  expect(await ask(SaveIntegration, id, { payload: site() })).toMatchObject({ state: Done });
  expect([await secretsOf(), await deliver(id, two)]).toEqual([2, 200]);

  for (const refused of [
    await rotate(randomBytes(32).toString('base64url'), { by: 'opportunity.owner' }),
    await rotate(randomBytes(32).toString('base64url'), { place: 'evil.example' }),
    await rotate('short'),
  ])
    expect(refused).toMatchObject({ state: Refused });
  expect(await deliver(id, 'short')).toBe(401);
  expect([await deliver(id, one), await deliver(id, two)]).toEqual([200, 200]);
  expect(done.text).not.toContain(one);
  expect(JSON.stringify([row, await world.rows('crmjira_secrets')])).not.toContain(two);
  expect([...(await audits(webhook))].sort()).toEqual([
    'refused-role:secret-rotated',
    'refused:secret-rotated',
    'refused:secret-rotated',
    'secret-rotated',
    'secret-rotated',
  ]);
  await ask(SetActive, id, { payload: { active: false } });
}, 120_000);

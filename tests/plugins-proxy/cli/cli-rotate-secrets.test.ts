import { statSync, writeFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { CommandType, tables } from '@crmjira/domain';
import { z } from 'zod';
import { connect } from '../../../plugins-proxy/src/capabilities/connect';
import { dataverseSecretRows } from '../../../plugins-proxy/src/connections/credentials/secret-rows';
import { resolveSecret, secretToStore } from '../../../plugins-proxy/src/connections/credentials/stored-secrets';
import { unsealSecret } from '../../../plugins-proxy/src/connections/credentials/unseal-secret';
import { fixedKeyring } from '../../../plugins-proxy/src/platform/secrets/service-keys';
import { newSecret } from '../../../plugins-proxy/src/platform/secrets/store-secret';
import { signBody } from '../../../plugins-proxy/src/inbound/webhooks/verify-signature';
import { exitCodes } from '../../../plugins-proxy/src/cli/exit-codes';
import { openSqliteStore } from '../../../plugins-proxy/src/queue/store/sqlite/open-sqlite-store';
import { sealSecret } from '../../../webresources/src/sealed/seal-secret';
import { keepSecrets } from '../../log-scan/kept-logs';
import { crmjira as command, jsonOf, type Run } from '../cli-terminal';
import { eventually } from '../eventually';
import { secretFiles } from '../secret-files';
import { startWorld, stopLater, stopWorlds, type World } from '../world';

afterEach(stopWorlds);

const first = { webhook: 'webhook-secret-of-the-tests', key: 'step-key-of-the-tests-0001' };

async function worldOfFiles(over: Record<string, string> = {}, moreFiles: Record<string, string> = {}) {
  const files = secretFiles({
    JIRA_WEBHOOK_SECRET: first.webhook,
    JIRA_WEBHOOK_SECRET_PREVIOUS: '',
    DATAVERSE_STEP_KEY: first.key,
    DATAVERSE_STEP_KEY_PREVIOUS: '',
    JIRA_API_TOKEN: 'api-token-of-the-tests',
    ...moreFiles,
  });
  stopLater(files.remove);
  const world = await startWorld('2025-01-16T14:00:00Z', {
    ...files.environment,
    ...over,
  });
  const waited: number[] = [];
  /** What the command waits for is that the service has looked for its secrets: here it looks at once. */
  const sleep = async (ms: number): Promise<void> => {
    waited.push(ms);
    await world.lookForSecrets();
  };
  const crmjira = (environment: Record<string, string>, args: readonly string[], now?: () => Date): Promise<Run> =>
    command(environment, args, now, sleep);
  const environment = { ...world.standIns.environment, ...files.environment, ...over };
  return { files, world, environment, crmjira, waited };
}

/** Answer of the service to an event that is signed with a secret and has no effect. */
async function statusFor(world: World, secret: string): Promise<number> {
  const body = JSON.stringify({ webhookEvent: 'nothing_known', timestamp: Date.now() });
  const response = await fetch(`${world.proxyUrl}/webhooks/jira/${world.config.connectionId}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-hub-signature': signBody(Buffer.from(body), secret) },
    body,
  });
  return response.status;
}

const rotations = (world: World) => world.rows('crmjira_integration_logs', "crmjira_event_type eq 'secret_rotation'");
const quick = ['rotate-secrets', '--settle', '75', '--grace', '60', '--json'];

test('R-1218 webhook secret and step key are exchanged while events arrive, none is refused, and the former ones end', async () => {
  const { files, world, environment, crmjira, waited } = await worldOfFiles();
  const mapping = await world.provision();
  await world.approve();
  const issue = await world.newIssue();
  const running = crmjira(environment, [...quick, '--keep-previous']);
  for (let hour = 0; hour < 5; hour += 1) await world.logHours(issue, 2);
  const kept = await running;
  expect({ ...kept, statuses: [] }).toMatchObject({ code: exitCodes.done, err: '' });
  await world.logHours(issue, 2);
  await world.settledAt(mapping, [1_500, 248_500, 0.6, 3]);
  expect(world.lines.filter((line) => line.includes('bad-signature'))).toEqual([]);

  const second = { webhook: files.read('JIRA_WEBHOOK_SECRET'), key: files.read('DATAVERSE_STEP_KEY') };
  expect(second.webhook).toMatch(/^[\w-]{43}$/);
  expect(second).not.toEqual(first);
  expect(files.read('JIRA_WEBHOOK_SECRET_PREVIOUS')).toBe(first.webhook);
  expect([await statusFor(world, first.webhook), await statusFor(world, second.webhook)]).toEqual([200, 200]);

  const ended = await crmjira(environment, quick);
  expect(ended.code).toBe(exitCodes.done);
  expect([...new Set(waited)]).toEqual([75_000, 60_000]);
  const third = files.read('JIRA_WEBHOOK_SECRET');
  expect([files.read('JIRA_WEBHOOK_SECRET_PREVIOUS'), files.read('DATAVERSE_STEP_KEY_PREVIOUS')]).toEqual(['', '']);
  expect(await Promise.all([first.webhook, second.webhook, third].map((one) => statusFor(world, one)))).toEqual([
    401, 401, 200,
  ]);
  expect(statSync(files.path('JIRA_WEBHOOK_SECRET')).mode & 0o777).toBe(0o600);
  // Both directions work with what the senders have now.
  await world.logHours(issue, 2);
  await world.settledAt(mapping, [1_750, 248_250, 0.7, 3]);

  const rows = await rotations(world);
  expect(rows.map((row) => [row['crmjira_source_record_id'], row['crmjira_integration_status']]).sort()).toEqual([
    ['DATAVERSE_STEP_KEY', 2],
    ['DATAVERSE_STEP_KEY', 2],
    ['JIRA_WEBHOOK_SECRET', 2],
    ['JIRA_WEBHOOK_SECRET', 2],
  ]);
  const told = [kept.out, ended.out, ...kept.statuses, ...world.lines, JSON.stringify(rows)].join('\n');
  for (const secret of [...Object.values(first), ...Object.values(second), third]) expect(told).not.toContain(secret);
});

test('R-502 R-518 R-1218 a secret that a sender shows as token is exchanged here, and the former stays good until it is given by hand', async () => {
  const bearer = { JIRA_WEBHOOK_VERIFICATION: 'bearer' };
  const { files, world, environment, crmjira } = await worldOfFiles(bearer);
  expect(world.standIns.jira.site.webhooks.all()).toEqual([]);
  const run = await crmjira(environment, [...quick, '--secret', 'JIRA_WEBHOOK_SECRET']);
  expect(run.code).toBe(exitCodes.done);
  expect(run.out).toContain('give it to the sender of the events by hand');
  const fresh = files.read('JIRA_WEBHOOK_SECRET');
  expect(fresh).not.toBe(first.webhook);
  expect(files.read('JIRA_WEBHOOK_SECRET_PREVIOUS')).toBe(first.webhook);
  for (const token of [fresh, first.webhook]) {
    const { status } = await fetch(`${world.proxyUrl}/webhooks/jira/${world.config.connectionId}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ webhookEvent: 'nothing_known', timestamp: Date.now() }),
    });
    expect(status).toBe(200);
  }
  expect(run.out + world.lines.join('')).not.toContain(fresh);
});

/** Answer of the service to what a sender that can only keep an address posts there. */
async function statusAt(
  world: World,
  secret: string | null,
  {
    method = 'POST',
    path = `/webhooks/jira/${world.config.connectionId}`,
    body = '{"webhookEvent":"nothing_known"}',
  } = {},
): Promise<number> {
  const query = secret === null ? '' : `?secret=${secret}`;
  const { status } = await fetch(`${world.proxyUrl}${path}${query}`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(method === 'POST' ? { body } : {}),
  });
  return status;
}

test('R-502 R-518 R-1218 a secret in the address is exchanged while events arrive, the former ends, and no line of the log has either', async () => {
  const { files, world, environment, crmjira } = await worldOfFiles({ JIRA_WEBHOOK_VERIFICATION: 'url' });
  const mapping = await world.provision();
  await world.approve();
  const issue = await world.newIssue();
  const only = [...quick, '--secret', 'JIRA_WEBHOOK_SECRET'];
  const address = (): string =>
    world.standIns.jira.site.webhooks
      .all()
      .map(({ url }) => url)
      .join(' ');
  expect(new URL(address()).searchParams.get('secret')).toBe(first.webhook);

  const running = crmjira(environment, [...only, '--keep-previous']);
  for (let hour = 0; hour < 3; hour += 1) await world.logHours(issue, 2);
  const kept = await running;
  expect(kept).toMatchObject({ code: exitCodes.done, err: '' });
  await world.logHours(issue, 4);
  await world.settledAt(mapping, [1_250, 248_750, 0.5, 3]);
  expect(world.lines.filter((line) => line.includes('bad-signature'))).toEqual([]);
  const second = files.read('JIRA_WEBHOOK_SECRET');
  expect(second).not.toBe(first.webhook);
  // Jira keeps one webhook, whose address has the new secret alone; the service takes both.
  expect(new URL(address()).searchParams.getAll('secret')).toEqual([second]);
  expect([await statusAt(world, first.webhook), await statusAt(world, second)]).toEqual([200, 200]);

  const ended = await crmjira(environment, only);
  expect(ended.code).toBe(exitCodes.done);
  const third = files.read('JIRA_WEBHOOK_SECRET');
  expect(files.read('JIRA_WEBHOOK_SECRET_PREVIOUS')).toBe('');
  const secrets = [first.webhook, second, third];
  expect(await Promise.all(secrets.map((one) => statusAt(world, one)))).toEqual([401, 401, 200]);
  // What is shown in another way, twice or not at all is none.
  expect(await statusFor(world, third)).toBe(401);
  expect(await statusAt(world, `${third}&secret=${third}`)).toBe(401);
  expect(await statusAt(world, null)).toBe(401);
  await world.logHours(issue, 2);
  await world.settledAt(mapping, [1_500, 248_500, 0.6, 3]);

  // Nor what goes wrong with the secret in its address.
  for (const [wrong, status] of [
    [{ body: '{' }, 400],
    [{ path: '/webhooks/jira/nobody' }, 404],
    [{ path: '/nowhere' }, 404],
    [{ method: 'GET' }, 404],
  ] as const)
    expect(await statusAt(world, third, wrong)).toBe(status);
  const told = [kept, ended].flatMap(({ out, err, statuses }) => [out, err, ...statuses]);
  const everything = [...told, ...world.lines, JSON.stringify(await rotations(world))].join('\n');
  expect(everything).toContain('JIRA_WEBHOOK_SECRET');
  for (const secret of secrets) expect(everything).not.toContain(secret);
});

test('R-1218 a service that does not take the new secret keeps the former, and the failure is on record', async () => {
  const { files, world, crmjira } = await worldOfFiles();
  // Files that the running service does not read.
  const others = secretFiles({ JIRA_WEBHOOK_SECRET: first.webhook, JIRA_WEBHOOK_SECRET_PREVIOUS: '' });
  stopLater(others.remove);
  const environment = { ...world.standIns.environment, ...others.environment };
  const run = await crmjira(environment, [...quick, '--secret', 'JIRA_WEBHOOK_SECRET']);
  expect(run.code).toBe(exitCodes.failed);
  expect(run.out).toContain('does not take the new secret');
  expect(run.out).toContain('The former secret is back in its place.');
  expect([others.read('JIRA_WEBHOOK_SECRET'), others.read('JIRA_WEBHOOK_SECRET_PREVIOUS')]).toEqual([
    first.webhook,
    '',
  ]);
  expect(files.read('JIRA_WEBHOOK_SECRET')).toBe(first.webhook);
  expect(await statusFor(world, first.webhook)).toBe(200);
  expect(await rotations(world)).toMatchObject([{ crmjira_integration_status: 3 }]);
});

test('R-1101 R-1218 R-1404 a token is tried before it is stored; a wrong one is not', async () => {
  const { files, world, environment, crmjira } = await worldOfFiles();
  const args = [...quick, '--secret', 'JIRA_API_TOKEN', '--new-value-file', files.path('new-token')];
  writeFileSync(files.path('new-token'), 'a-token-that-jira-never-issued\n');
  const wrong = await crmjira(environment, args);
  expect(wrong.code).toBe(exitCodes.failed);
  expect(jsonOf(wrong)['secrets']).toMatchObject([
    { outcome: 'failed', says: expect.stringContaining('refused the credentials') },
  ]);
  expect(files.read('JIRA_API_TOKEN')).toBe('api-token-of-the-tests');
  expect(wrong.out).not.toContain('a-token-that-jira-never-issued');

  writeFileSync(files.path('new-token'), 'api-token-of-the-tests\n');
  expect(await crmjira(environment, args)).toMatchObject({ code: exitCodes.done });
  const rows = await rotations(world);
  expect(rows.map((row) => row['crmjira_integration_status']).sort()).toEqual([2, 3]);
  for (const row of rows) expect(row['crmjira_duration_ms']).toBeGreaterThan(0);
});

test('R-1218 --due takes what is 60 days old, or as old as Dynamics says; what only a person can renew is guided and has an exit code of its own', async () => {
  const { files, environment, world, crmjira } = await worldOfFiles();
  const now = (): Date => new Date('2026-06-30T12:00:00Z');
  const daysAgo = (days: number): Date => new Date(now().getTime() - days * 86_400_000);
  files.age('JIRA_WEBHOOK_SECRET', daysAgo(59.9));
  files.age('DATAVERSE_STEP_KEY', daysAgo(60));
  files.age('JIRA_API_TOKEN', daysAgo(1));
  const dry = await crmjira(environment, [...quick, '--due', '--dry-run'], now);
  expect(dry.code).toBe(exitCodes.done);
  const outcomes = (run: typeof dry) =>
    // What the command documents.
    (jsonOf(run)['secrets'] as { name: string; outcome: string }[]).map(({ name, outcome }) => `${name} ${outcome}`);
  expect(outcomes(dry)).toEqual(
    expect.arrayContaining(['DATAVERSE_STEP_KEY would-rotate', 'JIRA_WEBHOOK_SECRET kept']),
  );
  expect(files.read('DATAVERSE_STEP_KEY')).toBe(first.key);
  expect(await rotations(world)).toEqual([]);

  await world.setVariable('crmjira_TokenRotationDays', '59');
  const earlier = await crmjira(environment, [...quick, '--due', '--dry-run'], now);
  expect(outcomes(earlier)).toEqual(expect.arrayContaining(['JIRA_WEBHOOK_SECRET would-rotate']));

  files.age('JIRA_API_TOKEN', daysAgo(61));
  const guided = await crmjira(environment, ['rotate-secrets', '--due', '--dry-run'], now);
  expect(guided.code).toBe(exitCodes.personNeeded);
  expect(guided.out).toContain('id.atlassian.com');
  const variable = { ...world.standIns.environment };
  const unmovable = await crmjira(variable, ['rotate-secrets', '--secret', 'JIRA_WEBHOOK_SECRET']);
  expect(unmovable.code).toBe(exitCodes.personNeeded);
  expect(unmovable.out).toContain('is given in a variable, which no command can change');
});

test('R-1218 R-1803 the key of stored secrets is exchanged in Dataverse; people read the public half and no secret', async () => {
  const key = newSecret();
  const { files, world, environment, crmjira, waited } = await worldOfFiles(
    {},
    { SECRETS_KEY: key, SECRETS_KEY_PREVIOUS: '' },
  );
  const now = new Date('2025-01-16T15:00:00Z');
  const service = connect(world.config, () => now);
  stopLater(() => service.close());
  const rows = dataverseSecretRows(service.dataverse);
  const connections = Array.from({ length: 120 }, () => randomUUID());
  const toStore = connections.map((one) =>
    secretToStore(fixedKeyring([key]).current(), one, 'token', `${one}-of-the-tests`),
  );
  await service.dataverse.changeSet(toStore.map(({ write }) => write));
  const publicKeys = async (): Promise<unknown[]> => {
    const valid = `crmjira_valid_until gt ${now.toISOString()}`;
    const found = await world.rows(tables.crmjira_service_key.entitySet, valid);
    return found.map((row) => row['crmjira_public_key']);
  };
  // The service publishes it by itself.
  await eventually(async () => expect(await publicKeys()).toEqual([await fixedKeyring([key]).current().publicKey()]));

  const run = await crmjira(environment, [...quick, '--secret', 'SECRETS_KEY'], () => now);
  keepSecrets([key, files.read('SECRETS_KEY')]);
  expect(run).toMatchObject({ code: exitCodes.done, err: '' });
  expect(jsonOf(run)['secrets']).toEqual([
    {
      name: 'SECRETS_KEY',
      outcome: 'rotated',
      says: 'exchanged; 120 stored secrets encrypted with the new one, the former has ended',
    },
  ]);
  expect(waited).toEqual([75_000, 600_000]);
  const current = fixedKeyring([files.read('SECRETS_KEY')]);
  expect([...(await rows.countByKey())]).toEqual([[current.current().id, 120]]);
  for (const [n, one] of connections.entries())
    expect(await resolveSecret({ rows, keyring: current }, one, toStore[n]!.name)).toBe(`${one}-of-the-tests`);
  expect(await publicKeys()).toEqual([await current.current().publicKey()]);
  expect(await rotations(world)).toMatchObject([
    { crmjira_source_record_id: 'SECRETS_KEY', crmjira_integration_status: 2 },
  ]);

  // What a person seals to the key that they read is opened once, and leaves no trace in the row.
  const person = world.standIns.as('opportunity.owner@company.com');
  const keyColumns = { crmjira_key_id: z.string(), crmjira_public_key: z.string() };
  const keys = await person.many(
    tables.crmjira_service_key.entitySet,
    {
      select: Object.keys(keyColumns),
      filter: `crmjira_valid_until gt ${now.toISOString()}`,
      orderBy: ['crmjira_valid_until desc'],
    },
    z.object(keyColumns).transform((row) => ({ keyId: row.crmjira_key_id, publicKey: row.crmjira_public_key })),
  );
  const bound = { ...(await person.whoAmI()), commandId: randomUUID(), targetHost: 'acme.atlassian.net' };
  const sealed = await sealSecret(keys[0]!, bound, 'typed-token-of-the-tests');
  const { entitySet } = tables.crmjira_command;
  const columns = { crmjira_command_type: CommandType.TestConnection, crmjira_sealed: sealed };
  await person.changeSet([{ op: 'create', collection: entitySet, id: bound.commandId, columns }]);
  const queue = openSqliteStore(':memory:');
  stopLater(() => queue.close());
  const context = { dataverse: service.dataverse, store: queue, keyring: current, now: () => now };
  const unseal = () => unsealSecret(context, { createdOn: now, sealed }, bound);
  expect(await unseal()).toEqual({ secret: 'typed-token-of-the-tests' });
  expect(await world.one(entitySet, bound.commandId)).toMatchObject({ crmjira_sealed: null });
  expect(await unseal()).toEqual({ refusal: 'used' });
  await expect(person.many(tables.crmjira_secret.entitySet, { select: ['crmjira_name'] }, z.unknown())).rejects.toThrow(
    /may not|prvRead/,
  );
});

import { randomBytes, randomUUID } from 'node:crypto';
import {
  CommandState,
  CommandType,
  Direction,
  type EnteredMapping,
  integrationText,
  type TryAnswer,
} from '@crmjira/domain';
import { z } from 'zod';
import {
  fitAnswer,
  tryMappingCommand,
} from '../../../../plugins-proxy/src/capabilities/integrations/commands/try-mapping';
import { anyProvider } from '../../../../plugins-proxy/src/connections/providers/integration-providers';
import { createRestProvider } from '../../../../plugins-proxy/src/connections/providers/rest';
import { serviceKey } from '../../../../plugins-proxy/src/platform/secrets/service-keys';
import { userRole } from '../../../../sandbox/src/dataverse';
import { json, serviceParts, startService } from '../../clients/web-service/service-world';
import { people, type StandIns, startStandIns } from '../../stand-ins';

const now = () => new Date('2025-05-16T17:00:00Z');
const token = 'token-of-the-inventory-0001';
const { Done, Failed } = CommandState;

let inventory: Awaited<ReturnType<typeof startService>>;
let standIns: StandIns;
let items: readonly Record<string, unknown>[];
const parts = serviceParts(() => [`localhost:${inventory.port}`]);

beforeAll(async () => {
  standIns = await startStandIns(now);
  const { dataverse } = standIns;
  await dataverse.seed([userRole(people.finance, dataverse.roleId('CRM-JIRA Integration Administrator') ?? '')]);
  // It tells what it was given, as services do that are looked into.
  inventory = await startService(({ method, headers }, response) => {
    if (headers.authorization !== `Bearer ${token}`) return json(response, {}, 401);
    return json(response, { items, was: headers.authorization }, method === 'GET' ? 200 : 405);
  });
});
afterAll(async () => {
  await Promise.all([inventory.close(), standIns.close(), parts.evaluator.close()]);
});

const mapping = (targetField: string, transform: string | null = null): EnteredMapping => ({
  direction: Direction.Inbound,
  ...{ sourceTable: 'product', sourceField: 'name', targetObject: 'Item', targetField, transform, isKey: false },
});
const stored = '5a8d2c1e-0000-4000-8000-00000000ca01';

/** Asks as an administrator; the integration has its token stored for the inventory's address. */
async function ask(mappings: readonly EnteredMapping[], sample: unknown = null, settings: object = {}) {
  const providers = [anyProvider(createRestProvider(parts))];
  const keyring = serviceKey(randomBytes(32).toString('base64url'));
  const handler = tryMappingCommand({
    dataverse: standIns.admin,
    environmentSettings: {
      languageOf: async () => 1033,
      whoAmI: async () => ({ userId: randomUUID(), businessUnitId: '', organizationId: '' }),
    },
    jira: { first: { id: randomUUID() } as never, refresh: async () => undefined, derivedWebhookSecrets: () => [] },
    providers,
    secretOf: Object.assign(async () => JSON.stringify({ token }), { forget: () => undefined, known: () => [] }),
    keyring: { current: () => keyring, find: () => keyring } as never,
    store: { receive: async () => 'new' as never },
    now,
  });
  const id = randomUUID();
  await standIns.admin.changeSet([
    {
      op: 'create',
      collection: 'crmjira_commands',
      id,
      columns: { crmjira_command_type: CommandType.TryMapping, crmjira_command_state: CommandState.Running },
    },
  ]);
  const entered = {
    provider: 'rest',
    name: 'Inventory',
    settings: { url: inventory.url, path: '/items', signIn: 'bearer', records: 'items', id: 'code', ...settings },
    everyMinutes: null,
    batchSize: 100,
    mappings,
  };
  const answered = await handler.answer({
    id,
    regarding: { table: 'crmjira_integration', id: stored },
    argument: null,
    payload: { entered, sample },
    requestedById: people.finance,
    createdOn: now().toISOString(),
    correlationId: randomUUID(),
    progress: null,
  });
  if (!('state' in answered)) throw new Error('It is answered at once.');
  return { ...answered, answer: answered.answer as TryAnswer | undefined };
}

describe('trying mappings with a record of a REST service (R-1608, R-1614)', () => {
  beforeAll(async () => {
    items = [
      { code: 'T-1', label: `Pump ${'x'.repeat(200)}`, price: '418,50', seen: 'yesterday' },
      { code: 'T-2', label: `Valve of ${token}`, price: '7', seen: '2025-05-01T10:00:00Z' },
    ];
    const provider = randomUUID();
    await standIns.admin.changeSet([
      {
        op: 'create',
        collection: 'crmjira_integration_providers',
        id: provider,
        columns: { crmjira_code: 'rest', crmjira_name: 'REST' },
      },
      {
        op: 'create',
        collection: 'crmjira_integrations',
        id: stored,
        columns: {
          crmjira_name: 'Inventory',
          'crmjira_provider@odata.bind': `/crmjira_integration_providers(${provider})`,
          crmjira_config: JSON.stringify({ url: inventory.url, signIn: 'bearer' }),
          crmjira_secret_name: `row:${stored}`,
        },
      },
    ]);
  });

  it('shows what each gives, by the transform that runs use, and why others give nothing', async () => {
    const { state, result, answer } = await ask([
      mapping('code'),
      mapping('label', 'shorten'),
      mapping('price', 'text-to-amount'),
      mapping('price.cents'),
      mapping('seen', 'date-only'),
      mapping('price ('),
    ]);
    expect({ state, result }).toEqual({ state: Done, result: integrationText('tried', 1033, 'T-1') });
    expect(answer?.sample).toEqual({ id: 'T-1', name: 'T-1' });
    expect(answer?.rows).toMatchObject([
      { index: 0, before: 'T-1', after: 'T-1', says: null },
      { index: 1, after: `Pump ${'x'.repeat(95)}`, says: null },
      { index: 2, before: '418,50', after: '418.5', says: null },
      { index: 3, before: null, after: null, says: 'Nothing is found at price.cents.' },
      {
        index: 4,
        before: 'yesterday',
        after: null,
        says: '“yesterday” at seen does not fit the column or the transform.',
      },
      { index: 5, before: null, after: null, says: expect.stringContaining('price (') },
    ]);
  });

  it('tries the record that is named, and shows no secret of it or of the answer (R-1618)', async () => {
    const { answer } = await ask([mapping('label')], 'T-2');
    expect(answer).toMatchObject({ sample: { id: 'T-2' }, response: { status: 200 } });
    expect(answer?.response?.text).toContain('T-1');
    expect(JSON.stringify(answer)).not.toContain(token);
    const none = await ask([mapping('label')], 'T-3');
    expect(none).toMatchObject({ state: Done, result: integrationText('nothing-to-try', 1033) });
    expect(none.answer).toMatchObject({ sample: null, rows: [], response: { status: 200 } });
  });

  it('says what is wrong where nothing can be asked, and sends a stored secret nowhere else (R-1618)', async () => {
    expect(await ask([mapping('label')], null, { records: 'items (' })).toMatchObject({ state: Failed });
    expect(await ask([mapping('label')], null, { url: 'ftp://x' })).toMatchObject({ state: Failed });
    const asked = inventory.seen.length;
    const elsewhere = inventory.url.replace('localhost', '127.0.0.1');
    const { state, answer } = await ask([mapping('label')], null, { url: elsewhere });
    expect({ state, answer }).toEqual({ state: Failed, answer: undefined });
    expect(inventory.seen.slice(asked).map(({ headers }) => headers.authorization ?? null)).toEqual([]);
  });

  it('keeps that it was tried (R-1616)', async () => {
    await ask([mapping('label')]);
    const { admin } = standIns;
    const row = z.object({ crmjira_action: z.string() });
    const filter = `crmjira_target_id eq '${stored}' and crmjira_action eq 'mapping-tried'`;
    const rows = await admin.many('crmjira_admin_audits', { select: ['crmjira_action'], filter }, row);
    expect(rows.length).toBeGreaterThan(0);
  });
});

test('R-1614: an answer fits into its column, however long its texts', () => {
  const long = '\u0001'.repeat(20_000);
  const rows = Array.from({ length: 200 }, (_, index) => ({ index, before: long, after: long, says: long }));
  const answer = { sample: { id: 'x', name: 'x' }, rows, response: { status: 200, bytes: 1, text: long } };
  expect(JSON.stringify(fitAnswer(answer)).length).toBeLessThan(100_000);
  const short = {
    ...answer,
    rows: rows.map(({ index }) => ({ index, before: 'a', after: 'b', says: null })),
    response: null,
  };
  expect(fitAnswer(short)).toBe(short);
});

import { randomUUID } from 'node:crypto';
import { CommandState, CommandType, Health } from '@crmjira/domain';
import { z } from 'zod';
import { testIntegrationCommand } from '../../../../plugins-proxy/src/capabilities/integrations/commands/test';
import { anyProvider } from '../../../../plugins-proxy/src/connections/providers/integration-providers';
import { userRole } from '../../../../sandbox/src/dataverse';
import { people, startStandIns } from '../../stand-ins';

test('R-1609, R-1621: a test of what is saved reads its stored secrets once, also where the provider judges what they lack', async () => {
  const now = () => new Date('2025-05-16T17:00:00Z');
  const standIns = await startStandIns(now);
  const { admin, dataverse } = standIns;
  await dataverse.seed([userRole(people.finance, dataverse.roleId('CRM-JIRA Integration Administrator') ?? '')]);
  const [id, providerId] = [randomUUID(), randomUUID()];
  await admin.changeSet([
    {
      op: 'create',
      collection: 'crmjira_integration_providers',
      id: providerId,
      columns: { crmjira_code: 'REST', crmjira_name: 'REST' },
    },
    {
      op: 'create',
      collection: 'crmjira_integrations',
      id,
      columns: {
        crmjira_name: 'Inventory',
        crmjira_config: '{}',
        crmjira_secret_name: 'row:stored',
        'crmjira_provider@odata.bind': `/crmjira_integration_providers(${providerId})`,
      },
    },
  ]);
  let reads = 0;
  let lack: string | null = 'scope';
  const handler = testIntegrationCommand({
    dataverse: admin,
    environmentSettings: {
      languageOf: async () => 1033,
      whoAmI: async () => ({ userId: randomUUID(), businessUnitId: '', organizationId: '' }),
    },
    jira: { first: { id: randomUUID() } as never, refresh: async () => undefined, derivedWebhookSecrets: () => [] },
    providers: [
      anyProvider({
        code: 'rest',
        supportsWebhooks: false,
        settings: z.object({}),
        secrets: z.object({ token: z.string() }),
        columns: () => ({}),
        lacks: (_settings, { token }) => (token === 'stored' ? lack : 'another secret'),
        open: async () => ({
          test: async () => ({ ok: true, steps: [], found: {}, fault: null }),
          close: async () => undefined,
        }),
      }),
    ],
    secretOf: Object.assign(
      async () => {
        reads += 1;
        return JSON.stringify({ token: 'stored' });
      },
      { forget: () => undefined, known: () => [] },
    ),
    keyring: undefined as never,
    store: undefined as never,
    now,
  });
  const testedHash = async () => {
    const regarding = { table: 'crmjira_integration', id };
    const answer = await handler.answer({
      id: randomUUID(),
      regarding,
      argument: null,
      payload: null,
      requestedById: people.finance,
      createdOn: now().toISOString(),
      correlationId: randomUUID(),
      progress: null,
    });
    expect(answer).toMatchObject({ state: CommandState.Done });
    const columns = z.object({ crmjira_tested_hash: z.string().nullish(), crmjira_health: z.number().nullish() });
    const found = await admin.one('crmjira_integrations', id, Object.keys(columns.shape), columns);
    expect(found?.crmjira_health).toBe(Health.Healthy);
    return found?.crmjira_tested_hash ?? null;
  };
  expect(handler.type).toBe(CommandType.TestConnection);
  expect([await testedHash(), reads]).toEqual([null, 1]);
  lack = null;
  expect([await testedHash(), reads]).toEqual([expect.any(String), 2]);
  await standIns.close();
});

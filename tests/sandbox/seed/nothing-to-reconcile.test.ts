import type { Action } from '@crmjira/domain';
import pino from 'pino';
import { readConfig } from '../../../plugins-proxy/src/platform/config/read-config';
import { connect } from '../../../plugins-proxy/src/capabilities/connect';
import { reconcileOpportunity } from '../../../plugins-proxy/src/capabilities/budget/reconcile/reconcile-opportunity';
import { createDataverse } from '../../../sandbox/src/dataverse';
import { createEntra } from '../../../sandbox/src/entra';
import { SERVICE_ACCOUNT, createJira } from '../../../sandbox/src/jira';
import { CONNECTION_ID, SERVICE_APP, TENANT_ID, directoryUsers } from '../../../sandbox/src/run/directory';
import { seedExample } from '../../../sandbox/src/run/seed-example';
import { STANDARD_HOURLY_RATE } from '../../../sandbox/src/seed';
import { opportunities } from '../../../sandbox/src/seed/scenarios';
import { freePort } from '../../free-port';

const now = new Date('2026-03-18T15:00:00Z');

const isWorkByPerson = (action: Action): boolean =>
  action.kind === 'dataverse.change-set' && action.writes.every(({ table }) => table === 'crmjira_resource_allocation');

test.each([
  ['cloud', 'computed'],
  ['dc', 'computed'],
  ['cloud', 'budget-module'],
  ['cloud', 'tempo-cloud'],
] as const)('an untouched company has nothing to reconcile (%s, %s; F-114)', async (deployment, budgetSource) => {
  const [dataversePort, jiraPort] = [await freePort(), await freePort()];
  const [publicUrl, jiraUrl] = [`http://localhost:${dataversePort}`, `http://localhost:${jiraPort}`];
  const clientSecret = 'service-secret-for-tests';
  const clock = () => now;
  const entra = await createEntra({
    keyFile: ':memory:',
    publicUrl,
    tenantId: TENANT_ID,
    apps: [{ ...SERVICE_APP, clientSecret }],
    users: directoryUsers,
    clock,
  });
  const dataverse = await createDataverse({ stateFile: ':memory:', publicUrl, entra, tenantId: TENANT_ID, clock });
  await dataverse.app.register(entra.plugin);
  const credentials = [{ email: SERVICE_ACCOUNT.email, apiToken: 'token-for-tests', pat: 'pat-for-tests' }];
  const jira = await createJira({
    stateFile: ':memory:',
    publicUrl: jiraUrl,
    clock,
    credentials,
    defaultHourlyRate: STANDARD_HOURLY_RATE,
    tempoToken: 'tempo-token-of-the-tests',
  });
  await seedExample({
    dataverse,
    dataverseUrl: publicUrl,
    jira,
    jiraUrl,
    plantUrl: 'http://localhost:1',
    sentryUrl: 'http://localhost:1',
    budgetSource,
    now,
  });
  await dataverse.app.listen({ port: dataversePort, host: '127.0.0.1' });
  await jira.app.listen({ port: jiraPort, host: '127.0.0.1' });
  const connections = connect(
    readConfig({
      PORT: '4123',
      PUBLIC_URL: 'http://localhost:4123',
      DATAVERSE_URL: publicUrl,
      DATAVERSE_TENANT_ID: TENANT_ID,
      DATAVERSE_CLIENT_ID: SERVICE_APP.clientId,
      DATAVERSE_CLIENT_SECRET: clientSecret,
      TOKEN_URL: `${publicUrl}/${TENANT_ID}/oauth2/v2.0/token`,
      DATAVERSE_STEP_KEY: 'step-key-of-the-tests-0001',
      JIRA_URL: jiraUrl,
      JIRA_DEPLOYMENT: deployment,
      ...(deployment === 'dc'
        ? { JIRA_PAT: 'pat-for-tests' }
        : { JIRA_EMAIL: SERVICE_ACCOUNT.email, JIRA_API_TOKEN: 'token-for-tests' }),
      JIRA_WEBHOOK_SECRET: 'webhook-secret-for-tests',
      TEMPO_TOKEN: 'tempo-token-of-the-tests',
      TEMPO_URL: jiraUrl,
      CONNECTION_ID,
      STORE_FILE: ':memory:',
      REGISTER_STEPS: 'false',
    }),
    clock,
  );
  try {
    const logger = pino({ level: 'silent' });
    for (const { id, name } of opportunities) {
      const result = await reconcileOpportunity(connections.reconciler, {
        id: id,
        correlationId: 'test',
        logger,
        dryRun: true,
      });
      // Work by person is seeded under the accounts of Cloud; Data Center knows the same people by other keys.
      const left = result.actions.filter((action) => deployment === 'cloud' || !isWorkByPerson(action));
      expect({ name, actions: left }).toEqual({ name, actions: [] });
    }
  } finally {
    await connections.close();
    await jira.close();
    await dataverse.close();
  }
});

import { type Action, tables } from '@crmjira/domain';
import pino from 'pino';
import { z } from 'zod';
import { readConfig } from '../../../plugins-proxy/src/platform/config/read-config';
import { connect } from '../../../plugins-proxy/src/capabilities/connect';
import { issues } from '../../../plugins-proxy/src/capabilities/issues';
import { settle } from '../../../plugins-proxy/src/reconciler/settle';
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

/** Links and cases plan nothing; the one issue that is wanted is begun. */
async function expectIssuesSettled(connections: ReturnType<typeof connect>, now: () => Date): Promise<void> {
  const { modules } = issues.open({ ...connections, now });
  const left: string[] = [];
  let seen = 0;
  for (const [kind, table] of [
    ['issue-link', 'crmjira_issue_link'],
    ['case', 'incident'],
  ] as const) {
    const module = modules.find((one) => one.kind === kind)!;
    const { entitySet, primaryId } = tables[table];
    const row = z.object({ [primaryId]: z.string() });
    for (const { [primaryId]: id = '' } of await connections.dataverse.many(entitySet, { select: [primaryId] }, row)) {
      seen += 1;
      const run = { id, correlationId: 'test', logger: pino({ level: 'silent' }), dryRun: true };
      const { actions } = await settle(module, run, now);
      left.push(...actions.map((action) => `${kind} ${id}: ${JSON.stringify(action)}`));
    }
  }
  expect(seen).toBeGreaterThan(24);
  expect(left.filter((line) => !/"kind":"(begin|create)"/.test(line))).toEqual([]);
  expect(left).toHaveLength(2);
}

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
    servicesUrl: 'http://localhost:1',
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
    // Issues are the Cloud site's; hours are counted the same wherever spending comes from.
    if (deployment === 'cloud' && budgetSource === 'computed') await expectIssuesSettled(connections, clock);
  } finally {
    await connections.close();
    await jira.close();
    await dataverse.close();
  }
});

import { connect } from '../../plugins-proxy/src/connect';
import { IntegrationError } from '../../plugins-proxy/src/errors/integration-error';
import { reportFailure } from '../../plugins-proxy/src/reconcile/report-failure';
import { opportunityId, startWorld, stopLater, stopWorlds } from './world';

afterEach(stopWorlds, 30_000);

test('R-1407 R-412 what another system repeats of our secrets stands in no log row, task or mail', async () => {
  const metricsToken = 'metrics&token<of>-of-the-tests';
  const world = await startWorld('2025-01-15T14:00:00Z', { METRICS_TOKEN: metricsToken });
  await world.setVariable('crmjira_AdministratorMailbox', 'jira.admin@company.com');
  const { dataverse, surroundings, close } = connect(world.config, world.clock);
  stopLater(close);
  await surroundings.settings();
  const { JIRA_API_TOKEN: apiToken = '' } = world.standIns.environment;
  const error = new IntegrationError(`Jira refused ${apiToken} and ${metricsToken}.`, {
    code: 'jira-forbidden',
    errorClass: 'configuration',
    status: 403,
  });
  const run = { opportunityId, error, correlationId: 'c', durationMs: 1, attempts: 1, waitingSince: 0 };
  await reportFailure(
    { dataverse, surroundings },
    { ...run, retryAt: null, crm: null, event: null },
    '2025-01-15T14:00:00Z',
  );
  const [logged, tasks] = [await world.rows('crmjira_integration_logs'), await world.rows('tasks')];
  const mails = world.standIns.dataverse.outbox();
  expect([logged.length, tasks.length, mails.length]).toEqual([1, 1, 1]);
  for (const shown of [logged, tasks, mails]) {
    const text = JSON.stringify(shown);
    expect(text).toContain('Jira refused [redacted] and [redacted].');
    for (const secret of [apiToken, 'token<of>', 'metrics&amp;token', 'token&lt;of'])
      expect(text).not.toContain(secret);
  }
}, 60_000);

import { connect } from '../../../plugins-proxy/src/capabilities/connect';
import { IntegrationError } from '../../../plugins-proxy/src/platform/errors/integration-error';
import { createRedactor } from '../../../plugins-proxy/src/platform/log/redact';
import { classifyDataverseError } from '../../../plugins-proxy/src/clients/dataverse/classify-dataverse-error';
import { readableWrite } from '../../../plugins-proxy/src/clients/dataverse/message-columns';
import { jiraAnswers } from '../../../plugins-proxy/src/clients/jira/classify-jira-answer';
import { tempoAnswers } from '../../../plugins-proxy/src/clients/tempo/tempo-http';
import { Refusal } from '../../../plugins-proxy/src/platform/http-client/create-classifier';
import { failureRows } from '../../../plugins-proxy/src/capabilities/budget/reconcile/failure-rows';
import { reportFailure } from '../../../plugins-proxy/src/reconciler/report-failure';
import { z } from 'zod';
import { path } from '../../../plugins-proxy/src/platform/http-client/path';
import { opportunityId, startWorld, stopLater, stopWorlds } from '../world';

afterEach(stopWorlds);

test('R-1407 R-412 what another system repeats of our secrets stands in no log row, task or mail', async () => {
  const metricsToken = 'metrics&token<of>-of-the-tests';
  const world = await startWorld('2025-01-15T14:00:00Z', { METRICS_TOKEN: metricsToken });
  await world.setVariable('crmjira_AdministratorMailbox', 'jira.admin@company.com');
  const { dataverse, environmentSettings, close } = connect(world.config, world.clock);
  stopLater(close);
  await environmentSettings.settings();
  const { JIRA_API_TOKEN: apiToken = '' } = world.standIns.environment;
  const error = new IntegrationError(`Jira refused ${apiToken} and ${metricsToken}.`, {
    code: 'jira-forbidden',
    errorClass: 'configuration',
    status: 403,
  });
  const times = { durationMs: 1, attempts: 1, waitingSince: 0, retryAt: null };
  const run = {
    id: opportunityId,
    error,
    correlationId: 'c',
    trigger: 'event' as const,
    ...times,
    facts: null,
    event: null,
  };
  const now = '2025-01-15T14:00:00Z';
  await reportFailure(
    { dataverse, environmentSettings },
    failureRows(run, now),
    { ...run, regarding: { table: 'opportunity', id: opportunityId } },
    now,
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
});

describe('R-1407 a secret where a text is cut off', () => {
  const secret = 'half-a-token-of-the-tests';
  const redact = createRedactor([secret]);
  // The limit falls into the middle of the secret.
  const reaching = (limit: number): string => `${'x'.repeat(limit - 7)}${secret}`;
  const half = secret.slice(0, 6);

  test.each([
    [jiraAnswers, { errorMessages: [reaching(600)], errors: { name: `no ${secret}` } }, { name: 'no [redacted]' }],
    [tempoAnswers, { errors: [{ message: reaching(600) }] }, {}],
  ] as const)('stays out of what Jira and Tempo are quoted with', ({ errorOf }, body, fields) => {
    const answer = { status: 400, headers: { 'content-type': 'application/json' }, text: JSON.stringify(body) };
    const error = errorOf(answer, 0, redact);
    expect(error.message).toMatch(/x\[redact/);
    expect(error.message).not.toContain(half);
    expect(error).toBeInstanceOf(Refusal);
    expect(error).toMatchObject({ fields });
  });

  test('stays out of what Dataverse is quoted with', () => {
    const { message } = classifyDataverseError({ status: 400, code: '0x80040217', message: reaching(600) }, 0, redact);
    expect(message).toMatch(/x\[redact/);
    expect(message).not.toContain(half);
  });

  test.each([
    ['crmjira_integration_logs', 'crmjira_error_message', 2_000],
    ['crmjira_budget_mappings', 'crmjira_last_error', 2_000],
    ['crmjira_commands', 'crmjira_result', 2_000],
    ['crmjira_integration_healths', 'crmjira_reason', 500],
    ['tasks', 'description', 2_000],
  ])('stays out of %s, %s', (collection, column, limit) => {
    const write = { op: 'update', collection, id: '1', columns: { [column]: reaching(limit) } } as const;
    const shown = String(readableWrite(write, redact).columns[column]);
    expect(shown).toHaveLength(limit);
    expect(shown).toMatch(/x\[redac…$/);
    expect(shown).not.toContain(half);
  });

  test('and a mail is redacted, yet never cut off', () => {
    const write = { op: 'create', collection: 'emails', id: '1', columns: { description: reaching(5_000) } } as const;
    expect(readableWrite(write, redact).columns['description']).toBe(`${'x'.repeat(4_993)}[redacted]`);
  });

  test('cuts nothing into figures and bindings', () => {
    const columns = { crmjira_error_message: null, crmjira_retry_count: 1, crmjira_name: reaching(2_000) };
    expect(readableWrite({ op: 'create', collection: 'tasks', id: '1', columns }, redact).columns).toEqual(columns);
  });
});

test('R-1407 a client quotes Jira and Dataverse with its own secrets cut out', async () => {
  const world = await startWorld('2025-01-15T14:00:00Z');
  const { dataverse, jira, close } = connect(world.config, world.clock);
  const { site } = jira.first;
  stopLater(close);
  const { JIRA_API_TOKEN: apiToken = '' } = world.standIns.environment;
  const asked = site.http.call({ method: 'GET', path: path`/rest/api/3/project/${apiToken}`, schema: z.unknown() });
  await expect(asked).rejects.toThrow('[redacted]');
  await expect(asked).rejects.not.toThrow(apiToken);
  const read = dataverse.many('crmjira_commands', { select: [apiToken] }, z.unknown());
  await expect(read).rejects.toThrow('[redacted]');
  await expect(read).rejects.not.toThrow(apiToken);
});

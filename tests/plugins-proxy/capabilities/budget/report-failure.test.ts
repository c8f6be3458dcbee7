import type { z } from 'zod';
import { waitingSentence } from '@crmjira/domain';
import type { CrmFacts } from '../../../../domain/src/budget/plan/facts';
import type { DataverseClient } from '../../../../plugins-proxy/src/clients/dataverse/dataverse-client';
import type { EnvironmentSettings } from '../../../../plugins-proxy/src/connections/environment/environment-settings';
import { IntegrationError } from '../../../../plugins-proxy/src/platform/errors/integration-error';
import type { BudgetSides } from '../../../../plugins-proxy/src/capabilities/budget/reconcile/budget-sides';
import { failureRows, recoveryWrite } from '../../../../plugins-proxy/src/capabilities/budget/reconcile/failure-rows';
import { type ReportContext, reportFailure } from '../../../../plugins-proxy/src/reconciler/report-failure';
import type { FailedRun } from '../../../../plugins-proxy/src/reconciler/sync-module';
import { fakeDataverse } from '../../fake-dataverse';

const now = '2025-01-20T17:30:15.000Z';
const opportunityId = 'a1b2c3d4-e5f6-7890-abcd-ef1234567890';
const mappingId = '11111111-0000-4000-8000-000000000001';
const commandId = '22222222-0000-4000-8000-000000000002';

const permanent = new IntegrationError('Jira refused the request: projectKey: Taken.', {
  code: 'jira-refused',
  errorClass: 'permanent',
  status: 400,
});
const transient = new IntegrationError('Jira is not available just now (503); it is tried again.', {
  code: 'jira-unavailable',
  errorClass: 'transient',
  status: 503,
});

// Only what the report looks at.
const crm = (mapping: Record<string, unknown> | null): CrmFacts =>
  ({
    mapping: mapping === null ? null : { id: mappingId, projectKey: 'CRMWYVLZZJ', lastError: null, ...mapping },
    commands: [{ id: commandId, language: 3084 }],
  }) as unknown as CrmFacts;

const waiting = waitingSentence('jira-unavailable', transient.message, 3084);

const mailbox = 'jira.admin@company.com';
const queueId = '33333333-0000-4000-8000-000000000003';
/** As connected; with a sender queue and, where given, a mailbox of the administrator. */
const reporting = (
  dataverse: DataverseClient,
  administratorMailbox: string | null = null,
  administrator: string | null = null,
) => ({
  dataverse,
  environmentSettings: {
    lastSettings: () => ({ policy: { administratorMailbox }, senderQueue: queueId }),
    administratorId: async () => administrator,
  } as unknown as EnvironmentSettings,
});

type FailedBudgetRun = FailedRun<BudgetSides>;
const sides = (read: CrmFacts): BudgetSides => ({ crm: read, jira: null });
const report = (context: ReportContext, failure: FailedBudgetRun, on: string): Promise<void> =>
  reportFailure(
    context,
    failureRows(failure, on),
    { ...failure, regarding: { table: 'opportunity', id: failure.id } },
    on,
  );

const run = (over: Partial<FailedBudgetRun> = {}): FailedBudgetRun => ({
  id: opportunityId,
  error: permanent,
  correlationId: 'trace-1',
  trigger: 'event',
  durationMs: 812.6,
  attempts: 1,
  waitingSince: 1_000,
  retryAt: null,
  facts: sides(crm({ provisioningState: 1, projectId: null })),
  event: null,
  ...over,
});

describe('a failure is shown', () => {
  test('R-412 its row names the event that began the run, where one did', () => {
    const event = { id: 'dataverse:0f2c', event: 'opportunity.Update', bodyHash: 'ab' };
    expect(failureRows(run({ event }), now).log.columns).toMatchObject({
      crmjira_event_id: '0f2c',
      crmjira_event_type: 'opportunity.Update',
      crmjira_payload_hash: 'ab',
    });
    expect(Object.keys(failureRows(run(), now).log.columns)).not.toContain('crmjira_event_id');
  });

  test('R-1101 E1-F1: creation refused → log Failed without target, mapping state 5, the command answered', () => {
    const { log, others } = failureRows(run(), now);
    expect(log.columns).toMatchObject({
      crmjira_operation_type: 1,
      crmjira_source_system: 1,
      crmjira_source_record_id: opportunityId,
      crmjira_integration_status: 3,
      crmjira_error_message: expect.stringMatching(
        /^Jira refused the request: projectKey: Taken\. Correct what Jira names: the field mappings /,
      ),
      crmjira_correlation_id: 'trace-1',
      crmjira_duration_ms: 813,
      crmjira_http_status: 400,
      crmjira_error_code: 'jira-refused',
    });
    expect(log.columns).not.toHaveProperty('crmjira_target_record_id');
    expect(others).toMatchObject([
      {
        id: mappingId,
        columns: {
          crmjira_last_error: permanent.message,
          crmjira_last_error_code: 'jira-refused',
          crmjira_provisioning_state: 5,
        },
      },
      {
        id: commandId,
        columns: {
          crmjira_command_state: 5,
          crmjira_result:
            'Jira a refusé la demande. Corrigez ce qui est indiqué, puis réessayez. Réponse reçue\u00a0: projectKey: Taken',
        },
      },
    ]);
  });

  test('E1-F2: budget not created, project there → log Retry, state left at 2, the command goes on waiting', () => {
    const given = run({
      error: transient,
      retryAt: 61_000,
      facts: sides(crm({ provisioningState: 2, projectId: '10150' })),
    });
    const { log, others } = failureRows(given, now);
    expect(log.columns).toMatchObject({
      crmjira_integration_status: 4,
      crmjira_target_record_id: 'CRMWYVLZZJ',
      crmjira_next_retry_on: '1970-01-01T00:01:01.000Z',
    });
    expect(others).toEqual([
      {
        op: 'update',
        collection: 'crmjira_budget_mappings',
        id: mappingId,
        columns: {
          crmjira_last_error: transient.message,
          crmjira_last_error_code: 'jira-unavailable',
          crmjira_failing_since: '2025-01-20T17:30:15Z',
          crmjira_next_retry_on: '1970-01-01T00:01:01Z',
        },
      },
      {
        op: 'update',
        collection: 'crmjira_commands',
        id: commandId,
        columns: { crmjira_command_state: 2, crmjira_result: waiting },
      },
    ]);
  });

  test('who waits for an answer is told once for what, and anew when it is something else (F-108)', () => {
    const facts = crm(null);
    const told = (result: string) =>
      failureRows(
        run({
          error: transient,
          retryAt: 61_000,
          facts: sides({ ...facts, commands: facts.commands.map((command) => ({ ...command, result })) }),
        }),
        now,
      ).others;
    expect(told(waiting)).toEqual([]);
    expect(told('En attente. Autre chose.')).toMatchObject([{ columns: { crmjira_result: waiting } }]);
  });

  test('of a linked project → operation Update from Jira, keys as in R-608', () => {
    const { log } = failureRows(run({ facts: sides(crm({ provisioningState: 4, projectId: '10150' })) }), now);
    expect(log.columns).toMatchObject({
      crmjira_operation_type: 2,
      crmjira_source_system: 2,
      crmjira_source_record_id: 'CRMWYVLZZJ',
      crmjira_target_record_id: opportunityId,
    });
  });

  describe('the next retry stands on the mapping (R-203, R-1401)', () => {
    const at = Date.parse(now);
    const failing = {
      provisioningState: 4,
      lastError: transient.message,
      lastErrorCode: 'jira-unavailable',
      failingSince: '2025-01-20T17:00:00Z',
      nextRetryOn: '2025-01-20T17:30:00Z',
    };
    const retry = (inMs: number | null, mapping: Record<string, unknown> = failing) =>
      failureRows(
        run({ error: transient, attempts: 7, retryAt: inMs === null ? null : at + inMs, facts: sides(crm(mapping)) }),
        now,
      ).others.filter(({ collection }) => collection === 'crmjira_budget_mappings');

    test('and moves with each long wait, while the failure keeps its beginning', () => {
      expect(retry(120_000)).toMatchObject([
        { columns: { crmjira_failing_since: failing.failingSince, crmjira_next_retry_on: '2025-01-20T17:32:15Z' } },
      ]);
    });

    test('a short wait is not worth a write of its own', () => expect(retry(32_000)).toEqual([]));

    test('is taken back when there will be none, once', () => {
      expect(retry(null)).toMatchObject([{ columns: { crmjira_next_retry_on: null } }]);
      expect(retry(null, { ...failing, nextRetryOn: null })).toEqual([]);
    });

    test('another reason begins anew', () => {
      expect(retry(5_000, { ...failing, lastErrorCode: 'jira-forbidden', lastError: 'No.' })).toMatchObject([
        { columns: { crmjira_failing_since: '2025-01-20T17:30:15Z' } },
      ]);
    });

    test('a run that went well takes back what its plan has left, and writes nothing where nothing is left', () => {
      expect(recoveryWrite(crm(failing))).toMatchObject({
        id: mappingId,
        columns: { crmjira_last_error: null, crmjira_failing_since: null, crmjira_next_retry_on: null },
      });
      // Given up, and nobody's plan writes a completed project: the error would stand there for ever.
      expect(recoveryWrite(crm({ ...failing, nextRetryOn: null }))).toMatchObject({
        columns: { crmjira_last_error: null, crmjira_failing_since: null },
      });
      // What a plan says itself, as of a project that was deleted, is not a run's to take back.
      expect(recoveryWrite(crm({ ...failing, nextRetryOn: null, failingSince: null }))).toBeNull();
      expect(recoveryWrite(crm(null))).toBeNull();
    });

    test('a storm of retries costs no request while the waits are short, and one write when they are long', async () => {
      const dataverse = fakeDataverse();
      dataverse.rows.set(mappingId, { columns: {}, version: 1 });
      let looks = 0;
      const counting = {
        ...dataverse,
        many: (...given: Parameters<typeof dataverse.many>) => {
          looks += 1;
          return dataverse.many(...given);
        },
      } as typeof dataverse;
      const waitingSince = Date.parse(failing.nextRetryOn) - 2_000;
      const again = (retryAt: number, since = waitingSince) =>
        report(
          reporting(counting),
          run({
            error: transient,
            attempts: 3,
            retryAt,
            waitingSince: since,
            facts: sides({ ...crm(failing), commands: [] }),
          }),
          now,
        );
      await again(at + 8_000);
      expect([looks, dataverse.committed.length]).toEqual([0, 0]);
      await again(at + 300_000);
      expect([looks, dataverse.committed.length]).toEqual([0, 1]);
      // What an earlier streak has left says nothing of this one's log row.
      await again(at + 8_000, Date.parse(failing.nextRetryOn) + 60_000);
      expect(looks).toBe(1);
      expect(dataverse.committed[1]?.map(({ collection }) => collection)).toEqual(['crmjira_integration_logs']);
    });
  });

  test('even when nothing could be read', () => {
    expect(failureRows(run({ facts: null }), now)).toMatchObject({ others: [] });
  });

  test('in one log row for all its retries, and in another for the next streak (R-1401)', async () => {
    const dataverse = fakeDataverse();
    dataverse.rows.set(mappingId, { columns: {}, version: 1 });
    dataverse.rows.set(commandId, { columns: {}, version: 1 });
    const logs = () => dataverse.committed.flat().filter((write) => write.collection === 'crmjira_integration_logs');
    await report(reporting(dataverse), run({ error: transient, retryAt: 5_000 }), now);
    await report(reporting(dataverse), run({ error: transient, retryAt: 9_000, attempts: 2 }), now);
    expect(logs()).toHaveLength(1);
    await report(reporting(dataverse), run({ error: transient, retryAt: 9_000, waitingSince: 7_000 }), now);
    expect(logs()).toHaveLength(2);
  });

  test('R-1401 F-117 to administrators, in both languages, by one task an error and day, when only they can put it right', async () => {
    const dataverse = fakeDataverse();
    const tasks = () => [...dataverse.committed.flat().filter((write) => write.collection === 'tasks')];
    await report(reporting(dataverse), run({ facts: null }), now);
    await report(
      reporting(dataverse),
      run({ facts: null, error: transient, retryAt: 5_000, waitingSince: 2_000 }),
      now,
    );
    expect(tasks()).toEqual([]);
    const error = new IntegrationError('The integration account may not do this in Jira.', {
      code: 'jira-forbidden',
      errorClass: 'configuration',
      status: 403,
    });
    for (const [n, on] of [now, now, '2025-01-21T00:00:00.000Z'].entries())
      await report(reporting(dataverse), run({ facts: null, error, waitingSince: 10_000 + n }), on);
    expect(tasks().map(({ columns }) => columns)).toEqual([
      expect.objectContaining({
        subject:
          'Administrator: the integration cannot continue / l’intégration ne peut pas continuer (jira-forbidden)',
        description: expect.stringMatching(
          /grant the integration account what Jira names.*\nLe compte d’intégration n’a pas cette autorisation dans Jira.*accordez au compte d’intégration/,
        ),
      }),
      expect.objectContaining({ description: expect.stringContaining('trace-1') }),
    ]);
  });

  test('R-1401 the task is the administrator’s, or says that nobody could be given it', async () => {
    const administrator = '55555555-0000-4000-8000-000000000005';
    const error = new IntegrationError('No.', { code: 'jira-forbidden', errorClass: 'configuration', status: 403 });
    const taskOf = async (dataverse: ReturnType<typeof fakeDataverse>, to: string | null) => {
      await report(reporting(dataverse, null, to), run({ facts: null, error }), now);
      const found = dataverse.committed.flat().filter((write) => write.collection === 'tasks');
      expect(found).toHaveLength(1);
      return found[0]?.columns;
    };
    const given = await taskOf(fakeDataverse(), administrator);
    expect(given).toMatchObject({ 'ownerid@odata.bind': `/systemusers(${administrator})` });
    expect(given?.['description']).not.toContain('No user could be given this task');
    const unknown = await taskOf(fakeDataverse(), null);
    expect(unknown).toMatchObject({ description: expect.stringMatching(/^No user could be given this task.*\nNo\./) });
    expect(unknown).not.toHaveProperty(['ownerid@odata.bind']);

    // Dataverse lets nobody own what they may not read.
    const strict = fakeDataverse();
    const { changeSet } = strict;
    strict.changeSet = async (writes) => {
      if (writes.some(({ columns }) => 'ownerid@odata.bind' in columns))
        throw new IntegrationError('no', { code: 'dataverse-forbidden', errorClass: 'configuration', status: 403 });
      return changeSet.call(strict, writes);
    };
    expect(await taskOf(strict, administrator)).toMatchObject({
      description: expect.stringContaining('No user could be given this task'),
    });
  });

  test('R-1401 and by one mail a task to the mailbox of the administrator, taken up where a crash left it', async () => {
    const dataverse = Object.assign(fakeDataverse(), {
      // A mail that was made is a draft until it is handed over.
      one: async <T>(_collection: string, _id: string, _select: readonly string[], schema: z.ZodType<T>) =>
        schema.parse({ statecode: 0 }),
    });
    const mails = () => dataverse.committed.flat().filter((write) => write.collection === 'emails');
    const error = new IntegrationError('The integration account may not do this in Jira.', {
      code: 'jira-forbidden',
      errorClass: 'configuration',
      status: 403,
    });
    const fail = (waitingSince: number, on: string, to: string | null = mailbox) =>
      report(reporting(dataverse, to), run({ facts: null, error, waitingSince }), on);
    await fail(1, now, null);
    expect(mails()).toEqual([]);
    // The task stands; the process ended before its mail was made.
    await fail(2, now);
    await fail(3, now);
    expect(mails()).toHaveLength(1);
    const [mail] = mails();
    expect(mail?.columns).toMatchObject({
      subject: expect.stringContaining('(jira-forbidden)'),
      description: expect.stringMatching(/may not do this in Jira.*n’a pas cette autorisation dans Jira.*trace-1/),
      email_activity_parties: expect.arrayContaining([expect.objectContaining({ addressused: mailbox })]),
    });
    await fail(4, '2025-01-21T00:00:00.000Z');
    expect(mails()).toHaveLength(2);
    await report(reporting(dataverse, mailbox), run({ error: transient, retryAt: 5_000, facts: null }), now);
    expect(mails()).toHaveLength(2);
  });
});

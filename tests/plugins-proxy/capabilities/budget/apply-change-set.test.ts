import type { RowWrite } from '../../../../domain/src/budget/plan/actions';
import { applyChangeSet } from '../../../../plugins-proxy/src/reconciler/actions/apply-change-set';
import { PlanOutdated } from '../../../../plugins-proxy/src/platform/errors/plan-outdated';
import { IntegrationError } from '../../../../plugins-proxy/src/platform/errors/integration-error';
import { sendEmail } from '../../../../plugins-proxy/src/capabilities/budget/apply/send-email';
import { fakeDataverse } from '../../fake-dataverse';

const mapping = '11111111-0000-4000-8000-000000000001';
const log = '22222222-0000-4000-8000-000000000002';
const task = '33333333-0000-4000-8000-000000000003';
const context = { correlationId: 'trace-1', durationMs: 12.4 };

const writes: RowWrite[] = [
  {
    op: 'update',
    table: 'crmjira_budget_mapping',
    id: mapping,
    columns: { crmjira_spent_amount: 46_000 },
    ifMatch: 'W/"1"',
  },
  { op: 'create', table: 'crmjira_integration_log', id: log, columns: { crmjira_source_record_id: 'KEY' } },
  { op: 'create', table: 'task', id: task, columns: { subject: 'Review' } },
];

function withMapping() {
  const dataverse = fakeDataverse();
  dataverse.rows.set(mapping, { columns: {}, version: 1 });
  return dataverse;
}

describe('a planned change set', () => {
  test('is committed as one, and its log row gets correlation id and duration (R-1101)', async () => {
    const dataverse = withMapping();
    await applyChangeSet(dataverse, writes, context);
    expect(dataverse.committed).toHaveLength(1);
    expect(dataverse.rows.get(log)?.columns).toMatchObject({
      crmjira_correlation_id: 'trace-1',
      crmjira_duration_ms: 12,
    });
  });

  test('R-412 R-505 its log row names the event that began the run, unless the row says itself what happened', async () => {
    const dataverse = withMapping();
    const told = '44444444-0000-4000-8000-000000000004';
    const ask = jest.fn(async () => ({ id: 'jira:conn:evt-1', event: 'worklog_created', bodyHash: 'ab' }));
    const telling: RowWrite[] = [
      ...writes,
      {
        op: 'create',
        table: 'crmjira_integration_log',
        id: told,
        columns: { crmjira_source_record_id: 'KEY', crmjira_event_type: 'project_completed' },
      },
    ];
    await applyChangeSet(dataverse, telling, { ...context, causedBy: ask });
    const event = { crmjira_event_id: 'evt-1', crmjira_payload_hash: 'ab' };
    expect(dataverse.rows.get(log)?.columns).toMatchObject({ ...event, crmjira_event_type: 'worklog_created' });
    expect(dataverse.rows.get(told)?.columns).toMatchObject({ ...event, crmjira_event_type: 'project_completed' });
    expect(dataverse.rows.get(task)?.columns).toEqual({ subject: 'Review' });
  });

  test('R-412 a run that nothing delivered began leaves the event empty, and no row without a log row asks for it', async () => {
    const dataverse = withMapping();
    const ask = jest.fn(async () => null);
    await applyChangeSet(dataverse, [writes[0]!], { ...context, causedBy: ask });
    expect(ask).not.toHaveBeenCalled();
    await applyChangeSet(dataverse, [writes[1]!], { ...context, causedBy: ask });
    expect(Object.keys(dataverse.rows.get(log)?.columns ?? {})).not.toContain('crmjira_event_id');
  });

  test('R-809 F-308 holds no figures back where the owner of a task or an answer may not own it, and no other refusal is passed over', async () => {
    const dataverse = withMapping();
    const { changeSet } = dataverse;
    const forbidden = () =>
      new IntegrationError('no', { code: 'dataverse-forbidden', errorClass: 'configuration', status: 403 });
    dataverse.changeSet = async (given) => {
      if (given.some(({ columns }) => 'ownerid@odata.bind' in columns)) throw forbidden();
      return changeSet.call(dataverse, given);
    };
    const owned: RowWrite = {
      op: 'create',
      table: 'task',
      id: task,
      columns: { subject: 'Review', description: 'Look at it.', 'ownerid@odata.bind': '/systemusers(u)' },
    };
    const answer: RowWrite = {
      op: 'create',
      table: 'crmjira_command',
      id: 'a1b2c3d4-e5f6-7890-abcd-ef1234567777',
      columns: { crmjira_result: 'No.', 'ownerid@odata.bind': '/systemusers(u)' },
    };
    await applyChangeSet(dataverse, [...writes.slice(0, 2), owned, answer], context);
    expect(dataverse.rows.get(answer.id)?.columns).toEqual({ crmjira_result: 'No.' });
    expect(dataverse.rows.get(task)?.columns).toEqual({
      subject: 'Review',
      description: expect.stringMatching(/^The user or team .* L’utilisateur ou l’équipe .*\nLook at it\.$/),
    });
    expect(dataverse.rows.get(mapping)?.columns).toMatchObject({ crmjira_spent_amount: 46_000 });
    dataverse.changeSet = async () => Promise.reject(forbidden());
    await expect(applyChangeSet(dataverse, writes, context)).rejects.toMatchObject({ code: 'dataverse-forbidden' });
  });

  test('leaves out a row that exists already and still commits the rest as one', async () => {
    const dataverse = withMapping();
    dataverse.rows.set(task, { columns: { subject: 'Review', statecode: 1 }, version: 5 });
    await applyChangeSet(dataverse, writes, context);
    expect(dataverse.committed).toHaveLength(1);
    expect(dataverse.committed[0]?.map((write) => write.id)).toEqual([mapping, log]);
    expect(dataverse.rows.get(task)).toEqual({ columns: { subject: 'Review', statecode: 1 }, version: 5 });
  });

  test('is dropped whole when a row has changed since it was read', async () => {
    const dataverse = withMapping();
    dataverse.rows.set(mapping, { columns: {}, version: 2 });
    await expect(applyChangeSet(dataverse, writes, context)).rejects.toBeInstanceOf(PlanOutdated);
    expect(dataverse.committed).toEqual([]);
    expect(dataverse.rows.has(log)).toBe(false);
  });

  test('is dropped whole when a row has changed and another exists already', async () => {
    const dataverse = withMapping();
    dataverse.rows.set(mapping, { columns: {}, version: 2 });
    dataverse.rows.set(log, { columns: {}, version: 1 });
    await expect(applyChangeSet(dataverse, writes, context)).rejects.toBeInstanceOf(PlanOutdated);
    expect(dataverse.rows.has(task)).toBe(false);
  });

  test('that is all done already needs no commit', async () => {
    const dataverse = withMapping();
    dataverse.rows.set(log, { columns: {}, version: 1 });
    dataverse.rows.set(task, { columns: {}, version: 1 });
    await applyChangeSet(dataverse, writes.slice(1), context);
    expect(dataverse.committed).toEqual([]);
  });

  test('for a row that is gone is planned anew', async () => {
    await expect(applyChangeSet(fakeDataverse(), writes, context)).rejects.toBeInstanceOf(PlanOutdated);
  });
});

test('a mail is handed over and its time noted on the alert', async () => {
  const dataverse = fakeDataverse();
  dataverse.rows.set(log, { columns: {}, version: 1 });
  const action = { kind: 'dataverse.send-email', emailId: task, alertId: log } as const;
  await sendEmail(dataverse, action, '2025-01-24T17:00:00.000Z');
  expect(dataverse.actions).toEqual([`SendEmail ${task}`]);
  expect(dataverse.rows.get(log)?.columns).toEqual({ crmjira_emailed_on: '2025-01-24T17:00:00.000Z' });
});

import { ApprovalStatus, OperationType } from '@crmjira/domain';
import { eventually } from './eventually';
import { isApprovalMail, opportunityId, type Row, type World } from './world';

/**
 * Moves the clock to another day. A run that began on the day before may still read, and would put what Jira holds by then into that
 * day's snapshot: it ends first.
 */
async function nextDay(world: World, to: string): Promise<void> {
  world.setClock(to);
  await world.settled();
}

/** E1 to E3 as the examples tell them; gives what stands in Dataverse at the end. */
export async function examples(world: World): Promise<Record<string, unknown>> {
  const mapping = await world.provision();
  const request = await world.requestApproval(250_000);
  // Decided before a run has seen it, the request and its approval would be one change, and logged once.
  await eventually(async () => {
    const requested = { crmjira_approval_status: ApprovalStatus.Pending };
    expect(await world.one('opportunities', opportunityId)).toMatchObject(requested);
  });
  await world.settled();
  await world.decide(request, ApprovalStatus.Approved);
  await eventually(async () => expect(await world.stage()).toBe('ProjectExecution'));

  await nextDay(world, '2025-01-20T17:30:00Z');
  const issue = await world.newIssue();
  await world.logHours(issue, 360);
  // Jira's feeds keep back the last minute.
  world.setClock('2025-01-20T17:45:00Z');
  await world.settledAt(mapping, [45_000, 205_000, 18, 3]);
  const worklog = await world.logHours(issue, 8, '2025-01-20T09:00:00.000+0000');
  world.setClock('2025-01-20T18:00:00Z');
  await world.settledAt(mapping, [46_000, 204_000, 18.4, 3]);
  await world.jira('DELETE', `/issue/${issue}/worklog/${worklog}`);
  world.setClock('2025-01-20T18:15:00Z');
  await world.settledAt(mapping, [45_000, 205_000, 18, 3]);
  await world.logHours(issue, 8, '2025-01-20T09:00:00.000+0000');
  world.setClock('2025-01-20T18:30:00Z');
  await world.settledAt(mapping, [46_000, 204_000, 18.4, 3]);

  await nextDay(world, '2025-01-24T17:00:00Z');
  await world.logHours(issue, 1_332, '2025-01-24T09:00:00.000+0000');
  world.setClock('2025-01-24T17:15:00Z');
  await world.settledAt(mapping, [212_500, 37_500, 85, 3]);
  await eventually(async () => expect(world.alertMails()).toHaveLength(1));
  await eventually(async () => expect(await world.stage()).toBe('BudgetReviewRequired'));

  await world.logHours(issue, 380, '2025-01-24T11:00:00.000+0000');
  world.setClock('2025-01-24T17:30:00Z');
  await world.settledAt(mapping, [260_000, -10_000, 104, 4]);
  await eventually(async () => expect(world.alertMails()).toHaveLength(2));
  await world.settled();
  return outcome(world);
}

/** Columns that say when, or how often a row was written, or are made of that; and the platform's notes beside a value. */
const leftOut =
  /@|_Formatted$|_(on|date)$|^(created|modified|over\w*|lastonhold)on$|version|duration|correlation|oData|^actualend|^scheduled|^senton|^sortdate|^lastonholdtime/;

function withoutTimes(row: Row): Row {
  return Object.fromEntries(
    Object.entries(row)
      .filter(([name]) => !leftOut.test(name))
      // Each world has ports of its own, and each run a correlation id, which stands in its mail too (R-1109).
      .map(([name, value]) => [
        name,
        typeof value === 'string'
          ? value.replace(/localhost:\d+/g, 'localhost').replace(/(Reference \/ Référence : )[\w-]+/, '$1')
          : value,
      ])
      .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
  );
}

/**
 * What is logged, once for each run and operation: whether a run takes its change in one step or in two is the machine's load, and how
 * many days' syncs end in time is the clock's doing.
 */
function logged(rows: readonly Row[]): string[] {
  const changes = rows.filter((row) => row['crmjira_operation_type'] !== OperationType.Sync);
  const runs = changes.map(
    (row) => `${String(row['crmjira_operation_type'])} ${String(row['crmjira_correlation_id'])}`,
  );
  return [...new Set(runs)].map((run) => run.split(' ')[0] ?? '').sort();
}

/** Every row that the integration writes, without times, in an order that does not depend on them. */
async function outcome(world: World): Promise<Record<string, unknown>> {
  const of = async (collection: string): Promise<Row[]> =>
    (await world.rows(collection)).map(withoutTimes).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  return {
    mapping: await of('crmjira_budget_mappings'),
    opportunity: withoutTimes(await world.one('opportunities', opportunityId)),
    alerts: await of('crmjira_budget_alerts'),
    snapshots: await of('crmjira_budget_snapshots'),
    logs: logged(await world.rows('crmjira_integration_logs')),
    tasks: await of('tasks'),
    // That of the approval has an id of the request's own, which is another in each world: the outbox tells of it.
    emails: (await of('emails')).filter(({ subject }) => !isApprovalMail(subject)),
    outbox: world
      .mails()
      .map(({ subject, to }) => ({ subject, to }))
      .sort((a, b) => (a.subject < b.subject ? -1 : 1)),
    stage: await world.stage(),
    projects: world.standIns.jira.site.projects.all().map(({ id, key, name }) => ({ id, key, name })),
    issues: world.standIns.jira.site.issues.all().map(({ id, key, custom }) => ({ id, key, custom })),
  };
}

import { sweep } from '../../../../plugins-proxy/src/inbound/polling/sweep';
import { financeClock } from '../../../../plugins-proxy/src/platform/daily-clock';
import { createLogger } from '../../../../plugins-proxy/src/platform/log/create-logger';
import { openSqliteStore } from '../../../../plugins-proxy/src/queue/store/sqlite/open-sqlite-store';
import type { Store } from '../../../../plugins-proxy/src/queue/store/store';
import { guidOf } from '../../../../sandbox/src/dataverse/guid';
import { keepLines } from '../../log-lines';
import { startStandIns, type StandIns } from '../../stand-ins';
import { stopLater, stopWorlds } from '../../world';

afterEach(stopWorlds, 30_000);

const hour = 3_600_000;
const day = 24 * hour;
const idOf = (name: string): string => guidOf(`opportunity ${name}`);
const keyOf = (name: string): string => `opportunity:${idOf(name)}`;

/** One row each of what an environment holds, by name. */
async function seed(standIns: StandIns): Promise<void> {
  const at = (table: string, id: string) => ({ table, id });
  const opportunity = (name: string, columns: Record<string, unknown> = {}) => ({
    table: 'opportunity',
    row: { opportunityid: idOf(name), name, statecode: 0, budgetamount: 50_000, ...columns },
  });
  const mapped = (name: string, columns: Record<string, unknown>) => [
    opportunity(name, { crmjira_integration_reference: `REF-${name}` }),
    {
      table: 'crmjira_budget_mapping',
      row: {
        crmjira_budget_mappingid: guidOf(`mapping ${name}`),
        crmjira_name: name,
        crmjira_opportunity_id: at('opportunity', idOf(name)),
        crmjira_integration_id: at('crmjira_integration', standIns.config.connectionId),
        crmjira_jira_project_key: `CRM${name.toUpperCase().slice(0, 5)}`,
        crmjira_integration_reference: `REF-${name}`,
        crmjira_approved_budget: 50_000,
        crmjira_spent_amount: 0,
        crmjira_remaining_budget: 50_000,
        crmjira_budget_status: 3,
        crmjira_mapping_status: 1,
        crmjira_provisioning_state: 4,
        ...columns,
      },
    },
  ];
  const otherConnection = at('crmjira_integration', guidOf('other'));
  await standIns.dataverse.seed([
    { table: 'crmjira_integration', row: { crmjira_integrationid: otherConnection.id, crmjira_name: 'Other' } },
    opportunity('new'),
    opportunity('small', { budgetamount: 10_000 }),
    opportunity('lost', { statecode: 2 }),
    opportunity('unlinked', { crmjira_integration_reference: 'REF-unlinked' }),
    ...mapped('announced', { crmjira_provisioning_state: 1 }),
    ...mapped('failed', { crmjira_provisioning_state: 5 }),
    ...mapped('held', { crmjira_provisioning_state: 1, crmjira_held_on: '2025-01-20T10:00:00Z' }),
    ...mapped('copied', { crmjira_last_error_code: 'environment-moved' }),
    ...mapped('draft', { crmjira_budget_status: 1 }),
    ...mapped('running', {}),
    ...mapped('elsewhere', { crmjira_provisioning_state: 1, crmjira_integration_id: otherConnection }),
  ]);
}

/** What is queued after a sweep, by the names of the rows. */
async function queued(store: Store): Promise<string[]> {
  const names = ['new', 'small', 'lost', 'unlinked', 'announced', 'failed', 'held', 'copied', 'draft', 'running'];
  const jobs = await store.jobs([...names, 'elsewhere'].map(keyOf));
  const waiting = new Set(jobs.filter(({ state }) => state === 'waiting').map(({ key }) => key));
  return [...names, 'elsewhere'].filter((name) => waiting.has(keyOf(name)));
}

test('a sweep finds every record that qualifies and has no job, and says how many (F-202, F-501)', async () => {
  const standIns = await startStandIns(() => new Date('2025-01-20T15:00:00Z'));
  stopLater(() => standIns.close());
  await seed(standIns);
  const store = openSqliteStore(':memory:');
  stopLater(() => store.close());
  const { stream, lines } = keepLines();
  let now = Date.parse('2025-01-20T15:00:00Z');
  const look = () =>
    sweep({
      dataverse: standIns.admin,
      store,
      connectionIds: () => [standIns.config.connectionId],
      threshold: async () => 10_000,
      clock: async () => financeClock,
      now: () => new Date(now),
      logger: createLogger('info', [], stream),
      wake: () => undefined,
    });
  const finish = async (): Promise<void> => {
    for (let claim = await store.claim(now, hour); claim !== null; claim = await store.claim(now, hour))
      await store.complete(claim, now);
  };

  expect(await look()).toEqual({ on: '2025-01-20T15:00:00.000Z', found: 4 });
  expect(await queued(store)).toEqual(['new', 'announced', 'copied', 'draft']);
  expect(lines.filter((line) => line.includes('records without a job found'))).toHaveLength(1);

  // What has a job is left to it.
  expect(await look()).toMatchObject({ found: 0 });
  await finish();
  // Drafts once a day; what is still unfinished at every look, as its run may have ended without an effect.
  now += hour;
  expect(await look()).toMatchObject({ found: 3 });
  await finish();

  // A job that was given up: not every hour, but every day.
  await store.enqueue([{ key: keyOf('new'), at: now, correlationId: 'c' }]);
  const claim = await store.claim(now, hour);
  if (claim === null) throw new Error('nothing was due');
  await store.fail(claim, { code: 'unexpected', message: 'A mistake of ours.', retryAt: null }, now);
  now += hour;
  expect(await look()).toMatchObject({ found: 2 });
  expect(await store.deadLetters(10)).toHaveLength(1);
  await finish();
  now += day;
  expect(await look()).toMatchObject({ found: 4 });
  expect(await store.deadLetters(10)).toEqual([]);
});

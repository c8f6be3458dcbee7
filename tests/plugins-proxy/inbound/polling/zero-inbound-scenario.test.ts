import { process } from '../../../../domain/src/schema/generated/process';
import { createLogger } from '../../../../plugins-proxy/src/platform/log/create-logger';
import { pollChanges } from '../../../../plugins-proxy/src/inbound/polling/poll-changes';
import { openSqliteStore } from '../../../../plugins-proxy/src/queue/store/sqlite/open-sqlite-store';
import { eventually } from '../../eventually';
import { flowsThroughGateway, gatewayConnection } from '../../flows-through-gateway';
import { examples } from '../../three-ways';
import { keepLines } from '../../log-lines';
import { people } from '../../stand-ins';
import { e1, opportunityId, startWorld, stopWorlds, type World } from '../../world';
import { defaultTriggers } from '../../default-triggers';

/** Without inbound both sides are polled, here ten times a second. */
const zeroInbound = { INBOUND: 'none', POLL_INTERVAL_MS: '100' };

afterEach(stopWorlds);

/** What the service's log says of deliveries that came to it. */
const deliveries = (world: World): string[] => world.lines.filter((line) => line.includes('"answer":'));

const instanceId = async (world: World): Promise<string> => {
  const [instance] = await world.rows(process.entitySet);
  return String(instance?.['businessprocessflowinstanceid']);
};

/** What the log says of moves that were taken back. */
const takenBack = async (world: World): Promise<unknown[]> => {
  const kinds = "crmjira_event_type eq 'stage_taken_back' or crmjira_event_type eq 'process_reactivated'";
  return (await world.rows('crmjira_integration_logs', kinds)).map((row) => row['crmjira_event_type']);
};

describe('three ways in, one effect (ADR-13)', () => {
  const start = '2025-01-15T14:00:00Z';
  /** What E1 to E3 leave behind where webhooks reach the service. */
  let wanted: Record<string, unknown>;

  beforeAll(async () => {
    const world = await startWorld(start);
    wanted = await examples(world);
    expect(world.standIns.jira.site.webhooks.all()).toHaveLength(1);
    expect(deliveries(world)).not.toEqual([]);
    await stopWorlds();
  });

  test('direct, by steps and webhook: E1 to E3 end as the examples say', () => {
    expect(wanted).toMatchObject({ stage: 'BudgetReviewRequired', mapping: [{ crmjira_spent_amount: 260_000 }] });
  });

  test('through the on-premises gateway: E1 to E3 end in the same rows (R-903)', async () => {
    const world = await startWorld(start, gatewayConnection);
    const flows = await flowsThroughGateway(world);
    const got = await examples(world);
    expect(flows.failures).toEqual([]);
    expect(await flows.firstDone()).toMatchObject({ projectKey: 'CRMWYVLZZJ' });
    const statuses = new Set(flows.gateway.passed.map(({ status }) => status));
    expect([...statuses].sort()).toEqual([200, 202]);
    expect(got).toEqual(wanted);
    expect(deliveries(world)).toEqual([]);
  });

  test('without inbound: E1 to E3 end in the same rows', async () => {
    const world: World = await startWorld(start, zeroInbound);
    const got = await examples(world);
    expect(world.standIns.jira.site.webhooks.all()).toEqual([]);
    expect(await world.rows('serviceendpoints')).toEqual([]);
    expect(world.standIns.jira.site.deliveries.all()).toEqual([]);
    expect(got).toEqual(wanted);
  });
});

describe('without inbound (ADR-13 c)', () => {
  test('a stage move that no gate lets through is taken back', async () => {
    const world = await startWorld('2025-01-15T14:00:00Z', zeroInbound);
    await world.provision();
    await eventually(async () => expect(await world.stage()).toBe('BudgetApproval'));
    const { JiraProjectCreation, BudgetApproval, ProjectExecution } = process.stages;
    await world.writeAs('opportunity.owner', process.entitySet, await instanceId(world), {
      'activestageid@odata.bind': `/processstages(${ProjectExecution})`,
      traversedpath: [
        process.stages.OpportunityQualification,
        JiraProjectCreation,
        BudgetApproval,
        ProjectExecution,
      ].join(','),
    });
    // Nobody has refused it. How long it stands is a matter of the next look, ten a second here.
    await eventually(async () => {
      expect(await takenBack(world)).toEqual(['stage_taken_back']);
      expect(await world.stage()).toBe('BudgetApproval');
    });
    await world.settled();
    const told = { _ownerid_value: people.owner, _regardingobjectid_value: opportunityId };
    expect(await world.rows('tasks', "startswith(subject,'Process')")).toMatchObject([
      { ...told, subject: `Process moved back - ${e1.name}` },
    ]);
    await world.approve();
    await eventually(async () => expect(await world.stage()).toBe('ProjectExecution'));
    expect(await takenBack(world)).toEqual(['stage_taken_back']);
  });

  test('an end that comes before the completion is taken back, and the owner is told once (R-310)', async () => {
    const world = await startWorld('2025-01-15T14:00:00Z', zeroInbound);
    await world.provision();
    await world.approve();
    await eventually(async () => expect(await world.stage()).toBe('ProjectExecution'));
    const id = await instanceId(world);
    await world.writeAs('opportunity.owner', process.entitySet, id, { statecode: 1, statuscode: 2 });
    await eventually(async () => {
      expect(await world.one(process.entitySet, id)).toMatchObject({ statecode: 0, statuscode: 1 });
    });
    await world.settled();
    expect(await world.stage()).toBe('ProjectExecution');
    expect(await world.rows('tasks', "startswith(subject,'Process')")).toMatchObject([
      { _ownerid_value: people.owner, subject: `Process active again - ${e1.name}` },
    ]);
    expect(await takenBack(world)).toEqual(['process_reactivated']);
    // Abandoning is everybody's right.
    await world.writeAs('opportunity.owner', process.entitySet, id, { statecode: 1, statuscode: 3 });
    const runs = (): number => world.lines.filter((line) => line.includes('"msg":"reconciled"')).length;
    const before = runs();
    await eventually(async () => expect(runs()).toBeGreaterThan(before));
    expect(await world.one(process.entitySet, id)).toMatchObject({ statecode: 1, statuscode: 3 });
  });

  test('who enters a stage is seen by change tracking, so that its project is asked for again (R-305)', async () => {
    const world = await startWorld('2025-01-15T14:00:00Z', zeroInbound);
    await world.provision();
    // Nobody else writes from here on, and no turn of the project's comes in between.
    await world.stopProxy();
    const store = openSqliteStore(':memory:');
    const poll = async (inbound: 'none' | 'direct'): Promise<string[]> => {
      const { admin: dataverse } = world.standIns;
      const logger = createLogger('silent', [], keepLines().stream);
      await pollChanges({
        dataverse,
        store,
        logger,
        now: world.clock,
        wake: () => undefined,
        inbound,
        triggers: defaultTriggers,
      });
      const now = world.clock().getTime();
      const keys: string[] = [];
      for (let claim = await store.claim(now, 60_000); claim !== null; claim = await store.claim(now, 60_000)) {
        keys.push(claim.key);
        await store.complete(claim, now);
      }
      return keys;
    };
    await poll('none');
    await world.writeAs('opportunity.owner', process.entitySet, await instanceId(world), {
      'activestageid@odata.bind': `/processstages(${process.stages.JiraProjectCreation})`,
    });
    expect(await poll('direct')).toEqual([]);
    expect(await poll('none')).toEqual([`opportunity:${opportunityId}`]);
    expect(await poll('none')).toEqual([]);
    await store.close();
  });

  test('a renamed project is found by the slow turn', async () => {
    const world = await startWorld('2025-01-15T14:00:00Z', zeroInbound);
    const mapping = await world.provision();
    await world.jira('PUT', '/project/10150', { name: 'Renamed' });
    await eventually(async () => {
      expect(await world.one('crmjira_budget_mappings', mapping)).toMatchObject({
        crmjira_jira_project_name: 'Renamed',
      });
    });
  });
});

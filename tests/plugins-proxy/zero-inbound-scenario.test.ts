import { process } from '../../domain/src/schema/generated/process';
import { eventually } from './eventually';
import { flowsThroughGateway, gatewayConnection } from './flows-through-gateway';
import { examples } from './three-ways';
import { startWorld, stopWorlds, type World } from './world';

/** Without inbound both sides are polled, here ten times a second. */
const zeroInbound = { INBOUND: 'none', POLL_INTERVAL_MS: '100' };

afterEach(stopWorlds, 30_000);

/** What the service's log says of deliveries that came to it. */
const deliveries = (world: World): string[] => world.lines.filter((line) => line.includes('"answer":'));

describe('three ways in, one effect (DESIGN decision 13)', () => {
  const start = '2025-01-15T14:00:00Z';
  /** What E1 to E3 leave behind where webhooks reach the service. */
  let wanted: Record<string, unknown>;

  beforeAll(async () => {
    const world = await startWorld(start);
    wanted = await examples(world);
    expect(world.standIns.jira.site.webhooks.all()).toHaveLength(1);
    expect(deliveries(world)).not.toEqual([]);
    await stopWorlds();
  }, 90_000);

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
  }, 90_000);

  test('without inbound: E1 to E3 end in the same rows', async () => {
    const world: World = await startWorld(start, zeroInbound);
    const got = await examples(world);
    expect(world.standIns.jira.site.webhooks.all()).toEqual([]);
    expect(await world.rows('serviceendpoints')).toEqual([]);
    expect(world.standIns.jira.site.deliveries.all()).toEqual([]);
    expect(got).toEqual(wanted);
  }, 90_000);
});

describe('without inbound (DESIGN decision 13 c)', () => {
  test('a stage move that no gate lets through is taken back', async () => {
    const world = await startWorld('2025-01-15T14:00:00Z', zeroInbound);
    await world.provision();
    await eventually(async () => expect(await world.stage()).toBe('BudgetApproval'));
    const [instance] = await world.rows(process.entitySet);
    const { JiraProjectCreation, BudgetApproval, ProjectExecution } = process.stages;
    await world.writeAs('opportunity.owner', process.entitySet, String(instance?.['businessprocessflowinstanceid']), {
      'activestageid@odata.bind': `/processstages(${ProjectExecution})`,
      traversedpath: [
        process.stages.OpportunityQualification,
        JiraProjectCreation,
        BudgetApproval,
        ProjectExecution,
      ].join(','),
    });
    expect(await world.stage()).toBe('ProjectExecution');
    await eventually(async () => expect(await world.stage()).toBe('BudgetApproval'));
    await world.approve();
    await eventually(async () => expect(await world.stage()).toBe('ProjectExecution'));
  }, 90_000);

  test('a renamed project is found by the slow turn', async () => {
    const world = await startWorld('2025-01-15T14:00:00Z', zeroInbound);
    const mapping = await world.provision();
    await world.jira('PUT', '/project/10150', { name: 'Renamed' });
    await eventually(async () => {
      expect(await world.one('crmjira_budget_mappings', mapping)).toMatchObject({
        crmjira_jira_project_name: 'Renamed',
      });
    });
  }, 60_000);
});

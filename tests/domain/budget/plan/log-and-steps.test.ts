import {
  ApprovalStatus,
  CommandState,
  CommandType,
  IntegrationStatus,
  integrationStatusLabels,
  OperationType,
  operationTypeLabels,
  SourceSystem,
  sourceSystemLabels,
} from '@crmjira/domain';
import { MANAGER, OPPORTUNITY, World } from './world';

/** From the first change to the final report: approved, worked on, warned of, reviewed, renamed, completed. */
function wholeLife(): World {
  const world = new World(250000);
  world.settle();
  world.approval = { amount: 250000, decision: { outcome: ApprovalStatus.Approved, by: MANAGER } };
  world.settle();
  world.logHours(1700);
  world.settle();
  world.write('opportunity', OPPORTUNITY, {
    crmjira_budget_review_required: false,
    crmjira_budget_review_note: 'Scope reduced',
  });
  world.settle();
  world.write('crmjira_command', 'complete', {
    crmjira_command_type: CommandType.CompleteProject,
    crmjira_command_state: CommandState.Requested,
  });
  world.settle();
  return world;
}

test('choices start at 1 in the order the flows use, and every log row holds one of them (R-103)', () => {
  const inOrder = (labels: Readonly<Record<number, { readonly 1033: string }>>) =>
    Object.entries(labels).map(([value, label]) => `${value} ${label[1033]}`);
  expect(inOrder(operationTypeLabels)).toEqual(['1 Create', '2 Update', '3 Delete', '4 Sync']);
  expect(inOrder(sourceSystemLabels)).toEqual(['1 Dynamics 365', '2 JIRA']);
  expect(inOrder(integrationStatusLabels)).toEqual(['1 Pending', '2 Success', '3 Failed', '4 Retry']);
  const logs = wholeLife().rows('crmjira_integration_log');
  expect(logs.length).toBeGreaterThan(2);
  for (const row of logs) {
    expect(Object.values(OperationType)).toContain(row.crmjira_operation_type);
    expect(Object.values(SourceSystem)).toContain(row.crmjira_source_system);
    expect(Object.values(IntegrationStatus)).toContain(row.crmjira_integration_status);
  }
  expect(logs[0]).toMatchObject({
    crmjira_operation_type: 1,
    crmjira_source_system: 1,
    crmjira_integration_status: 2,
  });
  expect(logs[1]).toMatchObject({
    crmjira_operation_type: 2,
    crmjira_source_system: 2,
    crmjira_integration_status: 2,
  });
});

test('of the checklist the service ticks only its own steps, and unticks none (R-311)', () => {
  const written = wholeLife().applied.flatMap((action) =>
    action.kind === 'dataverse.change-set'
      ? action.writes
          .filter(({ table }) => table === 'opportunity')
          .flatMap(({ columns }) => Object.entries(columns).filter(([column]) => column.startsWith('crmjira_step_')))
      : [],
  );
  const automatic = ['project', 'budget', 'link', 'approve', 'activate', 'notify'].map(
    (step) => `crmjira_step_${step}`,
  );
  expect([...new Set(written.map(([column]) => column))].sort()).toEqual(automatic.sort());
  expect(new Set(written.map(([, value]) => value))).toEqual(new Set([true]));
});

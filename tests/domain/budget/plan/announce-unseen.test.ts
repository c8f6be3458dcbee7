import { announceUnseen, CommandType, type CrmFacts, ProvisioningState } from '@crmjira/domain';
import { OPPORTUNITY, POLICY, World } from './world';

const now = '2025-01-15T14:00:00Z';
const key = 'CRMWYVLZZJ';
const announced = (crm: CrmFacts) => announceUnseen(crm, key, POLICY, now);

describe('a project is announced although Jira cannot be asked (F-108)', () => {
  test('its mapping is the one that the plan goes on with, under another key where that one is taken', () => {
    const world = new World(250_000);
    world.takenKeys.add(key);
    for (const action of announced(world.crm())) world.apply(action);
    expect(world.row('crmjira_budget_mapping')).toMatchObject({
      crmjira_jira_project_key: key,
      crmjira_provisioning_state: ProvisioningState.Requested,
    });
    world.settle();
    expect(world.projects).toHaveLength(1);
    expect(world.projects[0]?.key).not.toBe(key);
    expect(world.row('crmjira_budget_mapping')).toMatchObject({
      crmjira_jira_project_key: world.projects[0]?.key,
      crmjira_provisioning_state: ProvisioningState.Linked,
    });
  });

  test('not where the plan would announce nothing: too small, deleted by an administrator, to be linked, in a copy', () => {
    expect(announced(new World(10_000).crm())).toEqual([]);
    const crm = new World(250_000).crm();
    expect(announced(crm)).toHaveLength(1);
    const { opportunity } = crm;
    if (opportunity === null) throw new Error('no opportunity');
    const command = {
      id: OPPORTUNITY,
      argument: 'ABC',
      requestedById: OPPORTUNITY,
      byAdministrator: true,
      language: 1033,
    };
    const asks = (type: CommandType) => [{ ...command, type }] as unknown as CrmFacts['commands'];
    expect(announced({ ...crm, commands: asks(CommandType.LinkProject) })).toEqual([]);
    const deleted = { ...crm, opportunity: { ...opportunity, integrationReference: 'CRM-202501-A1B2C3D4' } };
    expect(announced(deleted)).toEqual([]);
    expect(announced({ ...deleted, commands: asks(CommandType.CreateProject) })).toEqual([]);
    expect(announced({ ...crm, connectionOrganizationId: '5a8d2c1e-0000-4000-8000-00000000beef' })).toEqual([]);
  });
});

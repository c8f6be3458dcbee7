import { money } from '../../../../domain/src/money/money';
import type { CrmFacts } from '../../../../domain/src/budget/plan/facts';
import { process } from '../../../../domain/src/schema/generated/process';
import type { DataverseClient } from '../../../../plugins-proxy/src/clients/dataverse/dataverse-client';
import type { EnvironmentSettings } from '../../../../plugins-proxy/src/connections/environment/environment-settings';
import { IntegrationError } from '../../../../plugins-proxy/src/platform/errors/integration-error';
import type { RemoteExecutionContext } from '../../../../plugins-proxy/src/clients/dataverse/remote-execution-context';
import { createLogger } from '../../../../plugins-proxy/src/platform/log/create-logger';
import { decideStep } from '../../../../plugins-proxy/src/capabilities/budget/stage-gate/decide-step';
import { refusalsOf } from '../../../../plugins-proxy/src/capabilities/budget/stage-gate/stage-move';
import { fakeDataverse } from '../../fake-dataverse';
import { keepLines } from '../../log-lines';

// Only what the gate looks at.
const crm = {
  opportunity: {
    state: 'open',
    currency: 'CAD',
    budgetAmount: money(1_000_000, 'CAD'),
    projectBudget: null,
    approvalStatus: 1,
  },
  mapping: null,
} as unknown as Pick<CrmFacts, 'opportunity' | 'mapping'>;
const forward = { from: 'OpportunityQualification', to: 'JiraProjectCreation' } as const;

describe('the words of a refused move', () => {
  test('name what is missing in the language of the person (R-303, R-304)', () => {
    expect(refusalsOf(forward, crm, 10_000, 1033)).toEqual(['Budget Amount: Must be greater than $10,000']);
    expect(refusalsOf(forward, crm, 10_000, 3084)).toEqual([
      'Montant du budget\u00a0: doit être supérieur à 10\u00a0000\u00a0$',
    ]);
  });

  test('are none when the move is allowed, and none for a move back', () => {
    const enough = { ...crm, opportunity: { ...crm.opportunity, budgetAmount: money(1_000_001, 'CAD') } } as typeof crm;
    expect(refusalsOf(forward, enough, 10_000, 1033)).toEqual([]);
    expect(refusalsOf({ from: 'ProjectExecution', to: 'BudgetApproval' }, crm, 10_000, 1033)).toEqual([]);
  });
});

const user = '0b0e3c6e-54f1-4c0e-9a67-2f6f7b5d1a01';
const service = '0b0e3c6e-54f1-4c0e-9a67-2f6f7b5d1a99';
const organization = '5a8d2c1e-0000-4000-8000-00000000c0de';
const instance = '11111111-0000-4000-8000-000000000001';
const opportunity = 'a1b2c3d4-e5f6-7890-abcd-ef1234567890';
const currency = '22222222-0000-4000-8000-000000000002';

const target = (...Attributes: { key: string; value: unknown }[]) => [
  { key: 'Target', value: { LogicalName: process.uniqueName, Id: instance, Attributes } },
];

function step(to: string, over: Partial<RemoteExecutionContext> = {}): RemoteExecutionContext {
  return {
    MessageName: 'Update',
    PrimaryEntityName: process.uniqueName,
    PrimaryEntityId: instance,
    Mode: 0,
    Stage: 10,
    Depth: 1,
    OrganizationId: organization,
    InitiatingUserId: user,
    UserId: user,
    CorrelationId: 'b374239d-4233-41a9-8b17-a86cb4f737b5',
    InputParameters: target({ key: 'activestageid', value: { Id: to } }),
    ...over,
  };
}

function gate(over: Partial<DataverseClient> = {}) {
  const dataverse = Object.assign(fakeDataverse(), over);
  dataverse.rows.set(instance, {
    version: 1,
    columns: {
      businessprocessflowinstanceid: instance,
      _activestageid_value: process.stages.OpportunityQualification,
      traversedpath: process.stages.OpportunityQualification,
      statuscode: 1,
      _bpf_opportunityid_value: opportunity,
    },
  });
  dataverse.rows.set(opportunity, {
    version: 1,
    columns: {
      opportunityid: opportunity,
      statecode: 0,
      budgetamount: 9_000,
      _ownerid_value: user,
      _transactioncurrencyid_value: currency,
    },
  });
  // The gate reads these two settings only.
  const environmentSettings = {
    whoAmI: async () => ({ organizationId: organization, userId: service }),
    settings: async () => ({ policy: { budgetThreshold: 10_000, defaultCurrency: 'CAD' } }),
    currencies: async () => ({ base: 'CAD', codeOf: () => 'CAD', idOf: () => currency, exchangeRates: new Map() }),
    languageOf: async () => 1033,
  } as unknown as EnvironmentSettings;
  const logger = createLogger('silent', [], keepLines().stream);
  const asked: string[] = [];
  const world = { queueIsFull: false };
  const requestProject = async (opportunityId: string) => {
    if (world.queueIsFull) throw new Error('database or disk is full');
    asked.push(opportunityId);
  };
  const decide = (given: RemoteExecutionContext) =>
    decideStep(
      { dataverse, environmentSettings, logger, now: () => new Date('2025-01-20T17:30:15Z'), requestProject },
      given,
    );
  return { dataverse, decide, asked, world };
}

const option = (key: string, Value: number) => ({ key, value: { Value } });

describe('the synchronous step', () => {
  // The mapping is looked for by a filter that names the opportunity: the fake would give the opportunity's own row.
  const many: DataverseClient['many'] = async () => [];

  test('refuses a move and leaves the same words as a command row (ADR-3)', async () => {
    const { dataverse, decide } = gate({ many });
    const reasons = ['Budget Amount: Must be greater than $10,000'];
    expect(await decide(step(process.stages.JiraProjectCreation))).toEqual({ allowed: false, reasons });
    expect(dataverse.committed).toHaveLength(1);
    expect(dataverse.committed[0]?.[0]).toMatchObject({
      op: 'create',
      collection: 'crmjira_commands',
      columns: {
        crmjira_command_type: 8,
        crmjira_command_state: 4,
        crmjira_result: reasons[0],
        'crmjira_opportunity_id@odata.bind': `/opportunities(${opportunity})`,
        'crmjira_requested_by@odata.bind': `/systemusers(${user})`,
      },
    });
  });

  test('lets the service itself pass', async () => {
    const { decide } = gate({ many });
    expect(
      await decide(step(process.stages.JiraProjectCreation, { InitiatingUserId: service, UserId: service })),
    ).toEqual({
      allowed: true,
    });
  });

  test.each([
    ['another table', step(process.stages.JiraProjectCreation, { PrimaryEntityName: 'opportunity' })],
    ['an update of other columns', step(process.stages.JiraProjectCreation, { InputParameters: target() })],
    [
      'a process that is abandoned',
      step('', { InputParameters: target(option('statecode', 1), option('statuscode', 3)) }),
    ],
    [
      'one that is taken up again',
      step('', { InputParameters: target(option('statecode', 0), option('statuscode', 1)) }),
    ],
    [
      'the opportunity that it belongs to already',
      step('', { InputParameters: target({ key: 'bpf_opportunityid', value: { Id: opportunity } }) }),
    ],
    ['the stage it is in already', step(process.stages.OpportunityQualification)],
  ])('has nothing against %s', async (_name, given) => {
    expect(await gate({ many }).decide(given)).toEqual({ allowed: true });
  });

  test.each([
    ['with its reason', [option('statecode', 1), option('statuscode', 2)]],
    ['by its state alone, for which Dataverse takes Finished', [option('statecode', 1)]],
    ['as plain numbers', [{ key: 'statuscode', value: 2 }]],
  ])('R-303, R-310 refuses to finish the process before the project is completed: %s', async (_name, changed) => {
    const { dataverse, decide } = gate({ many });
    const finishing = step('', { InputParameters: target(...changed) });
    const refused = { allowed: false, reasons: [expect.stringMatching(/^The process finishes by itself/)] };
    expect(await decide(finishing)).toEqual(refused);
    expect(dataverse.committed[0]?.[0]?.columns).toMatchObject({
      crmjira_argument: 'OpportunityQualification > Finished',
    });
    dataverse.rows.get(opportunity)!.columns['crmjira_budget_status'] = 5;
    expect(await decide(finishing)).toEqual({ allowed: true });
  });

  test('a stage that may be entered does not cover an end that may not come', async () => {
    const { dataverse, decide } = gate({ many });
    dataverse.rows.get(opportunity)!.columns['budgetamount'] = 20_000;
    const both = target(
      { key: 'activestageid', value: { Id: process.stages.JiraProjectCreation } },
      option('statuscode', 2),
    );
    expect(await decide(step('', { InputParameters: both }))).toMatchObject({ allowed: false });
  });

  test('R-305 entering the stage of its creation asks for the project; a full queue does not stop the move', async () => {
    const { dataverse, decide, asked, world } = gate({ many });
    const entering = step(process.stages.JiraProjectCreation);
    await decide(entering);
    expect(asked).toEqual([]);
    dataverse.rows.get(opportunity)!.columns['budgetamount'] = 20_000;
    expect(await decide(entering)).toEqual({ allowed: true });
    expect(asked).toEqual([opportunity]);
    world.queueIsFull = true;
    expect(await decide(entering)).toEqual({ allowed: true });
  });

  test.each([
    ['a lookup in a form that nobody knows', { InputParameters: target({ key: 'activestageid', value: { id: 'x' } }) }],
    ['a stage that is emptied', { InputParameters: target({ key: 'activestageid', value: null }) }],
    ['a stage of another process', { InputParameters: target({ key: 'activestageid', value: { Id: currency } }) }],
    ['a choice as text', { InputParameters: target({ key: 'statuscode', value: '2' }) }],
    ['an option whose value is text', { InputParameters: target({ key: 'statecode', value: { Value: '1' } }) }],
    ['the same column twice', { InputParameters: target(option('statuscode', 3), option('statuscode', 2)) }],
    ['another message', { MessageName: 'Upsert' }],
    ['another environment', { OrganizationId: '5a8d2c1e-0000-4000-8000-00000000ffff' }],
    ['no environment', { OrganizationId: undefined }],
    ['a process that is not there', { PrimaryEntityId: '11111111-0000-4000-8000-00000000ffff' }],
  ])('refuses what it cannot read: %s (F-316)', async (_name, over) => {
    const { dataverse, decide } = gate({ many });
    dataverse.rows.get(opportunity)!.columns['budgetamount'] = 20_000;
    expect(await decide(step(process.stages.JiraProjectCreation))).toEqual({ allowed: true });
    expect(await decide(step(process.stages.JiraProjectCreation, over))).toEqual({
      allowed: false,
      reasons: [expect.stringMatching(/^The move could not be checked\. /)],
    });
  });

  test('reads a lookup from either form it is written in', async () => {
    const { decide } = gate({ many });
    const InputParameters = target({ key: 'activestageid', value: process.stages.JiraProjectCreation.toUpperCase() });
    expect(await decide(step('', { InputParameters }))).toMatchObject({ allowed: false });
  });

  test('reads message and columns whatever their case (F-316)', async () => {
    const { decide } = gate({ many });
    const InputParameters = target({ key: 'ActiveStageId', value: { Id: process.stages.JiraProjectCreation } });
    const given = step('', {
      MessageName: 'update',
      PrimaryEntityName: process.uniqueName.toUpperCase(),
      InputParameters,
    });
    expect(await decide(given)).toMatchObject({ allowed: false, reasons: [expect.stringMatching(/^Budget Amount/)] });
  });

  describe('by somebody who may not write the opportunity (F-308)', () => {
    const rights: DataverseClient['rights'] = async (_user, record) =>
      new Set(record.id === opportunity ? ['ReadAccess', 'AppendToAccess'] : ['WriteAccess']);
    const words =
      'You do not have permission to change this opportunity. Ask its owner or an administrator. Nothing was changed.';
    test.each([
      ['forward', step(process.stages.JiraProjectCreation)],
      ['to its end', step('', { InputParameters: target(option('statuscode', 2)) })],
      ['given up', step('', { InputParameters: target(option('statecode', 1), option('statuscode', 3)) })],
      ['taken up again', step('', { InputParameters: target(option('statecode', 0), option('statuscode', 1)) })],
    ])('the process is not moved: %s', async (_name, given) => {
      const { dataverse, decide } = gate({ many, rights });
      dataverse.rows.get(opportunity)!.columns['budgetamount'] = 20_000;
      expect(await decide(given)).toEqual({ allowed: false, reasons: [words] });
      expect(dataverse.committed[0]).toEqual([
        expect.objectContaining({
          collection: 'crmjira_commands',
          // Theirs, so that the form can read it to them: people read their own command rows only.
          columns: expect.objectContaining({
            crmjira_result: words,
            'ownerid@odata.bind': `/systemusers(${user})`,
          }),
        }),
        expect.objectContaining({
          collection: 'crmjira_integration_logs',
          columns: expect.objectContaining({ crmjira_event_type: 'refused: write' }),
        }),
      ]);
    });

    test('it is not moved back either', async () => {
      const { dataverse, decide } = gate({ many, rights });
      dataverse.rows.get(instance)!.columns['_activestageid_value'] = process.stages.BudgetApproval;
      expect(await decide(step(process.stages.JiraProjectCreation))).toEqual({ allowed: false, reasons: [words] });
    });

    test('the service that acts for somebody is not that person', async () => {
      const { decide } = gate({ many, rights });
      expect(await decide(step(process.stages.JiraProjectCreation, { UserId: service }))).toMatchObject({
        allowed: false,
      });
    });

    test('a question about rights that fails lets nothing through', async () => {
      const failing: DataverseClient['rights'] = async () => {
        throw new IntegrationError('Dataverse is not available just now (503).', {
          code: 'x',
          errorClass: 'transient',
        });
      };
      const { dataverse, decide } = gate({ many, rights: failing });
      dataverse.rows.get(opportunity)!.columns['budgetamount'] = 20_000;
      expect(await decide(step(process.stages.JiraProjectCreation))).toMatchObject({ allowed: false });
    });
  });

  test('a process is not bound to another opportunity, whoever tries (F-308)', async () => {
    const { dataverse, decide } = gate({ many });
    const other = 'a1b2c3d4-e5f6-7890-abcd-ef1234567999';
    const given = step('', { InputParameters: target({ key: 'bpf_opportunityid', value: { Id: other } }) });
    expect(await decide(given)).toEqual({
      allowed: false,
      reasons: ['This process belongs to its opportunity and cannot be moved to another. Nothing was changed.'],
    });
    expect(dataverse.committed[0]?.[1]?.columns).toMatchObject({ crmjira_event_type: 'refused: service' });
    expect(await decide({ ...given, InitiatingUserId: service, UserId: service })).toEqual({ allowed: true });
  });

  test('fails closed when Dataverse left out what is changed, as it does above 256 KB', async () => {
    const { InputParameters: _lost, ...short } = step(process.stages.JiraProjectCreation);
    expect(await gate({ many }).decide(short)).toEqual({
      allowed: false,
      reasons: [expect.stringMatching(/^The move could not be checked\. /)],
    });
  });

  test('fails closed, in words, when it cannot look', async () => {
    const broken: DataverseClient['one'] = async () => {
      throw new IntegrationError('Dataverse is not available just now (503).', { code: 'x', errorClass: 'transient' });
    };
    expect(await gate({ many, one: broken }).decide(step(process.stages.JiraProjectCreation))).toEqual({
      allowed: false,
      reasons: ['The move could not be checked. Dataverse is not available just now (503).'],
    });
  });
});

/** @jest-environment node */
import {
  ApprovalStatus,
  BudgetStatus,
  type Language,
  ProvisioningState,
  STAGES,
  type Stage,
  type StageFacts,
  type StageGoal,
  moneyFromDecimal,
  process,
  stageGate,
} from '@crmjira/domain';
import type { DataverseClient } from '../../plugins-proxy/src/clients/dataverse/dataverse-client';
import type { EnvironmentSettings } from '../../plugins-proxy/src/connections/environment/environment-settings';
import type { RemoteExecutionContext } from '../../plugins-proxy/src/clients/dataverse/remote-execution-context';
import { createLogger } from '../../plugins-proxy/src/platform/log/create-logger';
import { type StepDecision, decideStep } from '../../plugins-proxy/src/capabilities/budget/stage-gate/decide-step';
import { onLoad } from '../../webresources/src/opportunity-form/index';
import { forgetThreshold } from '../../webresources/src/opportunity-form/read-record-facts';
import { fakeDataverse } from '../plugins-proxy/fake-dataverse';
import { keepLines } from '../plugins-proxy/log-lines';
import { createFakeForm } from './fake-form';
import { installFakeXrm, settle } from './fake-xrm';

/** One row of the table: the columns of one opportunity as Dataverse keeps them. */
interface Condition {
  readonly statecode: 0 | 1;
  readonly budgetamount: number | null;
  readonly key: string | null;
  readonly provisioning: ProvisioningState | null;
  readonly approval: ApprovalStatus;
  readonly projectBudget: number | null;
  readonly status: BudgetStatus | null;
  readonly reviewRequired: boolean;
  readonly note: string | null;
}

type Move = { readonly from: Stage; readonly to: StageGoal };

const ready: Condition = {
  statecode: 0,
  budgetamount: 250_000,
  key: 'CRMWYVLZZJ',
  provisioning: ProvisioningState.Linked,
  approval: ApprovalStatus.Approved,
  projectBudget: 250_000,
  status: BudgetStatus.Active,
  reviewRequired: true,
  note: 'Scope agreed',
};

/** What may stand in each column; the first is what lets a stage go, the rest are its edges. */
const VALUES: { readonly [Column in keyof Condition]: readonly Condition[Column][] } = {
  statecode: [0, 1],
  budgetamount: [250_000, 10_000.01, 10_000, 9_999.99, null],
  key: ['CRMWYVLZZJ', null],
  provisioning: [...Object.values(ProvisioningState), null],
  approval: Object.values(ApprovalStatus),
  projectBudget: [250_000, 0, -1, null],
  status: [...Object.values(BudgetStatus), null],
  reviewRequired: [true, false],
  note: ['Scope agreed', '   ', null],
};

/** Columns that a stage's exit looks at: all their combinations; the others one value at a time. */
const LOOKED_AT: Readonly<Record<Stage, readonly (keyof Condition)[]>> = {
  OpportunityQualification: ['statecode', 'budgetamount'],
  JiraProjectCreation: ['key', 'provisioning'],
  BudgetApproval: ['approval', 'projectBudget', 'status'],
  ProjectExecution: ['reviewRequired'],
  BudgetReviewRequired: ['reviewRequired', 'note'],
};

function conditionsOf(stage: Stage): readonly Condition[] {
  const vary = (base: Condition, column: keyof Condition): Condition[] =>
    VALUES[column].map((value) => ({ ...base, [column]: value }));
  const combined = LOOKED_AT[stage].reduce<Condition[]>(
    (found, column) => found.flatMap((one) => vary(one, column)),
    [ready],
  );
  // the table's own columns
  const single = (Object.keys(VALUES) as (keyof Condition)[]).flatMap((column) => vary(ready, column));
  return [...new Map([...combined, ...single].map((one) => [JSON.stringify(one), one])).values()];
}

const moves: readonly Move[] = STAGES.flatMap((from, index) =>
  [STAGES[index + 1], STAGES[index - 1], 'Finished' as const].flatMap((to) => (to === undefined ? [] : [{ from, to }])),
);

const isForward = ({ from, to }: Move): boolean => to !== 'Finished' && STAGES.indexOf(to) > STAGES.indexOf(from);

/** People who try: their language decides the words, nothing else about them the answer. */
const PERSONAS: readonly (readonly [name: string, id: string, language: Language])[] = [
  ['sales rep', '87654321-abcd-ef12-3456-7890abcdef12', 1033],
  ['project manager', '0b0e3c6e-54f1-4c0e-9a67-2f6f7b5d1a01', 3084],
  ['administrator', '0b0e3c6e-54f1-4c0e-9a67-2f6f7b5d1a02', 1033],
];

const THRESHOLD = 10_000;
const ORGANIZATION = '5a8d2c1e-0000-4000-8000-00000000c0de';
const SERVICE = '0b0e3c6e-54f1-4c0e-9a67-2f6f7b5d1a99';
const INSTANCE = '11111111-0000-4000-8000-000000000001';
const OPPORTUNITY = 'a1b2c3d4-e5f6-7890-abcd-ef1234567890';
const CURRENCY = '22222222-0000-4000-8000-000000000002';

interface Answer {
  readonly allowed: boolean;
  readonly words: readonly string[];
}

const sorted = (words: Iterable<string>): readonly string[] => [...words].sort();

/** @param hidden columns that column security hides from the person */
async function askForm(
  move: Move,
  one: Condition,
  language: Language,
  hidden: readonly string[] = [],
): Promise<Answer> {
  const environment = installFakeXrm();
  forgetThreshold();
  environment.language = language;
  environment.threshold = String(THRESHOLD);
  environment.statecode = one.statecode;
  environment.provisioningState = one.provisioning;
  const form = createFakeForm(
    {
      budgetamount: one.budgetamount,
      crmjira_jira_project_key: one.key,
      crmjira_approval_status: one.approval,
      crmjira_project_budget: one.projectBudget,
      crmjira_budget_status: one.status,
      crmjira_budget_review_required: one.reviewRequired,
      crmjira_budget_review_note: one.note,
    },
    move.from,
    hidden,
  );
  onLoad(form.context);
  await settle();
  const allowed = move.to === 'Finished' ? form.finish() : isForward(move) ? form.next() : form.back();
  await settle();
  expect(form.state.active).toBe(allowed && move.to !== 'Finished' ? move.to : move.from);
  expect(form.state.finished).toBe(allowed && move.to === 'Finished');
  return { allowed, words: sorted([...form.form.values()].map((text) => text.replace(/^ERROR: /, ''))) };
}

function serverOf(move: Move, one: Condition, language: Language) {
  const mapping = {
    '@odata.etag': 'W/"1"',
    crmjira_budget_mappingid: '33333333-0000-4000-8000-000000000003',
    _crmjira_opportunity_id_value: OPPORTUNITY,
    crmjira_jira_project_key: one.key ?? 'CRMWYVLZZJ',
    crmjira_integration_reference: 'CRM-202501-A1B2C3D4',
    crmjira_approved_budget: 0,
    crmjira_spent_amount: 0,
    crmjira_remaining_budget: 0,
    crmjira_budget_status: one.status ?? BudgetStatus.Draft,
    crmjira_mapping_status: 1,
    crmjira_provisioning_state: one.provisioning,
    crmjira_budget_source: 3,
    crmjira_last_alert_level: 0,
  };
  const many: DataverseClient['many'] = async (_collection, _query, schema) =>
    one.provisioning === null ? [] : [schema.parse(mapping)];
  const dataverse = Object.assign(fakeDataverse(), { many });
  dataverse.rows.set(INSTANCE, {
    version: 1,
    columns: {
      businessprocessflowinstanceid: INSTANCE,
      _activestageid_value: process.stages[move.from],
      traversedpath: STAGES.slice(0, STAGES.indexOf(move.from) + 1)
        .map((stage) => process.stages[stage])
        .join(','),
      statuscode: 1,
      _bpf_opportunityid_value: OPPORTUNITY,
    },
  });
  dataverse.rows.set(OPPORTUNITY, {
    version: 1,
    columns: {
      opportunityid: OPPORTUNITY,
      statecode: one.statecode,
      budgetamount: one.budgetamount,
      _ownerid_value: SERVICE,
      _transactioncurrencyid_value: CURRENCY,
      crmjira_project_budget: one.projectBudget,
      crmjira_jira_project_key: one.key,
      crmjira_approval_status: one.approval,
      crmjira_budget_status: one.status,
      crmjira_budget_review_required: one.reviewRequired,
      crmjira_budget_review_note: one.note,
    },
  });
  // The gate reads these of its environmentSettings only.
  const environmentSettings = {
    whoAmI: async () => ({ organizationId: ORGANIZATION, userId: SERVICE }),
    settings: async () => ({ policy: { budgetThreshold: THRESHOLD, defaultCurrency: 'CAD' } }),
    currencies: async () => ({ base: 'CAD', codeOf: () => 'CAD', idOf: () => CURRENCY, exchangeRates: new Map() }),
    languageOf: async () => language,
  } as unknown as EnvironmentSettings;
  const logger = createLogger('silent', [], keepLines().stream);
  const requestProject = async () => undefined;
  const now = () => new Date('2025-01-20T17:30:15Z');
  return { context: { dataverse, environmentSettings, logger, now, requestProject }, dataverse };
}

/** The update of the process instance as Dataverse tells it: the form's own, or a PATCH that went round the form. */
function stepBy(user: string, move: Move): RemoteExecutionContext {
  const changed =
    move.to === 'Finished'
      ? [
          { key: 'statecode', value: { Value: 1 } },
          { key: 'statuscode', value: { Value: 2 } },
        ]
      : [{ key: 'activestageid', value: { Id: process.stages[move.to] } }];
  return {
    MessageName: 'Update',
    PrimaryEntityName: process.uniqueName,
    PrimaryEntityId: INSTANCE,
    Mode: 0,
    Stage: 10,
    Depth: 1,
    OrganizationId: ORGANIZATION,
    InitiatingUserId: user,
    UserId: user,
    CorrelationId: 'b374239d-4233-41a9-8b17-a86cb4f737b5',
    InputParameters: [{ key: 'Target', value: { LogicalName: process.uniqueName, Id: INSTANCE, Attributes: changed } }],
  };
}

const answerOf = (decision: StepDecision): Answer => ({
  allowed: decision.allowed,
  words: decision.allowed ? [] : sorted(decision.reasons),
});

const money = (amount: number | null) => (amount === null ? null : moneyFromDecimal(amount, 'CAD'));
const factsOf = (one: Condition): StageFacts => ({
  isOpen: one.statecode === 0,
  budgetAmount: money(one.budgetamount),
  budgetThreshold: THRESHOLD,
  jiraProjectKey: one.key,
  provisioningState: one.provisioning,
  approvalStatus: one.approval,
  projectBudget: money(one.projectBudget),
  budgetStatus: one.status,
  reviewRequired: one.reviewRequired,
  reviewNote: one.note,
});

beforeEach(() => {
  jest.useFakeTimers({ now: new Date('2025-01-15T14:00:00Z'), doNotFake: ['queueMicrotask', 'nextTick'] });
});
afterEach(() => jest.useRealTimers());

describe.each(PERSONAS)('R-303 the table of stages and conditions, by the %s', (_name, user, language) => {
  test.each(moves)('$from > $to: form and server give the same answer in the same words', async (move) => {
    const answers = new Set<boolean>();
    for (const one of conditionsOf(move.from)) {
      const { context, dataverse } = serverOf(move, one, language);
      const [form, server] = [
        await askForm(move, one, language),
        answerOf(await decideStep(context, stepBy(user, move))),
      ];
      const { allowed, reasons } = stageGate(move, factsOf(one));
      // The condition stands in both, so that a difference names its row.
      expect({ one, ...server }).toEqual({ one, ...form });
      expect({ one, allowed: server.allowed, reasons: server.words.length }).toEqual({
        one,
        allowed,
        reasons: reasons.length,
      });
      // What was refused stands in a row for the form to show, in the same words; what was allowed leaves none.
      const shown = dataverse.committed.flat().map((write) => String(write.columns?.['crmjira_result']));
      expect(shown.flatMap((text) => sorted(text.split('\n')))).toEqual(server.words);
      answers.add(allowed);
    }
    // A table that only ever lets go, or only ever refuses, tests nothing. Steps back are never blocked but out of the review.
    const isGated = isForward(move) || move.to === 'Finished' || move.from === 'BudgetReviewRequired';
    expect([...answers].sort()).toEqual(isGated ? [false, true] : [true]);
  });
});

test.each([
  ['crmjira_jira_project_key', { from: 'JiraProjectCreation', to: 'BudgetApproval' }],
  ['crmjira_approval_status', { from: 'BudgetApproval', to: 'ProjectExecution' }],
  ['crmjira_budget_status', { from: 'BudgetApproval', to: 'ProjectExecution' }],
] as const)(
  'R-303 who may not read %s is stopped by the form for nothing that the server lets go',
  async (hidden, move) => {
    const strict: Condition[] = [];
    for (const one of conditionsOf(move.from)) {
      const form = await askForm(move, one, 1033, [hidden]);
      if (!form.allowed && stageGate(move, factsOf(one)).allowed) strict.push(one);
    }
    expect(strict).toEqual([]);
  },
);

test('R-303 the table has every stage, both directions, the end, and hundreds of conditions', () => {
  expect(moves).toHaveLength(13);
  const rows = moves.reduce((sum, { from }) => sum + conditionsOf(from).length, 0) * PERSONAS.length;
  expect(rows).toBeGreaterThan(1_500);
});

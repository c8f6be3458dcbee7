import { ApprovalStatus, BudgetStatus } from '@crmjira/domain';
import { onLoad } from '../../webresources/src/opportunity-form/index';
import { forgetThreshold } from '../../webresources/src/opportunity-form/read-record-facts';
import { createFakeForm } from './fake-form';
import { type FakeEnvironment, installFakeXrm, settle } from './fake-xrm';

const draft = {
  budgetamount: 250_000,
  crmjira_project_budget: 250_000,
  header_process_crmjira_project_budget: null,
  actualvalue: null,
  crmjira_jira_project_key: null,
  crmjira_approval_status: ApprovalStatus.NotRequested,
  crmjira_budget_status: BudgetStatus.Draft,
  crmjira_budget_review_required: false,
  crmjira_alerts_snoozed_until: null as Date | null,
  crmjira_alerts_snooze_reason: null as string | null,
};

let environment: FakeEnvironment;

beforeEach(() => {
  jest.useFakeTimers({ now: new Date(2025, 0, 15, 14), doNotFake: ['queueMicrotask'] });
  environment = installFakeXrm();
  forgetThreshold();
});
afterEach(() => jest.useRealTimers());

async function open(columns: Partial<Record<keyof typeof draft, unknown>> = {}) {
  const form = createFakeForm({ ...draft, ...columns }, 'ProjectExecution');
  onLoad(form.context);
  await settle();
  return form;
}

describe('what the service owns is locked (F-111)', () => {
  it.each([
    ['before an approval', {}, false],
    ['while the first request waits', { crmjira_approval_status: ApprovalStatus.Pending }, false],
    ['once it is approved', { crmjira_approval_status: ApprovalStatus.Approved }, true],
    [
      'while a later request waits',
      { crmjira_approval_status: ApprovalStatus.Pending, crmjira_budget_status: BudgetStatus.Active },
      true,
    ],
  ] as const)('the project budget %s: %s', async (_when, columns, isLocked) => {
    const { disabled } = await open(columns);
    expect(disabled.has('crmjira_project_budget')).toBe(isLocked);
    expect(disabled.has('header_process_crmjira_project_budget')).toBe(isLocked);
  });

  it('says what to change instead and leads there, also to another tab', async () => {
    const form = await open({ crmjira_budget_status: BudgetStatus.Active });
    expect(form.field.get('crmjira_project_budget')).toBe(
      'RECOMMENDATION: This budget is approved. To change it, change the budget amount, save, and request approval.',
    );
    form.actions.get('Change the budget amount')?.();
    expect(form.focused).toEqual(['tab of budgetamount', 'budgetamount']);
  });

  it.each([
    ['may only read the opportunity', 3],
    ['sees a closed one', 4],
  ])('says nothing of what to change to who %s (F-111)', async (_who, type) => {
    const form = createFakeForm({ ...draft, crmjira_budget_status: BudgetStatus.Active }, 'ProjectExecution');
    form.state.type = type;
    onLoad(form.context);
    await settle();
    expect([form.disabled.has('crmjira_project_budget'), form.field.size]).toEqual([true, 0]);
  });

  it('follows an approval and a reopening that come while the form is open', async () => {
    const form = await open();
    form.load({ crmjira_approval_status: ApprovalStatus.Approved });
    await settle();
    expect(form.disabled.has('crmjira_project_budget')).toBe(true);
    form.load({ crmjira_approval_status: ApprovalStatus.NotRequested });
    await settle();
    expect([form.disabled.size, form.field.size]).toEqual([0, 0]);
  });

  it('locks and names the actual revenue where the service writes the spending of a project there', async () => {
    const linked = await open({ crmjira_jira_project_key: 'CRMABC' });
    expect([...linked.disabled]).toEqual(['actualvalue']);
    expect(linked.labels.get('actualvalue')).toBe('Actual Cost (from Jira)');
    environment.writesSpent = 'no';
    const own = await open({ crmjira_jira_project_key: 'CRMABC' });
    expect([own.disabled.size, own.labels.size]).toEqual([0, 0]);
    expect((await open()).disabled.size).toBe(0);
  });
});

describe('a snooze that would have no effect is refused (F-120)', () => {
  it('a day that is over, and a missing reason', async () => {
    const form = await open();
    form.change('crmjira_alerts_snoozed_until', new Date(2025, 0, 14));
    expect([...form.field]).toEqual([
      ['crmjira_alerts_snoozed_until', 'ERROR: Choose today or a later day.'],
      ['crmjira_alerts_snooze_reason', 'ERROR: Enter a reason. Alerts are not snoozed without one.'],
    ]);
    form.change('crmjira_alerts_snoozed_until', new Date(2025, 0, 15));
    form.change('crmjira_alerts_snooze_reason', '  ');
    expect([...form.field.keys()]).toEqual(['crmjira_alerts_snooze_reason']);
    expect(form.required.get('crmjira_alerts_snooze_reason')).toBe('required');
    form.change('crmjira_alerts_snooze_reason', 'Invoice is being clarified');
    expect(form.field.size).toBe(0);
    form.change('crmjira_alerts_snoozed_until', null);
    expect(form.required.get('crmjira_alerts_snooze_reason')).toBe('none');
  });

  it('stops nobody beside a snooze that has ended since it was saved', async () => {
    const form = await open({
      crmjira_alerts_snoozed_until: new Date(2025, 0, 2),
      crmjira_alerts_snooze_reason: 'Invoice',
    });
    expect(form.field.size).toBe(0);
  });

  it('speaks French', async () => {
    environment.language = 3084;
    const form = await open();
    form.change('crmjira_alerts_snoozed_until', new Date(2025, 0, 1));
    expect(form.field.get('crmjira_alerts_snoozed_until')).toBe('ERROR: Choisissez aujourd’hui ou un jour ultérieur.');
  });
});

describe('F-125 a budget that is nearly spent is told on the form itself', () => {
  const spent = (crmjira_spent_amount: number | null, more = {}) => ({
    crmjira_budget_status: BudgetStatus.Active,
    crmjira_approved_budget: 250_000,
    crmjira_spent_amount,
    transactioncurrencyid: { isocurrencycode: 'CAD' },
    ...more,
  });

  it.each([
    ['a cent before the threshold', spent(199_999.99), []],
    ['at the threshold', spent(200_000), ['WARNING: Budget warning: 80.0% of the budget is spent.']],
    ['beyond the budget', spent(260_000), ['WARNING: Over budget by $10,000.']],
    ['once it is completed', spent(260_000, { crmjira_budget_status: BudgetStatus.Completed }), []],
    ['where column security hides the amounts', spent(null), []],
  ])('%s', async (_when, mapping, said) => {
    environment.mapping = mapping;
    expect([...(await open()).form.values()]).toEqual(said);
  });

  it('asks for the review as long as one is required, and goes with its reason', async () => {
    environment.language = 3084;
    environment.mapping = spent(212_500);
    const form = await open({ crmjira_budget_review_required: true });
    expect([...form.form.values()].map((text) => text.replace(/\s/g, ' '))).toEqual([
      'WARNING: Avertissement budgétaire : 85,0 % du budget sont dépensés. Révision du budget requise.',
    ]);
    environment.mapping = spent(212_500, { crmjira_approved_budget: 300_000 });
    form.load({ crmjira_budget_review_required: false });
    await settle();
    expect(form.form.size).toBe(0);
  });

  it('says nothing about a closed opportunity', async () => {
    environment.mapping = spent(260_000);
    environment.statecode = 1;
    expect((await open()).form.size).toBe(0);
  });
});

it('says once beside the field that the budget amount is too small (F-122)', async () => {
  const form = createFakeForm({ ...draft, budgetamount: 5000 }, 'OpportunityQualification');
  const notices: string[] = [];
  const context = form.context.getFormContext();
  const control = context.getControl<Xrm.Controls.NumberControl>('budgetamount');
  const spy = { ...control, addNotification: (one: { uniqueId: string }) => notices.push(one.uniqueId) };
  jest.spyOn(context, 'getControl').mockReturnValue(spy as never);
  onLoad(form.context);
  await settle();
  form.next();
  await settle();
  expect([...new Set(notices)]).toHaveLength(1);
});

import { ApprovalStatus, BudgetStatus, ProvisioningState } from '@crmjira/domain';
import { onBudgetAmountChange, onLoad } from '../../webresources/src/opportunity-form/index';
import { forgetThreshold } from '../../webresources/src/opportunity-form/read-record-facts';
import { createFakeForm } from './fake-form';
import { type FakeEnvironment, installFakeXrm, settle } from './fake-xrm';

const qualified = {
  budgetamount: 250000,
  crmjira_jira_project_key: null,
  crmjira_approval_status: ApprovalStatus.NotRequested,
  crmjira_project_budget: null,
  crmjira_budget_status: null,
  crmjira_budget_review_required: false,
  crmjira_budget_review_note: null,
};

let environment: FakeEnvironment;

beforeEach(() => {
  jest.useFakeTimers({ now: new Date('2025-01-15T14:00:00Z'), doNotFake: ['queueMicrotask'] });
  environment = installFakeXrm();
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
  forgetThreshold();
});
afterEach(() => jest.useRealTimers());

async function open(...parameters: Parameters<typeof createFakeForm>) {
  const form = createFakeForm(...parameters);
  onLoad(form.context);
  await settle();
  return form;
}

test('tells the controls of the form that it has saved, by the id as they know it (F-102)', async () => {
  const told: unknown[] = [];
  const page = globalThis as { BroadcastChannel?: unknown };
  page.BroadcastChannel = class {
    constructor(readonly name: string) {}
    postMessage(data: unknown) {
      told.push([this.name, data]);
    }
    close() {}
  };
  try {
    const form = await open({ ...qualified }, 'OpportunityQualification');
    expect(told).toEqual([]);
    form.save();
    expect(told).toEqual([['crmjira.saved', 'opportunity a1b2c3d4-e5f6-7890-abcd-ef1234567890']]);
  } finally {
    delete page.BroadcastChannel;
  }
});

describe('stage gate on the process bar (R-303)', () => {
  test('a budget above the threshold lets the first stage go', async () => {
    const form = await open({ ...qualified }, 'OpportunityQualification');
    expect(form.next()).toBe(true);
    expect(form.form.size).toBe(0);
  });

  test.each([
    [10000, false],
    [10000.01, true],
    [9999.99, false],
    [null, false],
  ])('a budget of %s leaves the first stage: %s (E1)', async (budgetamount, leaves) => {
    const form = await open({ ...qualified, budgetamount }, 'OpportunityQualification');
    expect(form.next()).toBe(leaves);
  });

  test('a refusal stands on the form and beside the field, without blocking a save', async () => {
    const form = await open({ ...qualified, budgetamount: 5000 }, 'OpportunityQualification');
    expect(form.next()).toBe(false);
    expect([...form.form.values()]).toEqual(['ERROR: Budget Amount: Must be greater than $10,000']);
    expect(form.field.get('budgetamount')).toMatch(/^RECOMMENDATION: .*Must be greater than \$10,000$/);
  });

  test('the words are French for a person who reads French', async () => {
    environment.language = 3084;
    const form = await open({ ...qualified, budgetamount: 5000 }, 'OpportunityQualification');
    form.next();
    expect([...form.form.values()].join()).toMatch(
      /Montant du budget\u00a0: doit être supérieur à 10\u00a0000\u00a0\$/,
    );
  });

  test('a message goes when its reason is gone', async () => {
    const form = await open({ ...qualified, budgetamount: 5000 }, 'OpportunityQualification');
    form.next();
    await settle();
    form.columns['budgetamount'] = 250000;
    expect(form.next()).toBe(true);
    expect(form.form.size).toBe(0);
  });

  test('a message goes as soon as the person has put its reason right, and the others stay', async () => {
    const form = await open({ ...qualified, crmjira_budget_review_required: true }, 'BudgetReviewRequired');
    form.back();
    await settle();
    expect(form.form.size).toBe(2);
    form.change('crmjira_budget_review_note', 'Scope agreed');
    expect([...form.form.values()]).toEqual(['ERROR: Set Budget Review Required to No when the review is finished.']);
    expect([...form.field.keys()]).toEqual(['crmjira_budget_review_required']);
    form.change('crmjira_budget_review_required', false);
    expect([form.form.size, form.field.size]).toEqual([0, 0]);
  });

  test('a message goes when the form is read again and the service has done what was missing', async () => {
    environment.provisioningState = null;
    const form = await open({ ...qualified }, 'JiraProjectCreation');
    form.next();
    await settle();
    expect(form.form.size).toBe(2);
    environment.provisioningState = ProvisioningState.Linked;
    form.load({ crmjira_jira_project_key: 'CRMWYVLZZJ' });
    await settle();
    expect([form.form.size, form.field.size]).toEqual([0, 0]);
  });

  test('nothing is said unasked: a column that is emptied without a move says nothing', async () => {
    const form = await open({ ...qualified }, 'OpportunityQualification');
    form.change('budgetamount', null);
    form.load({});
    await settle();
    expect(form.form.size).toBe(0);
  });

  test.each([
    [BudgetStatus.Active, false],
    [BudgetStatus.Completed, true],
  ])('R-310 at budget status %s the process may be finished by hand: %s', async (status, finishes) => {
    const form = await open({ ...qualified, crmjira_budget_status: status }, 'ProjectExecution');
    expect(form.finish()).toBe(finishes);
    await settle();
    expect([...form.form.values()]).toEqual(
      finishes
        ? []
        : [
            'ERROR: The process finishes by itself when the project is completed. When the work is done, choose Complete Project.',
          ],
    );
  });

  test.each([
    ['crmjira_jira_project_key', 'JiraProjectCreation'],
    ['crmjira_approval_status', 'BudgetApproval'],
  ] as const)(
    '%s hidden by column security is not missing: the server decides, the form does not stop',
    async (hidden, stage) => {
      const filled = {
        ...qualified,
        crmjira_jira_project_key: 'CRMWYVLZZJ',
        crmjira_approval_status: ApprovalStatus.Approved,
      };
      const ready = { ...filled, crmjira_project_budget: 250000, crmjira_budget_status: BudgetStatus.Active };
      const form = await open(ready, stage, [hidden]);
      expect(form.next()).toBe(true);
      expect(form.form.size).toBe(0);
    },
  );

  test('a stage back is never blocked', async () => {
    const form = await open({ ...qualified, budgetamount: 1 }, 'BudgetApproval');
    expect(form.back()).toBe(true);
  });

  test.each([
    [null, true, 2],
    ['Scope agreed', true, 1],
    [null, false, 1],
    ['Scope agreed', false, 0],
  ])('the review is left with its note (%s) written and its flag (%s) down', async (note, flag, reasons) => {
    const form = await open(
      { ...qualified, crmjira_budget_review_note: note, crmjira_budget_review_required: flag },
      'BudgetReviewRequired',
    );
    expect(form.back()).toBe(reasons === 0);
    expect(form.form.size).toBe(reasons);
  });

  test.each([
    ['BudgetReviewRequired', 'BudgetApproval', true],
    ['BudgetReviewRequired', 'ProjectExecution', false],
    // Some versions of the client name the stage that is left.
    ['BudgetReviewRequired', 'BudgetReviewRequired', false],
    ['ProjectExecution', 'OpportunityQualification', true],
  ] as const)(
    'R-303 back from %s, the event naming %s: %s, as only the return to execution is an exit',
    async (from, named, goes) => {
      const form = await open({ ...qualified, budgetamount: 1, crmjira_budget_review_required: true }, from);
      expect(form.tries(named, 'Previous')).toBe(goes);
    },
  );

  test('a stage back needs no answer of the server', async () => {
    environment.offline = true;
    const form = await open({ ...qualified }, 'ProjectExecution');
    expect(form.back()).toBe(true);
  });

  test('what the service finished meanwhile counts: the move is made again by itself', async () => {
    environment.provisioningState = ProvisioningState.BudgetCreated;
    const form = await open({ ...qualified, crmjira_jira_project_key: 'CRMWYVLZZJ' }, 'JiraProjectCreation');
    environment.provisioningState = ProvisioningState.Linked;
    expect(form.next()).toBe(false);
    await settle();
    expect(form.state.active).toBe('BudgetApproval');
    expect(form.state.moves).toBe(1);
    expect(form.form.size).toBe(0);
  });

  test('a project that is still being linked stays, and says so', async () => {
    environment.provisioningState = ProvisioningState.ProjectCreated;
    const form = await open({ ...qualified, crmjira_jira_project_key: 'CRMWYVLZZJ' }, 'JiraProjectCreation');
    form.next();
    await settle();
    expect(form.state.active).toBe('JiraProjectCreation');
    expect([...form.form.values()].join()).toContain('still being set up');
  });

  test('a closed opportunity cannot go on', async () => {
    environment.statecode = 1;
    const form = await open({ ...qualified }, 'OpportunityQualification');
    expect(form.next()).toBe(false);
    expect([...form.form.values()].join()).toContain('The opportunity is closed');
  });

  test('without an answer the stage stays and the form says so: the gate fails closed', async () => {
    environment.offline = true;
    const form = await open({ ...qualified }, 'OpportunityQualification');
    expect(form.next()).toBe(false);
    await settle();
    expect([...form.form.values()].join()).toContain('could not be checked; nothing was changed');
  });

  test('an amount that cannot be judged stops the stage', async () => {
    const form = await open({ ...qualified, budgetamount: 2.5e15 }, 'OpportunityQualification');
    expect(form.next()).toBe(false);
  });

  test('an approved and active budget leaves the approval stage', async () => {
    const form = await open(
      {
        ...qualified,
        crmjira_jira_project_key: 'CRMWYVLZZJ',
        crmjira_approval_status: ApprovalStatus.Approved,
        crmjira_project_budget: 250000,
        crmjira_budget_status: BudgetStatus.Active,
      },
      'BudgetApproval',
    );
    expect(form.next()).toBe(true);
  });
});

describe('after a change of stage', () => {
  test('a clean form is refreshed', async () => {
    const form = await open({ ...qualified }, 'OpportunityQualification');
    form.next();
    await settle();
    expect(form.state.refreshed).toBe(1);
  });

  test('a form that somebody is editing is never refreshed', async () => {
    const form = await open({ ...qualified }, 'OpportunityQualification');
    form.state.dirty = true;
    form.next();
    await settle();
    expect(form.state.refreshed).toBe(0);
  });

  test('a refusal of the server stands on the form in its own words (ADR-3)', async () => {
    const form = await open({ ...qualified }, 'OpportunityQualification');
    environment.refusal = 'an older refusal';
    expect(form.refusedNext()).toBe(true);
    jest.advanceTimersByTime(1_000);
    await settle();
    expect(form.form.size).toBe(0);
    // Of rows that were not there before, whatever the clock of the browser says; and of the service's own.
    environment.refusal = 'The Jira project is still being set up.';
    environment.isService = false;
    jest.advanceTimersByTime(2_000);
    await settle();
    expect(form.form.size).toBe(0);
    environment.isService = true;
    jest.advanceTimersByTime(5_000);
    await settle();
    expect([...form.form.values()]).toEqual(['ERROR: The Jira project is still being set up.']);
    expect(environment.asked.at(-1)).toContain('_ownerid_value eq me');
    expect(environment.asked.at(-1)).not.toContain('createdon ge');
  });

  test('who may not read command rows is told so, or the reason where the form finds it too (R-303)', async () => {
    const form = await open({ ...qualified }, 'OpportunityQualification');
    environment.hidesCommands = { errorCode: 0x80040220 };
    expect(form.refusedNext()).toBe(true);
    jest.advanceTimersByTime(8_000);
    await settle();
    expect([...form.form.values()]).toEqual([
      expect.stringMatching(/^ERROR: The stage did not change, and you do not have permission to see why/),
    ]);
    expect(form.refusedNext()).toBe(true);
    environment.statecode = 1;
    jest.advanceTimersByTime(8_000);
    await settle();
    expect([...form.form.values()].join()).toContain('The opportunity is closed');
  });

  test('R-303 the server stops the move and nobody says why: the form says that it could not be checked, and clears it', async () => {
    const form = await open({ ...qualified }, 'OpportunityQualification');
    expect(form.refusedNext()).toBe(true);
    jest.advanceTimersByTime(7_999);
    await settle();
    expect(form.form.size).toBe(0);
    jest.advanceTimersByTime(1);
    await settle();
    expect([...form.form.values()]).toEqual([
      'ERROR: The stage did not change: the integration could not check it. Nothing is lost; try again in a few minutes.',
    ]);
    form.next();
    await settle();
    expect(form.form.size).toBe(0);
  });

  test('R-303 a step back that the server could not check is told too', async () => {
    const form = await open({ ...qualified }, 'BudgetApproval');
    expect(form.refusedBack()).toBe(true);
    jest.advanceTimersByTime(8_000);
    await settle();
    expect([...form.form.values()]).toEqual([expect.stringMatching(/^ERROR: The stage did not change/)]);
  });

  test.each([
    [
      1033,
      'ERROR: You do not have permission to change this opportunity. Ask its owner or an administrator. Nothing was changed.',
    ],
    [3084, expect.stringMatching(/^ERROR: Vous n’avez pas l’autorisation .* Rien n’a été modifié\.$/)],
  ])(
    'F-308 who may only read the opportunity is told so at once, whichever way they move it (%s)',
    async (language, said) => {
      environment.language = language;
      const form = await open({ ...qualified, crmjira_budget_status: BudgetStatus.Completed }, 'BudgetApproval');
      form.state.type = 3;
      for (const move of [form.back, form.next, form.finish]) {
        expect(move()).toBe(false);
        jest.advanceTimersByTime(60_000);
        await settle();
        expect([...form.form.values()]).toEqual([said]);
      }
    },
  );

  test('a stage that changed is not asked about', async () => {
    const form = await open({ ...qualified }, 'OpportunityQualification');
    environment.refusal = 'an older refusal';
    form.next();
    await settle();
    jest.advanceTimersByTime(60_000);
    await settle();
    expect(form.form.size).toBe(0);
  });
});

describe('budget amount (R-206)', () => {
  test('says that it must be greater than the threshold', async () => {
    const form = createFakeForm({ ...qualified, budgetamount: 10000 }, 'OpportunityQualification');
    onBudgetAmountChange(form.context);
    await settle();
    expect(form.field.get('budgetamount')).toBe('RECOMMENDATION: Must be greater than $10,000');
  });

  test('takes the threshold from the environment variable', async () => {
    environment.threshold = '25000';
    const form = createFakeForm({ ...qualified, budgetamount: 20000 }, 'OpportunityQualification');
    onBudgetAmountChange(form.context);
    await settle();
    expect(form.field.get('budgetamount')).toBe('RECOMMENDATION: Must be greater than $25,000');
  });

  test('clears the message when the amount is enough', async () => {
    const form = createFakeForm({ ...qualified, budgetamount: 10000 }, 'OpportunityQualification');
    onBudgetAmountChange(form.context);
    await settle();
    form.columns['budgetamount'] = 10000.01;
    onBudgetAmountChange(form.context);
    await settle();
    expect(form.field.size).toBe(0);
  });

  test('is said at the first stage only, and not of an empty amount', async () => {
    const later = createFakeForm({ ...qualified, budgetamount: 1 }, 'ProjectExecution');
    const empty = createFakeForm({ ...qualified, budgetamount: null }, 'OpportunityQualification');
    onBudgetAmountChange(later.context);
    onBudgetAmountChange(empty.context);
    await settle();
    expect([later.field.size, empty.field.size]).toEqual([0, 0]);
  });
});

import '@testing-library/jest-dom';
import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { collectDrafts } from '@crmjira/form-data';
import { BudgetApproval } from '../../../controls/budget-approval/src/BudgetApproval/index';
import { withChannels } from '../../webresources/fake-channel';
import { CAD, EUR, OLIVIA, OPPORTUNITY_ID, PAUL, type Row, mapping, opportunity } from '../platform/rows';
import { type ControlClass, freezePage, showControl, thawPage } from '../platform/show-control';
import { DECISION_ID, REQUEST_ID, decision, reopened, request } from './approval-rows';

// The lifecycle is driven without the control's own inputs: it only reads column security from them.
const Control = BudgetApproval as unknown as ControlClass;
type Options = Omit<Parameters<typeof showControl>[1], 'control'>;
const show = (options: Options = {}) => showControl(Control, { control: 'budget-approval', ...options });
const user = () => userEvent.setup({ advanceTimers: (ms) => void jest.advanceTimersByTime(ms) });
const chip = () => document.querySelector('.crmjira-heading .crmjira-chip')?.textContent;
const text = () => (document.body.textContent ?? '').replace(/[\u00a0\u202f]/g, ' ');
const buttons = () => screen.queryAllByRole('button').map((button) => button.textContent);
const press = (name: string) => user().click(screen.getByRole('button', { name }));
const PENDING = opportunity({ crmjira_approval_status: 2, budgetamount: 280_000 });
const KEY_TAKEN = { errorCode: 0x80060892, message: 'key' };

/** What the service answers to the person who decided: what happened and what comes next, a line each. */
const refused = (...lines: string[]) => ({
  crmjira_argument: `decision ${DECISION_ID}`,
  crmjira_command_state: 4,
  createdby: { applicationid: '22222222-2222-4222-8222-222222222222' },
  crmjira_result: lines.join('\n'),
});
const message = () =>
  [...document.querySelectorAll('.crmjira-message p')].map(({ textContent }) => textContent?.replace(/\u00a0/g, ' '));

/** A request of 280,000.00 that waits; 250,000.00 were approved before. */
const waiting = (options: Options = {}, requests: Row[] = [request()], decisions: Row[] = []) =>
  show({
    userId: PAUL,
    ...options,
    rows: {
      opportunity: [PENDING],
      crmjira_budget_approval: requests,
      crmjira_budget_decision: decisions,
      ...options.rows,
    },
  });

beforeEach(freezePage);
afterEach(thawPage);

describe('R-306 asking for approval', () => {
  const draft = {
    opportunity: [opportunity({ crmjira_approval_status: 1, crmjira_approved_on: null })],
    crmjira_budget_mapping: [mapping({ crmjira_budget_status: 1 })],
  };

  it('asks for the project budget in its currency, with a reason, in one click', async () => {
    const { server, pass } = await show({ rows: draft });
    expect(chip()).toBe('Not requested');
    expect(text()).toContain('$250,000.00 CAD, not approved yet');
    await user().type(screen.getByRole('textbox', { name: 'Reason (optional)' }), 'Scope agreed');
    await press('Request approval');
    await pass(0);
    expect(server.tables.crmjira_budget_approval).toEqual([
      expect.objectContaining({
        crmjira_amount: 250_000,
        crmjira_comment: 'Scope agreed',
        'transactioncurrencyid@odata.bind': expect.stringMatching(/^\/transactioncurrencies\([0-9a-f-]{36}\)$/),
        'crmjira_opportunity_id@odata.bind': expect.stringMatching(/^\/opportunities\(/),
      }),
    ]);
    expect(screen.getByRole('status')).toHaveTextContent('Approval of $250,000.00 CAD requested.');
  });

  it('R-306 names the currency that it shows, also on an opportunity that has none', async () => {
    const without = opportunity({ budgetamount: 250_000, _transactioncurrencyid_value: null });
    const { server, pass } = await show({ rows: { ...draft, opportunity: [without] } });
    expect(text()).toContain('CAD, not approved yet');
    await press('Request approval');
    await pass(0);
    expect(server.tables.crmjira_budget_approval).toEqual([
      expect.objectContaining({ 'transactioncurrencyid@odata.bind': `/transactioncurrencies(${CAD})` }),
    ]);
  });

  it.each([
    ['no project yet', { crmjira_budget_mapping: [] }, /once the Jira project has been created/],
    [
      'no amount',
      { opportunity: [opportunity({ budgetamount: null, crmjira_project_budget: null })] },
      /Enter the budget amount and save/,
    ],
    ['a closed opportunity', { opportunity: [opportunity({ statecode: 1 })] }, /this opportunity is closed/],
  ])('says why nothing can be asked for: %s', async (_why, rows, words) => {
    await show({ rows: { ...draft, ...rows } });
    expect(text()).toMatch(words);
    expect(buttons()).toEqual([]);
  });

  it('keeps the reason and says so when it cannot be sent', async () => {
    const { server, pass } = await show({ rows: draft });
    await user().type(screen.getByRole('textbox'), 'Scope agreed');
    server.refusals['crmjira_budget_approval'] = { errorCode: 0x80044150 };
    await press('Request approval');
    await pass(0);
    expect(screen.getByRole('status')).toHaveTextContent('This could not be sent. Nothing was recorded');
    expect(screen.getByRole('textbox')).toHaveValue('Scope agreed');
  });

  it('offers nothing to a person who may not ask', async () => {
    await show({ rows: draft, privileges: (table) => table !== 'crmjira_budget_approval' });
    expect(text()).toContain('You can see this amount but cannot request its approval.');
    expect(buttons()).toEqual([]);
  });
});

describe('F-102 a request is about the amount that the row has at that moment', () => {
  const draft = (amount: number) => ({
    opportunity: [
      opportunity({ crmjira_approval_status: 1, crmjira_approved_on: null, crmjira_project_budget: amount }),
    ],
    crmjira_budget_mapping: [mapping({ crmjira_budget_status: 1 })],
  });

  it('asks for nothing when the amount has changed since it was shown, says so, and asks for the new one next', async () => {
    const { server, pass } = await show({ rows: draft(320_000) });
    await user().type(screen.getByRole('textbox'), 'Scope agreed');
    server.tables.opportunity = draft(330_000).opportunity;
    await press('Request approval');
    await pass(0);
    expect(server.tables.crmjira_budget_approval).toEqual([]);
    expect(screen.getByRole('status')).toHaveTextContent('The budget amount has changed. Nothing was requested.');
    expect(text()).toContain('$330,000.00 CAD, not approved yet');
    expect(screen.getByRole('textbox')).toHaveValue('Scope agreed');
    await press('Request approval');
    await pass(0);
    expect(server.tables.crmjira_budget_approval).toMatchObject([
      { crmjira_amount: 330_000, crmjira_comment: 'Scope agreed' },
    ]);
  });

  it('sends nothing when the row cannot be read', async () => {
    const { server, pass } = await show({ rows: draft(320_000) });
    server.refusals['opportunity'] = new Error('socket');
    await press('Request approval');
    await pass(0);
    expect(server.tables.crmjira_budget_approval).toEqual([]);
    expect(screen.getByRole('status')).toHaveTextContent('This could not be sent.');
  });

  it('offers no request while the field of the form holds an amount that is not saved', async () => {
    const { update } = await show({ rows: draft(320_000), typed: 250_000 });
    expect(buttons()).toEqual(['Request approval']);
    update({ typed: 330_000 });
    expect(buttons()).toEqual([]);
    expect(text()).toContain('The budget amount on the form is not saved. Save it, then request approval.');
    update({ typed: null });
    expect(buttons()).toEqual([]);
    update({ typed: 250_000 });
    expect(buttons()).toEqual(['Request approval']);
  });

  it('says so beside a decision too, for an amount that has been approved', async () => {
    const approved = opportunity({ crmjira_approved_on: '2025-05-16T17:41:00Z', budgetamount: 300_000 });
    const { update } = await waiting({ typed: 300_000, rows: { opportunity: [approved] } }, [request()], [decision()]);
    expect(buttons()).toEqual(['Request a change']);
    update({ typed: 310_000 });
    expect(buttons()).toEqual([]);
    expect(text()).toContain('is not saved. Save it, then request approval.');
  });
});

describe('F-103 what was typed here is not lost when the act is done on the command bar', () => {
  it('keeps the reason, says that the request went without it, and takes it along in another', async () => {
    const { server, pass } = await show({
      userId: OLIVIA,
      rows: { opportunity: [PENDING], crmjira_budget_mapping: [mapping()] },
    });
    await user().type(screen.getByRole('textbox', { name: 'Reason (optional)' }), 'Two integrations');
    server.tables.crmjira_budget_approval = [request({ crmjira_comment: null })];
    await pass(5_000);
    expect(chip()).toBe('Waiting for a decision');
    expect(text()).toContain('This request was sent without your reason.');
    expect(screen.getByRole('textbox', { name: 'Reason (optional)' })).toHaveValue('Two integrations');
    await press('Ask again');
    await pass(0);
    expect(server.tables.crmjira_budget_approval?.[1]).toMatchObject({ crmjira_comment: 'Two integrations' });
    expect(text()).not.toContain('This request was sent without your reason.');
  });

  it('hands the words to the command bar when it asks, for the request that they were written for', () =>
    withChannels(async () => {
      const asked = () => {
        const drafts = collectDrafts({ table: 'opportunity', id: OPPORTUNITY_ID });
        const found = [REQUEST_ID, ''].map(drafts.commentFor);
        drafts.end();
        return found;
      };
      const decider = await waiting();
      expect(asked()).toEqual(['', '']);
      await user().type(screen.getByRole('textbox'), ' Fine with me ');
      expect(asked()).toEqual(['Fine with me', '']);
      const focus = jest.spyOn(document, 'hasFocus').mockReturnValue(false);
      expect(asked()).toEqual(['', '']);
      focus.mockRestore();
      decider.unmount();
      const { server, pass, unmount } = await show({
        userId: OLIVIA,
        rows: { opportunity: [PENDING], crmjira_budget_mapping: [mapping()] },
      });
      await user().type(screen.getByRole('textbox'), 'Two integrations');
      expect(asked()).toEqual(['', 'Two integrations']);
      // They have arrived with the request: nothing is left to send.
      server.tables.crmjira_budget_approval = [request({ crmjira_comment: 'Two integrations' })];
      await pass(5_000);
      expect(screen.queryByRole('textbox')).toBeNull();
      expect(text()).not.toContain('without your reason');
      unmount();
    }));

  it.each([
    ['approved on the command bar', PAUL],
    ['decided by somebody else', 'aaaaaaaa-0000-4000-8000-000000000003'],
  ])('keeps the words of a decision to copy, and never as the reason of a request: %s', async (_name, by) => {
    const { server, pass } = await waiting();
    await user().type(screen.getByRole('textbox'), 'Fine with me');
    server.tables.crmjira_budget_decision = [decision({ crmjira_decision: 4, _createdby_value: by })];
    const kept = () => screen.queryByRole('textbox', { name: 'Your comment (not recorded)' });
    await pass(5_000);
    expect(chip()).toBe('Decision recorded');
    expect(kept()).toHaveValue('Fine with me');
    expect(buttons()).toEqual(['Copy comment', 'Dismiss']);
    server.tables.opportunity = [opportunity({ crmjira_approval_status: 4, budgetamount: 280_000, versionnumber: 99 })];
    await pass(5_000);
    expect(chip()).toBe('Rejected');
    expect(kept()).toHaveValue('Fine with me');
    await press('Dismiss');
    expect(kept()).toBeNull();
    expect(screen.getByRole('textbox', { name: 'Reason (optional)' })).toHaveValue('');
  });

  it('calls no comment lost that the decision carries', async () => {
    const { server, pass } = await waiting();
    await user().type(screen.getByRole('textbox'), 'Fine with me');
    server.tables.crmjira_budget_decision = [decision({ crmjira_comment: 'Fine with me' })];
    await pass(5_000);
    expect(screen.queryByRole('textbox')).toBeNull();
  });
});

describe('F-104 whoever asked sees who decided and why', () => {
  const SERVED = { modifiedby: { applicationid: '22222222-2222-4222-8222-222222222222' } };
  const told = (change: Row = {}) =>
    request({
      ...SERVED,
      crmjira_decision: 4,
      crmjira_decision_comment: 'Split it in two.',
      crmjira_decided_on: '2025-05-16T17:41:00Z',
      _crmjira_decided_by_value: PAUL,
      '_crmjira_decided_by_value@OData.Community.Display.V1.FormattedValue': 'Paul Martin',
      ...change,
    });
  const asOlivia = (row: Row, status = 4) =>
    waiting(
      {
        userId: OLIVIA,
        rows: { opportunity: [opportunity({ crmjira_approval_status: status, budgetamount: 280_000 })] },
        privileges: (table) => table !== 'crmjira_budget_decision',
      },
      [row],
    );

  it('in card and history, from the request, and that the earlier approval holds', async () => {
    await asOlivia(told());
    expect(chip()).toBe('Rejected');
    expect(text()).toContain('Rejected by Paul Martin on May 16, 2025 13:41');
    expect(text()).toContain('The approved budget remains $250,000.00.');
    expect(text()).not.toContain('in a task for the owner');
    const [first] = screen.getAllByRole('listitem');
    expect(first).toHaveTextContent('RejectedPaul Martin · May 16, 2025 13:41$280,000.00 CADSplit it in two.');
  });

  it('of a deal that was won since too, whose opportunity does not show it (R-2301)', async () => {
    const won = opportunity({ crmjira_approval_status: 2, statecode: 1 });
    const options = { userId: PAUL, rows: { opportunity: [won] } };
    await waiting(options, [told({ crmjira_decision: 3, crmjira_decision_comment: null })], [decision()]);
    expect(chip()).toBe('Approved');
    expect(text()).not.toContain('once the integration has processed it');
  });

  it('but not what a person has written into the request', async () => {
    await asOlivia(told({ modifiedby: { applicationid: null }, crmjira_decision: 3 }), 2);
    expect(chip()).toBe('Waiting for a decision');
    expect(text()).not.toContain('Paul Martin');
    expect(text()).toContain('The approved budget remains $250,000.00.');
  });

  it('and that a request has expired which a decision against the rules has used up', async () => {
    const { server, pass } = await asOlivia(told({ crmjira_decision: null, crmjira_decision_comment: null }), 2);
    expect(message()).toEqual(['This request expired.', 'Request approval again.']);
    expect(chip()).toBe('No effect');
    await press('Ask again');
    await pass(0);
    expect(server.tables.crmjira_budget_approval).toHaveLength(2);
  });
});

it('F-102 F-104 whoever asked sees why the service refused the request, also who may not read command rows', async () => {
  const words = 'The request is for $320,000.00, but the opportunity now says $330,000.00.';
  const row = request({
    modifiedby: { applicationid: '22222222-2222-4222-8222-222222222222' },
    crmjira_decided_on: '2025-05-16T17:41:00Z',
  });
  const ofRow = (crmjira_decision_comment: string | null) => ({
    opportunity: [PENDING],
    crmjira_budget_approval: [{ ...row, crmjira_decision_comment }],
  });
  const said = async (options: Parameters<typeof show>[0]) => {
    const { unmount } = await show(options);
    const shown = message();
    unmount();
    return shown;
  };
  expect(await said({ userId: OLIVIA, rows: ofRow(words) })).toEqual([words, '']);
  // A service of before has written a command row alone; in one of a person the same words count for nothing.
  const command = { ...refused(words), crmjira_argument: `request ${REQUEST_ID}` };
  expect(await said({ userId: OLIVIA, rows: { ...ofRow(null), crmjira_command: [command] } })).toEqual([words, '']);
  const expired = ['This request expired.', 'Request approval again.'];
  const forged = { ...command, createdby: { applicationid: null } };
  expect(await said({ userId: OLIVIA, rows: { ...ofRow(null), crmjira_command: [forged] } })).toEqual(expired);
  // It speaks to whoever asked.
  expect(await said({ userId: PAUL, rows: ofRow(words) })).toEqual(expired);
  const { server, pass } = await show({ userId: OLIVIA, rows: ofRow(null) });
  server.refusals['crmjira_command'] = { errorCode: 0x80040220 };
  await pass(60_000);
  expect(message()).toEqual(expired);
});

describe('F-119 after an act nothing else can be pressed until the rows show it', () => {
  const isBusy = () => screen.queryAllByRole('button').map((button) => button.getAttribute('aria-disabled'));

  it('after Approve, while the requests cannot be read', async () => {
    const { server, pass } = await waiting();
    const list = server.api.retrieveMultipleRecords;
    const isOpen = { read: false };
    Object.assign(server.api, {
      retrieveMultipleRecords: (table: string, ...rest: []) =>
        table.startsWith('crmjira_budget_') && !isOpen.read
          ? Promise.reject(new Error('socket'))
          : list.call(server.api, table, ...rest),
    });
    await press('Approve');
    await pass(0);
    expect(isBusy()).toEqual(['true', 'true', 'true']);
    isOpen.read = true;
    server.tables.crmjira_budget_decision = [decision()];
    await pass(5_000);
    expect(chip()).toBe('Decision recorded');
    expect(buttons()).toEqual([]);
  });

  it('no request for the amount that has just been approved, although the mapping follows later', async () => {
    const approved = opportunity({
      crmjira_approved_on: '2025-05-16T17:41:00Z',
      budgetamount: 280_000,
      crmjira_project_budget: 280_000,
    });
    await waiting({ rows: { opportunity: [approved] } }, [request()], [decision()]);
    expect(chip()).toBe('Approved');
    expect(buttons()).toEqual([]);
  });

  it('no second request under a second click', async () => {
    const { server, pass } = await show({ rows: { opportunity: [PENDING], crmjira_budget_mapping: [mapping()] } });
    await press('Request approval');
    server.tables.crmjira_budget_approval = [request()];
    await pass(5_000);
    expect(chip()).toBe('Waiting for a decision');
    expect(buttons()).toEqual([]);
    await pass(60_000);
    expect(buttons()).toEqual(['Ask again']);
  });
});

describe('R-306 waiting for a decision', () => {
  it('shows amount, change since the last approval and effect on the burn above the decision', async () => {
    await waiting();
    expect(chip()).toBe('Waiting for a decision');
    expect(text()).toContain('Requested by Olivia Owens on May 16, 2025 13:20');
    const facts = screen.getAllByRole('definition').map((fact) => fact.textContent);
    expect(facts).toEqual([
      '$280,000.00 ',
      '+$30,000.00 +12.0% from $250,000.00',
      '85.0% → 75.9%85.0% spent now, 75.9% after approval. Below the 80% threshold',
    ]);
    const bars = document.querySelector<HTMLElement>('.crmjira-bars-below');
    const share = (name: string) => Number(bars?.style.getPropertyValue(name)).toFixed(1);
    expect([share('--now'), share('--after'), share('--threshold')]).toEqual(['85.0', '75.9', '80.0']);
    expect(text()).toContain('Reason: Two integrations added by the customer (change order 2).');
    expect(buttons()).toEqual(['Approve', 'Ask for changes', 'Reject']);
  });

  it('the person who asked sees that others decide, and may ask again', async () => {
    await waiting({ userId: OLIVIA });
    expect(text()).toContain('You cannot decide on your own request.');
    expect(text()).toContain('$280,000.00 +$30,000.00 since last approval');
    expect(buttons()).toEqual(['Ask again']);
  });

  describe('names who can decide where somebody else must (R-306)', () => {
    const systemuser = [{ fullname: 'Farah Controller' }, { fullname: 'Paul Martin' }];
    const others = { userId: 'aaaaaaaa-0000-4000-8000-000000000009' };

    it.each([
      ['the one who asked', { userId: OLIVIA }, 'You cannot decide on your own request.'],
      [
        'who may not decide',
        { ...others, privileges: (table: string) => !/decision/.test(table) },
        'cannot decide on it.',
      ],
    ])('to %s', async (_who, person, strong) => {
      await waiting({ ...person, rows: { systemuser } });
      expect(text()).toContain(`${strong}Farah Controller or Paul Martin can decide.`);
    });

    it.each([
      [1, 'Ada can decide.', 'Ada peut en décider.'],
      [2, 'Ada or Bo can decide.', 'Ada ou Bo peut en décider.'],
      [3, 'Ada, Bo or Cy can decide.', 'Ada, Bo ou Cy peut en décider.'],
    ])('%i of them, as a sentence in both languages', async (count, english, french) => {
      const few = ['Ada', 'Bo', 'Cy'].slice(0, count).map((fullname) => ({ fullname }));
      const { unmount } = await waiting({ userId: OLIVIA, rows: { systemuser: few } });
      expect(text()).toContain(english);
      unmount();
      await waiting({ userId: OLIVIA, language: 3084, rows: { systemuser: few } });
      expect(text()).toContain(french);
    });

    it('asks once for a request, and again for the next', async () => {
      const { server, pass } = await waiting({ userId: OLIVIA, rows: { systemuser } });
      const asked = () => server.calls.filter((call) => call === 'list systemuser').length;
      expect(asked()).toBe(1);
      await pass(20_000);
      expect(asked()).toBe(1);
      server.tables.crmjira_budget_approval?.unshift(
        request({
          crmjira_budget_approvalid: 'ffffffff-0000-4000-8000-000000000001',
          createdon: '2025-05-16T18:00:00Z',
        }),
      );
      await pass(8_000);
      expect(asked()).toBe(2);
      expect(text()).toContain('Farah Controller or Paul Martin can decide.');
    });

    it.each([
      ['nobody is seen', { systemuser: [] }],
      ['people may not be read', {}],
    ])('else says what is known: %s', async (_why, rows) => {
      await waiting({ userId: OLIVIA, rows });
      expect(text()).toContain('Another budget approver can decide.');
      expect(text()).not.toContain('Refreshing failed');
    });

    it('asks Dataverse as the person at work, for enabled holders of the role other than the one who asked', async () => {
      const { server, context, pass } = await waiting({ userId: PAUL, rows: { systemuser } }, []);
      const asked = jest.spyOn(context().webAPI, 'retrieveMultipleRecords');
      server.tables.crmjira_budget_approval?.push(request());
      await pass(4_000);
      const [, query = '', most] = asked.mock.calls.find(([table]) => table === 'systemuser') ?? [];
      expect(query).toContain("systemuserroles_association/any(r:r/name eq 'CRM-JIRA Budget Approver')");
      expect(query).toContain("t/teamroles_association/any(r:r/name eq 'CRM-JIRA Budget Approver')");
      expect(query).toContain('isdisabled eq false and (');
      expect(query).toMatch(new RegExp(` and systemuserid ne ${OLIVIA}$`));
      expect(most).toBe(5);
    });

    it('asks nobody once it is decided', async () => {
      const { server } = await waiting({ userId: OLIVIA, rows: { systemuser } }, [request()], [decision()]);
      expect(server.calls).not.toContain('list systemuser');
    });
  });

  it('a person without the role sees the request and why there is nothing to decide', async () => {
    await waiting({ userId: 'aaaaaaaa-0000-4000-8000-000000000009', privileges: (table) => !/decision/.test(table) });
    expect(text()).toContain('You can see this request but cannot decide on it.');
    expect(text()).toContain('Only budget approvers can decide.');
    expect(buttons()).toEqual([]);
  });

  it('the server has the last word on who may decide: decisions that may not be read end the offer', async () => {
    const { server, pass } = await waiting();
    server.refusals['crmjira_budget_decision'] = { errorCode: 0x80040220 };
    await pass(4_000);
    expect(buttons()).toEqual([]);
    expect(text()).toContain('You can see this request but cannot decide on it.');
  });

  it('offline: the request as of a time, and no decision', async () => {
    const { update } = await waiting();
    update({ offline: true });
    expect(text()).toContain('You are offline. This is the request as of May 16, 2025 14:04.');
    expect(text()).toContain('Decisions are made online: someone may decide first.');
    expect(buttons()).toEqual([]);
  });

  it('is complete in French (Canada)', async () => {
    await waiting({ language: 3084 });
    expect(screen.getByRole('region', { name: 'Approbation du budget' })).toBeInTheDocument();
    expect(buttons()).toEqual(['Approuver', 'Demander des modifications', 'Refuser']);
    expect(text()).toContain('+12,0 % par rapport à 250 000,00 $');
    expect(text()).not.toContain('missing:');
  });

  it('compares nothing across currencies', async () => {
    await waiting({}, [request({ _transactioncurrencyid_value: '11111111-aaaa-4aaa-8aaa-000000000002' })]);
    expect(screen.getAllByRole('definition').map((fact) => fact.textContent)).toEqual(['€280,000.00 ']);
  });
});

describe('R-307 deciding', () => {
  it('approves with one click; the heading has the focus, the live region says it', async () => {
    const { server, pass } = await waiting();
    await press('Approve');
    await pass(0);
    expect(server.tables.crmjira_budget_decision).toEqual([
      expect.objectContaining({
        crmjira_decision: 3,
        'crmjira_budget_approval_id@odata.bind': `/crmjira_budget_approvals(${REQUEST_ID})`,
      }),
    ]);
    server.tables.crmjira_budget_decision = [decision()];
    await pass(4_000);
    expect(chip()).toBe('Decision recorded');
    expect(screen.getByRole('heading', { name: 'Budget approval' })).toHaveFocus();
    expect(screen.getByRole('status')).toHaveTextContent('Approved $280,000.00 CAD.');
    server.tables.opportunity = [
      opportunity({ crmjira_approval_status: 3, crmjira_approved_on: '2025-05-16T17:41:00Z', budgetamount: 280_000 }),
    ];
    server.tables.crmjira_budget_mapping = [mapping({ '@odata.etag': 'W/"2"', crmjira_approved_budget: 280_000 })];
    await pass(4_000);
    expect(chip()).toBe('Approved');
    expect(text()).toContain('Approved by Paul Martin on May 16, 2025 13:41');
  });

  it.each([
    ['Reject', 4, 'Rejected'],
    ['Ask for changes', 5, 'Asked for changes to'],
  ])('%s needs a comment, asked for beside the field', async (name, outcome, told) => {
    const { server, pass } = await waiting();
    await press(name);
    const field = screen.getByRole('textbox');
    expect(server.calls).not.toContain('create crmjira_budget_decision');
    expect(screen.getByRole('alert')).toHaveTextContent('Write a comment first');
    expect(field).toBeInvalid();
    expect(field).toHaveFocus();
    await user().type(field, 'Split the second integration');
    await press(name);
    await pass(0);
    expect(server.tables.crmjira_budget_decision).toEqual([
      expect.objectContaining({ crmjira_decision: outcome, crmjira_comment: 'Split the second integration' }),
    ]);
    expect(screen.getByRole('status')).toHaveTextContent(told);
  });

  it('a second decision is not recorded: who was first, and the comment to copy', async () => {
    const { server, pass } = await waiting();
    await user().type(screen.getByRole('textbox'), 'Please split it.');
    // Somebody decides between the last reading and the click.
    server.tables.crmjira_budget_decision = [decision({ _createdby_value: 'aaaaaaaa-0000-4000-8000-000000000003' })];
    const create = server.api.createRecord;
    let refuse = (): void => undefined;
    const refused = new Promise<never>((_resolve, reject) => (refuse = () => reject(KEY_TAKEN)));
    Object.assign(server.api, { createRecord: () => refused });
    await press('Reject');
    // Written while the answer is on its way: not part of what was sent.
    await user().type(screen.getByRole('textbox'), ' And more.');
    refuse();
    await pass(0);
    Object.assign(server.api, { createRecord: create });
    expect(text()).toContain('Farah Controller approved this at 13:41, before your decision arrived.');
    expect(screen.getByRole('textbox', { name: 'Your comment (not recorded)' })).toHaveValue('Please split it.');
    expect(document.activeElement?.id).toMatch(/-message$/);
    expect(buttons()).toEqual(['Copy comment', 'Dismiss']);
    await press('Copy comment');
    expect(await navigator.clipboard.readText()).toBe('Please split it.');
    await press('Dismiss');
    expect(screen.queryByRole('textbox', { name: 'Your comment (not recorded)' })).toBeNull();
  });

  it('an answer that was lost on the way is no conflict', async () => {
    const { server, pass } = await waiting();
    server.tables.crmjira_budget_decision = [decision()];
    Object.assign(server.api, { createRecord: () => Promise.reject(KEY_TAKEN) });
    await press('Approve');
    await pass(0);
    expect(chip()).toBe('Decision recorded');
    expect(text()).not.toContain('before your decision arrived');
  });

  it('shows the service’s words on a decision without effect, and that a new request is needed', async () => {
    const refusal = refused(
      'Your decision had no effect: deciding needs the role Budget Approver.',
      'This request expired. Request approval again.',
    );
    const { server, pass } = await waiting({ rows: { crmjira_command: [refusal] } }, [request()], [decision()]);
    expect(chip()).toBe('No effect');
    expect(message()).toEqual(refusal.crmjira_result.split('\n'));
    await press('Ask again');
    await pass(0);
    expect(server.tables.crmjira_budget_approval).toHaveLength(2);
  });

  it('a decision that waits for the integration says so, and that nothing is lost', async () => {
    await waiting({}, [request()], [decision({ createdon: '2025-05-16T18:03:50Z' })]);
    expect(text()).toContain('It takes effect once the integration has processed it.');
    expect(text()).toContain('Usually within seconds.');
  });

  it('a decision of somebody else that has had no effect: what to do', async () => {
    await waiting({ userId: OLIVIA }, [request()], [decision()]);
    expect(text()).toContain('If it breaks a rule, the request expires: request approval again.');
    expect(buttons()).toEqual(['Ask again']);
  });

  it('says that the role is missing when the server refuses the decision', async () => {
    const { server, pass } = await waiting();
    Object.assign(server.api, { createRecord: () => Promise.reject({ errorCode: -2147220960 }) });
    await press('Approve');
    await pass(0);
    expect(screen.getByRole('status')).toHaveTextContent('You do not have permission to decide. Nothing was recorded.');
    expect(buttons()).toContain('Approve');
  });
});

describe('R-306 a decision over the approver’s limit leaves the request open', () => {
  const refusal = refused(
    'Your decision had no effect: $280,000.00 CAD is over your approval limit of $250,000.00 CAD.',
    'The request stays open. Farah Controller can decide on it. So can you, once your limit has been raised.',
  );
  const FARAH = 'aaaaaaaa-0000-4000-8000-000000000003';
  const open = (options: Options = {}, rows: Row[] = [reopened(), request()], decisions: Row[] = [decision()]) =>
    waiting({ ...options, rows: { crmjira_command: [refusal], ...options.rows } }, rows, decisions);

  it('to who decided: the words, the figures, and every decision, as the limit may have been raised', async () => {
    await open();
    expect(chip()).toBe('Waiting for a decision');
    expect(message()).toEqual(refusal.crmjira_result.split('\n'));
    expect(screen.getAllByRole('definition')).toHaveLength(3);
    expect(buttons()).toEqual(['Approve', 'Ask for changes', 'Reject']);
    for (const button of screen.getAllByRole('button')) expect(button).not.toHaveAttribute('aria-disabled', 'true');
    // What led to a refusal is not what stands out.
    expect(document.querySelector('.ms-Button--primary')).toBeNull();
    expect(text()).toContain('A decision is final.');
    expect(document.querySelector('.crmjira-turning')).toBeNull();
  });

  it.each([
    ['Approve', 3],
    ['Reject', 4],
  ])('%s decides on the row that is open, without a new request', async (name, outcome) => {
    const { server, pass } = await open();
    await user().type(screen.getByRole('textbox'), 'Decided.');
    await press(name);
    await pass(0);
    expect(server.calls).not.toContain('create crmjira_budget_approval');
    expect(server.tables.crmjira_budget_decision?.at(-1)).toMatchObject({
      crmjira_decision: outcome,
      'crmjira_budget_approval_id@odata.bind': `/crmjira_budget_approvals(${reopened()['crmjira_budget_approvalid']})`,
    });
  });

  it('after the click the focus goes to the words, and what was sent is not called approved', async () => {
    const { server, pass } = await waiting();
    await press('Approve');
    await pass(0);
    server.tables.crmjira_budget_decision = [decision()];
    await pass(4_000);
    server.tables.crmjira_command = [refusal];
    server.tables.crmjira_budget_approval = [reopened(), request()];
    await pass(4_000);
    expect(document.activeElement?.id).toMatch(/-message$/);
    expect(screen.getByRole('status')).toHaveTextContent(refusal.crmjira_result.split('\n')[0] ?? '');
    expect(text()).not.toContain('Approved $280,000.00 CAD.');
  });

  it.each([
    ['another approver decides on it as on any other', FARAH, 'Requested by Olivia Owens on May 16, 2025 13:20'],
    ['for who asked first it is still their own', OLIVIA, 'You cannot decide on your own request.'],
  ])('%s', async (_what, userId, words) => {
    await open({ userId, rows: { systemuser: [{ fullname: 'Farah Controller' }] } });
    expect(chip()).toBe('Waiting for a decision');
    expect(text()).toContain(words);
    expect(text()).not.toContain('CRM-JIRA Integration');
    expect(text()).not.toContain('Your decision had no effect');
    expect(buttons()).toEqual(userId === OLIVIA ? ['Ask again'] : ['Approve', 'Ask for changes', 'Reject']);
  });

  it('the history has one request that went on: what had no effect is called so', async () => {
    const { server, pass } = await open({ userId: FARAH });
    const events = () => within(screen.getByRole('list')).getAllByRole('listitem');
    expect(events()).toHaveLength(1);
    expect(events()[0]).toHaveTextContent(
      /^No effectApproved by Paul Martin on May 16, 2025 13:41, but the amount was over their limit\./,
    );
    const again = String(reopened()['crmjira_budget_approvalid']);
    server.tables.crmjira_budget_decision?.unshift(
      decision({
        crmjira_budget_decisionid: 'ffffffff-0000-4000-8000-00000000000d',
        _crmjira_budget_approval_id_value: again,
        _createdby_value: FARAH,
        createdon: '2025-05-16T17:50:00Z',
      }),
    );
    server.tables.opportunity = [
      opportunity({ crmjira_approval_status: 3, crmjira_approved_on: '2025-05-16T17:50:00Z', budgetamount: 280_000 }),
    ];
    await pass(4_000);
    expect(chip()).toBe('Approved');
    expect(events().map(({ textContent }) => textContent?.slice(0, 12))).toEqual([
      expect.stringMatching(/^Approved/),
      expect.stringMatching(/^No effect/),
      expect.stringMatching(/^Requested/),
    ]);
  });

  it('names those whom the integration names, also to a person who may not read decisions', async () => {
    const rows = { systemuser: [{ fullname: 'Farah Controller' }] };
    const privileges = (table: string) => !/decision/.test(table);
    const { server, context, pass } = await open({ userId: OLIVIA, privileges, rows }, []);
    const asked = jest.spyOn(context().webAPI, 'retrieveMultipleRecords');
    const people = () => asked.mock.calls.filter(([table]) => table === 'systemuser').map(([, query]) => query);
    server.tables.crmjira_budget_approval = [reopened({ crmjira_deciders: `${FARAH},${PAUL}` }), request()];
    await pass(4_000);
    expect(people()).toEqual([
      expect.stringMatching(`isdisabled eq false and \\(systemuserid eq ${FARAH} or systemuserid eq ${PAUL}\\)$`),
    ]);
    expect(message()).toEqual(['You cannot decide on your own request.', 'Farah Controller can decide.']);
    // Nobody can: then nobody is asked for and named.
    server.tables.crmjira_budget_approval = [
      reopened({ crmjira_budget_approvalid: 'ffffffff-0000-4000-8000-000000000004' }),
      request(),
    ];
    await pass(4_000);
    expect(people()).toHaveLength(1);
    expect(message()[1]).toBe('Another budget approver can decide.');
  });

  it('what a person writes there is nobody who can decide', async () => {
    const { context, pass, server } = await open({ userId: FARAH, rows: { systemuser: [] } }, []);
    const asked = jest.spyOn(context().webAPI, 'retrieveMultipleRecords');
    server.tables.crmjira_budget_approval = [request({ crmjira_deciders: PAUL })];
    server.tables.crmjira_budget_decision = [];
    await pass(4_000);
    const [, query = ''] = asked.mock.calls.find(([table]) => table === 'systemuser') ?? [];
    expect(query).toContain(`systemuserid ne ${OLIVIA}`);
    expect(query).not.toContain(PAUL);
  });

  it('a person’s row that names somebody else as who asked is that person’s own', async () => {
    const forged = request({ _createdby_value: PAUL, createdby: { applicationid: null } });
    await open(
      {},
      [{ ...forged, _crmjira_requested_by_value: OLIVIA, crmjira_requested_on: '2030-01-01T00:00:00Z' }],
      [],
    );
    expect(text()).toContain('You cannot decide on your own request.');
    expect(text()).toContain('You asked on May 16, 2025 13:20');
  });

  it('what was asked for anew meanwhile comes before the row that was opened again', async () => {
    const anew = request({
      crmjira_budget_approvalid: 'ffffffff-0000-4000-8000-000000000001',
      crmjira_amount: 300_000,
      createdon: '2025-05-16T17:41:59Z',
    });
    await open({}, [reopened(), anew, request()]);
    expect(screen.getAllByRole('definition')[0]).toHaveTextContent('$300,000.00');
    expect(text()).not.toContain('Your decision had no effect');
  });

  it('R-1007 an answer from Teams, written by an application, is shown as that of the person', async () => {
    const { _createdby_value, ...rest } = reopened();
    const byFlow = {
      ...decision({ _createdby_value, createdby: rest['createdby'] }),
      _crmjira_decided_by_value: PAUL,
      '_crmjira_decided_by_value@OData.Community.Display.V1.FormattedValue': 'Paul Martin',
      crmjira_decided_on: '2025-05-16T17:41:00Z',
    };
    const approved = opportunity({ crmjira_approval_status: 3, crmjira_approved_on: '2025-05-16T17:41:05Z' });
    await waiting({ rows: { opportunity: [approved] } }, [request()], [byFlow]);
    expect(text()).toContain('Approved by Paul Martin on May 16, 2025 13:41');
  });
});

it('F-307 a request that the integration refused takes the place of no other', async () => {
  const refusedOne = request({
    crmjira_budget_approvalid: 'ffffffff-0000-4000-8000-000000000009',
    crmjira_amount: 1,
    crmjira_decided_on: '2025-05-16T18:00:01Z',
    modifiedby: { applicationid: '22222222-2222-4222-8222-222222222222' },
    createdon: '2025-05-16T18:00:00Z',
  });
  await waiting({}, [refusedOne, request()]);
  expect(chip()).toBe('Waiting for a decision');
  expect(text()).toContain('$280,000.00');
  expect(text()).toContain('On approval, the Jira budget becomes $280,000.00');
});

it('F-307 the history calls a request that the integration refused without effect, and it pushes out no other', async () => {
  const { server, context, pass } = await waiting({ rows: { opportunity: [opportunity()] } });
  const asked = jest.spyOn(context().webAPI, 'retrieveMultipleRecords');
  server.tables.crmjira_budget_approval = [
    request(),
    request({
      crmjira_budget_approvalid: 'ffffffff-0000-4000-8000-000000000009',
      statecode: 1,
      crmjira_amount: 999_999,
      crmjira_decided_on: '2025-05-16T17:00:01Z',
      modifiedby: { applicationid: '22222222-2222-4222-8222-222222222222' },
      createdon: '2025-05-16T17:00:00Z',
    }),
  ];
  await pass(5_000);
  expect(screen.getByRole('heading', { name: 'History (1)' })).toBeInTheDocument();
  expect(screen.getByRole('listitem')).toHaveTextContent(
    /^No effectRequested by Olivia Owens on May 16, 2025 13:00, but without effect\.\$999,999\.00 CAD/,
  );
  const [, query] = asked.mock.calls.find(([table]) => table === 'crmjira_budget_approval') ?? [];
  expect(query).toContain('&$orderby=statecode,createdon desc,');
});

describe('R-306 the history tells in one sentence what happened and why it does not count', () => {
  const NEWER = request({
    crmjira_budget_approvalid: 'ffffffff-0000-4000-8000-000000000001',
    createdon: '2025-05-16T18:00:00Z',
  });
  const history = () => screen.getAllByRole('listitem').map((item) => item.textContent?.replace(/\u00a0/g, ' '));
  const NO_ROLE = refused(
    'Your decision had no effect: deciding needs the role Budget Approver.',
    'This request expired. Request approval again.',
  );

  it('a decision by who asked, for whoever looks', async () => {
    await waiting({ userId: PAUL }, [request()], [decision({ _createdby_value: OLIVIA })]);
    expect(chip()).toBe('No effect');
    const sentence = 'Approved by Olivia Owens on May 16, 2025 13:41, but nobody can approve their own request.';
    expect(message()).toEqual([sentence, 'This request expired. Request approval again.']);
    expect(history()[0]).toContain(`No effect${sentence}`);
    expect(text()).not.toContain('Usually within seconds.');
  });

  it('one without the role, for who decided', async () => {
    await waiting({ rows: { crmjira_command: [NO_ROLE] } }, [request()], [decision({ crmjira_decision: 4 })]);
    expect(history()[0]).toContain(
      'No effectRejected by Paul Martin on May 16, 2025 13:41, but without the role Budget Approver.',
    );
  });

  it('an earlier approval that never took effect, after it was asked for anew', async () => {
    await waiting({}, [NEWER, request()], [decision()]);
    expect(history()[0]).toContain('No effectApproved by Paul Martin on May 16, 2025 13:41, but without effect.');
  });

  it('an earlier approval that took effect is one, as is one that is still to be carried out', async () => {
    const approved = opportunity({ crmjira_approval_status: 2, crmjira_approved_on: '2025-05-16T17:41:00Z' });
    await waiting({ rows: { opportunity: [approved] } }, [NEWER, request()], [decision()]);
    expect(history()[0]).toMatch(/^ApprovedPaul Martin · May 16, 2025 13:41/);
    thawPage();
    freezePage();
    await waiting({}, [request()], [decision()]);
    expect(history()[0]).toMatch(/^ApprovedPaul Martin · /);
  });
});

describe('R-308 after a decision', () => {
  const REJECTED = opportunity({ crmjira_approval_status: 4, budgetamount: 280_000 });

  it('shows the history with persons, times, amounts and comments, newest first', async () => {
    await waiting(
      { rows: { opportunity: [REJECTED] } },
      [
        request(),
        request({
          crmjira_budget_approvalid: 'ffffffff-0000-4000-8000-000000000001',
          crmjira_comment: null,
          createdon: '2025-05-16T17:10:00Z',
        }),
      ],
      [decision({ crmjira_decision: 4, crmjira_comment: 'Too much' })],
    );
    expect(chip()).toBe('Rejected');
    expect(screen.getByRole('heading', { name: 'History (3)' })).toBeInTheDocument();
    const [first, second] = within(screen.getByRole('list')).getAllByRole('listitem');
    expect(first).toHaveTextContent('RejectedPaul Martin · May 16, 2025 13:41$280,000.00 CADToo much');
    expect(second).toHaveTextContent(/^RequestedOlivia Owens · May 16, 2025 13:20/);
  });

  it('a person who may not read decisions sees what the integration copied, and where the reason is', async () => {
    await waiting({
      userId: OLIVIA,
      rows: { opportunity: [REJECTED] },
      privileges: (table) => table !== 'crmjira_budget_decision',
    });
    expect(chip()).toBe('Rejected');
    expect(text()).toContain('The reason is in a task for the owner of this opportunity, in its timeline.');
    expect(buttons()).toEqual(['Request approval']);
  });

  it('a changed budget amount is asked for as a change of the approved one', async () => {
    const approved = opportunity({
      crmjira_approval_status: 3,
      crmjira_approved_on: '2025-05-16T17:41:00Z',
      budgetamount: 300_000,
    });
    const { server, pass } = await waiting({ rows: { opportunity: [approved] } }, [request()], [decision()]);
    expect(text()).toContain('$300,000.00 +$50,000.00 since last approval');
    await press('Request a change');
    await pass(0);
    // F-122: as the command bar does.
    expect(server.tables.crmjira_budget_approval?.[1]).toMatchObject({
      'crmjira_requested_by@odata.bind': `/systemusers(${PAUL})`,
      crmjira_amount: 300_000,
      crmjira_previous_amount: 250_000,
    });
  });

  it('R-109 the same number in another currency is another amount, and is told in that currency', async () => {
    const moved = opportunity({
      crmjira_approval_status: 3,
      crmjira_approved_on: '2025-05-16T17:41:00Z',
      budgetamount: 250_000,
      crmjira_project_budget: 250_000,
      _transactioncurrencyid_value: EUR,
    });
    const asked = request({ crmjira_amount: 250_000 });
    const { server, pass } = await waiting({ rows: { opportunity: [moved] } }, [asked], [decision()]);
    expect(text()).toContain('€250,000.00 EUR, not approved yet');
    expect(text()).toContain('$250,000.00 CAD');
    await press('Request a change');
    await pass(0);
    expect(server.tables.crmjira_budget_approval?.[1]).toMatchObject({ crmjira_amount: 250_000 });
  });

  it('an approved amount that stands needs nothing; how to change it is said', async () => {
    const approved = opportunity({ crmjira_approved_on: '2025-05-16T17:41:00Z' });
    await waiting({ rows: { opportunity: [approved] } }, [request({ crmjira_amount: 250_000 })], [decision()]);
    expect(chip()).toBe('Approved');
    expect(text()).toContain('For another amount, change the budget amount and save.');
    expect(buttons()).toEqual([]);
  });
});

describe('R-208 what else can be', () => {
  it.each([
    [{ readable: false }, 'Hidden'],
    [{ recordId: null }, 'Not saved'],
    [{ failure: new Error('503') }, 'Not read'],
    [{ failure: new Error('gone'), offline: true }, 'Offline'],
  ])('%j: %s', async (options, word) => {
    await show(options as Options);
    expect(chip()).toBe(word);
    expect(buttons()).toEqual(word === 'Not read' ? ['Try again'] : []);
  });

  it('a control that is disabled decides nothing', async () => {
    await waiting({ disabled: true });
    expect(buttons()).toEqual([]);
    expect(screen.queryByRole('textbox')).toBeNull();
  });

  it.each(['crmjira_budget_approval', 'opportunity'])(
    'keeps what it shows when %s cannot be read again',
    async (table) => {
      const { server, pass } = await waiting();
      server.refusals[table] = new Error('503');
      await pass(4_000);
      expect(chip()).toBe('Waiting for a decision');
      expect(text()).toContain("Refreshing failed; we'll retry automatically.");
      delete server.refusals[table];
      await pass(4_000);
      expect(text()).not.toContain('Refreshing failed');
    },
  );

  it('draws nothing again while the rows say the same', async () => {
    const { pass, container, update } = await waiting();
    const seen: MutationRecord[] = [];
    const observer = new MutationObserver((records) => seen.push(...records));
    observer.observe(container, { subtree: true, childList: true, characterData: true, attributes: true });
    await pass(8_000);
    update();
    expect([...seen, ...observer.takeRecords()]).toEqual([]);
  });

  it('shows hostile words as text', async () => {
    const hostile = '<img src=x onerror=alert(1)> \u202e javascript:alert(1) 😀';
    await waiting({}, [request({ crmjira_comment: hostile })]);
    expect(text()).toContain(hostile);
    expect(document.querySelector('img')).toBeNull();
  });

  it('keeps what is being written while the rows are read again', async () => {
    const { pass } = await waiting();
    await user().type(screen.getByRole('textbox'), 'Half a sen');
    await pass(8_000);
    expect(screen.getByRole('textbox')).toHaveValue('Half a sen');
    expect(screen.getByRole('textbox')).toHaveFocus();
  });

  it('leaves no timer and no listener behind', async () => {
    const { unmount, server, control, pass } = await waiting();
    unmount();
    control.destroy();
    const calls = server.calls.length;
    await act(async () => void (await jest.advanceTimersByTimeAsync(60_000)));
    await pass(0);
    expect(server.calls).toHaveLength(calls);
  });
});

import { offerDraft } from '@crmjira/form-data';
import { withChannels } from './fake-channel';
import { ApprovalStatus, BudgetStatus, CommandState, CommandType, ProvisioningState } from '@crmjira/domain';
import * as commands from '../../webresources/src/commands/index';
import {
  type CommandFacts,
  type CommandName,
  isEnabled,
  isRetryable,
} from '../../webresources/src/commands/command-rules';

const OPPORTUNITY = 'a1b2c3d4-e5f6-7890-abcd-ef1234567890';
/** as the platform gives it */
const ME = '{87654321-ABCD-EF12-3456-7890ABCDEF12}';
const SOMEBODY = '0b0e3c6e-54f1-4c0e-9a67-2f6f7b5d1a01';

interface World {
  readonly created: [table: string, row: unknown][];
  readonly opened: unknown[];
  readonly said: string[];
  /** questions of confirmation dialogs */
  readonly asked: string[];
  rows: Record<string, Record<string, unknown>[]>;
  confirmed: boolean;
  /** what happens while a question is open */
  meanwhile: () => void;
  offline: boolean;
  dirty: boolean;
  language: number;
  /** what the row of a command says when it is looked at */
  answer: Record<string, unknown>;
  refreshed: number;
  /** 2: may be changed, 3: read-only */
  formType: number;
  refusal: unknown;
}

let world: World;

afterEach(() => jest.useRealTimers());
beforeEach(() => {
  world = {
    created: [],
    opened: [],
    said: [],
    asked: [],
    rows: {},
    confirmed: true,
    meanwhile: () => undefined,
    offline: false,
    dirty: false,
    language: 1033,
    answer: {},
    refreshed: 0,
    formType: 2,
    refusal: null,
  };
  jest.useFakeTimers({ now: new Date('2025-01-16T14:12:00Z') });
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
  Object.assign(globalThis, {
    sessionStorage: { setItem: () => undefined },
    Xrm: {
      Utility: { getGlobalContext: () => ({ userSettings: { languageId: world.language, userId: ME } }) },
      WebApi: {
        createRecord: async (table: string, row: unknown) => {
          if (world.offline) throw new Error('offline');
          if (world.refusal) throw world.refusal;
          world.created.push([table, row]);
          return { id: 'new' };
        },
        retrieveRecord: async () => {
          if (world.offline) throw new Error('offline');
          return world.answer;
        },
        retrieveMultipleRecords: async (table: string) => {
          if (world.offline) throw new Error('offline');
          return { entities: world.rows[table] ?? [] };
        },
      },
      Navigation: {
        openConfirmDialog: async ({ text }: { readonly text: string }) => {
          world.asked.push(text);
          world.meanwhile();
          return { confirmed: world.confirmed };
        },
        openUrl: (url: string) => world.opened.push(url),
        openForm: async (options: unknown) => world.opened.push(options),
        navigateTo: async (page: unknown) => world.opened.push(page),
      },
    },
  });
});

/** @param hidden columns that column security hides from the person */
function form(columns: Record<string, unknown> = {}, hidden: readonly string[] = []): Xrm.FormContext {
  const context = {
    getControl: () => null,
    getAttribute: (column: string) =>
      column in columns
        ? {
            getValue: () => (hidden.includes(column) ? null : columns[column]),
            getUserPrivilege: () => ({ canRead: !hidden.includes(column), canUpdate: false, canCreate: false }),
          }
        : null,
    ui: {
      // One id, so the newest text stands.
      setFormNotification: (text: string, level: string) => (world.said[0] = `${level}: ${text}`),
      clearFormNotification: () => world.said.splice(0),
      refreshRibbon: () => undefined,
      getFormType: () => world.formType,
    },
    data: {
      refresh: async () => {
        world.refreshed += 1;
      },
      entity: {
        getId: () => `{${OPPORTUNITY.toUpperCase()}}`,
        getIsDirty: () => world.dirty,
        getPrimaryAttributeValue: () => 'Digital Transformation',
      },
    },
  };
  // only what the commands use of a form is here
  return context as unknown as Xrm.FormContext;
}

const facts = (over: Partial<CommandFacts>): CommandFacts => ({
  isSaved: true,
  mayWrite: true,
  isOpen: true,
  jiraProjectKey: null,
  isKeyReadable: true,
  approvalStatus: ApprovalStatus.NotRequested,
  budgetStatus: null,
  budgetAmount: null,
  ...over,
});
const KEY = { jiraProjectKey: 'CRMWYVLZZJ' };
const KEY_COLUMNS = { crmjira_jira_project_key: 'CRMWYVLZZJ' };

describe('R-205 which commands are enabled', () => {
  const ALL: readonly CommandName[] = [
    'createProject',
    'linkProject',
    'syncNow',
    'retry',
    'requestApproval',
    'approveBudget',
    'completeProject',
    'reopenProject',
    'openFinalReport',
    'openInJira',
  ];
  test.each([
    ['before the first save', facts({ isSaved: false, ...KEY }), []],
    ['without a project', facts({}), ['createProject', 'linkProject', 'retry']],
    ['where the key is hidden from the person', facts({ isKeyReadable: false }), []],
    [
      'to who may only read the opportunity',
      facts({ mayWrite: false, ...KEY, budgetStatus: BudgetStatus.Active }),
      ['openInJira'],
    ],
    [
      'to who may only read the opportunity and may decide',
      facts({ mayWrite: false, ...KEY, approvalStatus: ApprovalStatus.Pending }),
      ['approveBudget', 'openInJira'],
    ],
    ['on a lost opportunity', facts({ isOpen: false }), ['retry']],
    [
      'on a deal that was won while a request waited',
      facts({ isOpen: false, ...KEY, approvalStatus: ApprovalStatus.Pending }),
      ['syncNow', 'retry', 'openInJira'],
    ],
    ['on a lost opportunity with a project', facts({ isOpen: false, ...KEY }), ['syncNow', 'retry', 'openInJira']],
    ['with a project', facts(KEY), ['syncNow', 'retry', 'requestApproval', 'openInJira']],
    [
      'with an approved budget (F-101)',
      facts({ ...KEY, budgetStatus: BudgetStatus.Active }),
      ['syncNow', 'retry', 'requestApproval', 'completeProject', 'openInJira'],
    ],
    [
      'with a draft (F-101)',
      facts({ ...KEY, budgetStatus: BudgetStatus.Draft }),
      ['syncNow', 'retry', 'requestApproval', 'openInJira'],
    ],
    [
      'over budget',
      facts({ ...KEY, budgetStatus: BudgetStatus.OverBudget }),
      ['syncNow', 'retry', 'requestApproval', 'completeProject', 'openInJira'],
    ],
    [
      'while an approval is pending',
      facts({ ...KEY, approvalStatus: ApprovalStatus.Pending }),
      ['syncNow', 'retry', 'approveBudget', 'openInJira'],
    ],
    [
      'after completion',
      facts({ ...KEY, budgetStatus: BudgetStatus.Completed }),
      ['syncNow', 'reopenProject', 'openFinalReport', 'openInJira'],
    ],
  ])('%s', (_when, given, expected) => {
    expect(ALL.filter((command) => isEnabled(command, given))).toEqual(expected);
  });

  test.each([
    ['no project yet', null, false],
    ['a healthy mapping', { provisioning: ProvisioningState.Linked, lastError: null }, false],
    ['a project on its way', { provisioning: ProvisioningState.Requested, lastError: null }, false],
    ['a project that was not created', { provisioning: ProvisioningState.Failed, lastError: null }, true],
    ['a sync that failed', { provisioning: ProvisioningState.Linked, lastError: 'Jira does not answer.' }, true],
    ['a creation that is held', { provisioning: ProvisioningState.Requested, lastError: 'Too many.' }, true],
  ])('Retry is there only while there is something to retry: %s', (_what, attempt, expected) => {
    expect(isRetryable(attempt)).toBe(expected);
  });

  test('a form that is read-only to the person offers nothing that would be refused (F-301)', () => {
    const active = form({ ...KEY_COLUMNS, crmjira_budget_status: BudgetStatus.Active });
    expect(commands.canCompleteProject(active)).toBe(true);
    world.formType = 3;
    expect([commands.canCompleteProject(active), commands.canSyncNow(active)]).toEqual([false, false]);
    expect(commands.canOpenInJira(active)).toBe(true);
  });

  test('Retry asks the mapping, not for a completed project, and is not offered when it cannot be read', async () => {
    world.rows['crmjira_budget_mapping'] = [{ crmjira_provisioning_state: 4, crmjira_last_error: null }];
    await expect(commands.canRetry(form(KEY_COLUMNS))).resolves.toBe(false);
    world.rows['crmjira_budget_mapping'] = [{ crmjira_provisioning_state: 5, crmjira_last_error: 'It is in use.' }];
    await expect(commands.canRetry(form(KEY_COLUMNS))).resolves.toBe(true);
    expect(commands.canRetry(form({ ...KEY_COLUMNS, crmjira_budget_status: BudgetStatus.Completed }))).toBe(false);
    world.offline = true;
    await expect(commands.canRetry(form(KEY_COLUMNS))).resolves.toBe(false);
  });

  test.each([
    ['linked', KEY_COLUMNS, 4],
    ['not there', { crmjira_jira_project_key: null }, 5],
  ])('a key that column security hides is not taken for none: the project is %s', async (_is, columns, state) => {
    world.rows['crmjira_budget_mapping'] = [{ crmjira_provisioning_state: state, crmjira_last_error: 'Away.' }];
    const masked = form(columns, ['crmjira_jira_project_key']);
    expect([commands.canCreateProject(masked), commands.canLinkProject(masked)]).toEqual([false, false]);
    await expect(Promise.resolve(commands.canRetry(masked))).resolves.toBe(false);
    for (const command of [commands.createProject, commands.linkProject, commands.retry]) {
      world.said.splice(0);
      await command(masked);
      expect(world.said.join()).toMatch(/^WARNING: You do not have permission to see the Jira project/);
    }
    expect([...world.created, ...world.opened]).toEqual([]);
  });

  test.each([
    [null, false],
    [10_000, false],
    [10_000.01, true],
    [2.5e15, false],
  ])('a project for a budget amount of %s can be asked for: %s (R-401)', async (budgetamount, expected) => {
    await expect(commands.canCreateProject(form({ budgetamount }))).resolves.toBe(expected);
  });

  test('a creation that has begun can be asked for whatever the amount is now; what cannot be read is not offered', async () => {
    world.rows['crmjira_budget_mapping'] = [{ crmjira_provisioning_state: ProvisioningState.Failed }];
    await expect(commands.canCreateProject(form({ budgetamount: 1 }))).resolves.toBe(true);
    world.offline = true;
    await expect(commands.canCreateProject(form({ budgetamount: 250_000 }))).resolves.toBe(false);
  });

  test.each([
    ['somebody else’s', SOMEBODY, true],
    ['one’s own', ME.slice(1, -1).toLowerCase(), false],
  ])('R-306 a request that is %s can be decided: %s', async (_whose, _createdby_value, expected) => {
    const pending = form({ ...KEY_COLUMNS, crmjira_approval_status: ApprovalStatus.Pending });
    await expect(commands.canApproveBudget(pending)).resolves.toBe(false);
    world.rows['crmjira_budget_approval'] = [{ crmjira_budget_approvalid: 'r1', _createdby_value }];
    await expect(commands.canApproveBudget(pending)).resolves.toBe(expected);
  });

  test('is read from the form', () => {
    expect(commands.canSyncNow(form({ crmjira_jira_project_key: 'CRMWYVLZZJ' }))).toBe(true);
    expect(commands.canLinkProject(form())).toBe(true);
    expect(commands.canCreateProject(form({ statecode: 2 }))).toBe(false);
  });
});

describe('R-1714 what is said of the project is said of linked issues too', () => {
  const issue = (key: string, url = `https://acme.atlassian.net/browse/${key}`) => ({
    crmjira_jira_issue: { crmjira_issue_key: key, crmjira_url: url },
  });

  test('without a project they are asked for; what cannot be read is not offered', async () => {
    await expect(commands.canSyncNow(form())).resolves.toBe(false);
    world.rows['crmjira_issue_link'] = [issue('DOCK-1')];
    await expect(commands.canSyncNow(form())).resolves.toBe(true);
    await expect(commands.canOpenInJira(form())).resolves.toBe(true);
    world.offline = true;
    await expect(commands.canSyncNow(form())).resolves.toBe(false);
    world.formType = 3;
    expect(commands.canSyncNow(form())).toBe(false);
  });

  test('a sync is asked of both, or of what there is', async () => {
    const payloads = () => world.created.map(([, row]) => (row as Record<string, unknown>)['crmjira_payload']);
    world.rows['crmjira_issue_link'] = [issue('DOCK-1')];
    await commands.syncNow(form());
    expect(payloads()).toEqual(['{}']);
    world.created.splice(0);
    await commands.syncNow(form(KEY_COLUMNS));
    expect(payloads()).toEqual(['{}', undefined]);
  });

  test('one address is opened, of several one is chosen', async () => {
    world.rows['crmjira_issue_link'] = [issue('DOCK-1')];
    await commands.openInJira(form());
    world.rows['crmjira_budget_mapping'] = [
      { crmjira_budget_mappingid: 'm1', crmjira_jira_project_url: 'https://jira.company.com/browse/CRMWYVLZZJ' },
    ];
    await commands.openInJira(form());
    expect(world.opened).toEqual([
      'https://acme.atlassian.net/browse/DOCK-1',
      expect.objectContaining({ data: 'task=open' }),
    ]);
  });
});

describe('R-205 what a command asks for is a row', () => {
  test.each([
    ['createProject', CommandType.CreateProject],
    ['syncNow', CommandType.SyncNow],
    ['retry', CommandType.Retry],
    ['completeProject', CommandType.CompleteProject],
    ['reopenProject', CommandType.Reopen],
  ] as const)('%s', async (name, type) => {
    await commands[name](form());
    expect(world.created).toEqual([
      [
        'crmjira_command',
        expect.objectContaining({
          'crmjira_opportunity_id@odata.bind': `/opportunities(${OPPORTUNITY})`,
          crmjira_command_type: type,
          crmjira_command_state: CommandState.Requested,
        }),
      ],
    ]);
    expect(world.said).toEqual(['INFO: Requested. The result appears here.']);
  });

  test('an approval is asked for with the project budget, else the budget amount, in its currency', async () => {
    const currency = [{ id: '{12345678-90AB-CDEF-1234-0000000000CD}', entityType: 'transactioncurrency' }];
    await commands.requestApproval(
      form({ crmjira_project_budget: null, budgetamount: 250_000, transactioncurrencyid: currency }),
    );
    expect(world.created).toEqual([
      [
        'crmjira_budget_approval',
        {
          'crmjira_opportunity_id@odata.bind': `/opportunities(${OPPORTUNITY})`,
          crmjira_name: '$250,000.00 CAD',
          crmjira_amount: 250_000,
          'crmjira_requested_by@odata.bind': expect.stringMatching(/^\/systemusers\([0-9a-f-]+\)$/),
          crmjira_requested_on: '2025-01-16T14:12:00.000Z',
          'transactioncurrencyid@odata.bind': '/transactioncurrencies(12345678-90ab-cdef-1234-0000000000cd)',
        },
      ],
    ]);
    await commands.requestApproval(form({ crmjira_project_budget: null }));
    expect(world.said).toEqual(['INFO: Enter the budget amount and save, then request approval.']);
  });

  test('R-306 without a currency on the opportunity the approval is asked for in that of its figures, not of whoever asks', async () => {
    world.rows.crmjira_budget_mapping = [
      {
        _transactioncurrencyid_value: '12345678-90ab-cdef-1234-0000000000cd',
        transactioncurrencyid: { isocurrencycode: 'EUR' },
      },
    ];
    await commands.requestApproval(form({ budgetamount: 250_000, transactioncurrencyid: null }));
    expect(world.created).toEqual([
      [
        'crmjira_budget_approval',
        expect.objectContaining({
          crmjira_name: '€250,000.00 EUR',
          'transactioncurrencyid@odata.bind': '/transactioncurrencies(12345678-90ab-cdef-1234-0000000000cd)',
        }),
      ],
    ]);
  });

  describe('R-308 after an approval only another amount is asked for', () => {
    const CAD = '12345678-90ab-cdef-1234-0000000000cd';
    const USD = '12345678-90ab-cdef-1234-0000000000ce';
    const mapping = (crmjira_budget_status: BudgetStatus) => ({
      crmjira_approved_budget: 250_000,
      crmjira_budget_status,
      _transactioncurrencyid_value: CAD,
      transactioncurrencyid: { isocurrencycode: 'CAD' },
    });
    // Read only where the opportunity's currency is not that of the figures.
    beforeEach(() => (world.answer = { transactioncurrencyid: { isocurrencycode: 'USD' } }));
    const budget = (crmjira_project_budget: number, budgetamount: number, id = CAD) =>
      form({
        ...KEY_COLUMNS,
        crmjira_project_budget,
        budgetamount,
        transactioncurrencyid: [{ id: `{${id.toUpperCase()}}`, entityType: 'transactioncurrency' }],
      });

    test.each([
      ['approved as it is', BudgetStatus.Active, budget(250_000, 250_000), null],
      ['a budget amount that was changed', BudgetStatus.Active, budget(250_000, 280_000), 280_000],
      ['a project budget that was changed', BudgetStatus.OverBudget, budget(280_000, 250_000), 280_000],
      ['one cent more', BudgetStatus.Active, budget(250_000, 250_000.01), 250_000.01],
      ['the same number in another currency (R-109)', BudgetStatus.Active, budget(250_000, 250_000, USD), 250_000],
      ['a draft, whatever its figures carry', BudgetStatus.Draft, budget(250_000, 250_000), 250_000],
    ])('%s', async (_what, status, at, expected) => {
      world.rows['crmjira_budget_mapping'] = [mapping(status)];
      await expect(commands.canRequestApproval(at)).resolves.toBe(expected !== null);
      await commands.requestApproval(at);
      expect(world.created.map(([, row]) => row)).toEqual(
        expected === null ? [] : [expect.objectContaining({ crmjira_amount: expected })],
      );
    });

    test('the request says what was approved before; one that has nothing to ask for says so', async () => {
      world.rows['crmjira_budget_mapping'] = [mapping(BudgetStatus.Active)];
      await commands.requestApproval(budget(250_000, 280_000));
      expect(world.created).toEqual([
        ['crmjira_budget_approval', expect.objectContaining({ crmjira_previous_amount: 250_000 })],
      ]);
      await commands.requestApproval(budget(250_000, 250_000));
      expect(world.said.join()).toMatch(/^WARNING: This amount is already approved; no request was made\./);
    });

    test('it is not offered where the figures cannot be read, nor while a request waits', async () => {
      world.offline = true;
      await expect(commands.canRequestApproval(budget(1, 2))).resolves.toBe(false);
      world.offline = false;
      expect(commands.canRequestApproval(form({ ...KEY_COLUMNS, crmjira_approval_status: 2 }))).toBe(false);
    });
  });

  test('an approval decides the newest request, and only after a confirmation', async () => {
    await commands.approveBudget(form());
    expect(world.said).toEqual(['INFO: There is no request to decide on.']);
    world.rows.crmjira_budget_approval = [
      { crmjira_budget_approvalid: 'r1', crmjira_name: '$250,000.00 CAD', _createdby_value: SOMEBODY },
    ];
    world.confirmed = false;
    await commands.approveBudget(form());
    expect(world.created).toEqual([]);
    world.confirmed = true;
    await commands.approveBudget(form());
    // What came of it is the service's to say: the amount may be over the limit of whoever decided.
    expect(world.said).toEqual(['INFO: Your decision is recorded. The result appears here.']);
    expect(world.created).toEqual([
      [
        'crmjira_budget_decision',
        {
          'crmjira_budget_approval_id@odata.bind': '/crmjira_budget_approvals(r1)',
          crmjira_name: '$250,000.00 CAD',
          crmjira_decision: ApprovalStatus.Approved,
          crmjira_decided_on: '2025-01-16T14:12:00.000Z',
        },
      ],
    ]);
  });

  test('F-103 what was typed on the card goes along, and the question says so', () =>
    withChannels(async () => {
      const record = { table: 'opportunity', id: OPPORTUNITY };
      const typed = { requestId: 'r1', comment: 'Fine with me' };
      const stops = [
        offerDraft({ ...record, id: 'another' }, () => ({ ...typed, comment: 'Not this record' })),
        offerDraft(record, () => ({ ...typed, requestId: 'r0', comment: 'Not this request' })),
        offerDraft(record, () => typed),
        offerDraft(record, () => null),
        offerDraft(record, () => ({ requestId: '', comment: 'Two integrations' })),
      ];
      world.rows.crmjira_budget_approval = [{ crmjira_budget_approvalid: 'r1', _createdby_value: SOMEBODY }];
      await commands.approveBudget(form());
      expect(world.asked).toEqual([
        expect.stringMatching(/cannot be changed\. Your comment goes along: “Fine with me”$/),
      ]);
      await commands.requestApproval(form({ crmjira_project_budget: 250_000 }));
      expect(world.created).toMatchObject([
        ['crmjira_budget_decision', { crmjira_comment: 'Fine with me' }],
        ['crmjira_budget_approval', { crmjira_comment: 'Two integrations' }],
      ]);
      // Another window of the same person says something else.
      stops.push(offerDraft(record, () => ({ ...typed, comment: 'Wait' })));
      await commands.approveBudget(form());
      expect(world.asked[1]).not.toContain('comment');
      stops.forEach((stop) => stop());
    }));

  test.each([
    [1033, 'Approve the requested budget of $75,000.50 CAD? A decision cannot be changed.'],
    [3084, 'Approuver le budget demandé de 75 000,50 $ CAD? Une décision ne peut pas être modifiée.'],
  ])(
    'R-306 who approves is asked with the amount of the request, whatever its name says (%i)',
    async (language, said) => {
      world.language = language;
      const request = { crmjira_budget_approvalid: 'r1', crmjira_name: '$10.00 CAD', _createdby_value: SOMEBODY };
      const currency = { transactioncurrencyid: { isocurrencycode: 'CAD' } };
      world.rows.crmjira_budget_approval = [{ ...request, ...currency, crmjira_amount: 75_000.5 }];
      await commands.approveBudget(form());
      // Column security may hide the amount.
      world.rows.crmjira_budget_approval = [{ ...request, ...currency, crmjira_amount: null }];
      await commands.approveBudget(form());
      expect(world.asked.map((text) => text.replace(/\u00a0/g, ' '))).toEqual([
        said,
        expect.stringMatching(/You cannot see its amount|Vous ne pouvez pas en voir le montant/),
      ]);
    },
  );

  test('R-802 who completes a project is told before that its opportunity is closed as won', async () => {
    world.confirmed = false;
    await commands.completeProject(form());
    world.language = 3084;
    await commands.completeProject(form());
    expect(world.asked).toEqual([
      expect.stringContaining('The opportunity is closed as won'),
      expect.stringContaining('L’opportunité sera fermée comme gagnée'),
    ]);
    expect(world.created).toEqual([]);
  });

  test('R-306 one’s own request is not decided on: it would be used up without effect', async () => {
    world.rows.crmjira_budget_approval = [
      { crmjira_budget_approvalid: 'r1', _createdby_value: '87654321-abcd-ef12-3456-7890abcdef12' },
    ];
    await commands.approveBudget(form());
    expect(world.created).toEqual([]);
    expect(world.said.join()).toMatch(/^WARNING: You cannot approve your own request; nothing was changed/);
  });

  test('R-306 a request that the service has opened again is still that of who asked; a person’s row names nobody else', async () => {
    const ME = '87654321-abcd-ef12-3456-7890abcdef12';
    const named = { _crmjira_requested_by_value: ME, crmjira_requested_on: '2025-05-16T17:20:00Z' };
    const row = {
      crmjira_budget_approvalid: 'r2',
      _createdby_value: SOMEBODY,
      createdon: '2025-05-16T17:42:00Z',
      ...named,
    };
    world.rows.crmjira_budget_approval = [{ ...row, createdby: { applicationid: 'an application' } }];
    expect(await commands.canApproveBudget(form({ crmjira_approval_status: 2 }))).toBe(false);
    world.rows.crmjira_budget_approval = [{ ...row, createdby: { applicationid: null } }];
    await commands.approveBudget(form());
    expect(world.created).toHaveLength(1);
    // What was asked for anew meanwhile comes first.
    world.created.length = 0;
    world.rows.crmjira_budget_approval = [
      { ...row, createdby: { applicationid: 'an application' } },
      { crmjira_budget_approvalid: 'r3', _createdby_value: SOMEBODY, createdon: '2025-05-16T17:41:59Z' },
    ];
    await commands.approveBudget(form());
    expect(JSON.stringify(world.created)).toContain('crmjira_budget_approvals(r3)');
  });

  test.each([0x80060892, -2147088238, 412])(
    'that somebody decided first is said, not that it failed (%s)',
    async (errorCode) => {
      world.rows.crmjira_budget_approval = [{ crmjira_budget_approvalid: 'r1', _createdby_value: SOMEBODY }];
      world.refusal = { errorCode };
      await commands.approveBudget(form());
      expect(world.said.join()).toMatch(/^WARNING: Someone else has already decided on this request/);
    },
  );

  test('an unsaved change is saved first: the service reads what is saved', async () => {
    world.dirty = true;
    await commands.syncNow(form());
    expect(world.created).toEqual([]);
    expect(world.said).toEqual(['WARNING: Save the record first, then try again.']);
  });

  test('what could not be sent is said, in the language of the person', async () => {
    world.offline = true;
    world.language = 3084;
    await commands.syncNow(form());
    expect(world.said).toEqual(['ERROR: L’envoi a échoué; rien n’a changé. Réessayez dans un instant.']);
  });
});

describe('R-205 what came of a command stands on the form', () => {
  test('F-102 a request that the service refuses is told in its words; no news is that it counts', async () => {
    await commands.requestApproval(form({ crmjira_project_budget: 250_000 }));
    const sent = [...world.said];
    await jest.advanceTimersByTimeAsync(5_000);
    expect(world.said).toEqual(sent);
    // In the request itself, which they may read who may not read command rows.
    world.answer = { statecode: 1, crmjira_decision_comment: 'The opportunity now says $280,000.00 CAD.' };
    await jest.advanceTimersByTimeAsync(5_000);
    expect(world.said).toEqual(sent);
    world.answer['modifiedby'] = { applicationid: 'app' };
    await jest.advanceTimersByTimeAsync(20_000);
    expect(world.said).toEqual([expect.stringMatching(/^ERROR: .*The opportunity now says \$280,000\.00 CAD\./)]);
  });

  const afterALook = () => jest.advanceTimersByTimeAsync(1_000);

  describe('F-102 an approval is told once it has effect', () => {
    const SERVICE = { modifiedby: { applicationid: 'app' }, crmjira_decided_on: '2025-01-16T14:12:01Z' };
    const BY_SERVICE = { createdby: { applicationid: 'app' } };
    beforeEach(() => {
      world.rows['crmjira_budget_approval'] = [
        {
          crmjira_budget_approvalid: 'r1',
          _createdby_value: SOMEBODY,
          crmjira_amount: 30_000,
          transactioncurrencyid: { isocurrencycode: 'CAD' },
        },
      ];
    });

    test('a request that expires while the question is open takes no decision', async () => {
      world.meanwhile = () => (world.rows['crmjira_budget_approval'] = []);
      await commands.approveBudget(form());
      expect(world.created).toEqual([]);
      expect(world.said).toEqual([expect.stringMatching(/^WARNING: This request expired while you were deciding/)]);
    });

    test.each([
      ['carried out', { ...SERVICE, crmjira_decision: 3 }, [], /^INFO: Budget of .30,000\.00 CAD approved\.$/],
      ['expired', { ...SERVICE, crmjira_decision: null }, [], /^ERROR: .* without effect\. This request expired\./],
      [
        'refused',
        {},
        [{ ...BY_SERVICE, crmjira_result: 'No effect: role.\nAsk again.' }],
        'ERROR: No effect: role. Ask again.',
      ],
      ['refused by a person', {}, [{ crmjira_result: 'No effect.' }], /^INFO: Your decision is rec/],
      ['written by a person', { ...SERVICE, modifiedby: null, crmjira_decision: 3 }, [], /^INFO: Your decision is rec/],
    ])('%s', async (_name, answer, refusals, expected) => {
      await commands.approveBudget(form());
      await afterALook();
      expect(world.said).toEqual(['INFO: Your decision is recorded. The result appears here.']);
      world.answer = answer;
      world.rows['crmjira_command'] = refusals;
      await afterALook();
      expect(world.said).toEqual([expect.stringMatching(expected)]);
    });
  });

  test('done: the words of the service, for a while; the clean form shows the new figures', async () => {
    await commands.syncNow(form());
    await afterALook();
    expect(world.said).toEqual(['INFO: Requested. The result appears here.']);
    world.answer = { crmjira_command_state: CommandState.Done, crmjira_result: 'In step with Jira.' };
    await afterALook();
    expect(world.said).toEqual(['INFO: In step with Jira.']);
    expect(world.refreshed).toBe(1);
    await jest.advanceTimersByTimeAsync(10_000);
    expect(world.said).toEqual([]);
  });

  test.each([
    [CommandState.Refused, 1033, 'ERROR: Refused: The project is archived.'],
    [CommandState.Refused, 3084, 'ERROR: Refusé\u00a0: The project is archived.'],
    [
      CommandState.Failed,
      1033,
      'ERROR: Not done: The project is archived. Nothing is lost. Try again, or ask an administrator.',
    ],
  ])('state %s in %s: the reason, and it stays', async (state, language, expected) => {
    world.language = language;
    world.answer = { crmjira_command_state: state, crmjira_result: 'The project is archived.' };
    await commands.retry(form());
    await jest.advanceTimersByTimeAsync(120_000);
    expect(world.said).toEqual([expected]);
  });

  test('F-108 what the service waits for is said at once, and once; then the answer', async () => {
    await commands.syncNow(form());
    const waits = (crmjira_result: string) => ({ crmjira_command_state: CommandState.Running, crmjira_result });
    world.answer = waits('Waiting. Jira is not responding.');
    await afterALook();
    expect(world.said).toEqual(['WARNING: Waiting. Jira is not responding.']);
    world.answer = waits('Waiting. Jira asks to wait.');
    await jest.advanceTimersByTimeAsync(120_000);
    expect(world.said).toEqual(['WARNING: Waiting. Jira asks to wait.']);
    world.answer = { crmjira_command_state: CommandState.Done, crmjira_result: 'In step with Jira.' };
    await afterALook();
    expect(world.said).toEqual(['INFO: In step with Jira.']);
  });

  test('no answer for a minute: the request is kept, and its answer is still shown when it comes', async () => {
    await commands.syncNow(form());
    world.offline = true;
    await jest.advanceTimersByTimeAsync(61_000);
    expect(world.said).toEqual([
      'WARNING: The integration has not answered for a minute. Your request is saved and will be carried out when it answers.',
    ]);
    world.offline = false;
    world.answer = { crmjira_command_state: CommandState.Done, crmjira_result: null };
    await afterALook();
    expect(world.said).toEqual(['INFO: Done.']);
  });

  test('a newer command takes the place of the one before', async () => {
    await commands.syncNow(form());
    await commands.openInJira(form());
    world.answer = { crmjira_command_state: CommandState.Done, crmjira_result: 'old' };
    await afterALook();
    expect(world.said).toEqual(['INFO: There is no Jira project to open yet.']);
  });

  test('a person who is editing keeps what is typed', async () => {
    const edited = form();
    await commands.syncNow(edited);
    world.dirty = true;
    world.answer = { crmjira_command_state: CommandState.Done };
    await afterALook();
    expect(world.refreshed).toBe(0);
  });

  test('a missing privilege is said as such: trying again would not help', async () => {
    world.refusal = { errorCode: -2147220960, message: 'Principal user is missing prvCreatecrmjira_command privilege' };
    await commands.syncNow(form());
    expect(world.said).toEqual([
      'ERROR: You do not have the privilege for this; nothing was changed. Ask an administrator for access.',
    ]);
  });
});

describe('what a command opens', () => {
  test('R-2303 the dialog that links a project knows the opportunity, and the form shows what came of it', async () => {
    await commands.linkProject(form());
    expect(world.opened).toEqual([
      { pageType: 'webresource', webresourceName: 'crmjira_/pages/link-project.html', data: `id=${OPPORTUNITY}` },
    ]);
    expect(world.refreshed).toBe(1);
  });

  test('R-2303 nothing is linked beside an unsaved change: the service reads what is saved', async () => {
    world.dirty = true;
    await commands.linkProject(form());
    expect(world.opened).toEqual([]);
    expect(world.said).toEqual(['WARNING: Save the record first, then try again.']);
  });

  test('the project and the final report, when they are there', async () => {
    await commands.openInJira(form());
    expect(world.said).toEqual(['INFO: There is no Jira project to open yet.']);
    world.rows.crmjira_budget_mapping = [
      { crmjira_budget_mappingid: 'm1', crmjira_jira_project_url: 'https://jira.company.com/browse/CRMWYVLZZJ' },
    ];
    await commands.openInJira(form());
    await commands.openFinalReport(form());
    expect(world.said).toEqual(['INFO: There is no final report yet. It is created when the project is completed.']);
    world.rows.crmjira_final_report = [{ crmjira_final_reportid: 'f1' }];
    await commands.openFinalReport(form());
    expect(world.opened).toEqual([
      'https://jira.company.com/browse/CRMWYVLZZJ',
      { pageType: 'webresource', webresourceName: 'crmjira_/pages/final-report.html', data: 'id=f1' },
    ]);
  });

  test('an address that is no web address is not opened', async () => {
    world.rows.crmjira_budget_mapping = [
      { crmjira_budget_mappingid: 'm1', crmjira_jira_project_url: 'javascript:alert(1)' },
    ];
    await commands.openInJira(form());
    expect(world.opened).toEqual([]);
  });
});

import fc from 'fast-check';
import { ApprovalStatus, BudgetStatus, CommandState, CommandType, moneyFromDecimal } from '@crmjira/domain';
import { MANAGER, OPPORTUNITY, OWNER, POLICY, World, cad } from './world';

function running(policy = POLICY): World {
  const world = new World(250000, policy);
  world.settle();
  world.approval = { amount: 250000, decision: { outcome: ApprovalStatus.Approved, by: MANAGER } };
  world.settle();
  return world;
}

const mapping = (world: World) => world.row('crmjira_budget_mapping')!;
const logs = (world: World, operation: number) =>
  world.rows('crmjira_integration_log').filter((row) => row.crmjira_operation_type === operation);

describe('approval (R-306, R-307)', () => {
  test('activates the budget and moves the process to execution', () => {
    const world = running();
    expect(world.row('opportunity')).toMatchObject({
      crmjira_approval_status: ApprovalStatus.Approved,
      crmjira_budget_status: BudgetStatus.Active,
      crmjira_project_budget: 250000,
    });
    expect(world.rootIssues[0]).toMatchObject({ budgetStatus: 'Active' });
    expect(world.activeStage()).toBe('ProjectExecution');
  });

  test('a pending request shows as pending and changes no figure', () => {
    const world = new World(250000);
    world.settle();
    world.approval = { amount: 300000 };
    world.settle();
    expect(world.row('opportunity')).toMatchObject({ crmjira_approval_status: ApprovalStatus.Pending });
    expect(mapping(world)).toMatchObject({
      crmjira_approved_budget: 250000,
      crmjira_budget_status: BudgetStatus.Draft,
    });
  });

  test('a granted amount that differs is put to the Jira budget once', () => {
    const world = new World(250000, { ...POLICY, budgetSource: 'budget-module' });
    world.settle();
    world.approval = { amount: 240000, decision: { outcome: ApprovalStatus.Approved, by: MANAGER } };
    world.settle();
    expect(world.setAmounts).toEqual([cad(240000)]);
    expect(mapping(world)).toMatchObject({ crmjira_approved_budget: 240000, crmjira_jira_amount: 240000 });
  });

  const owned = { 'ownerid@odata.bind': `/systemusers(${OWNER})` };
  test.each([
    ['a rejection', ApprovalStatus.Rejected, 1033, 'Budget approval rejected - ', 'Reason: The rate is too high.'],
    ['a wish for changes', ApprovalStatus.ChangesRequested, 1033, 'Budget changes requested - ', 'Reason: The rate'],
    [
      'a rejection in French',
      ApprovalStatus.Rejected,
      3084,
      'Approbation du budget refusée - ',
      '250\u00a0000,00\u00a0$\u00a0CAD a été refusée.\nMotif\u00a0: The rate',
    ],
  ] as const)(
    'R-307 %s: stays a Draft, and the reason reaches the owner as one task',
    (_name, outcome, ownerLanguage, subject, words) => {
      const world = new World(250000);
      world.settle();
      const decision = { outcome, by: MANAGER, comment: 'The rate is too high.', ownerLanguage };
      world.approval = { amount: 250000, decision };
      world.settle();
      world.settle();
      expect(world.row('opportunity')).toMatchObject({ crmjira_approval_status: outcome });
      expect(mapping(world)).toMatchObject({ crmjira_budget_status: BudgetStatus.Draft });
      expect(world.rows('task')).toMatchObject([
        { ...owned, subject: expect.stringContaining(subject), description: expect.stringContaining(words) },
      ]);
    },
  );

  test('R-307 an approval, and a decision that breaks a rule, give the owner no reason to read', () => {
    const world = new World(250000);
    world.settle();
    world.approval = { amount: 250000, decision: { outcome: ApprovalStatus.Rejected, by: OWNER, comment: 'Mine.' } };
    world.settle();
    world.approval = { amount: 250000, decision: { outcome: ApprovalStatus.Approved, by: MANAGER, comment: 'Fine.' } };
    world.settle();
    expect(world.rows('task')).toEqual([]);
  });

  test.each([
    ['own request', { by: OWNER }, 'cannot decide on your own request'],
    ['no role', { by: MANAGER, mayApprove: false }, 'needs the role Budget Approver'],
  ])('R-306 %s: no effect, told once in words to who decided, with what to do next', (_name, decision, words) => {
    const world = new World(250000);
    world.settle();
    world.approval = { amount: 250000, decision: { outcome: ApprovalStatus.Approved, ...decision } };
    world.settle();
    world.settle();
    expect(world.row('opportunity')).toMatchObject({ crmjira_approval_status: ApprovalStatus.Pending });
    expect(world.rows('crmjira_command')).toMatchObject([
      {
        crmjira_command_state: CommandState.Refused,
        crmjira_result: expect.stringContaining(words),
        'ownerid@odata.bind': `/systemusers(${decision.by})`,
      },
    ]);
    // The alternate key lets one decision through: the words must not promise another on the same request.
    expect(world.rows('crmjira_command')[0]?.['crmjira_result']).toContain(
      'This request expired. Request approval again.',
    );
  });
});

describe('a changed budget (R-308)', () => {
  const draft = (): World => {
    const world = new World(250000, { ...POLICY, budgetSource: 'budget-module' });
    world.settle();
    return world;
  };
  const edit = (world: World, columns: Record<string, unknown>): void => {
    world.write('opportunity', OPPORTUNITY, columns);
    world.settle();
  };

  test('before approval a new budget amount goes to mapping, project budget and Jira', () => {
    const world = draft();
    edit(world, { budgetamount: 300000 });
    expect(mapping(world)).toMatchObject({ crmjira_approved_budget: 300000, crmjira_remaining_budget: 300000 });
    expect(world.row('opportunity')).toMatchObject({ crmjira_project_budget: 300000 });
    expect(world.setAmounts).toEqual([cad(300000)]);
    expect(world.rootIssues[0]).toMatchObject({ approvedAmount: 300000 });
  });

  test('before approval an edited project budget stands, also beside an unchanged budget amount', () => {
    const world = draft();
    edit(world, { crmjira_project_budget: 200000 });
    world.settle();
    expect(mapping(world)).toMatchObject({ crmjira_approved_budget: 200000 });
    edit(world, { budgetamount: 260000 });
    expect(mapping(world)).toMatchObject({ crmjira_approved_budget: 260000 });
    expect(world.row('opportunity')).toMatchObject({ crmjira_project_budget: 260000 });
  });

  test('after approval both wait for a new approval', () => {
    const world = running();
    edit(world, { budgetamount: 300000 });
    expect(mapping(world)).toMatchObject({ crmjira_approved_budget: 250000 });
  });
});

describe('E2: logged work becomes burn', () => {
  test('R-503 the newest news of Jira stays on the mapping: an older one, or one without figures, does not touch it', () => {
    const world = running();
    const heard = (hours: number, changedOn: string): unknown => {
      world.logHours(hours);
      world.changedOn = changedOn;
      world.settle();
      return mapping(world).crmjira_last_event_on;
    };
    expect(heard(360, '2025-01-20T17:30:00.000Z')).toBe('2025-01-20T17:30:00Z');
    expect(heard(360, '2025-01-20T18:00:00.000Z')).toBe('2025-01-20T17:30:00Z');
    expect(heard(352, '2025-01-20T16:00:00.000Z')).toBe('2025-01-20T17:30:00Z');
    expect(heard(368, '2025-01-20T19:00:00.000Z')).toBe('2025-01-20T19:00:00Z');
  });

  test('46,000 of 250,000 is 18.40 %, with one log row and no alert (R-505)', () => {
    const world = running();
    world.logHours(360);
    world.settle();
    world.now = '2025-01-20T17:30:15Z';
    world.logHours(368);
    world.settle();
    expect(mapping(world)).toMatchObject({
      crmjira_spent_amount: 46000,
      crmjira_remaining_budget: 204000,
      crmjira_utilization: 18.4,
      crmjira_total_hours: 368,
      crmjira_last_sync_date: '2025-01-20T17:30:15Z',
    });
    expect(world.row('opportunity')).toMatchObject({ actualvalue: 46000, crmjira_budget_status: BudgetStatus.Active });
    expect(logs(world, 2).at(-1)).toMatchObject({
      crmjira_source_system: 2,
      crmjira_source_record_id: 'CRMWYVLZZJ',
      crmjira_integration_status: 2,
    });
    expect(world.rows('crmjira_budget_alert')).toEqual([]);
    expect(world.rows('task')).toEqual([]);
  });

  const rowsOf = (world: World) => JSON.stringify([...world.tables.values()].map((rows) => [...rows.values()]));

  test('the same figures again change nothing', () => {
    const world = running();
    world.logHours(368);
    world.settle();
    const before = rowsOf(world);
    world.now = '2025-01-16T09:00:00Z';
    expect(world.settle()).toBe(0);
    expect(rowsOf(world)).toBe(before);
  });

  test('figures that have not changed for a month write nothing (R-607)', () => {
    const world = running();
    world.logHours(368);
    world.settle();
    const before = rowsOf(world);
    world.now = '2025-02-20T06:00:00Z';
    expect(world.settle()).toBe(0);
    expect(rowsOf(world)).toBe(before);
  });

  test('spend before approval is stored and said, the status stays Draft (R-309)', () => {
    const world = new World(250000);
    world.settle();
    world.logHours(8);
    world.settle();
    expect(mapping(world)).toMatchObject({ crmjira_spent_amount: 1000, crmjira_budget_status: BudgetStatus.Draft });
    expect(logs(world, 2)).toMatchObject([{ crmjira_error_message: 'spend before approval' }]);
  });

  test('E2-C: a differing amount in Jira is kept as discrepancy; approved decides (R-512, R-519)', () => {
    const world = new World(250000, { ...POLICY, budgetSource: 'budget-module' });
    world.settle();
    world.approval = { amount: 250000, decision: { outcome: ApprovalStatus.Approved, by: MANAGER } };
    world.settle();
    world.budgetAmount = cad(300000);
    world.spent = cad(260000);
    world.settle();
    expect(mapping(world)).toMatchObject({
      crmjira_approved_budget: 250000,
      crmjira_spent_amount: 260000,
      crmjira_remaining_budget: -10000,
      crmjira_jira_amount: 300000,
      crmjira_budget_status: BudgetStatus.OverBudget,
      crmjira_utilization: 104,
    });
    expect(world.setAmounts).toEqual([]);
    expect(world.rootIssues[0]).toMatchObject({ budgetStatus: 'Overbudget' });
  });

  test('the actual value can be left alone (R-506)', () => {
    const world = running({ ...POLICY, writeSpentToActualValue: false });
    world.logHours(8);
    world.settle();
    expect(world.row('opportunity')!.actualvalue).toBeUndefined();
    expect(mapping(world)).toMatchObject({ crmjira_spent_amount: 1000 });
  });

  test('a hand-made change on the root issue is put back (R-517)', () => {
    const world = running();
    world.rootIssues[0]!.approvedAmount = 999;
    world.settle();
    expect(world.rootIssues[0]).toMatchObject({ approvedAmount: 250000 });
  });

  test('a deleted root issue is made anew, once, with the values of Dynamics (R-517)', () => {
    const world = running();
    const before = world.rootIssues.map((issue) => ({ ...issue }));
    world.rootIssues = [];
    world.settle();
    world.settle();
    expect(world.rootIssues).toEqual(before);
  });

  test('Sync now is answered with the figures in the language of who asked', () => {
    const world = running();
    world.logHours(368);
    world.write('crmjira_command', '00000000-0000-4000-8000-00000000000c', {
      crmjira_command_type: CommandType.SyncNow,
      crmjira_command_state: CommandState.Requested,
    });
    world.settle();
    expect(world.row('crmjira_command')).toMatchObject({
      crmjira_command_state: CommandState.Done,
      crmjira_result: 'Up to date with Jira: $46,000.00 CAD of $250,000.00 CAD spent (18.4%).',
    });
  });
});

describe('E3: budget threshold', () => {
  const at = (world: World, spent: number | string): World => {
    world.spent = moneyFromDecimal(spent, 'CAD');
    world.settle();
    return world;
  };
  const mails = (world: World) => world.alertMails();

  test.each([
    ['not set: on the Saturday, as E3 has it', undefined, '2025-01-24T17:00:00Z', '2025-01-25T17:00:00Z'],
    ['a Saturday becomes the Monday', true, '2025-01-24T17:00:00Z', '2025-01-27T17:00:00Z'],
    ['a Sunday becomes the Monday', true, '2025-01-25T17:00:00Z', '2025-01-27T17:00:00Z'],
    ['a weekday stays', true, '2025-01-23T17:00:00Z', '2025-01-24T17:00:00Z'],
  ])('R-704 the task of an alert is due a day later; weekends skipped: %s', (_what, taskSkipWeekends, now, due) => {
    const world = running(taskSkipWeekends === undefined ? POLICY : { ...POLICY, taskSkipWeekends });
    world.now = now;
    at(world, 212500);
    expect(world.rows('task')).toMatchObject([{ scheduledend: due }]);
  });

  test('85.0 % gives one alert, task, e-mail to three people and the review stage (R-703 to R-706)', () => {
    const world = running();
    world.now = '2025-01-24T17:00:00Z';
    at(world, 212500);
    expect(world.rows('crmjira_budget_alert')).toMatchObject([
      {
        // which crossing it is has a column of its own, and no place in the name.
        crmjira_name: 'Budget Warning: Digital Transformation Project - Acme Corp',
        crmjira_alert_level: 1,
        crmjira_severity: 2,
        crmjira_utilization: 85,
        crmjira_emailed_on: '2025-01-24T17:00:00Z',
      },
    ]);
    expect(world.rows('task')).toMatchObject([
      {
        subject: 'Review Budget Status - Digital Transformation Project',
        prioritycode: 2,
        scheduledend: '2025-01-25T17:00:00Z',
        'ownerid@odata.bind': `/systemusers(${OWNER})`,
        'regardingobjectid_opportunity_task@odata.bind': expect.stringContaining('/opportunities('),
      },
    ]);
    const [mail] = mails(world);
    expect(mail).toMatchObject({ subject: 'Budget Warning: Digital Transformation Project - Acme Corp', sent: true });
    expect(String(mail!.description)).toMatch(
      /^<p>The project CRM-202501-A1B2C3D4 has reached 85% of its approved budget\. Please review and take appropriate action\./,
    );
    for (const figure of ['$250,000.00 CAD', '$212,500.00 CAD', '$37,500.00 CAD', '85.0%']) {
      expect(mail!.description).toContain(figure);
    }
    expect(
      (mail!.email_activity_parties as { addressused?: string }[]).flatMap((party) => party.addressused ?? []),
    ).toEqual(['opportunity.owner@company.com', 'project.manager@company.com', 'finance.controller@company.com']);
    expect(world.sentMails).toHaveLength(1);
    expect(world.activeStage()).toBe('BudgetReviewRequired');
    expect(world.row('opportunity')).toMatchObject({
      crmjira_budget_review_required: true,
      crmjira_budget_status: BudgetStatus.Active,
    });
  });

  test('further events up to 100 % give no second mail or task', () => {
    const world = at(at(at(running(), 200000), 212500), 250000);
    expect(mails(world)).toHaveLength(1);
    expect(world.rows('task')).toHaveLength(1);
  });

  test('E3-B: over budget goes to the owner alone, with high importance (R-701, R-702)', () => {
    const world = running();
    at(world, 212500);
    world.now = '2025-05-16T17:00:00Z';
    at(world, 260000);
    expect(mails(world)).toHaveLength(2);
    const mail = mails(world)[1]!;
    expect(mail).toMatchObject({ subject: 'Budget Alert: Project Over Budget', prioritycode: 2 });
    expect(mail.description).toContain('Project CRM-202501-A1B2C3D4 has exceeded its approved budget.');
    expect(mail.description).toContain('Over Budget By: $10,000.00 CAD');
    expect((mail.email_activity_parties as { addressused?: string }[]).flatMap((p) => p.addressused ?? [])).toEqual([
      'opportunity.owner@company.com',
    ]);
    expect(world.rows('task')[1]).toMatchObject({
      subject: 'Review Over Budget Project: CRM-202501-A1B2C3D4',
      scheduledstart: '2025-05-16T17:00:00Z',
      scheduledend: '2025-05-17T17:00:00Z',
    });
  });

  test('a jump over both levels raises only the higher', () => {
    const world = at(at(running(), 175000), 260000);
    expect(world.rows('crmjira_budget_alert').map((alert) => alert.crmjira_alert_level)).toEqual([2]);
  });

  test('falling below clears, the next crossing raises anew', () => {
    const world = at(at(running(), 212500), 150000);
    expect(world.rows('crmjira_budget_alert')[0]!.crmjira_cleared_on).toBeTruthy();
    at(world, 212500);
    expect(world.rows('crmjira_budget_alert').map((alert) => alert.crmjira_crossing_no)).toEqual([1, 2]);
  });

  test('a finished review leads back to execution and is not reopened by the same level', () => {
    const world = at(running(), 212500);
    world.write('opportunity', world.row('opportunity')!.id, {
      crmjira_budget_review_required: false,
      crmjira_budget_review_note: 'Scope was cut.',
    });
    world.settle();
    expect(world.activeStage()).toBe('ProjectExecution');
    at(world, 220000);
    expect(world.activeStage()).toBe('ProjectExecution');
  });

  test('R-707 an owner without an address: the administrator mailbox gets the mail', () => {
    const world = running();
    world.ownerEmails = [];
    at(world, 260000);
    expect(world.row('crmjira_budget_alert')).toMatchObject({ crmjira_recipients: 'admin@company.com' });
    expect(mails(world)).toMatchObject([{ subject: expect.stringMatching(/^Budget Alert.* \/ Alerte de budget/) }]);
  });

  test('F-117 an owner who reads French gets task and mails in French, with French amounts', () => {
    const world = running({ ...POLICY, recordUrl: 'https://crm/?id=' });
    [world.ownerLanguage, world.managerLanguage] = [3084, 3084];
    at(world, 212500);
    at(world, 260000);
    expect(world.rows('crmjira_budget_alert').map((alert) => alert.crmjira_name)).toEqual([
      'Avertissement de budget\u00a0: Digital Transformation Project - Acme Corp',
      'Alerte de budget\u00a0: projet en dépassement',
    ]);
    expect(world.rows('task')).toMatchObject([
      {
        subject: 'Vérifier l’état du budget - Digital Transformation Project',
        description: 'Le projet CRM-202501-A1B2C3D4 a atteint 85\u00a0% de son budget approuvé.',
      },
      {
        subject: 'Examiner le projet en dépassement de budget\u00a0: CRM-202501-A1B2C3D4',
        description:
          'Le projet a dépassé son budget approuvé. Examinez la situation et prenez des mesures correctives.',
      },
    ]);
    const link = `<p><a href="https://crm/?id=${OPPORTUNITY}">Ouvrir l’opportunité</a></p>`;
    expect(mails(world)).toMatchObject([
      {
        subject: 'Avertissement de budget\u00a0: Digital Transformation Project - Acme Corp',
        description:
          '<p>Le projet CRM-202501-A1B2C3D4 a atteint 85\u00a0% de son budget approuvé. Veuillez vérifier la situation et prendre les mesures nécessaires.</p>' +
          '<ul><li>Budget approuvé\u00a0: 250\u00a0000,00\u00a0$\u00a0CAD</li><li>Montant dépensé\u00a0: 212\u00a0500,00\u00a0$\u00a0CAD</li>' +
          `<li>Solde du budget\u00a0: 37\u00a0500,00\u00a0$\u00a0CAD</li><li>Utilisation\u00a0: 85,0\u00a0%</li></ul>${link}`,
      },
      {
        subject: 'Alerte de budget\u00a0: projet en dépassement',
        description:
          '<h2>Alerte de budget</h2><p>Le projet CRM-202501-A1B2C3D4 a dépassé son budget approuvé.</p>' +
          '<ul><li>Budget approuvé\u00a0: 250\u00a0000,00\u00a0$\u00a0CAD</li><li>Montant dépensé\u00a0: 260\u00a0000,00\u00a0$\u00a0CAD</li>' +
          `<li>Dépassement\u00a0: 10\u00a0000,00\u00a0$\u00a0CAD</li></ul>${link}`,
      },
    ]);
  });

  test('F-117 a mail to readers of both languages says it in both; the task follows its owner', () => {
    const world = running();
    world.ownerLanguage = 3084;
    at(world, 212500);
    expect(world.rows('task')).toMatchObject([{ subject: expect.stringMatching(/^Vérifier l’état du budget - /) }]);
    expect(mails(world)).toMatchObject([
      {
        subject: 'Budget Warning / Avertissement de budget\u00a0: Digital Transformation Project - Acme Corp',
        description: expect.stringMatching(
          /^<div lang="en"><p>The project .* 85\.0%.*<hr><div lang="fr"><p>Le projet .* 85,0\u00a0%.*<\/div>$/,
        ),
      },
    ]);
  });

  test('R-515 what stands in a mail cannot end its HTML', () => {
    const world = at(running({ ...POLICY, recordUrl: 'https://crm/?a="><b>&id=' }), 212500);
    expect(mails(world)[0]!.description).toContain('href="https://crm/?a=&quot;&gt;&lt;b&gt;&amp;id=');
  });

  test('amounts stay out of mails where the environment says so (R-708)', () => {
    const world = at(running({ ...POLICY, redactAmountsInEmail: true }), 212500);
    expect(mails(world)[0]!.description).not.toContain('$');
  });

  test('any order of figures, with crashes, ends with one alert per crossing and every mail sent once', () => {
    const step = fc.record({ spent: fc.integer({ min: 0, max: 300000 }), crashAfter: fc.integer({ min: 0, max: 8 }) });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 8 }), (steps) => {
        const world = running();
        let expected = 0;
        let level = 0;
        for (const { spent, crashAfter } of steps) {
          world.spent = cad(spent);
          world.settle(crashAfter);
          world.settle();
          const now = spent > 250000 ? 2 : spent >= 200000 ? 1 : 0;
          if (now > level) expected++;
          level = now;
        }
        expect(world.rows('crmjira_budget_alert')).toHaveLength(expected);
        expect(world.rows('task')).toHaveLength(expected);
        expect(new Set(world.sentMails).size).toBe(expected);
        expect(mapping(world)).toMatchObject({
          crmjira_spent_amount: steps.at(-1)!.spent,
          crmjira_last_alert_level: level,
        });
        expect(world.settle()).toBe(0);
      }),
    );
  });
});

describe('the day of a snapshot (R-505)', () => {
  const days = (world: World): Record<string, unknown> =>
    Object.fromEntries(
      world.rows('crmjira_budget_snapshot').map((row) => [row.crmjira_snapshot_date, row.crmjira_spent_amount]),
    );

  test('is that of the reading: a run over midnight puts no hours of the new day into the day before', () => {
    const world = running();
    world.now = '2025-01-17T20:00:00Z';
    world.logHours(8);
    world.settle();
    // Begun before midnight; Jira's limits hold it up, and an hour is logged after midnight meanwhile.
    world.now = '2025-01-17T23:58:00Z';
    world.readingMs = 300_000;
    world.logHours(9);
    world.settle();
    expect(days(world)).toMatchObject({ '2025-01-17': 1_000, '2025-01-18': 1_125 });
    expect(world.settle()).toBe(0);
  });

  test('to come was written before the clock was put back, and is no reason to write today’s for ever (R-514)', () => {
    const world = running();
    world.now = '2025-01-18T20:00:00Z';
    world.logHours(8);
    world.settle();
    const [tomorrow] = world.rows('crmjira_budget_snapshot').slice(-1);
    Object.assign(world.row('crmjira_budget_snapshot', tomorrow?.id) ?? {}, { crmjira_remaining_estimate_hours: 5 });
    world.now = '2025-01-17T20:00:00Z';
    expect(world.settle()).toBe(0);
  });

  test('for runs of any length at any time the row of a day holds no work that was logged after it', () => {
    const minutes = (most: number) => fc.integer({ min: 0, max: most });
    // Work is logged at the end of the reading at the latest; the next run begins when the last has ended.
    const run = fc.record({ pauseMin: minutes(900), readingMin: minutes(120) });
    fc.assert(
      fc.property(fc.array(run, { minLength: 1, maxLength: 10 }), (runs) => {
        const world = running();
        const worked: { at: string; spent: number }[] = [];
        let at = Date.parse(world.now);
        for (const [index, { pauseMin, readingMin }] of runs.entries()) {
          at += pauseMin * 60_000;
          world.now = new Date(at).toISOString();
          world.readingMs = readingMin * 60_000;
          at += world.readingMs;
          world.logHours(index + 1);
          worked.push({ at: new Date(at).toISOString(), spent: (index + 1) * 125 });
          world.settle();
        }
        for (const [day, spent] of Object.entries(days(world))) {
          const byThen = worked.filter((work) => work.at.slice(0, 10) <= day).at(-1)?.spent ?? 0;
          expect(spent).toBeLessThanOrEqual(byThen);
        }
      }),
    );
  });
});

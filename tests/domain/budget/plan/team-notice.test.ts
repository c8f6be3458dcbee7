import { ApprovalStatus, moneyFromDecimal } from '@crmjira/domain';
import { approvalMail } from '../../../../domain/src/budget/mail/approval-mail';
import { MANAGER, OPPORTUNITY, OWNER, POLICY, World, type Approval } from './world';

const DIRECTOR = '0b0e3c6e-54f1-4c0e-9a67-2f6f7b5d1a02';
const granted = { outcome: ApprovalStatus.Approved, by: DIRECTOR };

function decided(approval: Approval, policy = POLICY, change: (world: World) => void = () => undefined): World {
  const world = new World(250000, policy);
  change(world);
  world.settle();
  world.approval = approval;
  world.settle();
  return world;
}

const recipients = (mail: Record<string, unknown> | undefined) =>
  (mail?.email_activity_parties as { participationtypemask: number; addressused?: string }[])
    .filter(({ participationtypemask }) => participationtypemask === 2)
    .map(({ addressused }) => addressused);

describe('the project team is told of an approved budget (R-307)', () => {
  test('owner, project manager and requester get one mail, and the step is ticked once it has left', () => {
    const world = decided({ amount: 240000, by: MANAGER, byEmail: 'sales.assistant@company.com', decision: granted });
    const [mail, ...more] = world.rows('email');
    expect(more).toEqual([]);
    expect(recipients(mail)).toEqual([
      'opportunity.owner@company.com',
      'project.manager@company.com',
      'sales.assistant@company.com',
    ]);
    expect(mail).toMatchObject({
      subject: 'Budget approved: Digital Transformation Project - Acme Corp',
      'regardingobjectid_opportunity_email@odata.bind': `/opportunities(${OPPORTUNITY})`,
    });
    expect(mail?.description).toContain('<li>Approved budget: $240,000.00 CAD</li>');
    expect(mail?.description).toContain(`>${world.projects[0]!.key}</a>`);
    expect(world.sentTeamMails).toEqual([mail?.id]);
    expect(world.row('opportunity')).toMatchObject({ crmjira_step_notify: true });
    expect(world.activeStage()).toBe('ProjectExecution');
  });

  test('it leaves when the budget is active, and the step waits for it', () => {
    const { applied } = decided({ amount: 250000, decision: granted });
    const sent = applied.findIndex(({ kind }) => kind === 'dataverse.send-email');
    const writing = (column: string) =>
      applied.findIndex(
        (action) => action.kind === 'dataverse.change-set' && action.writes.some(({ columns }) => column in columns),
      );
    expect(writing('crmjira_step_activate')).toBeLessThan(sent);
    expect(writing('crmjira_step_notify')).toBeGreaterThan(sent);
  });

  test('whoever decided is not told, and nobody twice', () => {
    const world = decided({
      amount: 250000,
      byEmail: 'Opportunity.Owner@company.com',
      decision: { ...granted, by: MANAGER },
    });
    expect(world.rows('email').map(recipients)).toEqual([['opportunity.owner@company.com']]);
    const byOwner = decided({
      amount: 250000,
      by: DIRECTOR,
      byEmail: 'director@company.com',
      decision: { ...granted, by: OWNER },
    });
    expect(byOwner.rows('email').map(recipients)).toEqual([['project.manager@company.com', 'director@company.com']]);
  });

  test('with nobody to write to, the administrator is written to (R-707)', () => {
    const world = decided({ amount: 250000, byEmail: '', decision: granted }, POLICY, (before) => {
      before.ownerEmails = [];
      before.managerEmail = null;
    });
    expect(world.rows('email').map(recipients)).toEqual([['admin@company.com']]);
  });

  test('amounts are left out where the environment says so (R-708)', () => {
    const world = decided({ amount: 250000, decision: granted }, { ...POLICY, redactAmountsInEmail: true });
    expect(world.rows('email')).toHaveLength(1);
    expect(world.row('email')!.description).not.toContain('250');
  });

  test('cut off after any number of actions and begun again, there is one mail, sent once', () => {
    for (let stopAfter = 0; stopAfter < 12; stopAfter++) {
      const world = decided({ amount: 250000 });
      world.approval = { amount: 250000, decision: granted };
      world.settle(stopAfter);
      world.settle();
      expect([stopAfter, world.rows('email').length, world.sentTeamMails.length]).toEqual([stopAfter, 1, 1]);
      expect(world.row('opportunity')).toMatchObject({ crmjira_step_notify: true });
    }
  });

  test('a status that somebody wrote over by hand is put right without a second mail', () => {
    const world = decided({ amount: 250000, decision: granted });
    world.write('opportunity', OPPORTUNITY, { crmjira_approval_status: ApprovalStatus.Pending });
    world.settle();
    expect(world.row('opportunity')).toMatchObject({ crmjira_approval_status: ApprovalStatus.Approved });
    expect(world.sentTeamMails).toHaveLength(1);
  });

  test('a later request that is granted is told as well (R-308)', () => {
    const world = decided({ amount: 250000, decision: granted });
    const id = '00000000-0000-4000-8000-000000000003';
    world.approval = { id, amount: 300000 };
    world.settle();
    expect(world.sentTeamMails).toHaveLength(1);
    world.approval = { id, amount: 300000, decision: granted };
    world.settle();
    expect(world.sentTeamMails).toHaveLength(2);
    expect(world.rows('email')[1]?.description).toContain('$300,000.00 CAD');
  });

  test.each([
    ['a pending request', undefined],
    ['a decision without effect', { ...granted, limit: 100000 }],
  ])('%s tells the team nothing', (_name, decision) => {
    const world = decided({ amount: 250000, ...(decision ? { decision } : {}) });
    expect(world.rows('email')).toEqual([]);
    expect(world.row('opportunity')).not.toHaveProperty('crmjira_step_notify');
  });

  test.each([
    [
      ApprovalStatus.Rejected,
      1033,
      'Budget approval rejected: Digital',
      'was rejected.</p>',
      'Reason: Too &lt;high&gt;',
    ],
    [
      ApprovalStatus.ChangesRequested,
      1033,
      'Budget changes requested: Digital',
      'Changes are requested',
      'Reason: Too',
    ],
    [
      ApprovalStatus.Rejected,
      3084,
      'Approbation du budget refusée\u00a0: Digital',
      'a été refusée',
      'Motif\u00a0: Too',
    ],
  ] as const)(
    'whoever asked is told by one mail that nothing was approved, and why: %i, %i (F-104)',
    (outcome, ownerLanguage, subject, lead, reason) => {
      const decision = { ...granted, outcome, comment: 'Too <high>', ownerLanguage };
      for (let stopAfter = 0; stopAfter < 6; stopAfter++) {
        const world = decided({ amount: 250000 });
        world.approval = { amount: 250000, byEmail: 'sales.assistant@company.com', decision };
        world.settle(stopAfter);
        world.settle();
        const [mail, ...more] = world.rows('email');
        expect([stopAfter, more.length, world.sentTeamMails]).toEqual([stopAfter, 0, [mail?.id]]);
        expect(recipients(mail)).toEqual(['sales.assistant@company.com']);
        expect(mail).toMatchObject({ subject: expect.stringContaining(subject) });
        for (const words of [lead, reason, '250']) expect(mail?.description).toContain(words);
      }
    },
  );

  test.each([
    [1033, 'The earlier approval remains in effect.', 'Change the budget amount if needed'],
    [3084, 'L’approbation antérieure reste valable.', 'Modifiez le montant du budget au besoin'],
  ] as const)(
    'mail and task speak of an earlier approval only where there is one: %i (D7)',
    (ownerLanguage, holds, next) => {
      const rejected = { ...granted, outcome: ApprovalStatus.Rejected, ownerLanguage };
      const told = (world: World) =>
        [...world.rows('email'), ...world.rows('task')].map(({ description }) => String(description));
      const first = told(decided({ amount: 250000, decision: rejected }));
      expect(first).toEqual([expect.stringContaining(next), expect.stringContaining(next)]);
      expect(first.join()).not.toContain(holds);

      const world = decided({ amount: 250000, decision: granted });
      const before = told(world);
      world.approval = { id: '00000000-0000-4000-8000-000000000003', amount: 300000, decision: rejected };
      world.settle();
      const second = told(world).filter((text) => !before.includes(text));
      expect(second).toEqual([expect.stringContaining(holds), expect.stringContaining(holds)]);
    },
  );

  test('the owner is told where whoever asked has no address, and no amount where the environment says so (F-104)', () => {
    const rejected = { ...granted, outcome: ApprovalStatus.Rejected };
    const world = decided(
      { amount: 250000, byEmail: '', decision: rejected },
      { ...POLICY, redactAmountsInEmail: true },
    );
    expect(world.rows('email').map(recipients)).toEqual([['opportunity.owner@company.com']]);
    expect(world.row('email')?.description).not.toContain('250');
    expect(world.row('email')?.description).toContain('Reason: none given');
  });

  test('it is in the language of the owner, and names are text, not markup (R-515)', () => {
    const world = decided({ amount: 250000, decision: { ...granted, ownerLanguage: 3084 } });
    expect(world.row('email')).toMatchObject({
      subject: 'Budget approuvé\u00a0: Digital Transformation Project - Acme Corp',
      description: expect.stringContaining('250\u00a0000,00\u00a0$\u00a0CAD'),
    });
    const { body } = approvalMail(
      {
        opportunityName: '<b>Bold</b>',
        approved: moneyFromDecimal(250000, 'CAD'),
        project: { key: 'CRMABC', url: 'http://jira/"><script>' },
        redactAmounts: false,
        recordUrl: 'https://crm/?id=1&x=2',
      },
      1033,
    );
    expect(body).not.toMatch(/<b>|<script>|"">/);
    expect(body).toContain('<a href="https://crm/?id=1&amp;x=2">Open the opportunity</a>');
  });
});

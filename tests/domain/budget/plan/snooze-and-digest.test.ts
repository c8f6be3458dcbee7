import { ApprovalStatus, digestMail, heldMail, heldTrigger } from '@crmjira/domain';
import { cad, MANAGER, OPPORTUNITY, POLICY, World } from './world';

/** Approved at 250,000.00; 1,700 h at 125.00 are 85 %, 2,080 h are 104 %. */
function running(columns: Record<string, unknown> = {}): World {
  const world = new World(250000, POLICY);
  world.settle();
  world.approval = { amount: 250000, decision: { outcome: ApprovalStatus.Approved, by: MANAGER } };
  world.settle();
  world.write('opportunity', OPPORTUNITY, columns);
  return world;
}

const recipients = (world: World) =>
  world
    .alertMails()
    .map((mail) =>
      (mail.email_activity_parties as { participationtypemask: number; addressused?: string }[])
        .filter((party) => party.participationtypemask === 2)
        .map((party) => party.addressused),
    );

describe('snoozed alerts (R-2306)', () => {
  const snoozed = {
    crmjira_alerts_snoozed_until: '2025-01-31',
    crmjira_alerts_snooze_reason: 'Change order is signed',
  };

  test('are raised and shown, but neither mailed nor made a task', () => {
    const world = running(snoozed);
    world.logHours(1700);
    world.settle();
    expect(world.rows('crmjira_budget_alert')).toMatchObject([
      { crmjira_alert_level: 1, crmjira_snoozed_until: '2025-01-31' },
    ]);
    expect([world.alertMails(), world.rows('task')]).toEqual([[], []]);
    expect(world.row('opportunity')).toMatchObject({ crmjira_budget_review_required: true });
  });

  test('without a reason are not snoozed', () => {
    const world = running({ ...snoozed, crmjira_alerts_snooze_reason: '  ' });
    world.logHours(1700);
    world.settle();
    expect(world.sentMails).toHaveLength(1);
  });

  const tasks = (world: World) => world.rows('task').map(({ subject, description }) => [subject, description]);
  const noted = (world: World) =>
    world
      .rows('crmjira_integration_log')
      .map((row) => String(row.crmjira_event_type))
      .filter((type) => /snooze/.test(type));

  test.each([
    ['without a reason', { ...snoozed, crmjira_alerts_snooze_reason: ' ' }, 'snooze-reason', /a reason is required/],
    ['into the past', { ...snoozed, crmjira_alerts_snoozed_until: '2025-01-14' }, 'snooze-not-past', /in the past/],
  ])('%s have no effect, which is said once (F-120)', (_how, columns, need, words) => {
    const world = running(columns);
    world.settle();
    expect(tasks(world)).toEqual([[expect.stringMatching(/^Alerts are not snoozed - /), expect.stringMatching(words)]]);
    expect(noted(world)).toEqual([`refused: ${need}`]);
    expect(world.settle()).toBe(0);
    // Mended, it holds.
    world.write('opportunity', OPPORTUNITY, snoozed);
    world.settle();
    expect(noted(world)).toEqual([`refused: ${need}`, 'alerts_snoozed']);
    expect(tasks(world)).toHaveLength(1);
  });

  test('that were taken and are over since are no mistake (F-120)', () => {
    const world = running(snoozed);
    world.settle();
    world.now = '2025-02-03T11:00:00Z';
    world.settle();
    expect([tasks(world), noted(world)]).toEqual([[], ['alerts_snoozed']]);
  });

  test('of long ago are not told of (F-120)', () => {
    const world = running({ ...snoozed, crmjira_alerts_snoozed_until: '2024-12-01' });
    world.settle();
    expect([tasks(world), noted(world)]).toEqual([[], []]);
  });

  test('are told once when the end date is over, with the figures of then', () => {
    const world = running(snoozed);
    world.logHours(1700);
    world.settle();
    world.now = '2025-01-31T23:59:59Z';
    world.logHours(1800);
    world.settle();
    expect(world.sentMails).toEqual([]);
    world.now = '2025-02-01T11:00:00Z';
    world.settle();
    world.settle();
    expect(world.sentMails).toHaveLength(1);
    expect(world.rows('task')).toHaveLength(1);
    expect(world.alertMails()[0]!.description).toContain('90%');
  });

  test('that were cleared meanwhile are never told; those overtaken only at the higher level', () => {
    const world = running(snoozed);
    world.logHours(1700);
    world.settle();
    world.logHours(80);
    world.settle();
    world.now = '2025-02-01T11:00:00Z';
    world.settle();
    expect(world.sentMails).toEqual([]);
    const over = running(snoozed);
    over.logHours(1700);
    over.settle();
    over.logHours(2080);
    over.settle();
    over.now = '2025-02-01T11:00:00Z';
    over.settle();
    expect(over.alertMails().map((mail) => mail.subject)).toEqual(['Budget Alert: Project Over Budget']);
  });

  test('that were cleared and raised anew while snoozed are told once', () => {
    const world = running(snoozed);
    for (const hours of [1700, 80, 1700]) {
      world.logHours(hours);
      world.settle();
    }
    world.now = '2025-02-01T11:00:00Z';
    world.settle();
    expect(world.rows('crmjira_budget_alert')).toHaveLength(2);
    expect(world.sentMails).toHaveLength(1);
  });

  test('a crash after any action tells people once', () => {
    for (let cut = 0; cut < 6; cut++) {
      const world = running(snoozed);
      world.logHours(1700);
      world.settle();
      world.now = '2025-02-01T11:00:00Z';
      world.settle(cut);
      world.settle();
      expect([world.sentMails.length, world.rows('task').length]).toEqual([1, 1]);
    }
  });
});

describe('the daily digest (R-2306)', () => {
  const digest = { crmjira_alerts_in_digest: true };

  test('takes the owner off the single warning, not the others', () => {
    const world = running(digest);
    world.logHours(1700);
    world.settle();
    expect(world.row('crmjira_budget_alert')).toMatchObject({ crmjira_in_digest: true });
    expect(recipients(world)).toEqual([['project.manager@company.com', 'finance.controller@company.com']]);
    expect(world.rows('task')).toHaveLength(1);
  });

  test('leaves the owner off also as project manager', () => {
    const world = running(digest);
    world.ownerEmails = ['Project.Manager@company.com'];
    world.logHours(1700);
    world.settle();
    expect(recipients(world)).toEqual([['finance.controller@company.com']]);
  });

  test('never holds over budget: the owner is mailed at once', () => {
    const world = running(digest);
    world.logHours(2080);
    world.settle();
    expect(world.row('crmjira_budget_alert')!.crmjira_in_digest).toBeUndefined();
    expect(recipients(world)).toEqual([['opportunity.owner@company.com']]);
    expect(world.sentMails).toHaveLength(1);
  });

  test('names every project once, in the owner’s language, without amounts where they are redacted', () => {
    const entry = {
      opportunityId: OPPORTUNITY,
      opportunityName: 'R&D <Acme>',
      reference: 'CRM-202501-A1B2C3D4',
      spent: cad(212500),
      approved: cad(250000),
    };
    const english = digestMail([entry], [1033], { redactAmounts: false, recordUrl: 'https://crm/?id=' });
    expect(english.subject).toBe('Budget warnings: 1');
    expect(english.body).toContain('R&amp;D &lt;Acme&gt; (CRM-202501-A1B2C3D4)');
    expect(english.body).toContain('85.0% ($212,500.00 CAD of $250,000.00 CAD)');
    expect(english.body).toContain(`href="https://crm/?id=${OPPORTUNITY}"`);
    const both = digestMail([entry], [1033, 3084], { redactAmounts: true, recordUrl: null });
    expect(both.subject).toBe('Budget warnings / Avertissements de budget\u00a0: 1');
    expect(both.body).toMatch(/^<div lang="en">.*<hr><div lang="fr">/);
    const french = digestMail([entry], [3084], { redactAmounts: true, recordUrl: null });
    expect(french.body).toContain('seuil d’avertissement');
    expect(french.body).not.toContain('212');
    const told = digestMail([entry], [3084], { redactAmounts: false, recordUrl: null });
    expect(told.body).toContain(
      '\u00a0: 85,0\u00a0% (212\u00a0500,00\u00a0$\u00a0CAD sur 250\u00a0000,00\u00a0$\u00a0CAD)',
    );
  });
});

test('the mail about held projects names each opportunity, and counts those beyond two hundred (R-2305)', () => {
  const held = Array.from({ length: 203 }, (_, n) => ({
    opportunityId: OPPORTUNITY,
    opportunityName: `Import ${n}`,
    reference: `CRM-202501-${n}`,
  }));
  const { subject, body } = heldMail(held, 20, null);
  expect(subject).toContain('203');
  expect(body).toContain('More than 20 Jira projects');
  expect(body).toContain('Plus de 20 projets Jira');
  expect(body).toContain('Import 199 (CRM-202501-199)');
  expect(body).not.toContain('Import 200');
  expect(body).toContain('+ 3');
});

describe('when an administrator is asked about held projects (R-2305)', () => {
  const at = (minutes: number): string => new Date(Date.parse('2025-01-15T14:00:00Z') + minutes * 60_000).toISOString();
  /** A project every half a minute, from the first minute to the last. */
  const burst = (from: number, to: number): string[] =>
    Array.from({ length: (to - from) * 2 + 1 }, (_, n) => at(from + n / 2));

  test('a minute after the last was added, once, however often somebody looks', () => {
    expect(heldTrigger([], at(0))).toBeNull();
    expect(heldTrigger(burst(0, 3), at(3.9))).toBeNull();
    const told = heldTrigger(burst(0, 3), at(4));
    expect(told).not.toBeNull();
    expect(heldTrigger([...burst(0, 3)].reverse(), at(400))).toBe(told);
    expect(heldTrigger([...burst(0, 3), at(5)], at(6))).not.toBe(told);
  });

  test('every ten minutes while it goes on, not with each that is added', () => {
    expect(heldTrigger(burst(0, 9.5), at(9.9))).toBeNull();
    const first = heldTrigger(burst(0, 10), at(10));
    expect(first).not.toBeNull();
    expect(heldTrigger(burst(0, 19.5), at(19.9))).toBe(first);
    expect([null, first]).not.toContain(heldTrigger(burst(0, 20), at(20)));
  });

  test('what waits since yesterday hurries nothing', () => {
    expect(heldTrigger([at(-1_440), ...burst(0, 3)], at(3.5))).toBeNull();
  });
});

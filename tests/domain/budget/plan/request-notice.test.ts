import { ApprovalStatus, moneyFromDecimal } from '@crmjira/domain';
import { requestMail } from '../../../../domain/src/budget/mail/request-mail';
import { POLICY, World, type Approval } from './world';

const dana = { email: 'dana@company.com', language: 1033 as const };
const rene = { email: 'rene@company.com', language: 3084 as const };

function asked(approval: Partial<Approval>, policy = POLICY): World {
  const world = new World(250000, policy);
  world.settle();
  world.approval = { amount: 250000, approvers: [dana], ...approval };
  world.settle();
  return world;
}

const recipients = (mail: Record<string, unknown> | undefined) =>
  (mail?.email_activity_parties as { participationtypemask: number; addressused?: string }[])
    .filter(({ participationtypemask }) => participationtypemask === 2)
    .map(({ addressused }) => addressused);

describe('approvers are told of a request (F-105)', () => {
  it('sends one mail to those who can decide, however often it is looked at', () => {
    const world = asked({ approvers: [dana, { ...dana, email: 'Dana@company.com' }, { ...dana, email: null }] });
    world.settle();
    expect(world.rows('email').map(recipients)).toEqual([['dana@company.com']]);
    expect(world.row('email')).toMatchObject({
      subject: 'Budget approval requested: Digital Transformation Project - Acme Corp',
      description: expect.stringContaining('<li>Requested: $250,000.00 CAD</li><li>Reason: Scope &lt;grew&gt;</li>'),
    });
    expect(world.sentTeamMails).toEqual([world.row('email')!.id]);
  });

  it('is sent once when the run is cut off after any number of actions', () => {
    for (let stopAfter = 0; stopAfter < 4; stopAfter++) {
      const world = new World(250000);
      world.settle();
      world.approval = { amount: 250000, approvers: [dana] };
      world.settle(stopAfter);
      world.settle();
      expect([stopAfter, world.rows('email').length, world.sentTeamMails.length]).toEqual([stopAfter, 1, 1]);
    }
  });

  it('sends another mail for a new request, and none once somebody has decided', () => {
    const world = asked({});
    world.approval = { id: '00000000-0000-4000-8000-000000000003', amount: 300000, approvers: [dana] };
    world.settle();
    expect(world.sentTeamMails).toHaveLength(2);
    const decided = asked({
      decision: { outcome: ApprovalStatus.Rejected, by: '0b0e3c6e-54f1-4c0e-9a67-2f6f7b5d1a02' },
    });
    // The one mail is that of the decision (F-104).
    expect(decided.rows('email').map(({ subject }) => subject)).toEqual([
      'Budget approval rejected: Digital Transformation Project - Acme Corp',
    ]);
  });

  it('writes in the languages of its readers', () => {
    expect(asked({ approvers: [rene] }).row('email')).toMatchObject({
      subject: 'Approbation de budget demandée\u00a0: Digital Transformation Project - Acme Corp',
      description: expect.stringContaining('Montant demandé\u00a0: 250\u00a0000,00\u00a0$\u00a0CAD'),
    });
    const both = asked({ approvers: [rene, dana] }).row('email')!;
    expect(both.subject).toMatch(/^Budget approval requested \/ Approbation de budget demandée\u00a0: /);
    expect(both.description).toMatch(/^<div lang="en">.*<hr><div lang="fr">/);
  });

  it('tells the administrator when nobody can decide', () => {
    const mail = asked({ approvers: [] }).row('email')!;
    expect(recipients(mail)).toEqual(['admin@company.com']);
    expect(mail.description).toContain('Nobody can decide on this amount.');
    expect(mail.description).toContain('Personne ne peut approuver ce montant.');
  });

  it('leaves amounts out where the environment says so (R-708), and names are text, not markup', () => {
    expect(asked({}, { ...POLICY, redactAmountsInEmail: true }).row('email')!.description).not.toContain('250');
    const { body } = requestMail(
      {
        opportunityName: '<b>Bold</b>',
        requestedBy: '<i>Sam</i>',
        amount: moneyFromDecimal(300000, 'CAD'),
        previous: moneyFromDecimal(250000, 'CAD'),
        comment: null,
        canBeDecided: true,
        redactAmounts: false,
        recordUrl: 'https://crm/?id=1&x="2"',
      },
      [1033],
    );
    expect(body).not.toMatch(/<b>|<i>|"2"/);
    expect(body).toContain('<li>Requested: $300,000.00 CAD</li><li>Approved so far: $250,000.00 CAD</li></ul>');
    expect(body).toContain('<a href="https://crm/?id=1&amp;x=&quot;2&quot;">Open the opportunity</a>');
  });
});

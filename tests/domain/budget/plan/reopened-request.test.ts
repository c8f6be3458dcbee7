import fc from 'fast-check';
import { ApprovalStatus, BudgetStatus, CommandState, askedBy, currentRequest } from '@crmjira/domain';
import { refusedDecisionText } from '../../../../domain/src/budget/plan/decision-texts';
import type { ApprovalFacts } from '../../../../domain/src/budget/plan/facts';
import { type Decision, MANAGER, OPPORTUNITY, OWNER, World, cad } from './world';

const DIRECTOR = '0b0e3c6e-54f1-4c0e-9a67-2f6f7b5d1a02';
const CONTROLLER = '0b0e3c6e-54f1-4c0e-9a67-2f6f7b5d1a03';
const overLimit: Decision = { outcome: ApprovalStatus.Approved, by: MANAGER, limit: 100_000 };

function refused(prepare: (world: World) => void = () => undefined): World {
  const world = new World(250_000);
  world.settle();
  world.deciders = [
    { id: CONTROLLER, name: 'Farah Controller' },
    { id: DIRECTOR, name: 'Dora Director' },
  ];
  prepare(world);
  world.approval = { amount: 250_000, decision: overLimit };
  world.settle();
  return world;
}
const reopened = (world: World) => world.rows('crmjira_budget_approval');
const decide = (world: World, decision: Decision): void => {
  world.decisions.set(reopened(world).at(-1)!.id, decision);
  world.settle();
};
const words = (world: World) => world.rows('crmjira_command').map(({ crmjira_result }) => crmjira_result);

describe('R-306 a decision over the limit of who decided leaves the request open', () => {
  test('one row more, in the name of who asked, and the words to who decided', () => {
    const world = refused();
    world.settle();
    expect(reopened(world)).toMatchObject([
      {
        crmjira_amount: 250_000,
        crmjira_comment: 'Scope.',
        crmjira_requested_on: '2025-01-15T14:00:00Z',
        // Whoever sees the request reads who can decide, also without a right to read decisions.
        crmjira_deciders: `${CONTROLLER},${DIRECTOR}`,
        'crmjira_requested_by@odata.bind': `/systemusers(${OWNER})`,
        'ownerid@odata.bind': `/systemusers(${OWNER})`,
        'crmjira_opportunity_id@odata.bind': `/opportunities(${OPPORTUNITY})`,
        'transactioncurrencyid@odata.bind': expect.stringMatching(/^\/transactioncurrencies\(/),
      },
    ]);
    expect(world.rows('crmjira_command')).toMatchObject([
      { crmjira_command_state: CommandState.Refused, 'ownerid@odata.bind': `/systemusers(${MANAGER})` },
    ]);
    expect(words(world)).toEqual([
      'Your decision had no effect: $250,000.00 CAD is over your approval limit of $100,000.00 CAD.\n' +
        'The request stays open. Farah Controller or Dora Director can decide on it. So can you, once your limit has been raised.',
    ]);
    expect(world.row('opportunity')).toMatchObject({ crmjira_approval_status: ApprovalStatus.Pending });
  });

  test('where nobody else can decide the row names nobody', () => {
    const world = refused((each) => (each.deciders = []));
    expect(reopened(world)).toMatchObject([{ crmjira_deciders: null }]);
  });

  test('somebody whose limit is high enough approves it, and the budget becomes active', () => {
    const world = refused();
    decide(world, { outcome: ApprovalStatus.Approved, by: CONTROLLER, limit: 500_000 });
    expect(world.row('opportunity')).toMatchObject({
      crmjira_approval_status: ApprovalStatus.Approved,
      crmjira_budget_status: BudgetStatus.Active,
      'crmjira_approved_by@odata.bind': `/systemusers(${CONTROLLER})`,
    });
    expect(reopened(world)).toHaveLength(1);
  });

  test('who was over the limit may still reject it', () => {
    const world = refused();
    decide(world, { ...overLimit, outcome: ApprovalStatus.Rejected, comment: 'Too high.' });
    expect(world.row('opportunity')).toMatchObject({ crmjira_approval_status: ApprovalStatus.Rejected });
  });

  test('who asked first cannot decide on the row of the service either', () => {
    const world = refused();
    decide(world, { outcome: ApprovalStatus.Approved, by: OWNER });
    expect(world.row('opportunity')).toMatchObject({ crmjira_approval_status: ApprovalStatus.Pending });
    expect(words(world)[1]).toContain('you cannot decide on your own request');
    // That decision used the request up: opening it for ever would make the rule a formality.
    expect(reopened(world)).toHaveLength(1);
  });

  test('a second decision over a limit: the same words again, and again one open request', () => {
    const world = refused();
    decide(world, overLimit);
    expect(words(world)).toHaveLength(2);
    expect(words(world)[1]).toBe(words(world)[0]);
    expect(reopened(world)).toHaveLength(2);
    expect(reopened(world).map((row) => row['crmjira_requested_by@odata.bind'])).toEqual(
      Array(2).fill(`/systemusers(${OWNER})`),
    );
    decide(world, { outcome: ApprovalStatus.Approved, by: CONTROLLER });
    expect(world.row('opportunity')).toMatchObject({ crmjira_approval_status: ApprovalStatus.Approved });
  });

  test('who asked may not be able to own a row any more: then it is the owner of the opportunity', () => {
    const world = refused((before) => {
      before.requesterIsEnabled = false;
      before.ownerId = DIRECTOR;
    });
    expect(reopened(world)).toMatchObject([
      {
        'ownerid@odata.bind': `/systemusers(${DIRECTOR})`,
        'crmjira_requested_by@odata.bind': `/systemusers(${OWNER})`,
      },
    ]);
  });

  test('a decision without the role, or on one’s own request, opens nothing', () => {
    for (const decision of [
      { ...overLimit, by: OWNER },
      { ...overLimit, mayApprove: false },
    ]) {
      const world = new World(250_000);
      world.settle();
      world.approval = { amount: 250_000, decision };
      world.settle();
      expect(words(world)).toHaveLength(1);
      expect(reopened(world)).toEqual([]);
    }
  });

  test('each decision counts once, wherever runs are cut off and however often they are repeated (R-1407)', () => {
    const person = fc.constantFrom(MANAGER, DIRECTOR, CONTROLLER, OWNER);
    const outcome = fc.constantFrom(ApprovalStatus.Approved, ApprovalStatus.Approved, ApprovalStatus.Rejected);
    const decision = fc.record({ by: person, outcome, limit: fc.constantFrom(100_000, 249_999, 250_000, 400_000) });
    const cut = fc.array(fc.nat(4), { maxLength: 4 });
    fc.assert(
      fc.property(fc.array(fc.tuple(decision, cut), { minLength: 1, maxLength: 5 }), (decisions) => {
        const world = new World(250_000);
        world.settle();
        let open: string | null = 'first';
        let expectedRows = 0;
        let expectedWords = 0;
        let outcomeNow: ApprovalStatus = ApprovalStatus.Pending;
        for (const [made, cuts] of decisions) {
          if (open === null) break;
          const given: Decision = { ...made, comment: 'Seen.' };
          if (open === 'first') world.approval = { amount: 250_000, decision: given };
          else world.decisions.set(open, given);
          for (const actions of cuts) world.settle(actions);
          world.settle();
          world.settle();
          const isOwn = given.by === OWNER;
          const isOver = !isOwn && given.outcome === ApprovalStatus.Approved && Number(given.limit) < 250_000;
          if (isOver) expectedRows += 1;
          if (isOver || isOwn) expectedWords += 1;
          else outcomeNow = given.outcome;
          open = isOver ? (reopened(world).at(-1)?.id ?? null) : null;
        }
        expect(reopened(world)).toHaveLength(expectedRows);
        expect(world.rows('crmjira_command')).toHaveLength(expectedWords);
        expect(world.row('opportunity')).toMatchObject({ crmjira_approval_status: outcomeNow });
      }),
    );
  });
});

describe('R-306 who asked, and which request counts', () => {
  const SERVICE = 'service';
  const at = (minute: number) => `2025-01-15T14:${String(minute).padStart(2, '0')}:00Z`;
  const row = (createdById: string, created: number, requestedById: string | null = null, asked?: number) => ({
    createdById,
    createdOn: at(created),
    requestedById,
    requestedOn: asked === undefined ? null : at(asked),
  });

  test('only in a row of the service somebody else is named as who asked', () => {
    expect(askedBy(row(SERVICE, 5, OWNER, 1), SERVICE)).toEqual({ id: OWNER, on: at(1) });
    expect(askedBy(row(MANAGER, 5, OWNER, 9), SERVICE)).toEqual({ id: MANAGER, on: at(5) });
    expect(askedBy(row(SERVICE, 5), SERVICE)).toEqual({ id: SERVICE, on: at(5) });
  });

  test('what was asked for last counts, also before a request that was opened again meanwhile', () => {
    const asked = row(OWNER, 4);
    const again = row(SERVICE, 5, OWNER, 1);
    expect(currentRequest([again, asked], SERVICE)).toBe(asked);
    expect(currentRequest([again, row(OWNER, 1)], SERVICE)).toBe(again);
    expect(currentRequest([row(SERVICE, 6, OWNER, 1), again], SERVICE)).toMatchObject({ createdOn: at(6) });
    expect(currentRequest([], SERVICE)).toBeNull();
  });

  test('a later time that a person names brings nothing forward', () => {
    const forged = row(MANAGER, 4, OWNER, 59);
    const later = row(OWNER, 5);
    expect(currentRequest([later, forged], SERVICE)).toBe(later);
  });
});

describe('R-2308 the words name who can decide', () => {
  const approval = (deciders: readonly string[]) =>
    ({
      amountInBase: cad(250_000),
      decision: { deciderLimit: cad(100_000) },
      reopening: { deciders: deciders.map((name) => ({ id: DIRECTOR, name })) },
    }) as unknown as ApprovalFacts;
  test.each([
    [['Ada'], 'Ada can decide on it. So can you', 'Ada peut en décider; vous aussi'],
    [['Ada', 'Bo'], 'Ada or Bo can decide on it.', 'Ada ou Bo peut en décider; vous aussi'],
    [['Ada', 'Bo', 'Cy'], 'Ada, Bo or Cy can decide on it.', 'Ada, Bo ou Cy peut en décider; vous aussi'],
    [[], 'nobody else can decide on this amount', 'personne d’autre ne peut décider de ce montant'],
  ])('%j', (deciders, english, french) => {
    expect(refusedDecisionText('over-limit', approval(deciders), 1033).split('\n')[1]).toMatch(english);
    expect(refusedDecisionText('over-limit', approval(deciders), 3084).split('\n')[1]).toMatch(french);
  });
});

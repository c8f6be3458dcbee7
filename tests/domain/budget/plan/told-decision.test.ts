import { ApprovalStatus } from '@crmjira/domain';
import type { RowWrite } from '../../../../domain/src/budget/plan/actions';
import { type Approval, MANAGER, OWNER, World } from './world';

const REQUEST = '00000000-0000-4000-8000-000000000001';
const asked: Approval = { amount: 250_000, askedOn: '2025-01-15T14:00:00Z', decidedOn: '2025-01-15T14:05:00Z' };

/** What was written to requests, and with what else in the same change set. */
function told(world: World): { columns: Record<string, unknown>; beside: string[] }[] {
  const sets = world.applied.flatMap((action) => (action.kind === 'dataverse.change-set' ? [action.writes] : []));
  const isTold = ({ op, table }: RowWrite) => op === 'update' && table === 'crmjira_budget_approval';
  return sets.flatMap((writes) =>
    writes.filter(isTold).map(({ columns }) => ({
      columns: { ...columns },
      beside: writes.filter((w) => !isTold(w)).map((w) => w.table),
    })),
  );
}

function after(approval: Approval): World {
  const world = new World(250_000);
  world.settle();
  world.approval = asked;
  world.settle();
  world.approval = approval;
  world.settle();
  return world;
}

describe('the request tells who decided, when and why (F-104)', () => {
  test.each([
    ['an approval', ApprovalStatus.Approved, 'opportunity'],
    ['a rejection', ApprovalStatus.Rejected, 'task'],
    ['a wish for changes', ApprovalStatus.ChangesRequested, 'task'],
  ])('%s, once, in the change set that carries it out', (_name, outcome, beside) => {
    const world = after({ ...asked, decision: { outcome, by: MANAGER, comment: 'Split it.' } });
    world.settle();
    expect(told(world)).toEqual([
      {
        columns: {
          'crmjira_decided_by@odata.bind': `/systemusers(${MANAGER})`,
          crmjira_decided_on: asked.decidedOn,
          crmjira_decision: outcome,
          crmjira_decision_comment: 'Split it.',
        },
        beside: expect.arrayContaining([beside]),
      },
    ]);
    expect(world.toldDecisions.get(REQUEST)).toBe(asked.decidedOn);
  });

  test('a decision that breaks a rule has used the request up: it has expired, without outcome and words', () => {
    const world = after({ ...asked, decision: { outcome: ApprovalStatus.Approved, by: OWNER, comment: 'Mine.' } });
    expect(told(world)).toMatchObject([
      { columns: { crmjira_decision: null, crmjira_decision_comment: null, crmjira_decided_on: asked.decidedOn } },
    ]);
  });

  test('over the limit nothing is told: the request stays open in a row of its own', () => {
    const world = after({ ...asked, decision: { outcome: ApprovalStatus.Approved, by: MANAGER, limit: 100_000 } });
    expect(told(world)).toEqual([]);
  });

  test('a second rejection that came while the service was away is told too, and reaches the owner', () => {
    const rejected = { outcome: ApprovalStatus.Rejected, by: MANAGER, comment: 'No.' };
    const world = after({ ...asked, decision: rejected });
    const id = '00000000-0000-4000-8000-0000000000c1';
    const later = { askedOn: '2025-01-15T15:00:00Z', decidedOn: '2025-01-15T15:05:00Z' };
    world.approval = { ...asked, ...later, id, decision: { ...rejected, comment: 'Still no.' } };
    world.settle();
    expect(told(world).map(({ columns }) => columns['crmjira_decision_comment'])).toEqual(['No.', 'Still no.']);
    expect(world.rows('task')).toHaveLength(2);
    expect(world.sentTeamMails).toHaveLength(2);
  });

  test.each([
    ['in the same second leaves its row, whose version orders the two', '2025-01-15T14:00:00Z', 0],
    ['later is told', '2025-01-15T14:05:30Z', 1],
  ])('a grant that a request has overtaken %s', (_name, askedOn, times) => {
    const world = new World(250_000);
    world.settle();
    world.earlierGrant = { ...asked, decision: { outcome: ApprovalStatus.Approved, by: MANAGER } };
    world.approval = { id: '00000000-0000-4000-8000-0000000000c2', amount: 300_000, askedOn };
    world.settle();
    expect(told(world)).toHaveLength(times);
  });
});

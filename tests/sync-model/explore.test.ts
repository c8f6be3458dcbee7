import { planIssueLink } from '@crmjira/domain';
import { MISTAKES } from './mistakes';
import { mutatedPlan } from './mutate';
import { explore, sizesOf } from './walks';

/** Walks of one run: `SYNC_WALKS=1000000 npm run jest -- --testPathPatterns sync-model` goes further. */
const WALKS = Number(process.env.SYNC_WALKS ?? 6_000);
/** `SYNC_SEED` starts elsewhere. */
const FIRST = Number(process.env.SYNC_SEED ?? 0);

describe('SYNC Invariants, on random walks of people, lost and late writes, crashes and decisions (R-1708)', () => {
  test('no value is lost without an entry, both sides agree at last or a conflict is open, and it comes to rest', () => {
    const kinds = new Map<string, number>();
    const found = explore(
      planIssueLink,
      { from: FIRST, to: FIRST + WALKS },
      {},
      undefined,
      (_facts, _policy, actions) => {
        for (const { kind } of actions) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
      },
    );
    expect(found).toBeNull();
    // A walk that meets nothing proves nothing.
    const met = ['agree', 'close', 'confirm', 'decided', 'enter', 'hold', 'keep', 'refuse', 'take', 'write'];
    expect([...kinds.keys()].sort()).toEqual(met);
  });
});

describe('SYNC Invariants: each mistake that somebody could make is found (R-1708)', () => {
  test.each(MISTAKES)('$no $words', async ({ plan, shell, sizes }) => {
    const mistaken = plan === undefined ? planIssueLink : await mutatedPlan(plan);
    const walk = (seed: number) => ({ ...sizesOf(seed), ...sizes });
    const found = explore(mistaken, { from: 0, to: 20_000 }, shell, walk);
    expect(found).not.toBeNull();
    // It is the mistake that is found: the same walk of the shipped plan is free of error.
    expect(explore(planIssueLink, { from: found!.seed, to: found!.seed + 1 }, {}, walk)).toBeNull();
  });
});

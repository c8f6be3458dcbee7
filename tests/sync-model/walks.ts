import type { IssueAction, IssueLinkFacts, IssuePolicy } from '@crmjira/domain';
import { LinkWorld, type Mistakes, type Plan, type Sizes, Violation } from './link-world';
import { seeded } from './random';

/** Sizes of a walk by its seed: the combinations whose every interleaving the model has shown to be free of error, and beyond. */
export function sizesOf(seed: number): Sizes {
  const pick = seeded(seed ^ 0x5bd1e995);
  const two = pick(5) === 0;
  return {
    links: two ? 2 : 1,
    edits: two ? 1 : 1 + pick(3),
    jiraEdits: two ? 1 + pick(2) : 1 + pick(3),
    lateWrites: pick(2),
    overtaken: pick(4) === 0,
    switches: pick(3) === 0 ? 1 + pick(3) : 0,
    decisions: 2,
    otherEdits: pick(4) === 0 ? 1 : 0,
    policy: (['crm', 'jira', 'ask'] as const)[pick(3)]!,
    first: pick(5) === 0 && !two,
  };
}

export interface Found {
  readonly seed: number;
  readonly words: string;
  readonly trace: readonly string[];
}

type Seen = (facts: IssueLinkFacts, policy: IssuePolicy, actions: readonly IssueAction[]) => void;

/** The first walk that breaks an invariant; null: none did. */
export function explore(
  plan: Plan,
  seeds: { readonly from: number; readonly to: number },
  mistakes: Mistakes = {},
  sizes: (seed: number) => Sizes = sizesOf,
  seen?: Seen,
): Found | null {
  for (let seed = seeds.from; seed < seeds.to; seed += 1) {
    const world = new LinkWorld(sizes(seed), plan, seeded(seed), mistakes, seen);
    try {
      world.explore(60);
    } catch (error) {
      if (!(error instanceof Violation)) throw error;
      return { seed, words: error.message, trace: world.trace };
    }
  }
  return null;
}

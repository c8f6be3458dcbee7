import { ResolutionRule, SyncPreference } from '../../schema/generated/options';
import type { DoneChange, ResolvingLink } from './facts';

/** A change that made the rule true, or an issue done: names itself by issue and entry of the changelog. */
export interface Occasion {
  readonly id: string;
  readonly link: ResolvingLink;
  readonly change: DoneChange;
}

/** Links that count: Jira may change the case by them. A deleted issue is none; a hidden one is, and is not known to be done. */
export const counts = ({ preference, stage, rule }: ResolvingLink): boolean =>
  (preference === SyncPreference.Both || preference === SyncPreference.JiraToCrm) &&
  (stage === 'linked' || stage === 'hidden') &&
  rule !== ResolutionRule.Never;

function ruleHolds(links: readonly ResolvingLink[], done: ReadonlySet<ResolvingLink>): boolean {
  const rules = new Map(links.map((link) => [link.integration, link.rule]));
  return (
    rules.size > 0 &&
    [...rules].every(([integration, rule]) => {
      const own = links.filter((link) => link.integration === integration);
      const deciding = rule === ResolutionRule.Chosen ? own.filter(({ resolvesRecord }) => resolvesRecord) : own;
      const isDone = (link: ResolvingLink): boolean => done.has(link);
      return rule === ResolutionRule.Any ? deciding.some(isDone) : deciding.length > 0 && deciding.every(isDone);
    })
  );
}

export interface RuleState {
  readonly holds: boolean;
  /** The change that made it so; null: it was so when the issues were linked. */
  readonly occasion: Occasion | null;
  readonly open: readonly ResolvingLink[];
  /** Newest change of an issue to done. */
  readonly lastDone: Occasion | null;
}

/** Follows all changes in the order of Jira: the rule acts when it becomes true, not as long as it holds. */
export function ruleState(links: readonly ResolvingLink[]): RuleState {
  const counting = links.filter(counts);
  const known = counting.filter(({ stage }) => stage === 'linked');
  const done = new Set(known.filter(({ doneWhenLinked }) => doneWhenLinked));
  const changes = known
    .flatMap((link) =>
      link.changes.map((change): Occasion => ({ id: `${link.issueId}:${change.entry}`, link, change })),
    )
    .sort(
      (one, other) => Date.parse(one.change.on) - Date.parse(other.change.on) || one.change.entry - other.change.entry,
    );
  let occasion: Occasion | null = null;
  let lastDone: Occasion | null = null;
  let held = ruleHolds(counting, done);
  for (const one of changes) {
    if (one.change.done) {
      done.add(one.link);
      lastDone = one;
    } else done.delete(one.link);
    const holds = ruleHolds(counting, done);
    if (holds && !held) occasion = one;
    held = holds;
  }
  return { holds: held, occasion: held ? occasion : null, open: counting.filter((link) => !done.has(link)), lastDone };
}

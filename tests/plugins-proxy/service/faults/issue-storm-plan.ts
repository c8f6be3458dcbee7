/** Kinds of fields that the storm edits. The first three merge; a comment is added on either side; the others are Jira's alone. */
export const mergedKinds = ['title', 'status', 'priority'] as const;
export const sharedKinds = [...mergedKinds, 'comment'] as const;
export const jiraKinds = [...sharedKinds, 'labels', 'assignee', 'due date', 'type'] as const;

export type MergedKind = (typeof mergedKinds)[number];
export type Kind = (typeof jiraKinds)[number];
export type StormSide = 'crm' | 'jira';

/** What one person does. */
export interface Step {
  readonly link: number;
  readonly side: StormSide;
  readonly kind: Kind;
}

/** How big a storm is. */
export interface IssueStormSize {
  readonly links: number;
  /** Edits of the mix: one of both sides is one edit, of two people. */
  readonly edits: number;
  readonly waves: number;
  /** Processes ended with SIGKILL in its course. */
  readonly kills: number;
}

/** Of a hundred edits: on one side, of different fields on both, of the same field on both (docs/operations.md). */
export const mix = { oneSide: 60, differentFields: 25, sameField: 15 } as const;

const pick = <T>(from: readonly T[], random: () => number): T => {
  const found = from[Math.floor(random() * from.length)];
  if (found === undefined) throw new Error('nothing to choose from');
  return found;
};

/** One edit of the mix: the steps of one or two people, who do not wait for each other. */
export function planEdit(links: number, random: () => number): readonly Step[] {
  const link = Math.floor(random() * links);
  const fate = random() * 100;
  if (fate < mix.oneSide) {
    const side = random() < 0.5 ? 'crm' : 'jira';
    return [{ link, side, kind: pick(side === 'crm' ? sharedKinds : jiraKinds, random) }];
  }
  const first = pick(sharedKinds, random);
  const second =
    fate < mix.oneSide + mix.differentFields
      ? pick(
          jiraKinds.filter((kind) => kind !== first),
          random,
        )
      : first;
  const both: readonly Step[] = [
    { link, side: 'crm', kind: first },
    { link, side: 'jira', kind: second },
  ];
  return random() < 0.5 ? both : both.toReversed();
}

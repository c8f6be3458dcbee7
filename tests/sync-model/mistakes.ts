import type { Mistakes, Sizes } from './link-world';
import type { Mutation } from './mutate';

/** A mistake that somebody could make, numbered as in `link.pml`: in the plan, or in the shell around it. */
export interface Mistake {
  readonly no: number;
  readonly words: string;
  readonly plan?: readonly Mutation[];
  readonly shell?: Mistakes;
  readonly sizes?: Partial<Sizes>;
}

/** Where late writes matter. */
const LATE: Partial<Sizes> = {
  links: 1,
  edits: 2,
  jiraEdits: 2,
  lateWrites: 1,
  overtaken: true,
  switches: 0,
  otherEdits: 0,
  first: false,
};

const walk = 'merge/walk-changelog.ts';
const merge = 'merge/merge-field.ts';
const fields = 'merge/plan-fields.ts';

export const MISTAKES: readonly Mistake[] = [
  {
    no: 1,
    words: 'no base: Jira’s value is taken when it differs',
    plan: [
      { file: merge, from: '  const isDirty =', to: "  if (record !== theirs) return 'take';\n  const isDirty =" },
    ],
  },
  { no: 2, words: 'base written before the write to Jira', shell: { baseBeforeWrite: true } },
  { no: 3, words: 'echo recognised by a time window', shell: { echoWindow: true } },
  { no: 4, words: 'changelog not read', shell: { noChangelog: true } },
  {
    no: 5,
    words: 'own entries recognised by account, not by link',
    shell: { marksByAccount: true },
    sizes: { links: 2, edits: 1, jiraEdits: 1, switches: 0 },
  },
  { no: 6, words: 'record written without If-Match', shell: { unguardedTake: true } },
  { no: 7, words: 'value and base in two requests', shell: { takeInTwoRequests: true } },
  { no: 8, words: 'a webhook’s payload is believed', shell: { believedWebhook: true } },
  {
    no: 9,
    words: 'a decision is applied to other values than those shown',
    plan: [
      {
        file: merge,
        from: 'conflict !== null && record === decision.crm && theirs === decision.jira',
        to: 'conflict !== null',
      },
    ],
    sizes: { policy: 'ask' },
  },
  {
    no: 10,
    words: 'the loser of a conflict gets no entry',
    plan: [
      { file: fields, from: 'one.base === null && empty ? [] : [entry(state)]', to: 'false ? [entry(state)] : []' },
    ],
  },
  {
    no: 11,
    words: 'the link is not in the guard: Off races with a run',
    shell: { unguardedLink: true },
    sizes: { switches: 3 },
  },
  {
    no: 12,
    words: 'Off is confirmed while a write is on the wire',
    shell: { deadlineIgnored: true },
    sizes: { switches: 3, lateWrites: 1 },
  },
  {
    no: 13,
    words: 'cursor moved to the newest entry instead of the last one read',
    shell: { newestCursor: true },
  },
  { no: 14, words: 'own writes carry no mark', shell: { noMarks: true } },
  {
    no: 15,
    words: 'base moved when a conflict is opened',
    plan: [{ file: fields, from: 'action({ ...base, conflict }', to: 'action({ ...kept, conflict }' }],
    sizes: { policy: 'ask' },
  },
  {
    no: 16,
    words: 'a covered value is noted, but the merge goes on with ours',
    plan: [
      {
        file: walk,
        from: 'if (change !== null) lost.push(change);\n        cover = { value, late: false };',
        to: 'if (change !== null) lost.push(change);\n        theirs = value;\n        change = entry;\n        cover = null;',
      },
    ],
  },
  {
    no: 17,
    words: 'two links of one issue both send',
    shell: { twoSenders: true },
    sizes: { links: 2, edits: 1, jiraEdits: 1, switches: 0 },
  },
  {
    no: 18,
    words: 'who replaced a covering write counts as not having seen it',
    plan: [{ file: walk, from: 'if (cover !== null) {', to: 'if (cover !== null && false) {' }],
  },
  { no: 19, words: 'only the newest changelog entry is looked at', shell: { newestEntryOnly: true } },
  {
    no: 20,
    words: 'one base for both sides',
    plan: [{ file: merge, from: 'record !== walked.baseCrm || walked.owed', to: 'record !== walked.baseCrm' }],
  },
  {
    no: 21,
    words: 'the mark carries no record version: late writes look new',
    shell: { noVersions: true },
    sizes: LATE,
  },
  {
    no: 22,
    words: 'a person doing by hand what we owed is not recognised',
    plan: [{ file: walk, from: 'if (owed && value === baseCrm) {', to: 'if (false) {' }],
    sizes: LATE,
  },
  {
    no: 23,
    words: 'Jira put back by hand to a late write’s value counts as unchanged',
    plan: [{ file: walk, from: 'if (cover.late) touched = true;', to: 'if (cover.late) touched = false;' }],
    sizes: LATE,
  },
  {
    no: 24,
    words: 'switched on again with a new base',
    shell: { baseAnewWhenSwitchedOn: true },
    sizes: { switches: 3 },
  },
  {
    no: 25,
    words: 'the newer one wins, by clocks',
    plan: [
      {
        file: merge,
        from: '  const isDirty =',
        to: "  if (record !== theirs) return (walked.end * 7) % 3 === 0 ? 'write' : 'take';\n  const isDirty =",
      },
    ],
  },
  { no: 26, words: 'Jira read before Dataverse', shell: { jiraFirst: true }, sizes: { ...LATE, overtaken: false } },
  {
    no: 27,
    words: 'written again although Jira has it',
    plan: [
      { file: merge, from: "    if (record === stands) return 'agree';\n", to: '' },
      { file: fields, from: 'const isThere = move', to: 'const isThere = false && move' },
    ],
    sizes: { ...LATE, edits: 3, jiraEdits: 0 },
  },
  {
    no: 28,
    words: 'the second round has forgotten that it is the first meeting',
    plan: [{ file: fields, from: 'base === null || base.isFirst === true', to: 'base === null' }],
    sizes: { links: 1, policy: 'ask', first: true },
  },
];

import { planTimeRecord } from '@crmjira/domain';
import { Violation } from './link-world';
import { mutatedModule, type Mutation } from './mutate';
import { seeded } from './random';
import { type TimeMistakes, type TimePlan, TimeWorld } from './time-world';

/** Walks of one run: `SYNC_WALKS=1000000` goes further, `SYNC_SEED` starts elsewhere. */
const WALKS = Number(process.env.SYNC_WALKS ?? 2_000);
const FIRST = Number(process.env.SYNC_SEED ?? 0);

/** The first walk that breaks an invariant; null: none did. */
function explore(plan: TimePlan, from: number, to: number, mistakes: TimeMistakes = {}, kinds?: Set<string>) {
  for (let seed = from; seed < to; seed += 1) {
    const sizes = seeded(seed ^ 0x5bd1e995);
    const most = { edits: sizes(4), jiraEdits: sizes(4), late: sizes(2) };
    const world = new TimeWorld(most, plan, seeded(seed), mistakes);
    try {
      world.explore(60);
    } catch (error) {
      if (!(error instanceof Violation)) throw error;
      return { seed, words: error.message, trace: world.trace.join('\n') };
    }
    for (const kind of world.kinds) kinds?.add(kind);
  }
  return null;
}

const plan = 'plan-time-record.ts';
const anew = { file: plan, from: "    case 'gone':\n      return planGone(record, facts, now);", to: '' };
const MISTAKES: readonly {
  readonly no: number;
  readonly words: string;
  readonly plan?: readonly Mutation[];
  readonly shell?: TimeMistakes;
}[] = [
  { no: 61, words: 'a worklog of unknown id is not looked for', shell: { notLookedFor: true } },
  { no: 62, words: 'the deadline of a create is ignored', shell: { deadlineIgnored: true } },
  { no: 63, words: 'it is looked for on its issue only', shell: { onItsIssueOnly: true } },
  {
    no: 64,
    words: 'what was deleted in Jira is made anew',
    plan: [
      {
        ...anew,
        to: "    case 'gone':\n      return planGone(record, { ...facts, stored: { ...stored, moving: true } }, now);",
      },
    ],
  },
  { no: 65, words: 'the mark comes in a second request', shell: { markedLater: true } },
  {
    no: 66,
    words: 'a worklog that is not on its issue is taken for deleted',
    plan: [
      {
        ...anew,
        to: "    case 'gone':\n      return planGone(record, { ...facts, stored: { ...stored, moving: true } }, now);",
      },
    ],
    shell: { notLookedUpById: true },
  },
  { no: 67, words: 'the history of the issue is not read after a write', shell: { noHistory: true } },
  {
    no: 68,
    words: 'what was written last does not count as agreed',
    plan: [
      {
        file: plan,
        from: 'const isOurs = mark !== null && mark.version > base.version;',
        to: 'const isOurs = mark !== null && false;',
      },
    ],
  },
  {
    no: 69,
    words: 'a late write of ours is taken for a person’s',
    plan: [
      {
        file: plan,
        from: 'mark !== null && sameWork(theirs, mark.wrote) && mark.version',
        to: 'mark !== null && false && mark.version',
      },
    ],
  },
];

describe('SYNC Time records, on random walks of people, moves, lost and late requests and crashes (R-1826, R-1829)', () => {
  test('one worklog a record, nothing is lost without an entry, what a person deleted stays deleted, and it comes to rest', () => {
    const kinds = new Set<string>();
    expect(explore(planTimeRecord, FIRST, FIRST + WALKS, {}, kinds)).toBeNull();
    // A walk that meets nothing proves nothing.
    expect([...kinds].sort()).toEqual(
      ['adopt', 'anew', 'begin', 'conflict', 'create', 'delete', 'enter', 'finish', 'follow', 'gone'].concat([
        'moving',
        'note',
        'put',
        'take',
      ]),
    );
  });

  test.each(MISTAKES)('$no $words: found', async ({ plan: mutations, shell }) => {
    const mistaken =
      mutations === undefined
        ? planTimeRecord
        : (await mutatedModule<{ planTimeRecord: TimePlan }>('time', plan, mutations)).planTimeRecord;
    const found = explore(mistaken, 0, 4_000, shell);
    expect(found).not.toBeNull();
    expect(explore(planTimeRecord, found!.seed, found!.seed + 1)).toBeNull();
  });
});

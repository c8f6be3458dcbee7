import {
  ConflictState,
  type FieldBase,
  type IssueAction,
  type IssueFacts,
  linkStateOf,
  LinkState,
  lookAgainAt,
  planIssueLink,
  type PolicyValues,
  readFrom,
  type SettledEntry,
  type StoredLink,
  SyncPreference,
  type Transition,
  undoEntry,
} from '@crmjira/domain';
import { CASE, EARLIER, entry, LINK, linkFacts, NOW, PERSON, POLICY, SHOWN, STORED } from './link-facts';

const { Both, JiraToCrm, CrmToJira, Off } = SyncPreference;
type Facts = Parameters<typeof linkFacts>[0];
const plan = (changed: Facts = {}, policy = POLICY): readonly IssueAction[] =>
  planIssueLink(linkFacts(changed), policy, NOW);
const kinds = (changed: Facts = {}, policy = POLICY): string[] => plan(changed, policy).map(({ kind }) => kind);
const step = <Kind extends IssueAction['kind']>(kind: Kind, changed: Facts, policy = POLICY) => {
  const [action, ...more] = plan(changed, policy);
  expect([action?.kind, more]).toEqual([kind, []]);
  return action as Extract<IssueAction, { kind: Kind }>;
};
const summaryBase = (changed: Partial<FieldBase> = {}): Partial<StoredLink> => ({
  fields: { ...STORED.fields, summary: { ...STORED.fields.summary!, ...changed } },
});
const asks = (policy: 'crm' | 'jira' | 'ask') => ({ ...POLICY, conflicts: { ...POLICY.conflicts, summary: policy } });
const record = { summary: 'Printer smokes', version: 11, etag: 'W/"11"' };
const changelog = [entry(101, 'summary', 'Printer on fire', 'Printer burns')];
const issue = { changelog };

describe('SYNC Merge (R-1708)', () => {
  test('record = base, Jira = base: nothing', () => expect(plan()).toEqual([]));

  test('record ≠ base, Jira = base: the value goes to Jira with link and version as its mark', () => {
    expect(step('write', { record })).toMatchObject({
      name: 'summary',
      write: { field: 'summary', value: 'Printer smokes' },
      mark: { link: LINK, version: 11, wrote: { field: 'summary', value: 'Printer smokes' } },
    });
  });

  test('record = base, Jira ≠ base: the record takes it, base and cursor follow in the same change set', () => {
    expect(step('take', { issue })).toMatchObject({
      record: { summary: 'Printer burns' },
      guard: { record: 'W/"10"', link: 'W/"L1"' },
      entries: [],
      stored: { fields: { summary: { crm: 'Printer burns', jira: 'Printer burns', version: 10, cursor: 101 } } },
    });
  });

  test('both ≠ base and equal: agreed, without a write', () => {
    expect(
      step('agree', { record: { ...record, summary: 'Printer burns' }, issue }).stored.fields.summary,
    ).toMatchObject({
      crm: 'Printer burns',
      cursor: 101,
      version: 11,
    });
  });

  test('both ≠ base, Dynamics wins: Jira’s value stands in an entry before it is overwritten', () => {
    const kept = step('keep', { record, issue }, asks('crm'));
    expect(kept.entries).toEqual([
      expect.objectContaining({
        crm: 'Printer smokes',
        jira: 'Printer burns',
        base: 'Printer on fire',
        crmBy: 'Sam Roy',
        jiraBy: PERSON,
        jiraOn: NOW,
        state: ConflictState.KeptCrm,
      }),
    ]);
    expect(kinds({ record, issue, stored: kept.stored }, asks('crm'))).toEqual(['write']);
  });

  test('both ≠ base, Jira wins: the record’s value stands in the change set that overwrites it', () => {
    expect(step('take', { record, issue }, asks('jira'))).toMatchObject({
      record: { summary: 'Printer burns' },
      entries: [{ crm: 'Printer smokes', jira: 'Printer burns', state: ConflictState.KeptJira }],
    });
  });

  describe('ask', () => {
    const held = (): StoredLink => step('hold', { record, issue }).stored;
    const decision = (side: 'crm' | 'jira', jira = 'Printer burns') => ({
      decisions: [{ commandId: 'k', field: 'summary' as const, side, by: 'u', crm: 'Printer smokes', jira }],
    });

    test('nothing is written until a person decides; the base does not move', () => {
      expect(held().fields.summary).toMatchObject({ crm: 'Printer on fire', cursor: 100 });
      expect(kinds({ record, issue, stored: held() })).toEqual([]);
    });

    test('newer values are shown as they come, and the older row is closed', () => {
      const newer = [...changelog, entry(102, 'summary', 'Printer burns', 'Printer gone')];
      const again = step('hold', { record, issue: { changelog: newer }, stored: held() });
      expect(again.settled).toEqual({
        entry: held().fields.summary!.conflict!.entry,
        state: ConflictState.Superseded,
        by: null,
      });
      expect(again.stored.fields.summary!.conflict).toMatchObject({ jira: 'Printer gone' });
    });

    test('it ends by itself when both sides agree', () =>
      expect(kinds({ record: { ...record, summary: 'Printer burns' }, issue, stored: held() })).toEqual(['close']));

    test('a decision counts for the values that were shown', () => {
      const facts = { record, issue, stored: held(), facts: decision('jira') };
      expect(step('decided', facts)).toMatchObject({
        record: { summary: 'Printer burns' },
        settled: { state: ConflictState.KeptJira, by: 'u' },
      });
      expect(step('decided', { ...facts, facts: decision('crm') })).toMatchObject({ record: null });
    });

    test('otherwise it is refused, also when the conflict has gone meanwhile', () => {
      expect(kinds({ record, issue, stored: held(), facts: decision('crm', 'older') })).toEqual(['refuse']);
      expect(kinds({ facts: decision('crm') })).toEqual(['refuse']);
    });
  });

  test.each([
    ['From Jira writes nothing to Jira', JiraToCrm, { record }, []],
    ['To Jira takes nothing', CrmToJira, { issue }, []],
    ['From Jira: Jira wins where both have changed', JiraToCrm, { record, issue }, ['take']],
    ['To Jira: Dynamics wins where both have changed', CrmToJira, { record, issue }, ['keep']],
  ])('%s', (_name, preference, changed, expected) => {
    expect(kinds({ ...changed, link: { preference } })).toEqual(expected);
  });

  test('for 30 days the value that did not stand can be taken back, while the record still has the other', () => {
    const { KeptCrm, KeptJira, Open, Superseded } = ConflictState;
    const values: PolicyValues = {
      record: {
        statuses: [{ value: '3', labels: ['Waiting', 'En attente'], state: 'active' }],
        priorities: [
          { id: '1', names: ['High'] },
          { id: '2', names: ['Low'] },
        ],
      },
      jira: {
        statuses: [{ id: '12', name: 'Blocked', category: 'indeterminate' }],
        priorities: [
          { id: 'p1', names: ['Highest'] },
          { id: 'p3', names: ['Lowest'] },
        ],
      },
    };
    const undo = (entry: Partial<SettledEntry>, changed: Facts = {}, now = NOW) => {
      const { record: it, link } = linkFacts(changed);
      const whole = {
        field: 'summary',
        state: KeptJira,
        crm: 'Smoke',
        jira: 'Printer on fire',
        decidedOn: EARLIER,
      } as const;
      const facts = { record: it!, stored: link.stored, preference: link.preference };
      return undoEntry({ ...whole, ...entry }, facts, values, POLICY, now);
    };
    expect(undo({})).toEqual({ change: { summary: 'Smoke' }, state: KeptCrm, value: 'Smoke' });
    expect(undo({ state: KeptCrm, crm: 'Printer on fire', jira: 'Smoke' })).toMatchObject({ state: KeptJira });
    // By name: the value itself where it is the record's, the first of its row where it is Jira's.
    const status = { field: 'status', crm: 'En attente', jira: 'Blocked' } as const;
    const waits = { record: { status: '2' } };
    expect(undo(status, waits)).toMatchObject({ change: { status: '3' } });
    const priority = { field: 'priority', state: KeptCrm, crm: 'High', jira: 'Lowest' } as const;
    expect(undo(priority)).toMatchObject({ change: { priority: '2' }, state: KeptJira });
    expect(undo({ ...priority, jira: 'Urgent' })).toBe('changed');
    for (const state of [Open, Superseded]) expect(undo({ state })).toBe('not-decided');
    expect(undo({}, {}, '2025-06-15T16:00:00.001Z')).toBe('too-late');
    expect(undo({}, {}, '2025-06-15T16:00:00.000Z')).toMatchObject({ value: 'Smoke' });
    expect(undo({}, { record })).toBe('changed');
    expect(undo({}, { record: { closed: true } })).toBe('closed');
    expect(undo({}, { link: { preference: Off } })).toBe('off');
    expect(undo({}, { stored: summaryBase({ conflict: { entry: LINK, crm: 'a', jira: 'b' } }) })).toBe('changed');
  });

  test('of two links of one issue one sends: the other follows and says so', () => {
    expect(kinds({ record, link: { follows: true } })).toEqual([]);
    expect(step('note', { record, link: { follows: true, preference: CrmToJira } }).trouble?.code).toBe(
      'other-link-sends',
    );
  });

  test('labels merge by element: what one side added stays, what one side took away goes', () => {
    const stored = {
      fields: { ...STORED.fields, 'label:old': { ...STORED.fields.summary!, crm: 'set', jira: 'set' } as FieldBase },
    };
    const labels = { changelog: [entry(101, 'labels', 'old', 'old theirs')] };
    const added = { record: { labels: ['old', 'ours'], version: 11 }, stored, shown: { labels: ['old'] } };
    expect(step('write', added).write.label).toEqual({ name: 'ours', add: true });
    expect(step('write', { ...added, record: { labels: [], version: 11 } }).write.label).toEqual({
      name: 'old',
      add: false,
    });
    const took = step('take', { record: { labels: ['old'] }, issue: labels, stored });
    expect([took.field, took.record, took.entries]).toEqual(['label:theirs', { labels: ['old', 'theirs'] }, []]);
    expect(kinds({ record: { labels: ['old', 'theirs'], version: 11 }, issue: labels, stored: took.stored })).toEqual(
      [],
    );
  });

  test('linking an issue that differs: nobody’s value is older, so the conflict policy decides (R-1707)', () => {
    const stored = { fields: {} };
    expect(kinds({ record, stored })).toEqual(['hold']);
    expect(kinds({ record, stored, link: { preference: JiraToCrm } })).toEqual(['take']);
    expect(kinds({ stored })).toEqual(['agree']);
  });

  test('what the map does not know changes nothing (R-1708)', () => {
    expect(
      kinds({ issue: { changelog: [entry(101, 'status', '11', '99')], statusId: '99' }, stored: { toldUpTo: 101 } }),
    ).toEqual([]);
    expect(kinds({ record: { status: '77', version: 11 } })).toEqual([]);
    expect(kinds({ record: { priority: '1' }, issue: { changelog: [entry(101, 'priority', 'p2', 'p1')] } })).toEqual([
      'agree',
    ]);
  });

  test('a resolved case takes nothing, and a conflict on it waits for people', () => {
    expect(kinds({ record: { closed: true }, issue })).toEqual([]);
    expect(kinds({ record: { ...record, closed: true }, issue }, asks('jira'))).toEqual(['hold']);
  });
});

describe('SYNC A round: what a write of ours covered', () => {
  const covered = [...changelog, entry(102, 'summary', 'Printer burns', 'Printer smokes', 11)];

  test('the person’s value becomes an entry with who and when, then a conflict', () => {
    const entered = step('enter', { record, issue: { changelog: covered } });
    expect(entered.entries).toEqual([expect.objectContaining({ jira: 'Printer burns', jiraBy: PERSON, jiraOn: NOW })]);
    expect(kinds({ record, issue: { changelog: covered }, stored: entered.stored })).toEqual(['hold']);
  });

  test('a link that is off enters it too', () =>
    expect(kinds({ record, issue: { changelog: covered }, link: { preference: Off } })).toEqual(['enter']));

  test('our own write moves the base: the round behind it plans nothing but to agree', () => {
    const own = [entry(101, 'summary', 'Printer on fire', 'Printer smokes', 11)];
    const agreed = step('agree', { record, issue: { changelog: own } });
    expect(kinds({ record, issue: { changelog: own }, stored: agreed.stored })).toEqual([]);
  });

  test('a late write of ours binds nothing: what the record says now is written again', () => {
    const stored = summaryBase({ version: 12 });
    const late = [entry(101, 'summary', 'Printer on fire', 'Printer smokes', 11)];
    expect(kinds({ issue: { changelog: late }, stored, record: { version: 12 } })).toEqual(['agree']);
    const owed = step('agree', { issue: { changelog: late }, stored, record: { version: 12 } });
    expect(kinds({ issue: { changelog: late }, stored: owed.stored, record: { version: 12 } })).toEqual(['write']);
  });

  test('somebody else’s integration is somebody: the mark is the link’s, not the account’s', () => {
    const [one] = covered.slice(1);
    const other = { ...one!, mark: { link: CASE, version: 11 } };
    expect(kinds({ issue: { changelog: [other] } })).toEqual(['take']);
  });

  test('what Jira makes of our write at once is Jira’s change, not ours', () => {
    const mark = { link: LINK, version: 11, wrote: { field: 'summary' as const, value: 'Printer smokes' } };
    const own = [{ ...entry(101, 'summary', 'Printer on fire', 'Printer SMOKES', 11), mark }];
    expect(step('take', { record, issue: { changelog: own } }).record).toEqual({ summary: 'Printer SMOKES' });
  });

  test('the changelog is read from the oldest cursor on, and a long one is left behind', () => {
    const many = Array.from({ length: 60 }, (_, at) => entry(101 + at, 'status', '11', '99'));
    const stored = { toldUpTo: 160 };
    const agreed = step('agree', { issue: { changelog: many, statusId: '11' }, stored });
    expect(readFrom({ ...STORED, ...stored })).toBe(100);
    expect(readFrom(agreed.stored)).toBe(160);
  });
});

describe('SYNC Status and resolution: transitions only (R-216)', () => {
  const waiting = { record: { status: '3', version: 11 } };
  const to = (status: string, field?: Partial<Transition['fields'][number]>): Transition => ({
    id: `t${status}`,
    name: 'Block',
    to: status,
    fields: field ? [{ id: 'f', name: 'Reason', required: true, hasDefault: false, ...field }] : [],
  });

  test('the step that leads to the status is taken', () =>
    expect(step('write', { ...waiting, issue: { transitions: [to('20'), to('12')] } }).write).toEqual({
      field: 'status',
      value: '12',
      transition: 't12',
    }));

  test.each([
    ['no step leads there', [to('20')], 'no-transition', 'status'],
    ['its step requires a field', [to('12', {})], 'transition-needs-field', 'Reason'],
  ])('%s: nothing is written, the row says why, once', (_name, transitions, code, field) => {
    const noted = step('note', { ...waiting, issue: { transitions } });
    expect(noted.trouble).toMatchObject({ code, field, from: 'Working', to: '3' });
    expect(linkStateOf(noted.stored)).toBe(LinkState.Failing);
    expect(plan({ ...waiting, issue: { transitions }, stored: noted.stored })).toEqual([]);
    expect(step('note', { stored: noted.stored }).trouble).toBeNull();
  });

  test('a field with a default does not stand in the way', () =>
    expect(kinds({ ...waiting, issue: { transitions: [to('12', { hasDefault: true })] } })).toEqual(['write']));

  test('one field that cannot be written does not hold up another', () => {
    expect(step('write', { record: { ...record, status: '2' } }).name).toBe('summary');
    expect(step('note', { record: { priority: '2', version: 11 }, issue: { editable: [] } }).trouble?.code).toBe(
      'not-on-screen',
    );
  });

  test('an issue that is done does not resolve the case by its status; reopened, it is told on the timeline only', () => {
    const done = entry(101, 'status', '11', '20');
    expect(step('tell', { issue: { changelog: [done] } }).posts).toMatchObject([{ event: 'status-changed', to: '20' }]);
    expect(kinds({ issue: { changelog: [done] }, stored: { toldUpTo: 101 } })).toEqual([]);
    const stored = { fields: { status: { ...STORED.fields.status!, crm: '5', jira: '5' } }, toldUpTo: 100 };
    const reopened = {
      record: { status: '5', closed: true, summary: undefined, priority: undefined },
      stored,
      issue: { changelog: [entry(102, 'status', '20', '11')] },
    };
    const told = step('tell', reopened);
    expect(told.posts).toMatchObject([{ event: 'reopened', key: 'ACME-7', by: PERSON }]);
    expect(kinds({ ...reopened, stored: told.stored })).toEqual([]);
  });

  test('the timeline tells what others did, not our own writes', () =>
    expect(
      kinds({ record: { status: '2', version: 11 }, issue: { changelog: [entry(101, 'status', '11', '12', 11)] } }),
    ).toEqual(['agree']));

  test('reactivating the case asks Jira for an offered step', () => {
    const stored = { fields: { status: { ...STORED.fields.status!, crm: '5', jira: '5' } } };
    const reactivated = { record: { status: '1', version: 11, summary: undefined, priority: undefined }, stored };
    const [offered, none] = [[to('10')], []].map((transitions) =>
      plan({ ...reactivated, issue: { statusId: '20', transitions } }),
    );
    expect(offered).toMatchObject([{ kind: 'write', write: { transition: 't10' } }]);
    expect(none).toMatchObject([{ kind: 'note', trouble: { code: 'no-transition' } }]);
  });
});

test('R-216 R-1711 a ticket that was not done with its error says why on its link, until it is done or owes nothing', () => {
  const unclosed = { code: 'no-transition' as const, field: 'status', from: 'To Do', to: 'Done' };
  const noted = step('note', { stored: { unclosed } });
  expect(noted.stored).toMatchObject({ trouble: unclosed, unclosed });
  expect(plan({ stored: noted.stored })).toEqual([]);
  for (const over of [
    { shown: { statusCategory: 'done' as const } },
    { link: { preference: SyncPreference.JiraToCrm } },
  ]) {
    const { stored } = step('note', { stored: noted.stored, ...over });
    expect([stored.trouble, stored.unclosed]).toEqual([null, undefined]);
  }
});

describe('SYNC Creating and unlinking (R-1705, R-1707)', () => {
  const unknown = (changed: Partial<Extract<IssueFacts, { kind: 'unknown' }>> = {}): IssueFacts => ({
    kind: 'unknown',
    canSee: true,
    highest: 41,
    found: null,
    missing: [],
    ...changed,
  });
  const asked = { stage: 'asked' as const, issueId: null };
  const sent = { stage: 'sent' as const, issueId: null, low: 41, sentOn: EARLIER };
  const of = (stored: Partial<StoredLink>, one: IssueFacts, more: Facts = {}): Facts => ({
    ...more,
    stored,
    facts: { issue: one, mirror: null },
  });
  const found = {
    issueId: '10042',
    key: 'ACME-7',
    mark: { link: LINK, version: 9 },
    sent: { status: '1', priority: '2', summary: 'Printer on fire', labels: ['dynamics'] },
    created: { statusId: '10', priorityId: 'p1', summary: 'Printer on fire', labels: ['dynamics'] },
  };

  test('the row exists and says so before the request, whose mark is the link', () => {
    const [begin, create] = plan(of(asked, unknown()));
    expect(begin).toMatchObject({ kind: 'begin', stored: { stage: 'sent', low: 41, sentOn: NOW } });
    expect(create).toEqual({ kind: 'create', mark: { link: LINK, version: 10 } });
  });

  test('a required field that nothing fills is found before: nothing is sent', () =>
    expect(step('note', of(asked, unknown({ missing: ['Team'] }))).trouble).toMatchObject({
      code: 'create-needs-field',
      field: 'Team',
    }));

  test('before a second attempt it waits until nothing of the first can land, then looks', () => {
    const justSent = of({ ...sent, sentOn: NOW }, unknown());
    expect(plan(justSent)).toEqual([]);
    expect(lookAgainAt(linkFacts(justSent), POLICY, NOW)).toBe('2025-05-16T17:05:00.000Z');
    // Its answer has come: there is nothing to wait for.
    expect(kinds(of({ ...sent, sentOn: NOW }, unknown({ found })))).toEqual(['adopt']);
    expect(plan(of(sent, unknown({ highest: 50 })))).toMatchObject([
      { kind: 'begin', stored: { low: 41, sentOn: NOW } },
      { kind: 'create' },
    ]);
  });

  test('an issue with the mark is adopted; what Jira made otherwise is owed', () => {
    const { stored } = step('adopt', of(sent, unknown({ found })));
    expect(stored).toMatchObject({
      stage: 'linked',
      issueId: '10042',
      fields: {
        status: { crm: '1', jira: '1', version: 9, cursor: 0 },
        priority: { crm: '2', jira: '1' },
        'label:dynamics': { crm: 'set', jira: 'set' },
      },
    });
  });

  test('an empty answer without access is not “not there”', () =>
    expect(kinds(of(sent, unknown({ canSee: false })))).toEqual(['note']));

  test('linking an issue that is there: the mirror is written first, then Jira is told', () => {
    const linked = step('stage', { stored: { ...asked, issueId: '10042' } });
    expect(linked.stored.stage).toBe('linked');
    expect(kinds({ stored: linked.stored, facts: { mirror: null }, issue: { marked: false } })).toEqual(['mirror']);
    expect(kinds({ stored: linked.stored, issue: { marked: false } })).toEqual(['mark']);
  });

  test('an unlink is in force when nothing can be on its way any more, and the link back is gone', () => {
    const wish = { link: { wanted: 'unlinked' as const, wishedOn: NOW } };
    expect(step('stage', wish).stored.stage).toBe('unlinking');
    const stored = { stage: 'unlinking' as const };
    expect(plan({ ...wish, stored })).toEqual([]);
    const later = { link: { wanted: 'unlinked' as const }, stored };
    expect(kinds(later)).toEqual(['unmark']);
    expect(step('confirm', { ...later, issue: { marked: false } }).stored).toMatchObject({
      stage: 'unlinked',
      issueId: '10042',
    });
    expect(plan({ link: { wanted: 'unlinked' }, stored: { stage: 'unlinked' }, record, issue })).toEqual([]);
  });

  test('unlinked while a create was on its way: its issue is kept in mind, without access it waits', () => {
    const wish = { link: { wanted: 'unlinked' as const } };
    const stored = { ...sent, stage: 'unlinking' as const };
    expect(step('confirm', of(stored, unknown({ found }), wish)).stored.issueId).toBe('10042');
    expect(plan(of(stored, unknown({ canSee: false }), wish))).toEqual([]);
  });

  test('undone, it is linked again with the base that it had', () =>
    expect(step('stage', { stored: { stage: 'unlinked' } }).stored).toEqual({ ...STORED, stage: 'linked' }));

  test('R-1709 the timeline is told of each once: created, linked, unlinked, linked again; hidden is none of them', () => {
    const events = (facts: Facts): unknown[] =>
      plan(facts).flatMap((one) => ('posts' in one ? one.posts.map(({ event, key }) => [event, key]) : []));
    const unlink = { link: { wanted: 'unlinked' as const } };
    expect(events(of(sent, unknown({ found })))).toEqual([['created', 'ACME-7']]);
    expect(events({ stored: { ...asked, issueId: '10042' } })).toEqual([['linked', 'ACME-7']]);
    expect(events(unlink)).toEqual([]);
    expect(events({ ...unlink, stored: { stage: 'unlinking' }, issue: { marked: false } })).toEqual([
      ['unlinked', 'ACME-7'],
    ]);
    expect(events({ stored: { stage: 'unlinked' } })).toEqual([['linked', 'ACME-7']]);
    expect(events({ stored: { stage: 'hidden' } })).toEqual([]);
    // Nobody has asked for it: the case was merged into one that has the link, or deleted.
    const merged = { mergedInto: { id: 'm', hasLink: true } };
    expect(events({ stored: { stage: 'unlinking' }, issue: { marked: false }, record: merged })).toEqual([]);
    expect(
      events({ ...unlink, stored: { stage: 'unlinking' }, issue: { marked: false }, facts: { record: null } }),
    ).toEqual([]);
  });

  test('a deleted record is unlinked', () =>
    expect(step('stage', { facts: { record: null } }).stored.stage).toBe('unlinking'));

  test('deleted only when Jira has told, else hidden; nothing is made anew (R-517)', () => {
    const gone = (deletionTold: boolean): IssueFacts => ({ kind: 'gone', deletionTold });
    const hidden = step('stage', of({}, gone(false))).stored;
    expect([hidden.stage, hidden.trouble?.code]).toEqual(['hidden', 'issue-hidden']);
    expect(plan(of(hidden, gone(false)))).toEqual([]);
    expect(step('stage', { stored: hidden }).stored).toMatchObject({ stage: 'linked', trouble: null });
    expect(step('mirror', { facts: { issue: gone(true) } }).deleted).toBe(true);
    const broken = step('stage', of(hidden, gone(true))).stored;
    expect(linkStateOf(broken)).toBe(LinkState.Broken);
    expect(plan(of(broken, unknown()))).toEqual([]);
  });

  test('a moved issue is the same issue: the mirror takes its new key and project', () =>
    expect(step('mirror', { facts: { mirror: { issue: { ...SHOWN, key: 'OLD-1' }, deleted: false } } }).issue.key).toBe(
      'ACME-7',
    ));

  test('nothing is written to an archived issue', () =>
    expect(step('note', { record, shown: { archived: true }, issue: { marked: false } }).trouble?.code).toBe(
      'issue-archived',
    ));
});

describe('SYNC Preference: Off is off', () => {
  const off = { preference: Off };

  test('it is in force when the service has confirmed it, after nothing of its own can land', () => {
    expect(plan({ record, issue, link: { ...off, wishedOn: NOW } })).toEqual([]);
    const { stored } = step('confirm', { record, issue, link: off });
    expect(plan({ record, issue, link: off, stored })).toEqual([]);
    expect(kinds({ record, issue, link: { ...off, wishedOn: '2025-05-16T16:30:00.000Z' }, stored })).toEqual([
      'confirm',
    ]);
  });

  test('values are still read', () => expect(kinds({ link: off, facts: { mirror: null } })).toEqual(['mirror']));

  test('switched on again it goes on from the base that it had', () => {
    const { stored } = step('confirm', { record, issue, link: off });
    expect(kinds({ record, issue, stored, link: { preference: Both } })).toEqual(['hold']);
  });
});

test('SYNC Invariants: the same facts give the same ids (R-1205)', () => {
  const [first] = plan({ record, issue });
  expect(plan({ record, issue })).toEqual([first]);
  expect(plan({ record: { ...record, version: 12 }, issue })).not.toEqual([first]);
});

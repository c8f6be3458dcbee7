import {
  type DoneChange,
  NO_RESOLUTION,
  planIssueLink,
  planResolution,
  type ResolutionAction,
  type ResolutionFacts,
  resolutionId,
  ResolutionRule,
  resolutionSubject,
  resolutionText,
  type ResolvingLink,
  SyncPreference,
  type TimelinePost,
  timelineText,
  type Trouble,
  troubleText,
} from '@crmjira/domain';
import { CASE, linkFacts, NOW, POLICY, SHOWN } from './link-facts';

const change = (entry: number, done = true): DoneChange => ({
  entry,
  on: new Date(Date.UTC(2025, 4, 16) + entry * 1000).toISOString(),
  done,
  by: 'Lee',
  resolution: done ? 'Fixed' : null,
});
const link = (n: number, changes: readonly DoneChange[] = [], changed: Partial<ResolvingLink> = {}): ResolvingLink => ({
  id: `link-${n}`,
  integration: 'cloud',
  rule: ResolutionRule.All,
  preference: SyncPreference.Both,
  stage: 'linked',
  resolvesRecord: false,
  issueId: String(n),
  key: `ACME-${n}`,
  doneWhenLinked: false,
  changes,
  ...changed,
});
const facts = (links: readonly ResolvingLink[], changed: Partial<ResolutionFacts> = {}): ResolutionFacts => ({
  record: { table: 'incident', id: CASE, etag: 'W/"1"', closed: false },
  rows: [],
  links,
  stored: NO_RESOLUTION,
  storedEtag: 'W/"s"',
  ...changed,
});
const said = (actions: readonly ResolutionAction[]): string[] =>
  actions.map((one) => (one.kind === 'resolve' ? `resolve ${one.key}` : (one.notice?.code ?? one.kind)));
const planned = (...given: Parameters<typeof facts>): string[] => said(planResolution(facts(...given)));
const storedBy = (action: ResolutionAction | undefined): ResolutionFacts['stored'] => {
  if (action?.kind !== 'account') throw new Error('nothing was stored');
  return action.stored;
};
const closed = { record: { table: 'incident' as const, id: CASE, etag: 'W/"2"', closed: true } };
const opportunity = { record: { table: 'opportunity' as const, id: CASE, etag: 'W/"1"', closed: false } };

describe('SYNC Status and resolution: which case resolves (R-1708)', () => {
  const done = link(1, [change(5)]);
  const { Any, Chosen, Never } = ResolutionRule;

  test.each([
    ['All: one issue, resolved', [done], ['resolve ACME-1']],
    ['All: another is open', [done, link(2)], ['stays-open']],
    ['All: the last one names the occasion', [done, link(2, [change(7)])], ['resolve ACME-2']],
    [
      'All: an issue of sync To Jira does not count',
      [done, link(2, [], { preference: SyncPreference.CrmToJira })],
      ['resolve ACME-1'],
    ],
    [
      'All: an issue that is off does not count',
      [done, link(2, [], { preference: SyncPreference.Off })],
      ['resolve ACME-1'],
    ],
    ['All: From Jira counts', [link(1, [change(5)], { preference: SyncPreference.JiraToCrm })], ['resolve ACME-1']],
    [
      'All: an issue that cannot be seen is not known to be done',
      [done, link(2, [change(4)], { stage: 'hidden' })],
      ['stays-open'],
    ],
    ['All: a deleted issue is none', [done, link(2, [], { stage: 'broken' })], ['resolve ACME-1']],
    ['Any', [link(1, [change(5)], { rule: Any }), link(2, [], { rule: Any })], ['resolve ACME-1']],
    [
      'Chosen: the chosen one',
      [link(1, [change(5)], { rule: Chosen, resolvesRecord: true }), link(2, [], { rule: Chosen })],
      ['resolve ACME-1'],
    ],
    [
      'Chosen: another one',
      [link(1, [change(5)], { rule: Chosen }), link(2, [], { rule: Chosen, resolvesRecord: true })],
      ['stays-open'],
    ],
    ['Chosen: none is chosen', [link(1, [change(5)], { rule: Chosen })], ['stays-open']],
    ['Never', [link(1, [change(5)], { rule: Never })], []],
    ['two connections: both rules', [done, link(2, [], { integration: 'dc', rule: Any })], ['stays-open']],
    ['it was done when it was linked: nothing has become true', [link(1, [], { doneWhenLinked: true })], []],
    ['done and reopened: it is no news any more', [link(1, [change(5), change(6, false)])], []],
  ])('%s', (_name, links, expected) => expect(planned(links)).toEqual(expected));

  test('an opportunity is never closed by Jira', () => expect(planned([done], opportunity)).toEqual([]));

  test('one occasion closes once: the row’s id derives from it, under the version of the case', () => {
    expect(planResolution(facts([done]))).toEqual([
      expect.objectContaining({
        guard: 'W/"1"',
        resolutionId: resolutionId(CASE, '1:5'),
        resolution: 'Fixed',
        by: 'Lee',
      }),
    ]);
    expect(resolutionId(CASE, '1:5')).not.toBe(resolutionId(CASE, '1:7'));
    expect(planned([done], { ...closed, rows: [resolutionId(CASE, '1:5')] })).toEqual(['account']);
  });

  const ours = [resolutionId(CASE, '1:5')];
  const stored = { ...NO_RESOLUTION, occasion: '1:5', closed: true, accounted: ours };

  test('a person may reopen the case whose issues are resolved, also before our close was accounted for', () => {
    const [accounted] = planResolution(facts([done], { rows: ours, stored }));
    expect(accounted).toMatchObject({ kind: 'account', stored: { closed: false }, notice: null });
    expect(planned([done], { rows: ours, stored: { ...stored, closed: false } })).toEqual([]);
    expect(planned([done], { rows: ours })).toEqual(['account']);
  });

  test('the next occasion closes it again', () => {
    const again = link(1, [change(5), change(6, false), change(8)]);
    expect(planned([again], { rows: ours, stored: { ...stored, closed: false } })).toEqual(['resolve ACME-1']);
  });

  test('Any: a second issue is no occasion as long as the first is resolved', () => {
    const two = [link(1, [change(5)], { rule: Any }), link(2, [change(9)], { rule: Any })];
    expect(planned(two, { rows: ours, stored: { ...stored, closed: false } })).toEqual([]);
  });

  test('reopened in Jira: the timeline says so once, the case stays resolved', () => {
    const reopened = [link(1, [change(5), change(6, false)])];
    const [told] = planResolution(facts(reopened, { ...closed, rows: ours, stored }));
    expect(said([told!])).toEqual(['reopened-in-jira']);
    expect(planned(reopened, { ...closed, rows: ours, stored: storedBy(told) })).toEqual([]);
  });

  test('changed on both sides: people decide', () =>
    expect(planned([done], { stored: { ...NO_RESOLUTION, closed: true } })).toEqual(['decide']));

  test('it stays open and says so once; unlinking the open issue resolves nothing, resolving it does', () => {
    const open = link(2);
    const [told] = planResolution(facts([done, open]));
    const after = { stored: storedBy(told) };
    expect(planned([done, open], after)).toEqual([]);
    expect(planned([done], after)).toEqual(['account']);
    // Read late: it was resolved before the other one.
    expect(planned([done, link(2, [change(4)])], after)).toEqual(['resolve ACME-1']);
  });
});

test.each([
  ['created', 'incident', 'ACME-7 was created from this case', 'ACME-7 a été créé à partir de cet incident'],
  ['linked', 'incident', 'ACME-7 was linked to this case', 'ACME-7 a été lié à cet incident'],
  ['unlinked', 'opportunity', 'ACME-7 was unlinked from this opportunity', 'ACME-7 a été délié de cette opportunité'],
  ['created', 'account', 'ACME-7 was created from this account', 'ACME-7 a été créé à partir de ce compte'],
] as const)(
  'R-1709 the timeline says that an issue was %s, of the record that it is: %s',
  (event, table, english, french) => {
    const post = { id: CASE, event, key: 'ACME-7', from: null, to: null, by: null };
    expect([timelineText(post, 1033, table), timelineText(post, 3084, table)]).toEqual([english, french]);
  },
);

describe('merged, reassigned and deactivated records, a departed assignee, a changed type (R-1709)', () => {
  const posts = (changed: Parameters<typeof linkFacts>[0]): readonly TimelinePost[] =>
    planIssueLink(linkFacts(changed), POLICY, NOW).flatMap((one) => ('posts' in one ? one.posts : []));
  const before = (changed: Partial<typeof SHOWN>) => ({
    facts: { mirror: { issue: { ...SHOWN, ...changed }, deleted: false } },
  });

  test.each<[string, Parameters<typeof linkFacts>[0], RegExp, RegExp]>([
    [
      'merged',
      { record: { mergedInto: { id: 'm', hasLink: false } } },
      /ACME-7 is now linked to this case/,
      /ACME-7 est maintenant lié/,
    ],
    [
      'reassigned',
      { record: { owner: { id: 'o2', name: 'Kim Tran' } } },
      /now belongs to Kim Tran/,
      /appartient maintenant à Kim Tran/,
    ],
    [
      'deactivated',
      { record: { closed: true, cancelled: true } },
      /was cancelled\. ACME-7 stays/,
      /a été annulé\. ACME-7 reste/,
    ],
    [
      'a departed assignee',
      { ...before({ assigneeActive: true }), shown: { assigneeActive: false } },
      /Lee, whose Jira account is closed/,
      /Lee, dont le compte Jira est fermé/,
    ],
    ['a changed type', before({ type: 'Story' }), /changed type: Story → Bug/, /a changé de type\u00a0: Story → Bug/],
  ])('%s: one sentence in each language, once', (_name, changed, english, french) => {
    const [post, ...more] = posts(changed);
    expect(more).toEqual([]);
    expect(timelineText(post!, 1033, 'incident')).toMatch(english);
    expect(timelineText(post!, 3084, 'incident')).toMatch(french);
    const [action] = planIssueLink(linkFacts(changed), POLICY, NOW);
    const stored = action && 'stored' in action ? action.stored : undefined;
    expect(
      posts({ ...changed, ...(stored ? { stored } : { facts: {} }), record: { ...changed!.record, mergedInto: null } }),
    ).toEqual([]);
  });

  test('merged into a case that has the issue already: the second link goes', () =>
    expect(planIssueLink(linkFacts({ record: { mergedInto: { id: 'm', hasLink: true } } }), POLICY, NOW)).toMatchObject(
      [{ kind: 'stage', stored: { stage: 'unlinking' } }],
    ));
});

describe('words (R-216, R-1708)', () => {
  const notice = (open: number) => ({ id: 'n', code: 'stays-open' as const, key: 'ACME-7', open });

  test('one and several', () => {
    expect(resolutionText(notice(1), 1033)).toBe(
      'ACME-7 was resolved in Jira. The case stays open: 1 linked issue is open.',
    );
    expect(resolutionText(notice(2), 3084)).toBe(
      'ACME-7 a été résolu dans Jira. L’incident reste ouvert\u00a0: 2 tickets liés sont ouverts.',
    );
    expect(resolutionSubject('ACME-7', 3084)).toBe('Incident résolu parce que ACME-7 a été résolu dans Jira.');
  });

  test.each<[Trouble['code'], string]>([
    [
      'no-transition',
      'Status On hold was not sent: ACME-7 offers no step to On hold from Working. Nothing was changed in Jira. Move the issue there, or set sync to From Jira, then retry.',
    ],
    [
      'not-on-screen',
      'Priority On hold was not sent: Priority is not on the edit screen of ACME-7. Nothing was changed in Jira. Ask an administrator to put it there, or set sync to From Jira, then retry.',
    ],
    [
      'issue-hidden',
      'ACME-7 no longer exists in Jira, or the integration account cannot see it. Shown as of May 16. Ask an administrator for access, or unlink it.',
    ],
  ])('%s', (code, words) => {
    const issue = { key: 'ACME-7', project: 'ACME', type: 'Bug', asOf: 'May 16' };
    const trouble = { code, field: 'Priority', from: 'Working', to: 'On hold' };
    expect(troubleText(trouble, issue, 1033)).toBe(words);
    expect(troubleText(trouble, issue, 3084)).toContain('ACME-7');
  });
});

import {
  asComment,
  ConflictState,
  coveredByRemoval,
  coveredByWrite,
  isIssueKey,
  keptOfWrite,
  newTimeRecord,
  notesOf,
  planTimeRecord,
  type RecordOfTime,
  secondsBetween,
  type SeenWorklog,
  type StoredTimeRecord,
  type TimeRecordFacts,
  storedRemark,
  remarkText,
  entryRemark,
  failureText,
  timeTroubleText,
  toStarted,
  worklogComment,
  workOf,
} from '@crmjira/domain';

const NOW = '2025-05-16T17:00:00Z';
const HOUR = workOf('2025-05-16T13:00:00Z', 3600, 'Calls');
const TWO = workOf('2025-05-16T13:00:00Z', 7200, 'Calls');
const THREE = workOf('2025-05-16T13:00:00Z', 10_800, 'Calls');
const policy = { wireMs: 60_000, takes: true };
const record: RecordOfTime = {
  id: 'aaaaaaaa-0000-4000-8000-000000000001',
  etag: 'W/"7"',
  version: 7,
  issueKey: 'ACME-1',
  work: HOUR,
  comment: 'Calls',
  wished: true,
  changedBy: 'Ann',
  changedOn: NOW,
};
const worklog: SeenWorklog = {
  worklogId: '500',
  issueId: '10',
  issueKey: 'ACME-1',
  work: HOUR,
  comment: 'Calls',
  mark: null,
  isUntouched: true,
  updatedBy: 'Ann',
  updatedOn: NOW,
};
const synced: StoredTimeRecord = {
  ...newTimeRecord,
  integration: 'site',
  worklogId: '500',
  issueId: '10',
  issueKey: 'ACME-1',
  base: { crm: HOUR, jira: HOUR, version: 5 },
};
const fresh: TimeRecordFacts = {
  record,
  stored: newTimeRecord,
  integration: 'site',
  target: { issueId: '10', issueKey: 'ACME-1' },
  trouble: null,
  isRefused: false,
  worklog: { kind: 'unknown', found: null, twin: null },
  answered: null,
  covered: null,
};
const there = (seen: Partial<SeenWorklog> = {}): TimeRecordFacts => ({
  ...fresh,
  stored: synced,
  worklog: { kind: 'there', worklog: { ...worklog, ...seen } },
});
const kinds = (facts: TimeRecordFacts, over = policy) => planTimeRecord(facts, over, NOW).map(({ kind }) => kind);
const plan = (facts: TimeRecordFacts, over = policy) => planTimeRecord(facts, over, NOW);

test.each<[string, TimeRecordFacts, readonly string[]]>([
  ['R-1806 nothing is sent unless somebody wishes it', { ...fresh, record: { ...record, wished: false } }, []],
  ['R-1806 a create is announced in the row first', fresh, ['begin', 'create']],
  [
    'R-1826 the same work that was there is linked',
    { ...fresh, worklog: { kind: 'unknown', found: null, twin: worklog } },
    ['adopt'],
  ],
  [
    'R-1828 a record without an issue is refused in words',
    { ...fresh, target: null, trouble: { code: 'time-no-issue', about: null, on: null } },
    ['refuse'],
  ],
  ['R-1839 an unchanged record that is synced again is served', there(), ['note']],
  ['R-1839 a change updates the same worklog', { ...there(), record: { ...record, work: TWO } }, ['begin', 'put']],
  [
    'R-1829 a change in Jira is taken over without a wish',
    { ...there({ work: TWO }), record: { ...record, wished: false } },
    ['take'],
  ],
  [
    'R-1829 both sides have changed: Dynamics wins, with entries',
    { ...there({ work: THREE }), record: { ...record, work: TWO } },
    ['conflict'],
  ],
  [
    'SYNC moved in Jira: the record follows',
    { ...there({ issueId: '11', issueKey: 'ACME-2' }), record: { ...record, wished: false } },
    ['follow'],
  ],
  [
    'SYNC another issue chosen: the row says so, then the worklog goes',
    { ...there(), target: { issueId: '12', issueKey: 'ACME-3' } },
    ['moving', 'delete'],
  ],
  ['SYNC deleted in Jira: told, not made anew', { ...there(), worklog: { kind: 'gone' } }, ['gone']],
  [
    'R-1839 syncing again makes a new one',
    { ...there(), stored: { ...synced, gone: true }, worklog: { kind: 'gone' } },
    ['anew'],
  ],
  ['R-1808 a removal deletes the worklog', { ...there(), stored: { ...synced, removing: true } }, ['delete']],
  [
    'R-1839 a worklog already gone counts as deleted',
    { ...there(), stored: { ...synced, removing: true }, worklog: { kind: 'gone' } },
    ['finish'],
  ],
  ['SYNC what cannot be seen is not taken for deleted', { ...there(), worklog: { kind: 'hidden' } }, ['refuse']],
  ['SYNC a record that was deleted keeps its worklog (R-1827)', { ...there(), record: null }, []],
])('%s', (_name, facts, expected) => {
  expect(kinds(facts)).toEqual(expected);
});

test('R-1813 a create that Jira has refused is on no wire: the row says why at once', () => {
  const sent = { ...newTimeRecord, issueId: '10', sent: { on: NOW, version: 7 } };
  const trouble = { code: 'time-issue-closed', about: 'ACME-1', on: null } as const;
  expect(kinds({ ...fresh, stored: sent, trouble, isRefused: true })).toEqual(['refuse']);
  expect(kinds({ ...fresh, stored: sent, trouble })).toEqual([]);
});

test('SYNC Creating: a second create waits for the deadline of the first, and what is found by its mark is taken', () => {
  const sent = { ...newTimeRecord, issueId: '10', sent: { on: '2025-05-16T16:59:30Z', version: 6 } };
  expect(kinds({ ...fresh, stored: sent })).toEqual([]);
  expect(kinds({ ...fresh, stored: sent }, { ...policy, wireMs: 1_000 })).toEqual(['begin', 'create']);
  const mark = { record: record.id, version: 6, wrote: HOUR };
  const found = { ...worklog, mark, isUntouched: false, work: TWO };
  const [adopted] = plan({ ...fresh, stored: sent, worklog: { kind: 'unknown', found, twin: null } });
  // Somebody has changed it since: what we wrote is the base, the next round takes theirs.
  expect(adopted).toMatchObject({
    kind: 'adopt',
    served: false,
    stored: { base: { crm: HOUR, jira: HOUR, version: 6 } },
  });
});

test('SYNC Time records: a site that rounds is told of, not corrected', () => {
  const mark = { record: record.id, version: 7, wrote: HOUR };
  const found = { ...worklog, mark, work: workOf(HOUR.started, 3_000, 'Calls') };
  const sent = { ...newTimeRecord, issueId: '10', sent: { on: NOW, version: 7 } };
  const [adopted] = plan({ ...fresh, stored: sent, worklog: { kind: 'unknown', found, twin: null } });
  expect(adopted).toMatchObject({ kind: 'adopt', served: true, attempt: { operation: 'create', keeps: 3_000 } });
  if (adopted?.kind !== 'adopt') throw new Error('no adoption');
  const rested = { ...fresh, record: { ...record, wished: false }, stored: adopted.stored };
  expect(kinds({ ...rested, worklog: { kind: 'there', worklog: found } })).toEqual([]);
});

test('SYNC Time records R-1825: what a site has rounded is told of as well where the answer of an update is lost', () => {
  const step = (id: number, seconds: number) => ({ id, by: `person ${id}`, on: NOW, seconds });
  const mark = { record: record.id, version: 9, wrote: TWO };
  const stands = (seconds: number) => ({ mark, work: workOf(TWO.started, seconds, 'Calls') });
  // 3600 was agreed, we wrote 7200, the site keeps 7000.
  const kept = keptOfWrite([step(1, 3_400)], synced, stands(7_000));
  expect(kept).toEqual(stands(7_000).work);
  expect(coveredByWrite([step(1, 3_400)], synced, stands(7_000))).toBeNull();
  // What stood there before the rounding is a person's all the same.
  expect(coveredByWrite([step(1, -1_800), step(2, 5_200)], synced, stands(7_000))).toMatchObject({ seconds: 1_800 });
  // A person's, behind our write: as it was sent, and rounded.
  expect(keptOfWrite([step(1, 3_600), step(2, -200)], synced, stands(7_000))).toBeNull();
  expect(keptOfWrite([step(1, 3_400), step(2, 100)], synced, stands(7_100))).toBeNull();
  expect(keptOfWrite([step(1, 3_600), step(2, 7_200)], synced, stands(14_400))).toBeNull();
  const facts = { ...there(stands(7_000)), record: { ...record, version: 10, work: TWO }, answered: kept };
  expect(plan(facts)).toMatchObject([{ kind: 'note', served: true, attempt: { keeps: 7_000 } }]);
  // The record has changed since: that is written, and nobody's value is in the way.
  expect(kinds({ ...facts, record: { ...facts.record, work: THREE } })).toEqual(['begin', 'put']);
});

test('SYNC Time records: what a write or a removal of ours covered is read from the history of the issue', () => {
  const step = (id: number, seconds: number) => ({ id, by: `person ${id}`, on: NOW, seconds });
  const written = { mark: { record: record.id, version: 9, wrote: TWO }, work: TWO };
  // 3600 was agreed, a person made it 5400, we made it 7200.
  expect(coveredByWrite([step(1, 1_800), step(2, 1_800)], synced, written)).toEqual({
    ...{ of: '9', seconds: 5_400, by: 'person 1', on: NOW },
  });
  expect(coveredByWrite([step(2, 3_600)], synced, written)).toBeNull();
  // Somebody has changed it again behind our write: that is no covered value.
  expect(coveredByWrite([step(2, 3_600), step(3, 3_600)], synced, { ...written, work: THREE })).toBeNull();
  expect(coveredByWrite([step(1, 1_800), step(2, 1_800)], { ...synced, entered: '9' }, written)).toBeNull();
  const left = { ...newTimeRecord, left: { worklogId: '500', issueId: '10', work: HOUR } };
  expect(coveredByRemoval([step(1, 1_800), step(2, -5_400)], left)).toMatchObject({ seconds: 5_400, by: 'person 1' });
  expect(coveredByRemoval([step(2, -3_600)], left)).toBeNull();
});

test('R-1825 R-1818 exact seconds, 60 at the least, over midnight and both changes of the clocks', () => {
  expect(secondsBetween('2025-05-16T13:00:00Z', '2025-05-16T14:00:01Z')).toBe(3_601);
  expect(secondsBetween('2025-05-16T13:00:00Z', '2025-05-16T13:00:20Z')).toBe(60);
  expect(secondsBetween('2025-05-16T13:00:00Z', '2025-05-16T13:00:00Z')).toBeNull();
  // 01:30 EST to 03:30 EDT is one hour; 00:30 EDT to 01:30 EST is two.
  expect(secondsBetween('2025-03-09T06:30:00Z', '2025-03-09T07:30:00Z')).toBe(3_600);
  expect(secondsBetween('2025-11-02T04:30:00Z', '2025-11-02T06:30:00Z')).toBe(7_200);
  expect(secondsBetween('2025-05-17T03:30:00Z', '2025-05-17T04:30:00Z')).toBe(3_600);
  expect(toStarted('2026-01-29T09:00:00Z')).toBe('2026-01-29T09:00:00.000+0000');
});

test('R-1824 notes, else a sentence with the subject, which is not taken back as notes', () => {
  expect(worklogComment('  Calls\r\nand mail \n', 'ACME', 1033)).toBe('Calls\nand mail');
  expect(worklogComment(' ', 'ACME', 1033)).toBe('Time logged for ACME');
  expect(worklogComment(null, 'ACME', 3084)).toBe('Temps consigné pour ACME');
  expect(notesOf('Temps consigné pour ACME', 'ACME')).toBeNull();
  expect(notesOf('Calls', 'ACME')).toBe('Calls');
  expect(asComment('x'.repeat(40_000))).toHaveLength(32_767);
});

test('R-1834 keys are checked by form', () => {
  expect(['ACME-1', 'A_2-10', 'acme-1', 'ACME-0', 'A-1', 'ACME-1 '].map(isIssueKey)).toEqual([
    ...[true, true, false, false, false, false],
  ]);
});

test('R-1813 each trouble in both languages, in the words of the mockups', () => {
  const closed = { code: 'time-issue-closed', about: 'ACME-1', on: null } as const;
  expect(timeTroubleText(closed, 1033)).toBe(
    'ACME-1 is closed, and Jira takes no time on it.\nNothing was logged. Reopen it in Jira or choose another issue.',
  );
  expect(timeTroubleText(closed, 3084)).toContain('ACME-1 est fermé');
  // A worklog whose issue's key was never learned.
  const hidden = { code: 'time-worklog-hidden', about: null, on: null } as const;
  expect(timeTroubleText(hidden, 1033)).toMatch(/^The issue is not in Jira, or you may not see it\./);
  expect(timeTroubleText(hidden, 3084)).toMatch(/^Le ticket n’existe pas dans Jira, ou vous n’y avez pas accès\./);
  const slow = { code: 'time-slow-down', fields: { retryAt: '2025-05-16T17:05:00Z' } };
  expect(remarkText(slow, 1033)).toBe('Jira asks to slow down.\nNothing is lost. This time is sent at 17:05 UTC.');
});

test('R-1812 what a log row says is put into the reader’s words and clock from its facts; else it says what was written', () => {
  const times = {
    clock: () => '13:05',
    moment: () => 'May 16, 1:00 PM',
    duration: (s: string) => `${Number(s) / 60} min`,
  };
  const entry = { base: null, crmBy: null, jiraBy: 'Paul', state: ConflictState.KeptCrm } as const;
  const { code, fields } = entryRemark([
    { ...entry, field: 'seconds', crm: '1200', jira: '600' },
    { ...entry, field: 'comment', crm: 'Calls', jira: 'Mail' },
  ]);
  // A comment stands in a column of its own, as it was.
  expect(JSON.stringify(fields)).not.toContain('Mail');
  const told = (facts: string | null, of: string | null = code) =>
    storedRemark({ code: of, facts, says: 'As written.' }, 3084, times);
  expect(told(JSON.stringify(fields)).replaceAll('\u00a0', ' ')).toBe(
    'Ce temps a été modifié des deux côtés.\nCe qui se trouve ici est conservé. Dans Jira : durée 10 min (Paul), un autre commentaire (Paul).',
  );
  expect(told('{"retryAt":"2025-05-16T17:05:00Z"}', 'time-waits')).toContain('Nouvel essai à 13:05.');
  expect(told('{"about":"1","on":"2025-05-16T17:05:00Z"}', 'time-worklog-gone')).toContain('(vérifié à 13:05)');
  expect(told('null', 'jira-unavailable')).toBe(failureText('jira-unavailable', 3084));
  expect([told(null, null), told('{', 'of-nobody')]).toEqual(['As written.', 'As written.']);
  expect(told('{', 'time-no-issue')).toMatch(/^Aucun ticket n’est choisi/);
});

import { type CheckedKey, findKeys, keysInLinks, keysInNotes, proposalOf } from '@crmjira/domain';

const CLOUD = 'https://acme.atlassian.net';
const DC = 'https://jira.acme.test/jira/';
const keys = (found: readonly { readonly key: string }[]): readonly string[] => found.map(({ key }) => key);

test.each([
  [`${CLOUD}/browse/ACME-12`, ['ACME-12']],
  [`${CLOUD}/browse/acme-12?focusedId=10422`, ['ACME-12']],
  [`${CLOUD}/jira/software/projects/ACME/issues/ACME-12/?filter=done`, ['ACME-12']],
  [`${CLOUD}/jira/software/c/projects/ACME/boards/1?selectedIssue=ACME-12#top`, ['ACME-12']],
  [`${CLOUD}/jira/servicedesk/projects/ACME/queues/custom/3/ACME-12`, ['ACME-12']],
  [`see ${CLOUD}/browse/ACME-1 and ${CLOUD}/browse/ACME-2, ${CLOUD}/browse/ACME-1`, ['ACME-1', 'ACME-2']],
  ['https://jira.acme.test/jira/browse/ACME-12', ['ACME-12']],
  // another path, another Jira, a look-alike, a board, no key
  ['https://jira.acme.test/browse/ACME-12', []],
  ['https://other.atlassian.net/browse/ACME-12', []],
  ['https://acme.atlassian.net.evil.test/browse/ACME-12', []],
  [`${CLOUD}/jira/software/projects/ACME/boards/12`, []],
  [`${CLOUD}/browse/ACME-0`, []],
  [`${CLOUD}/browse/ACME-12x`, []],
  ['ACME-12', []],
  ['https://[', []],
])('R-1814 an address of a connected site names its issue: %s', (text, expected) => {
  expect(keys(keysInLinks(text, [CLOUD, DC]))).toEqual(expected);
});

test('R-1814 keys in notes are what looks like one, each once, with their place', () => {
  const notes = 'Draft for ACME-21, UTF-8 (ISO-9001); not v-1, xACME-2, ACME-2.1, ACME-007, acme-3. ACME-21 again';
  expect(keysInNotes(notes)).toEqual([
    { key: 'ACME-21', start: 10, end: 17 },
    { key: 'UTF-8', start: 19, end: 24 },
    { key: 'ISO-9001', start: 26, end: 34 },
  ]);
  expect(keysInNotes(null)).toEqual([]);
  // No more than a person would read, however long the text is.
  expect(keysInNotes(Array.from({ length: 3_000 }, (_, at) => `AB-${at + 1}`).join(' '))).toHaveLength(10);
});

const there = (issue: string): CheckedKey => ({ issue, ok: true, reason: null });
const missing: CheckedKey = { issue: null, ok: false, reason: 'time-issue-missing' };
const forbidden: CheckedKey = { issue: 'SECRET-1', ok: false, reason: 'time-no-permission' };
const proposed = (given: { link?: string; notes?: string }, checked: Readonly<Record<string, CheckedKey>>) => {
  const record = { id: '1', externalLink: given.link ?? null, notes: given.notes ?? null };
  const [first, ...others] = findKeys(record, { links: true, notes: true }, [CLOUD]);
  return first === undefined ? null : proposalOf([first, ...others], new Map(Object.entries(checked)));
};

test('R-1814 a link is sure, a key in the notes is to be confirmed, several are to be chosen from', () => {
  const link = `${CLOUD}/browse/ACME-1`;
  expect(proposed({ link, notes: 'ACME-2' }, { 'ACME-1': there('ACME-1'), 'ACME-2': there('ACME-2') })).toMatchObject({
    ...{ confidence: 'high', issue: 'ACME-1', choices: [] },
    finding: { source: 'link', text: link },
  });
  // An address of an issue that is gone says less than a key that is there; a moved issue has its new key.
  expect(proposed({ link, notes: 'ACME-2' }, { 'ACME-1': missing, 'ACME-2': there('NEW-2') })).toMatchObject({
    ...{ confidence: 'medium', issue: 'NEW-2' },
    finding: { source: 'notes' },
  });
  expect(
    proposed({ notes: 'ACME-2 then ACME-3, UTF-8' }, { 'ACME-2': there('ACME-2'), 'ACME-3': there('ACME-3') }),
  ).toMatchObject({ confidence: 'low', issue: null, choices: ['ACME-2', 'ACME-3'], reason: null });
  expect(proposed({ notes: 'ACME-2, UTF-8' }, { 'ACME-2': there('ACME-2'), 'UTF-8': missing })).toMatchObject({
    ...{ confidence: 'medium', issue: 'ACME-2', choices: [] },
  });
  expect(proposed({ notes: 'files are UTF-8' }, { 'UTF-8': missing })).toMatchObject({
    ...{ confidence: 'low', issue: null, reason: 'time-issue-missing' },
  });
  expect(proposed({ notes: 'UTF-8, SECRET-1' }, { 'UTF-8': missing, 'SECRET-1': forbidden })).toMatchObject({
    ...{ confidence: 'low', issue: null, reason: 'time-no-permission' },
  });
  expect(proposed({ notes: 'nothing here' }, {})).toBeNull();
});

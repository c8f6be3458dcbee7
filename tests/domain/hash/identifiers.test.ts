import fc from 'fast-check';
import {
  alertId,
  derivedId,
  fitsKeyPattern,
  integrationReference,
  jiraKey,
  keyPrefix,
  mappingId,
  parseKeyPattern,
  projectName,
  snapshotId,
} from '@crmjira/domain';

const OPPORTUNITY = 'a1b2c3d4-e5f6-7890-abcd-ef1234567890';

describe('derived ids (R-402)', () => {
  // Rows of every installation stand under them.
  test.each([
    [mappingId(OPPORTUNITY), 'bc1ed5ad-815a-5ad0-ae5e-f7de1bd955e4'],
    [alertId(mappingId(OPPORTUNITY), 2, 1), '29219734-fc0a-5b2c-8024-1e34b8e00175'],
    [snapshotId(mappingId(OPPORTUNITY), '2025-06-16'), 'd6a097e4-4991-56d5-9811-d44c032d5afc'],
    [derivedId(OPPORTUNITY, 'é'.repeat(100)), '4c90e28e-db43-5df9-9a21-104e89d08ac6'],
  ])('%s is the one that it always was', (id, always) => {
    expect(id).toBe(always);
  });
});

describe('Jira project key (R-404)', () => {
  test.each([
    [0, 'CRMWYVLZZJ'],
    [1, 'CRMPSZRVOR'],
    [2, 'CRMDRQCVFF'],
  ])('candidate %i of the worked example is %s', (n, key) => {
    expect(jiraKey(OPPORTUNITY, n)).toBe(key);
    expect(jiraKey(OPPORTUNITY.toUpperCase(), n)).toBe(key);
  });

  test('every key is valid on Cloud and on Data Center', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.integer({ min: 0, max: 19 }), (id, n) => {
        expect(jiraKey(id, n)).toMatch(/^CRM[A-Z]{7}$/);
      }),
    );
  });

  test('gives up after twenty candidates, in words', () => {
    expect(() => jiraKey(OPPORTUNITY, 20)).toThrow(/All 20 project keys/);
  });
});

describe('pattern of the project keys (R-404)', () => {
  test.each([
    ['CRM[A-Z]{7}', 'CRM', 10],
    ['OPP[A-Z0-9]{5}', 'OPP', 8],
    ['[A-Z]{4}', '', 4],
    ['A1[0-9]{4}Z', 'A1', 7],
    ['P[ACE-GX]{6}', 'P', 7],
  ])('R-404 %s gives keys of that form', (pattern, prefix, length) => {
    const parsed = parseKeyPattern(pattern);
    expect(keyPrefix(parsed)).toBe(prefix);
    fc.assert(
      fc.property(fc.uuid(), fc.integer({ min: 0, max: 19 }), (id, n) => {
        const key = jiraKey(id, n, parsed);
        expect(key).toMatch(new RegExp(`^${pattern}$`));
        expect(key).toHaveLength(length);
        expect(fitsKeyPattern(parsed, key)).toBe(true);
        expect(fitsKeyPattern(parsed, `${key}A`)).toBe(false);
        expect(fitsKeyPattern(parsed, `${key.slice(0, -1)}-`)).toBe(false);
      }),
    );
  });

  test('R-404 the default written out gives the keys that it always gave', () => {
    expect(jiraKey(OPPORTUNITY, 0, parseKeyPattern('CRM[A-Z]{7}'))).toBe('CRMWYVLZZJ');
  });

  test.each([
    ['', 'Jira takes 2 to 10 characters, not 0'],
    ['crm[A-Z]{7}', 'at character 1 there must be A-Z, 0-9'],
    ['CRM-[A-Z]{5}', 'at character 4 there must be A-Z, 0-9'],
    ['CRM[A-Z]+', 'at character 9 there must be A-Z, 0-9'],
    ['CRM[Z-A]{7}', 'the range at character 4 runs backwards'],
    ['CRM[A-9]{7}', 'the range at character 4 runs backwards or from digits to letters'],
    ['CRM[A-Z]{8}', 'Jira takes 2 to 10 characters, not 11'],
    ['1[A-Z]{5}', 'a key begins with a letter'],
    ['[A-Z0-9]{5}', 'a key begins with a letter'],
    ['CRM[A-Z]{2}', 'it gives 676 different keys; 10000 are needed'],
  ])('R-404 refuses "%s": %s', (pattern, why) => {
    expect(() => parseKeyPattern(pattern)).toThrow(why);
  });
});

describe('integration reference (R-403, R-406)', () => {
  test('is the month and the first eight characters in upper case', () => {
    expect(integrationReference(OPPORTUNITY, '2025-01-15T14:00:00Z')).toBe('CRM-202501-A1B2C3D4');
  });

  test('gets hour and minute on a clash', () => {
    expect(integrationReference(OPPORTUNITY, '2025-01-15T14:07:00Z', true)).toBe('CRM-202501-A1B2C3D4-1407');
  });
});

describe('project name (R-408)', () => {
  test('is cut to 80 characters and keeps the reference whole when the name is taken (E1-F3)', () => {
    const long = 'x'.repeat(200);
    expect(projectName(long, 'CRM-202501-A1B2C3D4', false)).toHaveLength(80);
    expect(projectName('Website', 'CRM-202501-A1B2C3D4', true)).toBe('Website (CRM-202501-A1B2C3D4)');
    expect(projectName(long, 'CRM-202501-A1B2C3D4', true)).toMatch(/^x+ \(CRM-202501-A1B2C3D4\)$/);
    expect(projectName(long, 'CRM-202501-A1B2C3D4', true)).toHaveLength(80);
  });

  test('leaves no half of an emoji', () => {
    expect(projectName('x'.repeat(79) + '🚀', 'R', false)).toBe('x'.repeat(79));
  });
});

import fc from 'fast-check';
import { integrationReference, jiraKey, projectName } from '@crmjira/domain';

const OPPORTUNITY = 'a1b2c3d4-e5f6-7890-abcd-ef1234567890';

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

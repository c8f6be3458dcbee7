import { configSchema, secretNames } from '../../plugins-proxy/src/platform/config/config-schema';
import { documentText, sectionOf, tableRows } from './read-document';

const text = documentText('incident-response');

describe('incident plan and monthly review (R-1228)', () => {
  test('leads from noticing to learning, with who, how bad and how fast', () => {
    const steps = [...sectionOf(text, 'Steps').matchAll(/^\d+\. \*\*([A-Z][a-z]+)/gm)].map((match) => match[1]);
    expect(steps).toEqual(['Notice', 'Keep', 'Contain', 'Find', 'Put', 'Tell', 'Learn']);
    expect(tableRows(text, 'Who').map(([role]) => role)).toEqual(
      expect.arrayContaining(['incident lead', 'integration-team', 'infrastructure-team', 'privacy officer']),
    );
    expect(tableRows(text, 'Severity')).toHaveLength(3);
  });

  test('says what to do first for each secret, switch and figure, by names that exist', () => {
    const rows = tableRows(text, 'Containing');
    expect(rows.length).toBeGreaterThanOrEqual(10);
    for (const cells of rows) expect(cells.filter((cell) => cell === '')).toEqual([]);
    const named = [...text.matchAll(/--secret ([A-Z_]+)/g)].map((match) => match[1]!);
    expect(named.filter((name) => !(secretNames as readonly string[]).includes(name))).toEqual([]);
    expect(named.length).toBeGreaterThan(2);
    for (const [, variable] of text.matchAll(/`([A-Z_]+)=false`/g))
      expect(configSchema.shape).toHaveProperty(variable!);
  });

  test('the review looks at everything that the compliance report holds, and at what no report can', () => {
    const rows = tableRows(text, 'Monthly security review');
    expect(rows[0]?.[0]).toMatch(/roles, permission matrix, access, transfers, residency, ages, purges, open findings/);
    expect(rows[0]?.[1]).toContain('crmjira compliance-report');
    const looks = rows.map(([look]) => look).join('\n');
    for (const word of ['data policy', 'firewall', 'weaknesses', 'baseline', 'incidents', 'restore', 'threat model'])
      expect(looks).toContain(word);
  });
});

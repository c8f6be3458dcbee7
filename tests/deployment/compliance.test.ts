import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { documentText, linksIn, root, sectionOf, tableRows } from './read-document';

const text = documentText('compliance');

/** Revision 2 → revision 3, which ITSP.10.171 follows; retyped from R-1223 and the revisions' own tables. */
const numbers: Readonly<Record<string, string>> = {
  '3.1.1': '03.01.01',
  '3.1.2': '03.01.02',
  '3.3.1': '03.03.01',
  '3.3.2': '03.03.02',
  '3.3.5': '03.03.05',
  '3.4.1': '03.04.01',
  '3.13.1': '03.13.01',
  '3.13.2': '03.16.01',
};

describe('controls (R-1223)', () => {
  const rows = tableRows(text, 'Controls');

  test('has each control by both numbers, correlation and traceability apart', () => {
    expect(rows.map(([r2]) => r2)).toEqual(Object.keys(numbers));
    for (const [r2, r3] of rows) expect(r3).toContain(numbers[r2!]);
  });

  test.each(rows)('%s: evidence that exists, of which one is a test that runs', (...[, , , met, evidence, yours]) => {
    const tests = linksIn(evidence!).filter((link) => link.endsWith('.test.ts'));
    expect(tests.length).toBeGreaterThan(0);
    for (const link of tests) expect(readFileSync(join(root, 'docs', link), 'utf8')).toMatch(/\btest(\.each|\()/);
    expect(met).not.toBe('');
    expect(yours).not.toBe('');
  });
});

describe('chain of layers (R-1224)', () => {
  const rows = tableRows(text, 'Chain of layers');

  test('has every layer in order, each with what it does and where', () => {
    expect(rows.map(([layer]) => layer)).toEqual([
      'authentication',
      'MFA',
      'conditional access',
      'roles',
      'data policy',
      'gateway',
      'network groups',
      'Jira',
      'encryption',
      'audit',
      'compliance monitoring',
    ]);
  });

  test.each(rows)('%s stands where it says, or is said to be yours', (...[, does, where]) => {
    expect(does).not.toBe('');
    expect(linksIn(where!).length > 0 || where!.includes('yours')).toBe(true);
  });
});

test('every practice has its document or its check (R-2209)', () => {
  const rows = tableRows(text, 'Practices');
  expect(rows).toHaveLength(10);
  for (const [practice, held] of rows)
    expect([practice, linksIn(held!).length > 0 || /`crmjira |chain above/.test(held!)]).toEqual([practice, true]);
});

describe('threat model (R-1225 documents)', () => {
  const model = documentText('threat-model');
  const rows = tableRows(model, 'Threats');
  const arrows = [...sectionOf(model, 'Data flow').matchAll(/\|(\d+) /g)].map((match) => match[1]!);

  test('numbers the arrows of the diagram without a gap, and every threat is at one of them', () => {
    expect(arrows).toEqual(arrows.map((_, at) => String(at + 1)));
    const places = rows.flatMap(([at]) => at!.split(', '));
    expect(places.filter((place) => !arrows.includes(place) && !['service', 'build'].includes(place))).toEqual([]);
    // An arrow without a threat would be one that nobody thought about; mail is under "What is left".
    expect(arrows.filter((arrow) => !places.includes(arrow))).toEqual(['10']);
    expect(sectionOf(model, 'What is left')).toContain('Mails');
  });

  test('has every kind of STRIDE, each threat proven by a test', () => {
    expect(new Set(rows.map(([, kind]) => kind))).toEqual(new Set(['S', 'T', 'R', 'I', 'D', 'E']));
    for (const row of rows) expect(linksIn(row.at(-1)!).filter((link) => link.endsWith('.test.ts'))).not.toEqual([]);
  });
});

test('R-1226 baselines, encryption of the SQL store, roles and personal data are said, each with what is yours', () => {
  const section = sectionOf(documentText('security'), 'Baselines and personal data');
  for (const part of [
    'security baselines',
    'cloud security',
    'least privilege',
    'GDPR',
    '`crmjira personal-data`',
    'is yours',
  ])
    expect(section).toContain(part);
  expect(sectionOf(documentText('security'), 'Secrets')).toMatch(/SQL store.*TDE on SQL Server/s);
});

test('licences and prerequisites, with what older papers say wrongly (R-910, R-911, R-2208)', () => {
  const licences = documentText('licences');
  for (const part of [
    'Dynamics 365 Sales',
    'Power Apps Premium',
    'Power Automate Premium',
    'data gateway',
    'Jira Software',
    '8.0',
    'TLS certificate',
  ])
    expect(licences).toContain(part);
  expect(licences).toMatch(/\*\*not\*\* part of Microsoft 365 E5/);
  expect(licences).toContain('Portfolio for Jira has no budget API');
  expect(licences).toContain('no menu switches it on');
});

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { failureSentence, failureText, failureTexts } from '@crmjira/domain';

const root = join(__dirname, '..', '..', '..');
/** Where a failure may come from that ends in a row which people read: what a run of an opportunity goes through. */
const FOLDERS = ['capabilities', 'clients', 'connections', 'platform', 'reconciler'];

function sources(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    return entry.name.endsWith('.ts') ? [readFileSync(path, 'utf8')] : [];
  });
}

/** Codes that the sources give to errors: written out, or made of the provider and what happened. */
function codesOf(text: string): readonly string[] {
  const errors = /IntegrationError|Refusal/.test(text);
  if (!errors) return [];
  // zod's issues have a code too
  const plain = [...text.matchAll(/\bcode: '(?!custom')([a-z][a-z-]+)'/g), ...text.matchAll(/\bas\(\s*'([a-z-]+)'/g)];
  const made = [...text.matchAll(/\bcode\(([^()]*)\)/g)].flatMap(([, inside = '']) =>
    [...inside.matchAll(/'([a-z-]+)'/g)].flatMap(([, what]) =>
      ['jira', 'tempo', 'sentry'].map((product) => `${product}-${what}`),
    ),
  );
  const silent = text.includes("?? 'network'") ? ['network'] : [];
  return [...plain.map(([, code = '']) => code), ...made, ...silent];
}

/**
 * Told to Dataverse alone, kept in the queue alone, the end of a run that goes on later, or of something entered, whose sentence stands
 * beside it: no row of them reaches a person.
 */
const UNTOLD = new Set(['step-not-read', 'unknown-key', 'interrupted', 'invalid', 'notification-undelivered']);
const codes = [
  ...new Set(FOLDERS.flatMap((folder) => sources(join(root, 'plugins-proxy', 'src', folder)).flatMap(codesOf))),
]
  // What a time record lacks has a table of its own, which the compiler holds complete (timeTroubleText).
  .filter((code) => !UNTOLD.has(code) && !code.startsWith('time-'))
  .sort();

test('the codes are found where they are made', () => {
  expect(codes.length).toBeGreaterThan(30);
  expect(codes).toEqual(expect.arrayContaining(['jira-credentials', 'tempo-page', 'dataverse-limit', 'unexpected']));
});

test.each(codes)('R-1401 R-1407 the failure "%s" has a sentence in both languages', (code) => {
  // Red? Give it a sentence in domain/src/faults/failure-texts.ts; `npm run generate` takes it to the controls.
  expect(failureText(code, 1033)).toMatch(/\S.*\.$/);
  expect(failureText(code, 3084)).toMatch(/\S.*\.$/);
  expect(failureText(code, 3084)).not.toBe(failureText(code, 1033));
});

test('no sentence waits for a failure that does not exist', () => {
  const ofThePlan = ['currency-kept', 'project-deleted', 'provisioning-held'];
  expect(Object.keys(failureTexts).sort()).toEqual([...codes, ...ofThePlan].sort());
});

test('R-1407 what the other system said stays as it said it, whatever the language', () => {
  const stored = 'Jira refused the request: the project lead $& does not exist.';
  expect(failureSentence('jira-refused', stored, 3084)).toBe(
    'Jira a refusé la demande. Corrigez ce qui est indiqué, puis réessayez. Réponse reçue\u00a0: the project lead $& does not exist',
  );
});

test.each([null, '', 'unheard-of', 'toString'])('a code without words, %j, leaves the stored sentence', (code) => {
  expect(failureSentence(code, 'Stored.', 3084)).toBe('Stored.');
});

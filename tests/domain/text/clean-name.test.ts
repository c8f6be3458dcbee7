import fc from 'fast-check';
import { cleanName } from '../../../domain/src/text/clean-name';
import { projectName } from '../../../domain/src/budget/plan/project-name';
import { readableWrite } from '../../../plugins-proxy/src/clients/dataverse/message-columns';

test.each([
  ['a header of its own', 'Budget\r\nBcc: everybody@example.com', 'Budget Bcc: everybody@example.com'],
  ['a bell and a cursor', '\u0007Acme\u001b[2J', 'Acme [2J'],
  ['separators of lines and paragraphs', 'a\u2028b\u2029c\u0085d', 'a b c d'],
  ['another direction of writing', 'invoice\u202Efdp.exe\u2066', 'invoice fdp.exe'],
  ['half a character', 'a\ud800b', 'a b'],
  ['nothing but that', '\r\n\t', ''],
  ['an ordinary name', 'Café « Déjà-vu » 日本 👩‍💻 & Co.', 'Café « Déjà-vu » 日本 👩‍💻 & Co.'],
])('F-317 a name with %s goes into one line', (_what, name, clean) => {
  expect(cleanName(name)).toBe(clean);
});

test('F-317 no name, whatever it is, puts a control character into a subject or into the name of a project; what is clean stays so', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.boolean(), (name, taken) => {
      const write = { op: 'create', collection: 'emails', id: '', columns: { subject: `Approved: ${name}` } } as const;
      const { subject } = readableWrite(write, (text) => text).columns;
      for (const text of [String(subject), projectName(name, 'CRM-202501-A1B2C3D4', taken)]) {
        expect(text).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
        expect(cleanName(text)).toBe(text.trim());
      }
    }),
  );
});

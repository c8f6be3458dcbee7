import { connectionFaultWords, sayFault } from '../../../../domain/src';
import type { ConnectionFault } from '../../../../domain/src/integrations/faults/fault-words';

const faults: readonly (readonly [string, ConnectionFault])[] = Object.entries(connectionFaultWords);
const args = new Proxy<Record<string, string>>(
  {},
  { get: () => 'VALUE', getOwnPropertyDescriptor: () => ({ configurable: true, value: 'VALUE' }) },
);

test.each(faults)('R-1609: %s has what is wrong and what to do in both languages', (_, { words }) => {
  for (const language of [1033, 3084] as const) {
    const { says, remedy } = words[language](args);
    for (const sentence of [says, remedy]) {
      expect(sentence).toMatch(/(?:[.?!»]|VALUE)$/);
      expect(sentence).not.toMatch(/[{}]|…/);
    }
  }
  expect(words[1033](args)).not.toEqual(words[3084](args));
  // Before a colon French has a space that does not break.
  expect(words[3084](args).says).not.toMatch(/[^\u00a0]:(?!\/\/)/);
});

test('R-1609: the words are those that were agreed', () => {
  expect(sayFault({ name: 'credentials', args: { product: 'Jira' } }, 1033).says).toBe(
    'Jira refused the sign-in (401).',
  );
  expect(sayFault({ name: 'name-unknown', args: { host: 'ldap.example' } }, 3084)).toEqual({
    says: 'Le nom ldap.example est introuvable (DNS).',
    remedy: 'Vérifiez l’orthographe, ou si l’hôte n’est connu que dans le réseau interne.',
  });
});

test('R-1609: a name that nobody knows is unexpected, whatever every object inherits', () => {
  for (const name of ['constructor', 'toString', '__proto__', 'gone'])
    expect(sayFault({ name, args: {} }, 1033).says).toBe('Something unexpected happened.');
});

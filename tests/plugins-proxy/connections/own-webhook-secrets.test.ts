import {
  acceptedSecrets,
  type OwnWebhookSecrets,
  parseOwnSecrets,
  rotated,
} from '../../../plugins-proxy/src/connections/jira/own-webhook-secrets';

const hour = 3_600_000;
const at = (hours: number): Date => new Date(Date.parse('2025-05-16T17:00:00Z') + hours * hour);

test('R-1612: a secret is accepted for a day after the next one, and no longer by one more rotation', () => {
  const first = rotated(null, 'one', at(0));
  expect(acceptedSecrets(first, at(1_000))).toEqual(['one']);
  const second = rotated(first, 'two', at(0));
  expect(acceptedSecrets(second, at(23))).toEqual(['two', 'one']);
  expect(acceptedSecrets(second, at(24))).toEqual(['two']);
  // A secret that nobody has seen does not end the one that the site still signs with.
  const third = rotated(second, 'three', at(20));
  expect(acceptedSecrets(third, at(23))).toEqual(['three', 'two', 'one']);
  expect(acceptedSecrets(third, at(25))).toEqual(['three', 'two']);
  expect(acceptedSecrets(third, at(44))).toEqual(['three']);
});

test('R-1612, R-1618: few are kept, and what is no secret of a webhook is none', () => {
  let own: OwnWebhookSecrets | null = null;
  for (let n = 0; n < 20; n += 1) own = rotated(own, `secret ${n}`, at(0));
  expect(own?.former).toHaveLength(5);
  expect(parseOwnSecrets(JSON.stringify(own))).toEqual(own);
  for (const text of ['', 'a-token', '{}', '{"token":"x"}', '{"secret":""}', 'null'])
    expect(parseOwnSecrets(text)).toBeNull();
});

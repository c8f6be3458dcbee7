import type { SecretFacts } from '../../../plugins-proxy/src/platform/secrets/collect-secrets';
import { createFirstSeen } from '../../../plugins-proxy/src/connections/credentials/first-seen';
import { openSqliteStore } from '../../../plugins-proxy/src/queue/store/sqlite/open-sqlite-store';
import { testConfig } from '../test-config';

const dayMs = 86_400_000;
const first = Date.parse('2026-01-10T08:00:00Z');
const facts = (...names: SecretFacts['name'][]): SecretFacts[] =>
  names.map((name) => ({ name, place: { kind: 'variable' }, since: null, expiresOn: null }));

test('R-1218 a token in a variable is as old as the service has known it, over restarts, until it is another one', async () => {
  const store = openSqliteStore(':memory:');
  let now = first;
  const clock = (): Date => new Date(now);
  const since = async (seen: ReturnType<typeof createFirstSeen>, token: string) =>
    (await seen.note(facts('JIRA_API_TOKEN'), testConfig({ JIRA_API_TOKEN: token })))[0]?.since?.getTime();

  const before = createFirstSeen(store, clock);
  expect(await since(before, 'first-token-of-the-tests')).toBe(first);
  now += 40 * dayMs;
  expect(await since(before, 'first-token-of-the-tests')).toBe(first);
  const restarted = createFirstSeen(store, clock);
  now += 40 * dayMs;
  expect(await since(restarted, 'first-token-of-the-tests')).toBe(first);
  expect(await since(restarted, 'second-token-of-the-tests')).toBe(now);
  expect(await since(createFirstSeen(store, clock), 'second-token-of-the-tests')).toBe(now);
  await store.close();
});

test('R-1218 what is kept of it tells nobody the token, and what a file or a vault says is left alone', async () => {
  const store = openSqliteStore(':memory:');
  const config = testConfig({ JIRA_API_TOKEN: 'some-token-of-the-tests' });
  const written = new Date(first - 5 * dayMs);
  const [token, file, other] = await createFirstSeen(store, () => new Date(first)).note(
    [
      ...facts('JIRA_API_TOKEN'),
      {
        name: 'DATAVERSE_CLIENT_SECRET',
        place: { kind: 'file', path: '/run/secret' },
        since: written,
        expiresOn: null,
      },
      ...facts('JIRA_WEBHOOK_SECRET'),
    ],
    config,
  );
  expect([token?.since, file?.since, other?.since]).toEqual([new Date(first), written, null]);
  const cursor = (await store.readCursor('secret-seen.JIRA_API_TOKEN')) ?? '';
  expect(cursor).toContain('"since":"2026-01-10T08:00:00.000Z"');
  for (const form of ['utf8', 'base64', 'hex'] as const)
    expect(cursor).not.toContain(Buffer.from('some-token-of-the-tests').toString(form));
  expect(await store.readCursor('secret-seen.DATAVERSE_CLIENT_SECRET')).toBeNull();
  await store.close();
});

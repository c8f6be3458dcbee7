import { judgeAtlassian } from '../../../plugins-proxy/src/cli/doctor/atlassian-check';
import { isSignInOffered } from '../../../plugins-proxy/src/connections/personal/sign-in-offered';
import { cloudProfile, dataCenterProfile } from '../../../plugins-proxy/src/clients/jira/profile';
import type { JiraConnection } from '../../../plugins-proxy/src/connections/jira/jira-connection';
import { signInShower } from '../../../plugins-proxy/src/operations/health/show-sign-in';
import { testConfig } from '../test-config';

const client = { ATLASSIAN_CLIENT_ID: 'client', ATLASSIAN_CLIENT_SECRET: 'atlassian-secret-of-the-tests' };
const key = { SECRETS_KEY: Buffer.alloc(32, 7).toString('base64') };

test.each([
  ['not offered: ATLASSIAN_CLIENT_ID', 'skipped', key],
  ['not offered: INBOUND is none', 'warning', { ...client, ...key, INBOUND: 'none' }],
  ['not offered: SECRETS_KEY', 'warning', client],
  ['people come back to http://localhost:4130/oauth/atlassian/callback', 'ok', { ...client, ...key }],
])('R-1822 doctor says of the sign-in with Atlassian: %s', (says, status, variables) => {
  const config = testConfig(variables);
  expect(judgeAtlassian(config)).toMatchObject({ status, says: expect.stringContaining(says) });
  // What is read of a connection is its kind alone.
  const of = (profile: typeof cloudProfile) => ({ site: { profile } }) as unknown as JiraConnection;
  expect(isSignInOffered(config, of(cloudProfile))).toBe(status === 'ok');
  expect(isSignInOffered(config, of(dataCenterProfile))).toBe(false);
});

test.each([
  ['ATLASSIAN_CLIENT_SECRET', { ATLASSIAN_CLIENT_ID: 'client' }],
  ['ATLASSIAN_CLIENT_ID', { ATLASSIAN_CLIENT_SECRET: 'atlassian-secret-of-the-tests' }],
  ['TOKEN_URL', { ...client, TOKEN_URL: 'http://localhost:4010/token' }],
  ['ATLASSIAN_AUTH_URL', { ...client, ATLASSIAN_AUTH_URL: 'http://auth.example.com' }],
])('R-1822 a service whose sign-in with Atlassian is set half does not start: %s', (name, variables) => {
  expect(() => testConfig(variables)).toThrow(name);
});

test('R-1822 the row of a connection says whether it is offered, and is written only where it says otherwise', async () => {
  const told: unknown[] = [];
  let asked = 0;
  const shower = signInShower({
    // The schema of the caller decides what comes out; the row has the one column that it asks for.
    one: (async () => {
      asked += 1;
      return { crmjira_oauth_available: null };
    }) as never,
    changeSet: async (writes) => void told.push(...writes),
  });
  const show = (isOffered: boolean) => shower.show([{ id: 'c01', isOffered }]);
  await show(false);
  await show(true);
  await show(true);
  expect(told).toMatchObject([{ id: 'c01', columns: { crmjira_oauth_available: true } }]);
  expect(asked).toBe(2);
  shower.forget();
  await show(true);
  expect(asked).toBe(3);
});

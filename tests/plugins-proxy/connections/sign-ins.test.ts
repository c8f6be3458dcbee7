import { randomBytes } from 'node:crypto';
import type { PlainWrite } from '../../../plugins-proxy/src/clients/dataverse/plain-write';
import type { SecretRow } from '../../../plugins-proxy/src/connections/credentials/secret-rows';
import type { GivenTokens } from '../../../plugins-proxy/src/connections/personal/oauth/atlassian-server';
import { signIns } from '../../../plugins-proxy/src/connections/personal/oauth/sign-ins';
import { readSignIn, signInText } from '../../../plugins-proxy/src/connections/personal/oauth/stored-sign-in';
import { resolveSecret } from '../../../plugins-proxy/src/connections/credentials/stored-secrets';
import { tokenName, tokenOwner, tokenToStore } from '../../../plugins-proxy/src/connections/personal/personal-secret';
import { IntegrationError } from '../../../plugins-proxy/src/platform/errors/integration-error';
import { fixedKeyring } from '../../../plugins-proxy/src/platform/secrets/service-keys';
import { openStore } from '../../../plugins-proxy/src/queue/store/open-store';
import type { Store } from '../../../plugins-proxy/src/queue/store/store';

const place = {
  connectionId: '0a0a0a0a-0000-4000-8000-000000000001',
  userId: '0a0a0a0a-0000-4000-8000-000000000002',
  url: 'https://company.atlassian.net',
};
const cloudId = '0a0a0a0a-0000-4000-8000-000000000003';
const keyring = fixedKeyring([randomBytes(32).toString('base64url')]);
const start = Date.parse('2025-01-20T14:00:00Z');
const refused = new IntegrationError('no', { code: 'jira-credentials', errorClass: 'configuration' });
const tokens = (n: number): GivenTokens => ({
  accessToken: `access-${n}-of-the-tests`,
  refreshToken: `refresh-${n}-of-the-tests`,
  expiresAt: new Date(start + n * 3_600_000).toISOString(),
});

let store: Store;
beforeAll(async () => {
  store = await openStore({ kind: 'sqlite', file: ':memory:', maximumBytes: null });
});
afterAll(() => store.close());

/** One row, as Dataverse keeps it: a write that read another version is refused. */
function table() {
  let version = 0;
  let row: SecretRow | null = null;
  const write = (columns: PlainWrite['columns']): void => {
    version += 1;
    row = {
      id: tokenName(place).slice('row:'.length),
      name: tokenName(place),
      owner: tokenOwner(place.connectionId),
      keyId: String(columns['crmjira_key_id']),
      nonce: String(columns['crmjira_nonce']),
      ciphertext: String(columns['crmjira_ciphertext']),
      version: String(version),
    };
  };
  const put = (given: GivenTokens): void =>
    write(tokenToStore(keyring.current(), place, signInText({ ...given, cloudId })).write.columns);
  put(tokens(1));
  const stored = { rows: { one: async () => row }, keyring };
  return {
    stored,
    put,
    dataverse: {
      changeSet: async ([change]: readonly PlainWrite[]) => {
        if (change?.op !== 'update' || change.ifMatch !== String(version))
          throw new IntegrationError('changed', { code: 'dataverse-precondition', errorClass: 'transient' });
        write(change.columns);
      },
    },
    current: async () =>
      readSignIn(await resolveSecret(stored, tokenOwner(place.connectionId), tokenName(place)))?.refreshToken,
  };
}

/** Atlassian, which takes each refresh token once here. */
function atlassian(before: () => Promise<void> = async () => undefined) {
  let last = 1;
  const asked: string[] = [];
  return {
    asked,
    refresh: async (given: string): Promise<GivenTokens> => {
      asked.push(given);
      await before();
      if (given !== tokens(last).refreshToken) throw refused;
      last += 1;
      return tokens(last);
    },
  };
}

const bearer = (n: number) => ({ kind: 'bearer', pat: tokens(n).accessToken }) as const;

function replica(
  { dataverse, stored }: ReturnType<typeof table>,
  server: ReturnType<typeof atlassian>,
  at: () => number,
) {
  return signIns({
    dataverse,
    stored,
    server,
    lease: store.lease,
    now: () => new Date(at()),
    // Another replica's turn comes with the next turn of the event loop.
    sleep: () => new Promise((resolve) => setImmediate(resolve)),
  });
}

test('R-1822 of replicas and calls that find a token ended at once, one exchanges it', async () => {
  const rows = table();
  const server = atlassian();
  const late = start + 3_600_000;
  const opened = await Promise.all([1, 2, 3].map(() => replica(rows, server, () => late).open(place)));
  await Promise.all([...opened, ...opened].map((one) => one.ready()));
  expect(server.asked).toEqual([tokens(1).refreshToken]);
  expect(opened.map((one) => one.current())).toEqual([bearer(2), bearer(2), bearer(2)]);
  expect(await Promise.all(opened.map((one) => one.renew(bearer(1))))).toEqual([true, true, true]);
  expect(server.asked).toHaveLength(1);
});

test('R-1822 what was exchanged is stored before it is used', async () => {
  const rows = table();
  const server = atlassian();
  const failing = {
    ...rows,
    dataverse: {
      changeSet: async (): Promise<void> => {
        throw new IntegrationError('away', { code: 'dataverse-unavailable', errorClass: 'transient' });
      },
    },
  };
  const signIn = await replica(failing, server, () => start).open(place);
  await expect(signIn.renew(bearer(1))).rejects.toMatchObject({ code: 'dataverse-unavailable' });
  expect(signIn.current()).toEqual(bearer(1));
  const after = await replica(rows, { ...server, refresh: async () => tokens(3) }, () => start).open(place);
  const change = jest.spyOn(rows.dataverse, 'changeSet');
  expect(await after.renew(bearer(1))).toBe(true);
  expect(change).toHaveBeenCalledTimes(1);
  expect(await rows.current()).toBe(tokens(3).refreshToken);
});

test('R-1822 what was exchanged while Dataverse was away is stored when it is back, and not exchanged again', async () => {
  const rows = table();
  const server = atlassian();
  let away = true;
  const { changeSet } = rows.dataverse;
  rows.dataverse.changeSet = async (changes) => {
    if (away) throw new IntegrationError('away', { code: 'dataverse-unavailable', errorClass: 'transient' });
    return changeSet(changes);
  };
  const signIn = await replica(rows, server, () => start).open(place);
  await expect(signIn.renew(bearer(1))).rejects.toMatchObject({ code: 'dataverse-unavailable' });
  away = false;
  expect(await signIn.renew(bearer(1))).toBe(true);
  expect(signIn.current()).toEqual(bearer(2));
  expect(await rows.current()).toBe(tokens(2).refreshToken);
  expect(server.asked).toEqual([tokens(1).refreshToken]);
});

test('R-1822 a token is exchanged shortly before it ends, and one that is good is used where it cannot be', async () => {
  const rows = table();
  let away = true;
  const server = atlassian(async () => {
    if (away) throw new IntegrationError('away', { code: 'jira-unavailable', errorClass: 'transient' });
  });
  let at = start;
  const signIn = await replica(rows, server, () => at).open(place);
  await signIn.ready();
  expect(server.asked).toEqual([]);
  at = start + 3_600_000 - 60_000;
  await signIn.ready();
  expect(signIn.current()).toEqual(bearer(1));
  at = start + 3_600_000;
  await expect(signIn.ready()).rejects.toMatchObject({ code: 'jira-unavailable' });
  away = false;
  await signIn.ready();
  expect(signIn.current()).toEqual(bearer(2));
});

test('R-1822 a sign-in that was ended is told, and one that the person has made anew meanwhile is used', async () => {
  const rows = table();
  const ended = { asked: [], refresh: async (): Promise<GivenTokens> => Promise.reject(refused) };
  const signIn = await replica(rows, ended, () => start + 3_600_000).open(place);
  await expect(signIn.ready()).rejects.toMatchObject({ code: 'jira-credentials' });
  expect(await signIn.renew(bearer(1))).toBe(false);
  rows.put(tokens(7));
  await signIn.ready();
  expect(signIn.current()).toEqual(bearer(7));
});

test('R-1822 a sign-in that comes during an exchange is not overwritten', async () => {
  const rows = table();
  const server = atlassian(async () => rows.put(tokens(7)));
  const signIn = await replica(rows, server, () => start).open(place);
  expect(await signIn.renew(bearer(1))).toBe(true);
  expect(signIn.current()).toEqual(bearer(7));
  expect(await rows.current()).toBe(tokens(7).refreshToken);
});

test('R-1803 R-1822 tokens are known to the logger before they are used; another secret in the row is no sign-in', async () => {
  const rows = table();
  const all = replica(rows, atlassian(), () => start);
  const signIn = await all.open(place);
  await signIn.renew(bearer(1));
  expect(all.known()).toEqual([tokens(2).accessToken, tokens(2).refreshToken]);
  expect(readSignIn('an-api-token')).toBeNull();
  expect(readSignIn('{"kind":"atlassian"}')).toBeNull();
});

import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  boundBytes,
  fromBase64url,
  longestSecret,
  longestSealed,
  type SealedContext,
  sealedLifetimeMs,
  sealedRefusalText,
  toBase64url,
} from '@crmjira/domain';
import fc from 'fast-check';
import { judgeStoredSecrets } from '../../../plugins-proxy/src/cli/doctor/stored-secrets-check';
import { planRotation } from '../../../plugins-proxy/src/cli/rotate-secrets/plan-rotation';
import {
  type KeyRotationContext,
  rotateServiceKey,
} from '../../../plugins-proxy/src/cli/rotate-secrets/rotate-service-key';
import type { DataverseClient } from '../../../plugins-proxy/src/clients/dataverse/dataverse-client';
import { connectionSecrets } from '../../../plugins-proxy/src/connections/credentials/connection-secret';
import { reencrypt } from '../../../plugins-proxy/src/connections/credentials/reencrypt';
import { dataverseSecretRows } from '../../../plugins-proxy/src/connections/credentials/secret-rows';
import { publishServiceKey } from '../../../plugins-proxy/src/connections/credentials/service-key-rows';
import { resolveSecret, secretToStore } from '../../../plugins-proxy/src/connections/credentials/stored-secrets';
import { unsealSecret } from '../../../plugins-proxy/src/connections/credentials/unseal-secret';
import { secretsOf } from '../../../plugins-proxy/src/platform/config/secrets-of';
import { IntegrationError } from '../../../plugins-proxy/src/platform/errors/integration-error';
import { createLogger } from '../../../plugins-proxy/src/platform/log/create-logger';
import { decryptAtRest, encryptAtRest } from '../../../plugins-proxy/src/platform/secrets/encrypt-at-rest';
import type { SecretFacts } from '../../../plugins-proxy/src/platform/secrets/collect-secrets';
import { connectVault, type Vault } from '../../../plugins-proxy/src/platform/secrets/key-vault';
import { openConfig } from '../../../plugins-proxy/src/platform/secrets/live-config';
import {
  createKeyring,
  fixedKeyring,
  type Keyring,
  serviceKey,
} from '../../../plugins-proxy/src/platform/secrets/service-keys';
import { openSqliteStore } from '../../../plugins-proxy/src/queue/store/sqlite/open-sqlite-store';
import { sealSecret, type ServicePublicKey } from '../../../webresources/src/sealed/seal-secret';
import { keepSecrets } from '../../log-scan/kept-logs';
import { fakeDataverse } from '../fake-dataverse';
import { keepLines } from '../log-lines';
import { secretFiles } from '../secret-files';
import { environment, testConfig } from '../test-config';

const newKey = (): string => {
  const key = randomBytes(32).toString('base64');
  keepSecrets([key]);
  return key;
};
const [first, second] = [newKey(), newKey()];
const config = (current?: string, previous?: string) =>
  testConfig({ SECRETS_KEY: current, SECRETS_KEY_PREVIOUS: previous });
const keyringOf = (...keys: readonly string[]): Keyring => fixedKeyring(keys);

/** The fake with the queries that stored secrets ask: columns compared with texts, ordered by name. */
function fakeTable() {
  const fake = fakeDataverse();
  const tableOf = new Map<string, string>();
  const read = (id: string) => {
    const row = fake.rows.get(id);
    return row === undefined ? null : { '@odata.etag': `W/"${row.version}"`, crmjira_secretid: id, ...row.columns };
  };
  const client: Pick<DataverseClient, 'one' | 'many' | 'changeSet'> = {
    changeSet: async (writes) => {
      await fake.changeSet(writes);
      for (const { collection, id } of writes) tableOf.set(id, collection);
    },
    one: async (_collection, id, _select, schema) => {
      const row = read(id);
      return row === null ? null : schema.parse(row);
    },
    many: async (collection, { filter = '', orderBy, top = Infinity }, schema) => {
      const conditions = [...filter.matchAll(/(\w+) (ne|gt) '([^']*)'/g)];
      const rows: Record<string, unknown>[] = [...fake.rows.keys()].flatMap(
        (id) => (tableOf.get(id) === collection && read(id)) || [],
      );
      const found = rows.filter((row) =>
        conditions.every(([, column = '', how, value = '']) =>
          how === 'ne' ? row[column] !== value : String(row[column]) > value,
        ),
      );
      if (orderBy !== undefined) found.sort((a, b) => (String(a['crmjira_name']) < String(b['crmjira_name']) ? -1 : 1));
      return found.slice(0, top).map((row) => schema.parse(row));
    },
  };
  return { fake, client, rows: dataverseSecretRows(client) };
}

const mine = '5a8d2c1e-0000-4000-8000-000000000c01';
const other = '5a8d2c1e-0000-4000-8000-000000000c02';
const token = 'jira-token-of-the-tests';

async function store(table: ReturnType<typeof fakeTable>, keyring: Keyring, connection = mine, secret = token) {
  const { name, write } = secretToStore(keyring.current(), connection, 'token', secret);
  await table.client.changeSet([write]);
  return name;
}
const refusal = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'given',
    (error: unknown) => (error instanceof IntegrationError ? `${error.code}: ${error.message}` : error),
  );

describe('secrets at rest (R-1803, ADR-18)', () => {
  test('R-1803 R-1823 a connection reads its own secret, and no other connection does, whatever the row says', async () => {
    const table = fakeTable();
    const keyring = keyringOf(first);
    const secrets = { rows: table.rows, keyring };
    const name = await store(table, keyring);
    expect(await resolveSecret(secrets, mine, name)).toBe(token);
    expect(await resolveSecret(secrets, mine.toUpperCase(), name)).toBe(token);
    const notMine = /^secret-unreadable: .*does not belong to this connection/;
    expect(await refusal(resolveSecret(secrets, other, name))).toMatch(notMine);

    const id = name.slice('row:'.length);
    const row = table.fake.rows.get(id)!;
    expect(JSON.stringify(row)).not.toContain(token);
    // Somebody with rights on the table gives the row to another connection, or its content to another row.
    row.columns['crmjira_context'] = other;
    expect(await refusal(resolveSecret(secrets, other, name))).toMatch(notMine);
    const elsewhere = randomUUID();
    table.fake.rows.set(elsewhere, row);
    expect(await refusal(resolveSecret(secrets, mine, `row:${elsewhere}`))).toMatch(notMine);
    expect(await refusal(resolveSecret(secrets, mine, `row:${randomUUID()}`))).toMatch(/is not stored any more/);
    // A secret that somebody typed into the column of its name is not repeated.
    expect(await refusal(resolveSecret(secrets, mine, token))).toBe(
      'secret-unreadable: The connection does not name a stored secret. Enter its secret again.',
    );
  });

  test('R-1803 R-1835 a flipped bit of ciphertext, nonce, key id, owner or name is refused', () => {
    const key = serviceKey(first);
    const flipped = (text: string, bit: number): string => {
      const bytes = Buffer.from(text, 'latin1');
      const at = bit % (bytes.length * 8);
      bytes[at >> 3]! ^= 1 << (at & 7);
      return bytes.toString('latin1');
    };
    fc.assert(
      fc.property(
        fc.string({ maxLength: 200 }),
        fc.uuid(),
        fc.string({ minLength: 1, maxLength: 100 }).map((name) => Buffer.from(name).toString('hex')),
        fc.nat(),
        (secret, owner, name, bit) => {
          const stored = encryptAtRest(key, { owner, name }, secret);
          // What UTF-8 cannot say is lost before it is encrypted.
          expect(decryptAtRest(key, { owner, name }, stored)).toBe(Buffer.from(secret).toString());
          const changed = (['keyId', 'nonce', 'ciphertext'] as const).map((part) =>
            decryptAtRest(key, { owner, name }, { ...stored, [part]: flipped(stored[part], bit) }),
          );
          const elsewhere = [
            decryptAtRest(key, { owner: flipped(owner, bit), name }, stored),
            decryptAtRest(key, { owner, name: flipped(name, bit) }, stored),
            // Nothing moves from one bound text into its neighbour.
            decryptAtRest(key, { owner: owner + name[0]!, name: name.slice(1) }, stored),
            decryptAtRest(serviceKey(second), { owner, name }, stored),
          ];
          expect([...changed, ...elsewhere]).toEqual(Array(7).fill(null));
        },
      ),
    );
  });

  test('texts that are bound together give bytes that no other texts give', () => {
    const apart = boundBytes('a', 'b');
    for (const other of [['ab'], ['a', 'b', ''], ['', 'a', 'b'], ['a\0\0\0\0b'], ['a\0\0\0\u0001b']])
      expect(Buffer.compare(boundBytes(...other), apart)).not.toBe(0);
  });

  test('keys are known by what they are, not by where they stand, and none is taken that is no 32 bytes', () => {
    const { id, dataKey } = serviceKey(first);
    expect(id).toMatch(/^[0-9a-f]{32}$/);
    expect(keyringOf(second, first).all()[1]!.id).toBe(id);
    expect(serviceKey(Buffer.from(first, 'base64').toString('base64url')).id).toBe(id);
    // The id tells nothing of the keys.
    expect(dataKey.export().toString('hex')).not.toContain(id);
    for (const wrong of ['short', randomBytes(31).toString('base64'), `${'x'.repeat(43)}!`, 'passphrase '.repeat(4)])
      expect(() => config(wrong)).toThrow(/SECRETS_KEY.*32 random bytes/);
  });
});

describe('the name of a secret in the row of a connection (R-1803, ADR-18)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'crmjira-connections-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  /** A vault, of which only reading counts here. */
  function fakeVault() {
    const secrets = new Map<string, string>();
    const asked: string[] = [];
    let away = false;
    const fail = (says: string, errorClass: 'transient' | 'configuration'): never => {
      throw new IntegrationError(says, { code: 'key-vault', errorClass });
    };
    const vault: Vault = {
      read: async ({ vault: address, name }) => {
        asked.push(`${address} ${name}`);
        if (away) fail('The vault was not reached.', 'transient');
        const value = secrets.get(name) ?? fail('The vault has no such secret.', 'configuration');
        return { value, createdOn: null, expiresOn: null };
      },
      write: () => Promise.reject(new Error('nothing is written here')),
    };
    return {
      vault,
      asked,
      set: (name: string, value: string) => secrets.set(name, value),
      goAway: () => (away = true),
    };
  }

  async function world(over: { readonly directory?: null; readonly vault?: null } = {}) {
    const keyVault = fakeVault();
    const live = await openConfig(
      {
        ...environment,
        ...(over.directory === null ? {} : { CONNECTION_SECRETS_DIR: folder }),
        ...(over.vault === null ? {} : { CONNECTION_SECRETS_VAULT: 'https://Crm-jira-connections.vault.azure.net/' }),
      },
      keyVault.vault,
    );
    const table = fakeTable();
    const keyring = keyringOf(first);
    let now = 0;
    const secrets = connectionSecrets({
      stored: { rows: table.rows, keyring },
      vault: live.vault,
      places: () => live.current().connectionSecrets,
      keepMs: 60_000,
      now: () => now,
    });
    live.alsoSecret(secrets.known);
    const { stream, lines } = keepLines();
    const logger = createLogger('trace', live.secrets, stream);
    return {
      keyVault,
      live,
      secrets,
      table,
      keyring,
      logged: (text: string) => {
        lines.length = 0;
        logger.info(text);
        return lines.join('');
      },
      later: (ms: number) => (now += ms),
    };
  }

  test('R-1803 rows, vault and files are read, kept for a while, and no line of the log shows what was read', async () => {
    const { secrets, table, keyring, keyVault, live, logged, later } = await world();
    const inVault = `vault:crmjira-${mine}-token`;
    keyVault.set(inVault.slice('vault:'.length), 'vault-token-of-the-tests');
    writeFileSync(join(folder, `${mine}.token`), 'file-token-of-the-tests\n');
    const row = await store(table, keyring);
    const before = live.secrets();
    expect(await secrets(mine, row)).toBe(token);
    expect(await secrets(mine.toUpperCase(), `file:${mine}.token`)).toBe('file-token-of-the-tests');
    // Those who ask at the same time share one look.
    expect(await Promise.all([secrets(mine, inVault), secrets(mine, inVault)])).toEqual(
      Array(2).fill('vault-token-of-the-tests'),
    );
    const once = [`https://crm-jira-connections.vault.azure.net crmjira-${mine}-token`];
    expect(keyVault.asked).toEqual(once);
    expect(live.secrets()).toEqual([...before, token, 'file-token-of-the-tests', 'vault-token-of-the-tests']);
    expect(live.secrets()).toBe(live.secrets());
    expect(logged('tried vault-token-of-the-tests')).toContain('tried [redacted]');

    keyVault.set(inVault.slice('vault:'.length), 'newer-token-of-the-tests');
    later(59_999);
    expect(await secrets(mine, inVault)).toBe('vault-token-of-the-tests');
    expect(keyVault.asked).toEqual(once);
    later(1);
    expect(await secrets(mine, inVault)).toBe('newer-token-of-the-tests');
    keyVault.set(inVault.slice('vault:'.length), 'newest-token-of-the-tests');
    secrets.forget(mine, inVault);
    expect(await secrets(mine, inVault)).toBe('newest-token-of-the-tests');
    // What was known once is cut out for as long as the process runs.
    expect(logged('vault-token-of-the-tests newest-token-of-the-tests')).toContain('[redacted] [redacted]');
    // A vault that is away stops nobody whose secret was good; one whose secret was refused waits for it.
    keyVault.goAway();
    later(60_000);
    expect(await secrets(mine, inVault)).toBe('newest-token-of-the-tests');
    secrets.forget(mine, inVault);
    await expect(secrets(mine, inVault)).rejects.toMatchObject({ code: 'secret-unreadable', errorClass: 'transient' });
  });

  test('R-1803 a connection resolves only what bears its id, nothing outside of the directory, and says what to do', async () => {
    const { secrets, keyVault } = await world();
    keyVault.set('JIRA-API-Token', token);
    keyVault.set(`crmjira-${other}`, token);
    writeFileSync(join(folder, other), token);
    for (const name of [
      'vault:JIRA-API-Token',
      `vault:crmjira-${other}`,
      `vault:crmjira-${mine}/../JIRA-API-Token`,
      `vault:crmjira-${mine}/0123456789abcdef0123456789abcdef`,
      `vault:crmjira-${mine}0`,
      `file:${other}`,
      `file:${mine}/../${other}`,
      `file:${mine}\\..\\${other}`,
      `file:${mine}..${other}`,
      `file:${mine}\0${other}`,
      `file:../${mine}`,
      `file:${token}`,
    ]) {
      const says = String(await refusal(secrets(mine, name)));
      expect([name, says]).toEqual([name, expect.stringMatching(/^secret-unreadable: .*not its own.*must begin with/)]);
      expect(says).not.toContain(token);
    }
    expect(keyVault.asked).toEqual([]);
    writeFileSync(join(folder, `${mine}-empty`), '\n');
    expect(await refusal(secrets(mine, `file:${mine}-empty`))).toMatch(
      /^secret-unreadable: .*is no file with a secret/,
    );
    const missing = `file:${mine}-missing`;
    expect(await refusal(secrets(mine, missing))).toMatch(/^secret-unreadable: There is no file .*Put it there/);
    expect(await refusal(secrets(mine, `vault:crmjira-${mine}`))).toMatch(/^secret-unreadable: .*has no such secret/);
    expect(await refusal(secrets(mine, token))).toBe(
      'secret-unreadable: The connection does not name a stored secret. Enter its secret again.',
    );
    // Jobs that wait for it do not ask each; who enters it anew has it forgotten.
    writeFileSync(join(folder, `${mine}-missing`), token);
    expect(await refusal(secrets(mine, missing))).toMatch(/There is no file/);
    secrets.forget(mine, missing);
    expect(await secrets(mine, missing)).toBe(token);
  });

  test('R-1803 without a directory or a vault the operator is told which variable to set', async () => {
    const { secrets } = await world({ directory: null, vault: null });
    expect(await refusal(secrets(mine, `file:${mine}`))).toMatch(/^secret-unreadable: .*CONNECTION_SECRETS_DIR/);
    expect(await refusal(secrets(mine, `vault:crmjira-${mine}`))).toMatch(/CONNECTION_SECRETS_VAULT/);
    expect(() => testConfig({ CONNECTION_SECRETS_VAULT: 'https://evil.example' })).toThrow(
      'CONNECTION_SECRETS_VAULT: expected the address of a key vault',
    );
  });
});

describe('rotation of the key (R-1803, ADR-18)', () => {
  const connections = Array.from(
    { length: 1_203 },
    (_, n) => `${String(n).padStart(8, '0')}-0000-4000-8000-00000000000a`,
  );

  test('R-1835 all rows go to the new key in batches; a run that was cut off goes on, and reads work all the time', async () => {
    const table = fakeTable();
    const before = keyringOf(first);
    const names = new Map<string, string>();
    for (const one of connections) names.set(one, await store(table, before, one, `${one}-of-the-tests`));
    const keyring = keyringOf(second, first);
    const [newId, oldId] = keyring.all().map((key) => key.id);
    const readable = async (): Promise<void> => {
      for (const one of [connections[0]!, connections[700]!, connections.at(-1)!])
        expect(await resolveSecret({ rows: table.rows, keyring }, one, names.get(one)!)).toBe(`${one}-of-the-tests`);
    };
    await readable();
    // The process is killed after its sixth change set: what it had written is written, nothing else is known.
    let left = 6;
    const killed = {
      ...table.rows,
      replace: async (rows: Parameters<typeof table.rows.replace>[0]) => {
        left -= 1;
        if (left < 0) throw new Error('killed');
        await table.rows.replace(rows);
      },
    };
    await expect(reencrypt({ rows: killed, keyring })).rejects.toThrow('killed');
    const counts = await table.rows.countByKey();
    expect(counts).toEqual(
      new Map([
        [newId, 600],
        [oldId, 603],
      ]),
    );
    await readable();

    const progress: number[] = [];
    const onProgress = ({ done, total }: { done: number; total: number }) => progress.push(done, total);
    expect(await reencrypt({ rows: table.rows, keyring, onProgress })).toEqual({ done: 603, unreadable: [] });
    expect(progress).toEqual([500, 603, 603, 603]);
    const written = table.fake.committed.length;
    expect(await reencrypt({ rows: table.rows, keyring })).toEqual({ done: 0, unreadable: [] });
    expect(table.fake.committed).toHaveLength(written);
    // The former key is needed no more.
    const alone = { rows: table.rows, keyring: keyringOf(second) };
    for (const [one, name] of names) expect(await resolveSecret(alone, one, name)).toBe(`${one}-of-the-tests`);
  });

  test('a secret that is replaced meanwhile stays what it was replaced by, and one of an unknown key is named and left', async () => {
    const table = fakeTable();
    const [old, keyring] = [keyringOf(first), keyringOf(second, first)];
    const name = await store(table, old);
    const lost = await store(table, keyringOf(newKey()), other);
    let meanwhile = true;
    const rows = {
      ...table.rows,
      replace: async (fresh: Parameters<typeof table.rows.replace>[0]) => {
        // A replica that has not looked at its keys yet.
        if (meanwhile) await store(table, old, mine, 'newer-token-of-the-tests');
        meanwhile = false;
        await table.rows.replace(fresh);
      },
    };
    expect(await reencrypt({ rows, keyring })).toEqual({ done: 1, unreadable: [lost] });
    const secrets = { rows: table.rows, keyring: keyringOf(second) };
    expect(await resolveSecret(secrets, mine, name)).toBe('newer-token-of-the-tests');
    expect(await refusal(resolveSecret(secrets, other, lost))).toMatch(/key [0-9a-f]{32} is not configured/);
  });

  test('a replica that meets a key which another one has first looks for it, once in ten seconds', async () => {
    const table = fakeTable();
    const name = await store(table, keyringOf(second, first));
    let current = config(first);
    let looks = 0;
    let now = 0;
    const live = {
      current: () => current,
      reload: async () => {
        looks += 1;
        return true;
      },
    };
    const secrets = { rows: table.rows, keyring: createKeyring(live, () => now) };
    expect(await refusal(resolveSecret(secrets, mine, name))).toMatch(/is not configured/);
    expect(await refusal(resolveSecret(secrets, mine, name))).toMatch(/is not configured/);
    expect(looks).toBe(1);
    now = 10_000;
    live.reload = async () => {
      current = config(second, first);
      return true;
    };
    expect(await resolveSecret(secrets, mine, name)).toBe(token);
  });
});

/** What `rotate-secrets --secret SECRETS_KEY` works with where keys are files that a service reads as well. */
async function worldOfKeyFiles() {
  const files = secretFiles({ SECRETS_KEY: first, SECRETS_KEY_PREVIOUS: '' });
  const live = await openConfig({ ...environment, ...files.environment });
  const table = fakeTable();
  const name = await store(table, createKeyring(live));
  const said: string[] = [];
  const waited: number[] = [];
  const service = createKeyring(live);
  const readable = async (): Promise<void> =>
    expect(await resolveSecret({ rows: table.rows, keyring: service }, mine, name)).toBe(token);
  const place = (variable: 'SECRETS_KEY' | 'SECRETS_KEY_PREVIOUS'): SecretFacts => ({
    name: variable,
    place: { kind: 'file', path: files.path(variable) },
    since: null,
    expiresOn: null,
  });
  const rotate = (over: Partial<KeyRotationContext> = {}) => {
    const keys = ['SECRETS_KEY', 'SECRETS_KEY_PREVIOUS'].map((one) => files.read(one)).filter(Boolean);
    keepSecrets(keys);
    const context: KeyRotationContext = {
      keys,
      dataverse: table.client,
      vault: connectVault(),
      now: () => new Date('2026-02-03T10:00:00Z'),
      settleMs: 75_000,
      graceMs: 60_000,
      keepPrevious: false,
      limitDays: 90,
      sleep: async (ms) => {
        waited.push(ms);
        await readable();
      },
      tell: (step) => said.push(step),
      ...over,
    };
    return rotateServiceKey(context, place('SECRETS_KEY'), place('SECRETS_KEY_PREVIOUS'));
  };
  return { files, table, name, said, waited, rotate, readable };
}

test('R-1218 R-1803 the command exchanges the key while the service reads; cut off anywhere it is run again', async () => {
  const { files, table, name, said, waited, rotate, readable } = await worldOfKeyFiles();
  for (const step of [1, 2, 3, 4]) {
    let left = step;
    const killed = (): void => {
      left -= 1;
      if (left === 0) throw new Error('killed');
    };
    const dataverse: KeyRotationContext['dataverse'] = {
      ...table.client,
      changeSet: async (writes) => {
        killed();
        await table.client.changeSet(writes);
      },
    };
    // Killed as the public key is published, as rows are written, and in either wait.
    await expect(rotate({ dataverse, sleep: async () => killed() })).rejects.toThrow('killed');
    await readable();
  }
  expect(await rotate()).toBe('exchanged; 1 stored secret encrypted with the new one, the former has ended');
  expect(waited).toEqual([75_000, sealedLifetimeMs]);
  expect(files.read('SECRETS_KEY_PREVIOUS')).toBe('');
  const last = files.read('SECRETS_KEY');
  expect(await resolveSecret({ rows: table.rows, keyring: keyringOf(last) }, mine, name)).toBe(token);
  await readable();
  expect(said).toContain('1 of 1 stored secret encrypted with the current key');
  const written = JSON.stringify([...table.fake.rows, ...said]);
  for (const secret of [first, last, token]) expect(written).not.toContain(secret);

  // A row that no key decrypts keeps every key where it is.
  await store(table, keyringOf(second), other);
  await expect(rotate()).rejects.toThrow(/1 stored secret cannot be decrypted \(row:.*No key was taken away/);
  expect([files.read('SECRETS_KEY'), files.read('SECRETS_KEY_PREVIOUS')]).toEqual([last, '']);
  await files.remove();
});

test('R-1218 a key in variables is exchanged by a person, and the command encrypts what is stored', () => {
  const facts = (...names: SecretFacts['name'][]): SecretFacts[] =>
    names.map((variable) => ({ name: variable, place: { kind: 'variable' }, since: null, expiresOn: null }));
  const wish = { secret: 'SECRETS_KEY' };
  expect(planRotation(facts('SECRETS_KEY'), [], wish)).toMatchObject([{ kind: 'guide' }]);
  expect(planRotation(facts('SECRETS_KEY', 'SECRETS_KEY_PREVIOUS'), [], wish)).toEqual([
    { kind: 'finish-key', name: 'SECRETS_KEY' },
  ]);
});

test.each([
  ['nothing stored, no key', [], [], 'ok', 'no key is needed'],
  ['nothing stored', ['a'], [], 'ok', 'none is stored'],
  ['no key', [], [['a', 2]], 'failed', '2 stored secrets, and SECRETS_KEY is not configured'],
  [
    'an unknown key',
    ['a', 'b'],
    [
      ['a', 5],
      ['c', 1],
    ],
    'failed',
    '1 stored secret under a key that is not configured: c',
  ],
  [
    'the former key',
    ['a', 'b'],
    [
      ['a', 5],
      ['b', 3],
    ],
    'warning',
    '3 stored secrets of 8 need SECRETS_KEY_PREVIOUS',
  ],
  ['the current key', ['a', 'b'], [['a', 5]], 'ok', '5 stored secrets, under the current key'],
] as const)('R-1803 doctor on %s', (_case, keys, counts, status, says) => {
  expect(judgeStoredSecrets(keys, new Map(counts))).toMatchObject({ status, says: expect.stringContaining(says) });
});

test('R-1803 the rehearsal: keys and rows are kept, the service is lost and set up anew; without its key it says so in words', async () => {
  const lost = fakeTable();
  const name = await store(lost, keyringOf(first));
  const backup = { key: first, rows: JSON.stringify([...lost.fake.rows]) };

  const restored = fakeTable();
  for (const [id, row] of JSON.parse(backup.rows) as [string, { columns: Record<string, unknown>; version: number }][])
    restored.fake.rows.set(id, row);
  expect(await resolveSecret({ rows: restored.rows, keyring: keyringOf(backup.key) }, mine, name)).toBe(token);
  const another = keyringOf(second);
  expect(await refusal(resolveSecret({ rows: restored.rows, keyring: another }, mine, name))).toBe(
    `secret-unreadable: The secret ${name} cannot be decrypted: key ${serviceKey(first).id} is not configured. Give it in SECRETS_KEY or SECRETS_KEY_PREVIOUS, or enter the secret again.`,
  );
  expect(await refusal((async () => keyringOf().current())())).toBe(
    'secret-unreadable: SECRETS_KEY is not configured, so stored secrets can be neither written nor read.',
  );
  // Entered again, it is encrypted with the key that is there.
  await store(restored, another);
  expect(await resolveSecret({ rows: restored.rows, keyring: another }, mine, name)).toBe(token);
});

describe('secrets on their way from a browser (R-1802, ADR-23)', () => {
  const context: SealedContext = {
    organizationId: '11111111-1111-4111-8111-111111111111',
    userId: '22222222-2222-4222-8222-222222222222',
    commandId: '33333333-3333-4333-8333-333333333333',
    targetHost: 'acme.atlassian.net',
  };
  const created = new Date('2026-02-03T10:00:00Z');
  const publicKeyOf = async (text: string): Promise<ServicePublicKey> => {
    const key = serviceKey(text);
    return { keyId: key.id, publicKey: await key.publicKey() };
  };

  async function world(keyring = keyringOf(first)) {
    const dataverse = fakeDataverse();
    const queue = openSqliteStore(':memory:');
    const unseal = (sealed: string | null, at = 60_000, over: Partial<SealedContext> = {}) => {
      const bound = { ...context, ...over };
      dataverse.rows.set(bound.commandId, { columns: { crmjira_sealed: sealed }, version: 1 });
      const now = (): Date => new Date(created.getTime() + at);
      return unsealSecret({ dataverse, store: queue, keyring, now }, { createdOn: created, sealed }, bound);
    };
    return { dataverse, queue, unseal };
  }

  test('R-1802 R-1803 what a page seals the service reads once, within ten minutes, and the column is empty then', async () => {
    const { dataverse, queue, unseal } = await world();
    const secret = `clé 🔑 ${token}`;
    // As pages get ids: with braces and in capitals.
    const sealed = await sealSecret(
      await publicKeyOf(first),
      { ...context, userId: `{${context.userId.toUpperCase()}}`, targetHost: 'ACME.atlassian.net' },
      secret,
    );
    expect(sealed).toMatch(/^1\.[0-9a-f]{32}\.[\w-]{87}\.[\w-]+$/);
    expect(await unseal(sealed)).toEqual({ secret });
    expect(dataverse.rows.get(context.commandId)?.columns['crmjira_sealed']).toBeNull();
    // Put into the row again, or read from the emptied one.
    expect(await unseal(sealed)).toEqual({ refusal: 'used' });
    expect(await unseal(null)).toEqual({ refusal: 'used' });
    await queue.close();
  });

  test('R-1803 it is refused for another person, environment, command or host, too old, too long, damaged or of an unknown key', async () => {
    const { queue, unseal } = await world();
    const seal = (over: Partial<SealedContext> = {}, key = first) =>
      publicKeyOf(key).then((to) => sealSecret(to, { ...context, ...over }, token));
    for (const over of [
      { userId: other },
      { organizationId: other },
      { targetHost: 'evil.example' },
      { targetHost: 'acme.atlassian.net:8443' },
    ])
      expect([over, await unseal(await seal(over), 0, { commandId: randomUUID() })]).toEqual([
        over,
        { refusal: 'not-bound' },
      ]);
    expect(await unseal(await seal(), 0, { commandId: other })).toEqual({ refusal: 'not-bound' });
    const own = async (sealed: string, at = 0) => {
      const commandId = randomUUID();
      return unseal(sealed === '' ? await seal({ commandId }) : sealed, at, { commandId });
    };
    expect(await own('', sealedLifetimeMs)).toEqual({ secret: token });
    expect(await own('', sealedLifetimeMs + 1)).toEqual({ refusal: 'too-old' });
    expect(await own('', -sealedLifetimeMs - 1)).toEqual({ refusal: 'too-old' });
    expect(await own(await seal({}, second))).toEqual({ refusal: 'unknown-key' });
    expect(await own('x'.repeat(longestSealed + 1))).toEqual({ refusal: 'too-long' });
    for (const wrong of ['x', '1.2.3.4', (await seal()).replace('1.', '2.'), `${await seal()}.`, `${await seal()}=`])
      expect(await own(wrong)).toEqual({ refusal: 'malformed' });
    // The longest one fits the column.
    expect((await seal({})).length).toBeLessThan(longestSealed);
    const longest = await sealSecret(await publicKeyOf(first), context, 'é'.repeat(longestSecret / 2));
    expect(longest.length).toBeLessThan(longestSealed);
    await expect(sealSecret(await publicKeyOf(first), context, 'x'.repeat(longestSecret + 1))).rejects.toThrow(/2048/);
    await expect(sealSecret(await publicKeyOf(first), context, '')).rejects.toThrow('required');
    await expect(seal({ targetHost: 'user@acme.atlassian.net' })).rejects.toThrow('Expected a host');
    for (const one of ['too-old', 'used', 'not-bound'] as const)
      expect(sealedRefusalText(one, 1033)).not.toBe(sealedRefusalText(one, 3084));
    await queue.close();
  });

  test('R-1803 a flipped bit anywhere in a sealed secret is refused', async () => {
    const { queue, unseal } = await world();
    const to = await publicKeyOf(first);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('keyId', 'enc', 'ciphertext'),
        fc.nat(),
        fc.string({ minLength: 1, maxLength: 60, unit: 'grapheme-ascii' }),
        async (part, bit, secret) => {
          const commandId = randomUUID();
          const sealed = (await sealSecret(to, { ...context, commandId }, secret)).split('.');
          const at = ['keyId', 'enc', 'ciphertext'].indexOf(part) + 1;
          const bytes = part === 'keyId' ? Buffer.from(sealed[at]!, 'hex') : fromBase64url(sealed[at]!)!;
          const n = bit % (bytes.length * 8);
          bytes[n >> 3]! ^= 1 << (n & 7);
          sealed[at] = part === 'keyId' ? Buffer.from(bytes).toString('hex') : toBase64url(bytes);
          const result = await unseal(sealed.join('.'), 0, { commandId });
          expect(result).toEqual({ refusal: part === 'keyId' ? 'unknown-key' : 'not-bound' });
        },
      ),
      { numRuns: 60 },
    );
    await queue.close();
  });

  test('R-1803 pages get the key that is current; while it is exchanged both are opened, and the former is offered no more', async () => {
    const { fake, client } = fakeTable();
    const now = new Date('2026-02-03T10:00:00Z');
    const valid = () =>
      [...fake.rows.values()]
        .filter(({ columns }) => new Date(String(columns['crmjira_valid_until'])) > now)
        .map(({ columns }) => [columns['crmjira_key_id'], columns['crmjira_public_key']]);
    await publishServiceKey(client, keyringOf(first), now);
    const before = await publicKeyOf(first);
    expect(valid()).toEqual([[before.keyId, before.publicKey]]);
    await publishServiceKey(client, keyringOf(first), now);
    expect(fake.committed).toHaveLength(1);
    const both = keyringOf(second, first);
    await publishServiceKey(client, both, now);
    const after = await publicKeyOf(second);
    expect(valid()).toEqual([[after.keyId, after.publicKey]]);
    // One that a page had sealed already.
    const { queue, unseal } = await world(both);
    expect(await unseal(await sealSecret(before, context, token))).toEqual({ secret: token });
    await queue.close();
  });
});

test('R-1803 no line of the log shows a key of the service or what is derived from it', () => {
  const { stream, lines } = keepLines();
  const live = config(first, second);
  const logger = createLogger('trace', secretsOf(live), stream);
  const keyring = createKeyring({ current: () => live, reload: async () => false });
  logger.error({ config: live, keys: keyring.all() }, `failed with ${first} and ${second}`);
  const written = lines.join('');
  for (const text of [first, second]) {
    expect(written).not.toContain(text);
    const derived = serviceKey(text).dataKey.export();
    for (const form of ['base64', 'base64url', 'hex'] as const) expect(written).not.toContain(derived.toString(form));
    expect(written).not.toContain(derived.join(','));
  }
});

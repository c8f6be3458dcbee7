import { randomUUID } from 'node:crypto';
import { reencrypt } from '../../plugins-proxy/src/connections/credentials/reencrypt';
import { dataverseSecretRows } from '../../plugins-proxy/src/connections/credentials/secret-rows';
import { resolveSecret, secretToStore } from '../../plugins-proxy/src/connections/credentials/stored-secrets';
import {
  tokenName,
  tokenOwner,
  type TokenPlace,
  tokenToStore,
} from '../../plugins-proxy/src/connections/personal/personal-secret';
import { decryptAtRest, encryptAtRest } from '../../plugins-proxy/src/platform/secrets/encrypt-at-rest';
import { fixedKeyring, serviceKey } from '../../plugins-proxy/src/platform/secrets/service-keys';
import { newSecret } from '../../plugins-proxy/src/platform/secrets/store-secret';
import { type BenchRow, rounded } from './bench-row';
import { startSeededWorld } from './seeded-world';

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;
const rowsInChangeSet = 100;
/** What a change set takes longer than with the stand-in alone, in milliseconds. */
const answerMs = 500;
/** Of the tokens so many share one look at whether they still open. */
const looksAtEvery = 50;

/** Stores secrets and moves them to another key, as `rotate-secrets --secret SECRETS_KEY` does. */
export async function measureSecrets(count = 10_000): Promise<BenchRow[]> {
  const world = await startSeededWorld({ projects: 1 });
  try {
    const [former, fresh] = [newSecret(), newSecret()];
    const key = serviceKey(former);
    const ofConnection = () => secretToStore(key, randomUUID(), 'token', newSecret()).write;
    const tokens: { readonly place: TokenPlace; readonly token: string }[] = [];
    const ofPerson = () => {
      const [token, url] = [newSecret(), world.environment['JIRA_URL'] ?? ''];
      const place = { connectionId: randomUUID(), userId: randomUUID(), url };
      tokens.push({ place, token });
      return tokenToStore(key, place, token).write;
    };
    // Half of them people's own tokens, which are bound to person and address as well.
    for (let stored = 0; stored < count; stored += rowsInChangeSet)
      await world.admin.changeSet(
        Array.from({ length: rowsInChangeSet }, (_, n) => (n % 2 === 0 ? ofConnection() : ofPerson())),
      );

    const began = performance.now();
    const context = { owner: randomUUID(), name: 'row' };
    const next = serviceKey(fresh);
    for (let n = 0; n < count; n += 1) {
      const stored = encryptAtRest(key, context, former);
      encryptAtRest(next, context, decryptAtRest(key, context, stored) ?? '');
    }
    const alone = performance.now() - began;

    await world.slowDown(answerMs);
    const started = performance.now();
    const keyring = fixedKeyring([fresh, former]);
    const rows = dataverseSecretRows(world.admin);
    const { done } = await reencrypt({ rows, keyring });
    const took = performance.now() - started;
    if (done !== count) throw new Error(`${done} of ${count} secrets were encrypted anew`);
    const onlyFresh = { rows, keyring: fixedKeyring([fresh]) };
    await Promise.all(
      tokens
        .filter((_, n) => n % looksAtEvery === 0)
        .map(async ({ place, token }) => {
          if ((await resolveSecret(onlyFresh, tokenOwner(place.connectionId), tokenName(place))) !== token)
            throw new Error('a token is another one than before');
        }),
    );
    return [
      {
        what: `${count} stored secrets, half of them tokens of people, to another key, each answer of Dataverse held back ${answerMs} ms`,
        measured: `${seconds(took)}; the cipher alone ${seconds(alone)}`,
        reference: 'the aim',
        referenceMeasured: '60 s',
        ratio: rounded(took / 60_000),
        aim: '< 1',
      },
    ];
  } finally {
    await world.close();
  }
}

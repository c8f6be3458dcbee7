import { randomUUID } from 'node:crypto';
import { reencrypt } from '../../plugins-proxy/src/connections/credentials/reencrypt';
import { dataverseSecretRows } from '../../plugins-proxy/src/connections/credentials/secret-rows';
import { secretToStore } from '../../plugins-proxy/src/connections/credentials/stored-secrets';
import { decryptAtRest, encryptAtRest } from '../../plugins-proxy/src/platform/secrets/encrypt-at-rest';
import { fixedKeyring, serviceKey } from '../../plugins-proxy/src/platform/secrets/service-keys';
import { newSecret } from '../../plugins-proxy/src/platform/secrets/store-secret';
import { type BenchRow, rounded } from './bench-row';
import { startSeededWorld } from './seeded-world';

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;
const rowsInChangeSet = 100;
/** What a change set takes longer than with the stand-in alone, in milliseconds. */
const answerMs = 500;

/** Stores secrets and moves them to another key, as `rotate-secrets --secret SECRETS_KEY` does. */
export async function measureSecrets(count = 10_000): Promise<BenchRow[]> {
  const world = await startSeededWorld({ projects: 1 });
  try {
    const [former, fresh] = [newSecret(), newSecret()];
    const key = serviceKey(former);
    const one = () => secretToStore(key, randomUUID(), 'token', newSecret()).write;
    for (let stored = 0; stored < count; stored += rowsInChangeSet)
      await world.admin.changeSet(Array.from({ length: rowsInChangeSet }, one));

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
    const { done } = await reencrypt({ rows: dataverseSecretRows(world.admin), keyring });
    const took = performance.now() - started;
    if (done !== count) throw new Error(`${done} of ${count} secrets were encrypted anew`);
    return [
      {
        what: `${count} stored secrets to another key, each answer of Dataverse held back ${answerMs} ms`,
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

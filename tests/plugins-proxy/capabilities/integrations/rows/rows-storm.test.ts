import { ConflictState } from '@crmjira/domain';
import type { DataverseClient } from '../../../../../plugins-proxy/src/clients/dataverse/dataverse-client';
import { randomFor } from '../../../../../sandbox/src/seed/random';
import { type ServicesWorld, startServicesWorld } from './services-world';

const keys = ['S-1', 'S-2', 'S-3', 'S-4'];
const rounds = 10;

let world: ServicesWorld;
beforeAll(async () => {
  world = await startServicesWorld();
}, 60_000);
afterAll(() => world.close());

/** A Dataverse whose change sets are now and then lost: before they are written, or their answer after it. */
const losing = (client: DataverseClient, random: () => number): Pick<DataverseClient, 'changeSet'> => ({
  changeSet: async (writes) => {
    const luck = random();
    if (luck < 0.1) throw new Error('lost before');
    await client.changeSet(writes);
    if (luck > 0.9) throw new Error('lost after');
  },
});

/**
 * People change either side, or both; runs are cut off at any write. The oracle knows each person's value: whoever was alone in changing
 * one finds it on both sides; where both were, both are kept and a conflict names them; never is there a second record (SYNC).
 */
test.each([11, 23, 47])(
  'R-1608, R-1611: a storm of changes and lost answers ends as its people wished (seed %i)',
  async (seed) => {
    const random = randomFor(`rows ${seed}`);
    const { items, standIns } = world;
    const code = (key: string): string => `${key}-${seed}`;
    const ids = new Map<string, string>();
    for (const key of keys)
      ids.set(key, await world.makeRow('product', { productnumber: code(key), name: 'Start', price: 1 }));
    const calm = async () => {
      for (let time = 0; time < 2; time++) await world.runInventory();
      return world.runInventory();
    };
    await calm();
    let since = world.later(1);
    for (let round = 0; round < rounds; round++) {
      const wished = new Map<string, { readonly here: string; readonly there: string }>();
      for (const key of keys) {
        const held = items.get(code(key))?.label ?? '';
        const [here, there] = [
          random() < 0.4 ? `Row ${round} ${key}` : held,
          random() < 0.4 ? `Item ${round} ${key}` : held,
        ];
        if (here !== held) await world.changeRow('product', ids.get(key) ?? '', { name: here });
        if (there !== held) world.putItem(code(key), { label: there });
        const alone = here === held ? there : here;
        wished.set(key, here !== held && there !== held ? { here, there } : { here: alone, there: alone });
      }
      const started = world.now();
      for (let time = 0; time < 3; time++) {
        world.cuts.push(random() < 0.5, random() < 0.5);
        const dataverse = losing(standIns.admin, random);
        await world
          .runInventory({ mode: random() < 0.5 ? 'changes' : 'everything', since, dataverse })
          .catch(() => undefined);
        world.cuts.length = 0;
      }
      // A run of changes from where the last good one began ends it; after it there is nothing left to write.
      await world.runInventory({ mode: 'changes', since });
      expect((await calm()).counts).toMatchObject({ changed: 0, failed: 0 });
      since = started;
      world.later(1);

      const names = await world.rows('product', 'productnumber', ['name']);
      const open = (await world.conflicts()).filter((one) => one['crmjira_state'] === ConflictState.Open);
      for (const [key, { here, there }] of wished) {
        expect([names.get(code(key))?.['name'], items.get(code(key))?.label]).toEqual([here, there]);
        const told = open.filter((one) => one['crmjira_crm_value'] === here && one['crmjira_jira_value'] === there);
        expect(told).toHaveLength(here === there ? 0 : 1);
        // Somebody ends it where it arose.
        if (here !== there) world.putItem(code(key), { label: here });
      }
      expect(items.all().filter((item) => item.code.endsWith(`-${seed}`))).toHaveLength(keys.length);
      await calm();
    }
    const left = (await world.conflicts()).filter((one) => one['crmjira_state'] === ConflictState.Open);
    expect(left).toEqual([]);
  },
  120_000,
);

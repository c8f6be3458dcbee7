import { CommandState, ConflictState, Direction, type EnteredMapping, integrationTemplates } from '@crmjira/domain';
import { decideConflictCommand } from '../../../../../plugins-proxy/src/capabilities/integrations/commands/decide-conflict';
import type { CommandAnswer } from '../../../../../plugins-proxy/src/reconciler/commands';
import { acme, people } from '../../../stand-ins';
import { type ServicesWorld, startServicesWorld } from './services-world';

let world: ServicesWorld;
beforeEach(async () => {
  world = await startServicesWorld();
}, 60_000);
afterEach(() => world.close());

const ours = { price: { amount: '418.50' } };
const inbound = { direction: Direction.Inbound } as const;
const products = () => world.rows('product', 'productnumber', ['name', 'price']);
const labels = () => world.items.all().map(({ code, label }) => [code, label]);

describe('rows and records of a REST service (R-1608, R-1614, R-2023)', () => {
  it('shows what it would do before it does it, makes rows of records once, and plans nothing after it', async () => {
    world.putItem('T-1', ours);
    world.putItem('T-2', ours);
    const { counts, preview } = await world.runInventory({ ...inbound, mode: 'dry-run' });
    expect(counts.changed).toBe(2);
    expect(preview).toMatchObject([
      { kind: 'create-row', key: 'T-1' },
      { kind: 'create-row', key: 'T-2' },
    ]);
    expect((await products()).size).toBe(0);
    await world.runInventory(inbound);
    // An amount is a number there, not its text.
    expect((await products()).get('T-1')).toMatchObject({ name: 'Item T-1', price: 418.5 });
    expect((await world.runInventory(inbound)).counts).toMatchObject({ changed: 0, failed: 0 });
    expect((await products()).size).toBe(2);
  });

  it('takes what changed there and sends what changed here, as the service writes it; a run after it writes nothing', async () => {
    const [one, two] = [
      await world.makeRow('product', { productnumber: 'T-1', name: 'One' }),
      await world.makeRow('product', { productnumber: 'T-2', name: 'Two', price: 2 }),
    ];
    world.putItem('T-1', { label: 'One', ...ours });
    await world.runInventory();
    expect((await products()).get('T-1')).toMatchObject({ price: 418.5 });
    expect(world.items.get('T-2')).toMatchObject({ label: 'Two' });
    world.putItem('T-1', { label: 'There' });
    await world.changeRow('product', two, { name: 'Here', price: 7.1 });
    expect((await world.runInventory()).counts).toMatchObject({ changed: 2, failed: 0 });
    expect((await products()).get('T-1')).toMatchObject({ productid: one, name: 'There' });
    expect(world.items.get('T-2')).toMatchObject({ label: 'Here', price: { amount: '7.10' } });
    const asked = world.seen.length;
    expect((await world.runInventory()).counts).toMatchObject({ changed: 0, failed: 0 });
    expect(world.seen.slice(asked).map(({ method }) => method)).toEqual(['GET', 'GET']);
  });

  it('between full looks reads only what changed on either side, and makes no second record of one that did not', async () => {
    for (const code of ['T-1', 'T-2', 'T-3'])
      await world.makeRow('product', { productnumber: code, name: code, price: 5 });
    await world.runInventory();
    const since = world.later(60);
    world.later(10);
    const two = (await products()).get('T-2');
    await world.changeRow('product', String(two?.['productid']), { name: 'Later' });
    world.putItem('T-3', { label: 'There' });
    // Not asked for by a change of its own: only a look at all finds it.
    world.putItem('OLD-1', { label: 'Old' });
    const { counts } = await world.runInventory({ mode: 'changes', since });
    expect(counts).toMatchObject({ changed: 2, failed: 0 });
    expect(counts.processed).toBeLessThanOrEqual(3);
    expect(world.items.get('T-2')?.label).toBe('Later');
    expect((await products()).get('T-3')).toMatchObject({ name: 'There' });

    const next = world.later(30);
    world.later(1);
    await world.makeRow('product', { productnumber: 'OLD-1', name: 'Old' });
    await world.makeRow('product', { productnumber: 'NEW-1', name: 'New', price: 5 });
    await world.runInventory({ mode: 'changes', since: next });
    expect(labels().filter(([code]) => code === 'OLD-1' || code === 'NEW-1')).toEqual([
      ['OLD-1', 'Old'],
      ['NEW-1', 'New'],
    ]);
    expect((await world.runInventory({ mode: 'changes', since: next })).counts.changed).toBe(0);
  });

  it('the first run of a day looks at everything', async () => {
    await world.makeRow('product', { productnumber: 'T-1', name: 'One' });
    await world.runInventory();
    const since = world.now();
    await world.runInventory();
    world.items.remove('T-1');
    world.putItem('T-2');
    world.later(60);
    await world.runInventory({ mode: 'changes', since });
    expect(await world.conflicts()).toEqual([]);
    world.later(24 * 60);
    await world.runInventory({ mode: 'changes', since });
    expect(await world.conflicts()).toMatchObject([{ crmjira_field: 'productnumber', crmjira_crm_value: 'T-1' }]);
  });

  it('leaves out a record whose value does not fit its column, names why, and goes on with the others (R-1619)', async () => {
    const short: readonly EnteredMapping[] = integrationTemplates.inventory.mappings.map((one) =>
      one.isKey ? { ...one, ...inbound } : { ...one, transform: one.sourceField === 'price' ? 'text-to-number' : null },
    );
    world.putItem('T-1', ours);
    world.putItem('T-2', { label: 'x'.repeat(101), ...ours });
    world.putItem('T-3', ours);
    const { counts, refused } = await world.runInventory({ mappings: short, batchSize: 1 });
    expect(counts).toMatchObject({ changed: 2, failed: 1 });
    expect(refused).toMatchObject({ fault: 'service-value-unfit', args: { expression: 'label' } });
    expect([...(await products()).keys()].sort()).toEqual(['T-1', 'T-3']);
  });
});

describe('values that both sides changed (R-1614, SYNC)', () => {
  const disagree = async () => {
    const id = await world.makeRow('product', { productnumber: 'T-1', name: 'Same', price: 1 });
    world.putItem('T-1', { label: 'Same', price: { amount: '1.00' } });
    await world.runInventory();
    world.putItem('T-1', { label: 'Theirs' });
    await world.changeRow('product', id, { name: 'Ours' });
    const since = world.later(1);
    await world.runInventory();
    await world.runInventory();
    expect((await products()).get('T-1')).toMatchObject({ name: 'Ours' });
    expect(world.items.get('T-1')?.label).toBe('Theirs');
    const told = await world.conflicts();
    expect(told).toMatchObject([
      {
        crmjira_field: 'name',
        crmjira_crm_value: 'Ours',
        crmjira_jira_value: 'Theirs',
        crmjira_state: ConflictState.Open,
      },
    ]);
    return { id, since, conflict: told[0]?.crmjira_sync_conflictid ?? '' };
  };
  const states = async () => (await world.conflicts()).map((one) => one['crmjira_state']).sort();

  it.each([
    [ConflictState.KeptCrm, 'Ours'],
    [ConflictState.KeptJira, 'Theirs'],
  ])('a decision (%s) is carried out by the next run, also where nothing else changed', async (state, kept) => {
    const { conflict, since } = await disagree();
    world.later(10);
    await world.decide(conflict, state);
    expect((await world.runInventory({ mode: 'changes', since: world.later(1) })).counts).toMatchObject({ changed: 1 });
    expect((await products()).get('T-1')).toMatchObject({ name: kept });
    expect(world.items.get('T-1')?.label).toBe(kept);
    expect((await world.runInventory({ mode: 'changes', since })).counts).toMatchObject({ changed: 0, failed: 0 });
    expect(await states()).toEqual([state]);
  });

  it('is decided by command, by an administrator, for the values that were shown', async () => {
    const { conflict } = await disagree();
    const { userId } = await world.standIns.admin.whoAmI();
    const handler = decideConflictCommand({
      dataverse: world.standIns.admin,
      environmentSettings: {
        languageOf: async () => 1033,
        whoAmI: async () => ({ organizationId: '', userId, geography: null }),
      },
      now: world.now,
    });
    const decide = async (requestedById: string, payload: object) => {
      const regarding = { table: 'crmjira_sync_conflict', id: conflict };
      const command = {
        ...{ id: crypto.randomUUID(), regarding, argument: null, payload, requestedById, progress: null },
        ...{ createdOn: world.now().toISOString(), correlationId: 'c' },
      };
      expect(handler.takes?.(command)).toBe(true);
      return (await handler.answer(command)) as CommandAnswer;
    };
    const wish = { keep: 'crm', crm: 'Ours', jira: 'Theirs' };
    expect(await decide(people.owner, wish)).toMatchObject({ state: CommandState.Refused });
    expect(await decide(userId, { ...wish, jira: 'Older' })).toMatchObject({ state: CommandState.Refused });
    expect(await states()).toEqual([ConflictState.Open]);
    expect(await decide(userId, wish)).toMatchObject({ state: CommandState.Done });
    await world.runInventory();
    expect(world.items.get('T-1')?.label).toBe('Ours');
    expect(await decide(userId, wish)).toMatchObject({ state: CommandState.Refused });
  });

  it('a decision does not count for values that nobody saw; they are told anew', async () => {
    const { conflict } = await disagree();
    await world.decide(conflict, ConflictState.KeptCrm);
    world.putItem('T-1', { label: 'Newer' });
    await world.runInventory();
    expect(world.items.get('T-1')?.label).toBe('Newer');
    expect((await products()).get('T-1')).toMatchObject({ name: 'Ours' });
    expect(await states()).toEqual([ConflictState.Open, ConflictState.KeptCrm].sort());
  });

  it('ends by itself when both sides agree', async () => {
    await disagree();
    world.putItem('T-1', { label: 'Ours' });
    expect((await world.runInventory()).counts).toMatchObject({ changed: 0 });
    expect(await states()).toEqual([ConflictState.Superseded]);
    expect((await world.runInventory()).counts).toMatchObject({ changed: 0 });
  });
});

describe('what one side has deleted (SYNC)', () => {
  const pair = async () => {
    const id = await world.makeRow('product', { productnumber: 'T-1', name: 'One' });
    await world.makeRow('product', { productnumber: 'T-2', name: 'Two' });
    for (let time = 0; time < 2; time++) await world.runInventory();
    return id;
  };

  it('a record that is gone keeps its row, is told once, and is made anew when somebody decides so', async () => {
    await pair();
    world.items.remove('T-1');
    for (let time = 0; time < 2; time++) await world.runInventory();
    expect((await products()).has('T-1')).toBe(true);
    expect(world.items.get('T-1')).toBeUndefined();
    const told = await world.conflicts();
    expect(told).toMatchObject([
      { crmjira_field: 'productnumber', crmjira_crm_value: 'T-1', crmjira_jira_value: null },
    ]);
    await world.decide(told[0]?.crmjira_sync_conflictid ?? '', ConflictState.KeptCrm);
    await world.runInventory();
    expect(world.items.get('T-1')?.label).toBe('One');
    expect((await world.runInventory()).counts).toMatchObject({ changed: 0, failed: 0 });
  });

  it('a row that is gone is not made anew, its record stays, and it is told once', async () => {
    const id = await pair();
    await world.standIns.admin.remove('products', id);
    for (let time = 0; time < 2; time++) await world.runInventory(inbound);
    expect((await products()).has('T-1')).toBe(false);
    expect(world.items.get('T-1')).toBeDefined();
    expect(await world.conflicts()).toMatchObject([{ crmjira_crm_value: null, crmjira_jira_value: 'T-1' }]);
  });

  it('an answer without records says nothing of any', async () => {
    await pair();
    for (const { code } of world.items.all()) world.items.remove(code);
    await world.runInventory();
    expect(await world.conflicts()).toEqual([]);
    expect(world.items.all()).toEqual([]);
  });
});

describe('work orders of a SOAP service (R-1608, R-2023)', () => {
  it('sends cases, goes by the words of a choice both ways, takes appointments, and writes nothing when it runs again', async () => {
    const id = await world.makeRow('incident', {
      title: 'Pump <leaks>',
      prioritycode: 1,
      'customerid_account@odata.bind': `/accounts(${acme})`,
    });
    await world.runWorkOrders();
    await world.runWorkOrders();
    const [order] = world.orders.all();
    expect(world.orders.all()).toHaveLength(1);
    expect(order).toMatchObject({ subject: 'Pump <leaks>', priority: 'High' });
    const row = async () =>
      (await world.rows('incident', 'incidentid', ['title', 'prioritycode', 'followupby'])).get(id);

    world.putOrder(order!, { priority: 'Low', appointment: '2025-05-20T09:30:00Z' });
    await world.changeRow('incident', id, { title: 'Pump replaced' });
    const since = world.now();
    expect((await world.runWorkOrders({ mode: 'changes', since })).counts).toMatchObject({ changed: 1, failed: 0 });
    // What the template does not change goes along as it is: an update is a whole envelope there.
    expect(world.orders.all()).toMatchObject([{ subject: 'Pump replaced', priority: 'Low' }]);
    expect(await row()).toMatchObject({ prioritycode: 3, followupby: new Date('2025-05-20T09:30:00Z') });
    await world.changeRow('incident', id, { prioritycode: 2 });
    await world.runWorkOrders({ mode: 'changes', since });
    expect(world.orders.all()).toMatchObject([{ subject: 'Pump replaced', priority: 'Normal' }]);
    expect((await world.runWorkOrders()).counts).toMatchObject({ changed: 0, failed: 0 });
  });
});

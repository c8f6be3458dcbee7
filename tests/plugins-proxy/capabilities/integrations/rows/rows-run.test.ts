import { Direction, type EnteredMapping, integrationTemplates, tables } from '@crmjira/domain';
import { z } from 'zod';
import { rowsRunner } from '../../../../../plugins-proxy/src/capabilities/integrations/runs/rows';
import type { DataverseClient } from '../../../../../plugins-proxy/src/clients/dataverse/dataverse-client';
import { openRest } from '../../../../../plugins-proxy/src/clients/rest/open-rest';
import { restSettings } from '../../../../../plugins-proxy/src/clients/rest/rest-settings';
import { json, serviceParts, startService } from '../../../clients/web-service/service-world';
import { type StandIns, startStandIns } from '../../../stand-ins';

const integrationId = '9d1e8f60-0000-4000-8000-00000000c001';
const { entitySet } = tables.product;

interface Item {
  code: string;
  label: string;
  price: { amount: string };
}

/** An inventory: lists its items, takes new ones and changes. */
let items: Map<string, Item>;
/** Requests after which the service is gone, or its answer lost. */
let cutAfter: number;
let inventory: Awaited<ReturnType<typeof startService>>;
let standIns: StandIns;
const parts = serviceParts(() => [`localhost:${inventory.port}`]);

beforeAll(async () => {
  standIns = await startStandIns(() => new Date('2025-05-16T17:00:00Z'));
  inventory = await startService(({ method, url, body }, response) => {
    if (method === 'GET') return json(response, { items: url.includes('page=1') ? [...items.values()] : [] });
    const given = JSON.parse(body) as Partial<Item>;
    const code = method === 'POST' ? (given.code ?? '') : decodeURIComponent(url.split('/').at(-1) ?? '');
    const known = items.get(code);
    if (method === 'POST' && known !== undefined) return json(response, {}, 409);
    items.set(code, { code, label: '', price: { amount: '0.00' }, ...known, ...given });
    cutAfter -= 1;
    return cutAfter === 0 ? response.destroy() : json(response, {}, 200);
  });
});
afterAll(async () => {
  await Promise.all([inventory.close(), standIns.close(), parts.evaluator.close()]);
});

const { inventory: template } = integrationTemplates;
/** The template, with what is particular to this company; the direction of its key says which side may have more. */
const mappings = (direction: Direction): readonly EnteredMapping[] =>
  template.mappings.map((one) => (one.isKey ? { ...one, direction } : one));

async function run(
  direction: Direction = Direction.Inbound,
  mode: 'changes' | 'everything' | 'dry-run' = 'everything',
  over: Partial<DataverseClient> = {},
) {
  const settings = restSettings.parse({ ...template.settings, url: inventory.url, signIn: 'none' });
  return rowsRunner({ code: 'rest', openService: () => openRest(settings, {}, parts) }).run({
    integration: { id: integrationId, settings, secrets: {}, mappings: mappings(direction) },
    mode,
    since: null,
    dataverse: { ...standIns.admin, ...over },
    signal: new AbortController().signal,
    progress: async () => undefined,
  });
}

const productRow = z.object({
  productid: z.string(),
  productnumber: z.string().nullable(),
  name: z.string().nullable(),
});
const products = async () => {
  const rows = await standIns.admin.many(entitySet, { select: ['productid', 'productnumber', 'name'] }, productRow);
  return rows.filter(({ productnumber }) => productnumber?.startsWith('T-') === true);
};
const namesOf = async () =>
  Object.fromEntries((await products()).map(({ productnumber, name }) => [productnumber, name]));
const rename = async (productnumber: string, name: string) => {
  const row = (await products()).find((one) => one.productnumber === productnumber);
  await standIns.admin.changeSet([
    { op: 'update', collection: entitySet, id: row?.productid ?? '', columns: { name } },
  ]);
};
const conflicts = () =>
  standIns.admin.many(
    tables.crmjira_sync_conflict.entitySet,
    { select: ['crmjira_field', 'crmjira_crm_value', 'crmjira_jira_value'] },
    z.looseObject({}),
  );

describe('rows and records of a REST service (R-1608, R-1614)', () => {
  beforeAll(() => {
    cutAfter = -1;
    items = new Map(['T-1', 'T-2'].map((code) => [code, { code, label: `Item ${code}`, price: { amount: '418.50' } }]));
  });

  it('shows what it would do before it does it', async () => {
    const { counts, preview } = await run(undefined, 'dry-run');
    expect(counts.changed).toBe(2);
    expect(preview).toMatchObject([
      { kind: 'create-row', key: 'T-1' },
      { kind: 'create-row', key: 'T-2' },
    ]);
    expect(await products()).toEqual([]);
  });

  it('makes rows of records, once', async () => {
    await run();
    expect(await namesOf()).toEqual({ 'T-1': 'Item T-1', 'T-2': 'Item T-2' });
    expect((await run()).counts).toMatchObject({ changed: 0, failed: 0 });
    expect(await products()).toHaveLength(2);
  });

  it('takes what changed there, sends what changed here, and plans nothing after it', async () => {
    items.get('T-1')!.label = 'There';
    await rename('T-2', 'Here');
    expect((await run()).counts).toMatchObject({ changed: 2 });
    expect(await namesOf()).toEqual({ 'T-1': 'There', 'T-2': 'Here' });
    expect([...items.values()].map(({ label }) => label)).toEqual(['There', 'Here']);
    const asked = inventory.seen.length;
    expect((await run()).counts).toMatchObject({ changed: 0 });
    expect(inventory.seen.slice(asked).map(({ method }) => method)).toEqual(['GET', 'GET']);
  });

  it('overwrites nothing that both sides changed, and tells of it by the field of the mapping, once', async () => {
    items.get('T-1')!.label = 'Theirs';
    await rename('T-1', 'Ours');
    await run();
    await run();
    expect(await namesOf()).toMatchObject({ 'T-1': 'Ours' });
    expect(items.get('T-1')?.label).toBe('Theirs');
    expect(await conflicts()).toMatchObject([
      { crmjira_field: 'name', crmjira_crm_value: 'Ours', crmjira_jira_value: 'Theirs' },
    ]);
    items.get('T-1')!.label = 'Ours';
    expect((await run()).counts).toMatchObject({ changed: 0 });
  });

  it('deletes nothing: a record that is gone keeps its row, a row that is gone is not made anew', async () => {
    items.delete('T-2');
    await run();
    expect(Object.keys(await namesOf())).toEqual(['T-1', 'T-2']);
    const gone = (await products()).find(({ productnumber }) => productnumber === 'T-1');
    await standIns.admin.remove(entitySet, gone?.productid ?? '');
    await run();
    expect(Object.keys(await namesOf())).toEqual(['T-2']);
  });
});

describe('a run that is cut off (R-1608)', () => {
  const make = async (productnumber: string) =>
    standIns.admin.changeSet([
      {
        op: 'create',
        collection: entitySet,
        id: crypto.randomUUID(),
        columns: { productnumber, name: `Product ${productnumber}` },
      },
    ]);

  it('creates a record once, though the answer was lost', async () => {
    items = new Map();
    await make('T-9');
    cutAfter = 1;
    await expect(run(Direction.Outbound)).rejects.toThrow();
    cutAfter = -1;
    await run(Direction.Outbound);
    await run(Direction.Outbound);
    expect(items.get('T-9')?.label).toBe('Product T-9');
    const sent = inventory.seen
      .filter(({ method }) => method === 'POST')
      .map(({ body }) => (JSON.parse(body) as Item).code);
    expect(sent).toContain('T-9');
    expect(new Set(sent).size).toBe(sent.length);
  });

  it('comes to the same end wherever Dataverse is lost', async () => {
    await rename('T-9', 'Later');
    const lost = { changeSet: () => Promise.reject(new Error('lost')) };
    await expect(run(Direction.Outbound, 'everything', lost)).rejects.toThrow('lost');
    await run(Direction.Outbound);
    expect(items.get('T-9')?.label).toBe('Later');
    expect((await run(Direction.Outbound)).counts).toMatchObject({ changed: 0 });
  });
});

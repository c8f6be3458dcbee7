import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ids, startDataverse, type Fixture } from './dataverse-fixture';

const track = { prefer: 'odata.track-changes' };

describe('delta links', () => {
  let f: Fixture;
  beforeEach(async () => {
    f = await startDataverse();
  });
  afterEach(() => f.dataverse.close());

  it('give created, changed and deleted rows since the last time, nothing twice', async () => {
    const first = await f.call('GET', 'accounts?$select=name', undefined, track);
    expect(first.headers['preference-applied']).toBe('odata.track-changes');
    expect(first.json.value).toHaveLength(1);
    const link: string = first.json['@odata.deltaLink'];
    expect(link).toContain('$deltatoken=');
    const created = await f.call('POST', 'accounts', { name: 'New' });
    await f.call('POST', 'contacts', { lastname: 'Not asked for' });
    await f.call('PATCH', `accounts(${ids.account})`, { name: 'Renamed' });
    const second = await f.call('GET', link);
    expect(second.json['@odata.context']).toMatch(/#accounts\(name\)\/\$delta$/);
    expect(second.json.value.map((row: { name: string }) => row.name)).toEqual(['New', 'Renamed']);
    await f.call('DELETE', created.headers['odata-entityid'] ?? '');
    const third = await f.call('GET', second.json['@odata.deltaLink']);
    const id = /\(([^)]+)\)/.exec(created.headers['odata-entityid'] ?? '')?.[1];
    expect(third.json.value).toEqual([
      { '@odata.context': expect.stringMatching(/#accounts\/\$deletedEntity$/), id, reason: 'deleted' },
    ]);
    expect((await f.call('GET', third.json['@odata.deltaLink'])).json.value).toEqual([]);
  });

  it('come after the last page of the first answer, and page changes as well', async () => {
    await f.dataverse.seed(
      Array.from({ length: 4 }, (_each, index) => ({ table: 'account', row: { name: `A${index}` } })),
    );
    const prefer = { prefer: 'odata.track-changes,odata.maxpagesize=3' };
    const first = await f.call('GET', 'accounts?$select=name', undefined, prefer);
    expect(first.json['@odata.deltaLink']).toBeUndefined();
    const last = await f.call('GET', first.json['@odata.nextLink'], undefined, prefer);
    expect(last.json.value).toHaveLength(2);
    for (const name of ['x', 'y', 'z', 'q']) await f.call('POST', 'accounts', { name });
    const changes = await f.call('GET', last.json['@odata.deltaLink'], undefined, { prefer: 'odata.maxpagesize=3' });
    expect(changes.json.value).toHaveLength(3);
    const rest = await f.call('GET', changes.json['@odata.nextLink']);
    expect(rest.json.value.map((row: { name: string }) => row.name)).toEqual(['q']);
  });

  it.each(['$filter=statecode eq 0', '$orderby=name', '$expand=primarycontactid', '$top=3'])(
    'refuse %s',
    async (option) => {
      const answer = await f.call('GET', `accounts?${option}`, undefined, track);
      expect(answer.status).toBe(400);
      expect(answer.json.error.message).toBe(
        `The "${option.split('=')[0]}" query parameter isn't supported when Change Tracking is enabled.`,
      );
    },
  );

  it('refuse a token that is none', async () => {
    expect((await f.call('GET', 'accounts?$deltatoken=yesterday')).status).toBe(400);
  });
});

describe('a restart', () => {
  it('keeps rows, versions, delta links, keys, deletions and numbers', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'dataverse-'));
    const stateFile = join(folder, 'state.sqlite');
    try {
      const before = await startDataverse({ stateFile });
      const { json } = await before.call('GET', 'contacts?$select=fullname', undefined, track);
      const gone = await before.call('POST', 'contacts', { lastname: 'Gone' });
      await before.call('DELETE', gone.headers['odata-entityid'] ?? '');
      await before.call('POST', 'crmjira_inbound_events', { crmjira_event_id: 'once' });
      const row = await before.call('GET', `accounts(${ids.account})`);
      await before.dataverse.close();

      const after = await startDataverse({ stateFile });
      expect(after.dataverse.isEmpty()).toBe(false);
      const again = await after.call('GET', `accounts(${ids.account})`);
      expect(again.json).toEqual(row.json);
      const changes = await after.call('GET', json['@odata.deltaLink']);
      expect(changes.json.value).toMatchObject([{ reason: 'deleted' }]);
      expect((await after.call('POST', 'crmjira_inbound_events', { crmjira_event_id: 'once' })).status).toBe(412);
      const created = await after.call('POST', 'accounts', { name: 'Later' }, { prefer: 'return=representation' });
      expect(created.json.versionnumber).toBeGreaterThan(row.json.versionnumber);
      await after.dataverse.close();
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

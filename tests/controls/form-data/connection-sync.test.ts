import { freshness } from '../../../controls/form-data/src/budget/freshness';
import { withConnectionSync } from '../../../controls/form-data/src/budget/connection';
import { parseCurrencies } from '../../../controls/form-data/src/environment/currencies';
import { parseMapping } from '../../../controls/form-data/src/budget/mapping';
import { fakeWebApi } from '../platform/fake-web-api';
import { CONNECTION_ID, mapping, NOW, type Row, tables } from '../platform/rows';

const long = '2025-05-12T10:00:00Z';

/** What a form tells of a mapping with these columns, and how often it asked for the connection. */
async function told(change: Row, connection: Row[] | null) {
  const server = fakeWebApi({ ...tables(), ...(connection === null ? {} : { crmjira_integration: connection }) });
  const read = parseMapping(mapping(change), parseCurrencies(tables().transactioncurrency ?? []));
  const found = await withConnectionSync(server.api, read, NOW);
  return { lastSyncOn: found.lastSyncOn, kind: freshness(found, NOW).kind, asked: server.calls.length };
}
const connection = (at: string | null): Row[] => [{ crmjira_integrationid: CONNECTION_ID, crmjira_last_sync_on: at }];

describe('a mapping that has not changed for days (R-202, R-607)', () => {
  const quiet = { crmjira_last_sync_date: long };

  it('is as fresh as its connection', async () => {
    const at = '2025-05-16T10:05:00Z';
    expect(await told(quiet, connection(at))).toEqual({ lastSyncOn: at, kind: 'fresh', asked: 1 });
  });

  it('is old once its connection has missed the daily sync as well', async () => {
    const at = '2025-05-15T10:05:00Z';
    expect(await told(quiet, connection(at))).toEqual({ lastSyncOn: at, kind: 'old', asked: 1 });
    expect(await told(quiet, connection(null))).toMatchObject({ lastSyncOn: long, kind: 'old' });
  });

  it('is not called old to people who may not read the connection', async () => {
    expect(await told(quiet, null)).toEqual({ lastSyncOn: long, kind: 'fresh', asked: 1 });
  });

  it('shows its error whatever the connection says', async () => {
    const failing = { ...quiet, crmjira_last_error: 'Jira is unreachable.' };
    expect(await told(failing, connection('2025-05-16T10:05:00Z'))).toMatchObject({ kind: 'failing' });
  });

  it('answers for itself where the daily sync does not go (R-602)', async () => {
    const draft = { ...quiet, crmjira_budget_status: 1 };
    expect(await told(draft, connection(NOW))).toEqual({ lastSyncOn: long, kind: 'old', asked: 0 });
  });
});

it('a mapping that was synced today costs no look at the connection', async () => {
  expect(await told({}, connection(null))).toMatchObject({ kind: 'fresh', asked: 0 });
});

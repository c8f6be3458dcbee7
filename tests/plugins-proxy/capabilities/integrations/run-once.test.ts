import { ErrorClass, Health, SyncStatus, SyncTrigger } from '@crmjira/domain';
import { z } from 'zod';
import type { DataverseClient } from '../../../../plugins-proxy/src/clients/dataverse/dataverse-client';
import type { PlainWrite } from '../../../../plugins-proxy/src/clients/dataverse/plain-write';
import type { ConnectionSecrets } from '../../../../plugins-proxy/src/connections/credentials/connection-secret';
import type { SavedIntegration } from '../../../../plugins-proxy/src/connections/providers/saved-integration';
import { IntegrationError } from '../../../../plugins-proxy/src/platform/errors/integration-error';
import { runOnce } from '../../../../plugins-proxy/src/capabilities/integrations/runs/run-once';
import type { Runner } from '../../../../plugins-proxy/src/capabilities/integrations/runs/runner';

const id = '5a8d2c1e-0000-4000-8000-00000000aa01';
const secret = 'secret-of-the-run';
const counts = { processed: 3, changed: 2, removed: 1, failed: 0 };

const saved: SavedIntegration = {
  id,
  version: 'W/"1"',
  name: 'Carrier rates',
  provider: {
    code: 'rest',
    supportsWebhooks: false,
    settings: z.object({ url: z.string() }),
    secrets: z.object({ token: z.string() }),
    columns: () => ({}),
    open: () => Promise.reject(new Error('not opened here')),
  },
  settings: { url: 'https://rates.example' },
  secretName: 'row:x',
  isActive: true,
  everyMinutes: 60,
  batchSize: 25,
  brakePercent: null,
  testedHash: null,
  lastSyncOn: null,
};

function world() {
  const written: PlainWrite[] = [];
  const leases = new Map<string, string>();
  const dataverse = {
    many: async () => [],
    changeSet: async (writes: readonly PlainWrite[]) => void written.push(...writes),
    // As far as a run of its own asks it.
  } as unknown as DataverseClient;
  const secretOf = Object.assign(async () => JSON.stringify({ token: secret }), {
    forget: () => undefined,
    known: () => [],
  }) satisfies ConnectionSecrets;
  const store = {
    lease: async (name: string, holder: string, ms: number) => {
      const holds = leases.get(name) ?? holder;
      if (holds !== holder) return false;
      if (ms === 0) leases.delete(name);
      else leases.set(name, holder);
      return true;
    },
  };
  const parts = { dataverse, secretOf, store, runners: [], now: () => new Date('2026-03-02T12:00:00Z') };
  const wanted = {
    saved,
    trigger: SyncTrigger.Scheduled,
    mode: 'changes',
    confirmed: null,
    actorId: null,
    correlationId: 'c-1',
    progress: async () => undefined,
  } as const;
  return { written, leases, parts, wanted };
}
const runner = (run: Runner['run']): Runner => ({ code: 'rest', run });

test('R-1610, R-1619: a run gets settings, secrets and batch size, and its row tells what it did', async () => {
  const { written, parts, wanted, leases } = world();
  const given: unknown[] = [];
  const ended = await runOnce(
    parts,
    runner(async ({ integration, since }) => {
      given.push(integration.secrets, integration.batchSize, since);
      return { counts, preview: null };
    }),
    wanted,
  );
  expect(given).toEqual([{ token: secret }, 25, null]);
  expect(ended).toMatchObject({ counts, fault: null, run: written[0]?.id });
  expect(written[0]?.columns).toMatchObject({
    crmjira_status: SyncStatus.Success,
    crmjira_trigger: SyncTrigger.Scheduled,
    crmjira_records_processed: 3,
    crmjira_changed: 2,
    crmjira_removed: 1,
  });
  expect(written[1]).toMatchObject({
    id,
    columns: { crmjira_last_sync_on: expect.any(String), crmjira_health: Health.Healthy },
  });
  expect(leases.size).toBe(0);
});

test('R-1610, R-1611: while one run is under way anywhere, no other begins', async () => {
  const { parts, wanted, written } = world();
  let end: () => void = () => undefined;
  let runs = 0;
  const slow = runner(async () => {
    runs += 1;
    await new Promise<void>((done) => (end = done));
    return { counts, preview: null };
  });
  const first = runOnce(parts, slow, wanted);
  while (runs === 0) await new Promise((done) => setImmediate(done));
  expect(await runOnce(parts, slow, wanted)).toBeNull();
  end();
  expect(await first).not.toBeNull();
  expect(runs).toBe(1);
  expect(written).toHaveLength(2);
});

test('R-1613, R-1618: a failed run is kept with its cause, nothing secret in it, and is not taken for a sync', async () => {
  const { parts, wanted, written, leases } = world();
  const refused = Object.assign(new Error(`connect ECONNREFUSED, token ${secret}`), { code: 'ECONNREFUSED' });
  const ended = await runOnce(
    parts,
    runner(() => Promise.reject(refused)),
    wanted,
  );
  expect(ended).toMatchObject({ fault: { name: 'connection-refused', args: { host: 'rates.example' } } });
  // Of the integration it tells how that does, and no sync.
  expect(written.slice(1).map(({ columns }) => columns)).toEqual([{ crmjira_health: Health.Down }]);
  expect(written[0]?.columns).toMatchObject({
    crmjira_status: SyncStatus.Failed,
    crmjira_error_class: ErrorClass.Unreachable,
    crmjira_error_message: 'rates.example refuses the connection.',
    crmjira_error_code: 'connection-refused',
  });
  // Pages put it into the words of whoever reads.
  expect(JSON.parse(String(written[0]?.columns['crmjira_error_arguments']))).toMatchObject({ host: 'rates.example' });
  expect(JSON.stringify(written)).not.toContain(secret);
  expect(leases.size).toBe(0);
});

test('R-1613: what Dynamics refuses during a run is not told as the doing of the other side', async () => {
  const { parts, wanted } = world();
  const refused = new IntegrationError('no', { code: 'dataverse-forbidden', errorClass: 'permanent', status: 403 });
  const ended = await runOnce(
    parts,
    runner(() => Promise.reject(refused)),
    wanted,
  );
  expect(ended?.fault).toMatchObject({ name: 'forbidden', args: { product: 'Dynamics 365' } });
});

test('R-1611: a dry run is told from a sync, and moves no clock', async () => {
  const { parts, wanted, written } = world();
  const shown = { wishes: ['a'] };
  const ended = await runOnce(
    parts,
    runner(async () => ({ counts, preview: shown })),
    { ...wanted, mode: 'dry-run' },
  );
  expect(ended?.preview).toEqual(shown);
  // Of the integration it tells how that does, and no sync.
  expect(written.slice(1).map(({ columns }) => columns)).toEqual([{ crmjira_health: Health.Healthy }]);
  expect(written[0]?.columns).toMatchObject({ crmjira_is_dry_run: true, crmjira_trigger: SyncTrigger.DryRun });
});

test('R-1610: a run that is taken up again after a crash writes the same row', async () => {
  const { parts, wanted, written } = world();
  const done = runner(async () => ({ counts, preview: null }));
  await runOnce(parts, done, wanted);
  await runOnce(parts, done, wanted);
  expect(written[0]?.id).toBe(written[2]?.id);
});

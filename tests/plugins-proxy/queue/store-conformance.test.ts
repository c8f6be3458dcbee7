import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'pg';
import type { IntegrationError } from '../../../plugins-proxy/src/platform/errors/integration-error';
import { openPostgresStore } from '../../../plugins-proxy/src/queue/store/postgres/open-postgres-store';
import { openSqliteStore } from '../../../plugins-proxy/src/queue/store/sqlite/open-sqlite-store';
import { openSqliteReads } from '../../../plugins-proxy/src/queue/store/sqlite/reads';
import type { Claim, Delivery, Store } from '../../../plugins-proxy/src/queue/store/store';
import { eventually } from '../eventually';
import { everyMs, fault, recoveringService } from '../service/faults/recovering-service';
import { postgresMissing, startPostgres, type TemporaryPostgres } from '../temporary-postgres';

const delivery = (over: Partial<Delivery> = {}): Delivery => ({
  id: 'jira:1',
  source: 'jira',
  event: 'worklog_created',
  keys: ['jira-issue:10014'],
  ignoredBecause: null,
  bodyHash: 'ab',
  correlationId: 'c-1',
  receivedAt: 1_000,
  ...over,
});

const leaseMs = 60_000;

async function mustClaim(store: Store, now: number, ms = leaseMs): Promise<Claim> {
  const claim = await store.claim(now, ms);
  if (claim === null) throw new Error(`nothing was due at ${now}`);
  return claim;
}

/** Every store must behave like this; `fresh` gives an empty one. */
function behavesAsStore(fresh: () => Promise<Store>): void {
  let store: Store;
  beforeEach(async () => {
    store = await fresh();
  });
  afterEach(() => store.close());

  test('a delivery is stored once, however often it comes (R-503)', async () => {
    expect(await store.receive(delivery())).toBe('stored');
    expect(await store.receive(delivery({ receivedAt: 2_000 }))).toBe('duplicate');
    const claim = await mustClaim(store, 3_000);
    expect(claim).toMatchObject({ key: 'jira-issue:10014', seq: 1, attempts: 0, waitingSince: 1_000 });
    await store.complete(claim, 3_000);
    expect(await store.claim(9_000, leaseMs)).toBeNull();
  });

  test('after an outage of ten minutes the last record is right within 30 s of its end (F-501, F-207)', async () => {
    let failure: IntegrationError | null = fault('jira-unavailable');
    const { pass, enqueue, doneOf } = recoveringService(store, () => failure);
    const keys = ['opportunity:1', 'opportunity:2', 'opportunity:3'];
    await enqueue(...keys);
    await pass(600_000);
    expect(await doneOf(keys)).toBe(0);
    expect(await store.failing()).toMatchObject([{ code: 'jira-unavailable', retrying: keys.length, dead: 0 }]);
    failure = null;
    await pass(2 * everyMs);
    expect(await doneOf(keys)).toBe(keys.length);
    expect(await store.failing()).toEqual([]);
  });

  test('the same delivery twice at the same moment is stored once', async () => {
    const results = await Promise.all([
      store.receive(delivery()),
      store.receive(delivery()),
      store.receive(delivery()),
    ]);
    expect(results.sort()).toEqual(['duplicate', 'duplicate', 'stored']);
  });

  test('many deliveries of one key become one run', async () => {
    await Promise.all(Array.from({ length: 50 }, (_, n) => store.receive(delivery({ id: `jira:${n}` }))));
    const claim = await mustClaim(store, 5_000);
    expect(claim.seq).toBe(50);
    await store.complete(claim, 5_000);
    expect(await store.claim(6_000, leaseMs)).toBeNull();
    expect(await store.countDeliveries('jira-issue:10014', 5_000)).toBe(50);
  });

  test('R-1307 a delivery may wait for others of its key: one run answers them, no later than the first one asked for', async () => {
    await store.receive(delivery({ delayMs: 250 }));
    await store.receive(delivery({ id: 'jira:2', receivedAt: 1_200, delayMs: 250 }));
    expect(await store.claim(1_249, leaseMs)).toBeNull();
    const claim = await mustClaim(store, 1_250);
    expect(claim).toMatchObject({ seq: 2, waitingSince: 1_000 });
    await store.complete(claim, 1_300);
    expect(await store.claim(9_000, leaseMs)).toBeNull();
    // One that does not wait ends the wait of the others.
    await store.receive(delivery({ id: 'jira:3', receivedAt: 10_000, delayMs: 250 }));
    await store.receive(delivery({ id: 'jira:4', receivedAt: 10_010 }));
    expect(await mustClaim(store, 10_010)).toMatchObject({ seq: 4 });
  });

  test('a key touched while it runs runs again, and never twice at a time', async () => {
    await store.receive(delivery());
    const first = await mustClaim(store, 2_000);
    await store.receive(delivery({ id: 'jira:2', receivedAt: 2_500 }));
    expect(await store.claim(3_000, leaseMs)).toBeNull();
    expect(await store.complete(first, 3_000)).toBe(true);
    const second = await mustClaim(store, 3_000);
    expect(second.seq).toBe(2);
    await store.complete(second, 3_500);
    expect(await store.claim(4_000, leaseMs)).toBeNull();
  });

  test('R-412 the event that a run began with is found by its correlation id', async () => {
    await store.receive(delivery());
    await store.receive(delivery({ id: 'jira:2', correlationId: 'c-2', receivedAt: 1_100 }));
    await store.receive(delivery({ id: 'jira:3', correlationId: 'c-3', keys: [], ignoredBecause: 'unknown event' }));
    const claim = await mustClaim(store, 2_000);
    expect(await store.deliveryOf(claim.correlationId)).toEqual({
      id: 'jira:1',
      event: 'worklog_created',
      bodyHash: 'ab',
    });
    expect(await store.deliveryOf('c-3')).toBeNull();
    expect(await store.deliveryOf('of a schedule')).toBeNull();
    // A caller may give several of its deliveries one id.
    await store.receive(delivery({ id: 'jira:4', event: 'jira:issue_updated', receivedAt: 1_200 }));
    expect(await store.deliveryOf('c-1')).toMatchObject({ id: 'jira:4' });
  });

  test('R-412 what comes during a run begins the next one, which is known by it', async () => {
    await store.receive(delivery());
    const first = await mustClaim(store, 2_000);
    await store.receive(delivery({ id: 'jira:2', correlationId: 'c-2', receivedAt: 2_500 }));
    expect(first.correlationId).toBe('c-1');
    await store.complete(first, 3_000);
    const second = await mustClaim(store, 3_000);
    expect(second.correlationId).toBe('c-2');
    // What joins while it waits for its retry does not.
    await store.fail(second, { code: 'x', message: 'x', retryAt: 4_000 }, 3_100);
    await store.enqueue([{ key: second.key, at: 3_500, correlationId: 'c-3' }]);
    expect(await mustClaim(store, 4_000)).toMatchObject({ correlationId: 'c-2' });
  });

  test('R-603 a run knows what began it, as it knows the correlation id', async () => {
    const key = 'opportunity:1';
    await store.enqueue([{ key, at: 1_000, correlationId: 'daily', trigger: 'daily-sync' }]);
    await store.enqueue([{ key, at: 1_100, correlationId: 'event' }]);
    const first = await mustClaim(store, 2_000);
    expect(first).toMatchObject({ correlationId: 'daily', trigger: 'daily-sync' });
    await store.enqueue([{ key, at: 2_100, correlationId: 'event' }]);
    await store.complete(first, 3_000);
    expect(await mustClaim(store, 3_000)).toMatchObject({ correlationId: 'event', trigger: 'event' });
  });

  test('R-1307 what came during a run rests for as long as the run asks, unless a person waits for it', async () => {
    await store.receive(delivery());
    const first = await mustClaim(store, 2_000);
    await store.receive(delivery({ id: 'jira:2', receivedAt: 2_500 }));
    await store.complete(first, 3_000, 1_000);
    expect(await store.claim(3_999, leaseMs)).toBeNull();
    const second = await mustClaim(store, 4_000);
    await store.enqueue([{ key: second.key, at: 4_500, correlationId: 'person', urgent: true }]);
    await store.complete(second, 5_000, 1_000);
    const third = await mustClaim(store, 5_000);
    // Nothing has come during this one: what comes after it is due at once.
    await store.complete(third, 6_000, 1_000);
    await store.receive(delivery({ id: 'jira:3', receivedAt: 6_100 }));
    expect(await mustClaim(store, 6_100)).toMatchObject({ dueAt: 6_100 });
  });

  test('a run that is to be looked at again later rests until then, unless an event or a person comes first', async () => {
    await store.receive(delivery());
    const first = await mustClaim(store, 2_000);
    const later = { key: first.key, correlationId: 'itself', urgent: true, delayMs: 40_000 };
    await store.enqueue([{ ...later, at: 2_500 }]);
    await store.complete(first, 3_000);
    expect(await store.claim(42_499, leaseMs)).toBeNull();
    const second = await mustClaim(store, 42_500);
    await store.enqueue([{ ...later, at: 43_000 }]);
    await store.complete(second, 43_500);
    await store.enqueue([{ key: first.key, at: 44_000, correlationId: 'person', urgent: true }]);
    expect(await mustClaim(store, 44_000)).toMatchObject({ dueAt: 44_000 });
  });

  test('a lease that ended is taken over, and its first holder can no longer complete', async () => {
    await store.receive(delivery());
    const lost = await mustClaim(store, 2_000, 1);
    const taken = await eventually(() => mustClaim(store, 2_000));
    expect(await store.complete(lost, 70_000)).toBe(false);
    expect(await store.renew(lost, leaseMs)).toBe(false);
    expect(await store.fail(lost, { code: 'x', message: 'x', retryAt: 1 }, 70_000)).toBe(false);
    expect(await store.complete(taken, 70_000)).toBe(true);
  });

  test('a renewed lease is not taken over', async () => {
    await store.receive(delivery({ keys: ['opportunity:renewed'], receivedAt: 1_000 }));
    await store.receive(delivery({ id: 'jira:2', keys: ['opportunity:let go'], receivedAt: 1_001 }));
    const claim = await mustClaim(store, 2_000, 50);
    expect(await store.renew(claim, leaseMs)).toBe(true);
    expect((await mustClaim(store, 2_000, 50)).key).toBe('opportunity:let go');
    // The one that has been due for longer would come first if it could be taken.
    expect((await eventually(() => mustClaim(store, 2_000))).key).toBe('opportunity:let go');
    expect(await store.claim(2_000, leaseMs)).toBeNull();
  });

  test('R-1305 a caller whose clock is ten minutes off takes no lease early and waits for none longer', async () => {
    const tenMinutes = 600_000;
    const now = 10 * tenMinutes;
    await store.receive(delivery({ keys: ['opportunity:1'], receivedAt: now }));
    await mustClaim(store, now);
    expect(await store.claim(now + tenMinutes, leaseMs)).toBeNull();
    expect(await store.claim(now - tenMinutes, leaseMs)).toBeNull();
    expect((await store.jobs(['opportunity:1']))[0]).toMatchObject({ running: true, state: 'waiting' });
    expect((await store.statistics(now + tenMinutes)).running).toBe(1);

    await store.receive(delivery({ id: 'jira:2', keys: ['opportunity:2'], receivedAt: now + tenMinutes }));
    await mustClaim(store, now + tenMinutes, 1);
    expect((await eventually(() => mustClaim(store, now - tenMinutes))).key).toBe('opportunity:2');
  });

  test('R-514 what was claimed and not answered is given back at once, what is held is not', async () => {
    await store.enqueue(['a', 'b', 'c'].map((id, at) => ({ key: `opportunity:${id}`, at, correlationId: 'c' })));
    const [a, b, c] = [await mustClaim(store, 9), await mustClaim(store, 9), await mustClaim(store, 9)];
    expect(await store.giveBackExcept([a.leaseToken, 'of a run that ended'])).toBe(2);
    expect([(await mustClaim(store, 9)).key, (await mustClaim(store, 9)).key]).toEqual([b.key, c.key]);
    expect(await store.claim(9, leaseMs)).toBeNull();
    expect(await store.complete(a, 10)).toBe(true);
    expect(await store.complete(b, 10)).toBe(false);
  });

  test('a failed key waits for its retry date, and new deliveries do not cut the pause short', async () => {
    await store.receive(delivery());
    const claim = await mustClaim(store, 2_000);
    await store.fail(claim, { code: 'rate-limited', message: 'Jira asked to wait.', retryAt: 30_000 }, 2_100);
    await store.receive(delivery({ id: 'jira:2', receivedAt: 3_000 }));
    expect(await store.claim(29_999, leaseMs)).toBeNull();
    const again = await mustClaim(store, 30_000);
    expect(again.attempts).toBe(1);
    await store.complete(again, 30_100);
    await store.receive(delivery({ id: 'jira:3', receivedAt: 31_000 }));
    expect((await mustClaim(store, 31_000)).attempts).toBe(0);
  });

  test('what failed is counted by code, and its pause ends when it is asked to: the first one, or all with the dead (F-207, F-501)', async () => {
    const fail = async (key: string, code: string, retryAt: number | null, connectionId?: string): Promise<void> => {
      await store.enqueue([{ key, at: 1_000, correlationId: 'c' }]);
      await store.fail(
        await mustClaim(store, 1_000),
        { code, message: code, retryAt, connectionId: connectionId ?? null },
        2_000,
      );
    };
    await fail('opportunity:late', 'jira-unavailable', 600_000);
    await fail('opportunity:soon', 'jira-unavailable', 500_000);
    await fail('opportunity:dead', 'jira-credentials', null);
    await fail('opportunity:other', 'dataverse-unavailable', 400_000);
    await fail('opportunity:refused', 'jira-refused', null);
    await fail('opportunity:elsewhere', 'jira-unavailable', 450_000, 'another-site');
    expect(
      [...(await store.failing())].sort((a, b) =>
        a.code + (a.connectionId ?? '') < b.code + (b.connectionId ?? '') ? -1 : 1,
      ),
    ).toEqual([
      { code: 'dataverse-unavailable', connectionId: null, retrying: 1, dead: 0, since: 1_000 },
      { code: 'jira-credentials', connectionId: null, retrying: 0, dead: 1, since: null },
      { code: 'jira-refused', connectionId: null, retrying: 0, dead: 1, since: null },
      { code: 'jira-unavailable', connectionId: null, retrying: 2, dead: 0, since: 1_000 },
      { code: 'jira-unavailable', connectionId: 'another-site', retrying: 1, dead: 0, since: 1_000 },
    ]);
    const codes = ['jira-unavailable', 'jira-credentials'].map((code) => ({ code, connectionId: null }));
    expect(await store.hasten(codes, 3_000, 'first')).toBe(1);
    const first = await mustClaim(store, 3_000);
    expect(first).toMatchObject({
      key: 'opportunity:soon',
      attempts: 1,
      failedWith: { code: 'jira-unavailable', connectionId: null },
    });
    expect(await store.claim(3_000, leaseMs)).toBeNull();
    // Not what is under way.
    expect(await store.hasten(codes, 3_000, 'all')).toBe(2);
    expect(await store.deadLetters(10)).toMatchObject([{ key: 'opportunity:refused' }]);
    await store.complete(first, 3_100);
    const [second, third] = [await mustClaim(store, 3_000), await mustClaim(store, 3_000)];
    expect([second.key, third.key].sort()).toEqual(['opportunity:dead', 'opportunity:late']);
    expect(await store.claim(3_000, leaseMs)).toBeNull();
    for (const claim of [second, third]) await store.complete(claim, 3_200);
    expect((await store.failing()).map(({ code }) => code).sort()).toEqual([
      'dataverse-unavailable',
      'jira-refused',
      'jira-unavailable',
    ]);
    await store.enqueue([{ key: 'opportunity:soon', at: 4_000, correlationId: 'c' }]);
    expect(await mustClaim(store, 4_000)).toMatchObject({ failedWith: null });
  });

  test('R-1307 a request that waits for others comes to one run with them, and one that does not wait ends the waiting', async () => {
    const enqueue = (at: number, delayMs: number) =>
      store.enqueue([{ key: 'opportunity:1', at, correlationId: 'c', delayMs }]);
    await enqueue(1_000, 300_000);
    await enqueue(2_000, 300_000);
    expect(await store.claim(300_999, leaseMs)).toBeNull();
    const coalesced = await mustClaim(store, 301_000);
    expect(coalesced).toMatchObject({ seq: 2, waitingSince: 1_000 });
    await store.complete(coalesced, 301_000);

    await enqueue(400_000, 300_000);
    await store.receive(delivery({ keys: ['opportunity:1'], receivedAt: 401_000 }));
    const atOnce = await mustClaim(store, 401_000);
    expect(atOnce.seq).toBe(4);
    // A pause after a failure is another thing: nothing but a person cuts it short.
    await store.fail(atOnce, { code: 'x', message: 'x', retryAt: 900_000 }, 402_000);
    await enqueue(403_000, 0);
    expect(await store.claim(899_999, leaseMs)).toBeNull();
  });

  test('an urgent enqueue cuts the pause after a failure short', async () => {
    await store.receive(delivery({ keys: ['opportunity:1'] }));
    const claim = await mustClaim(store, 2_000);
    await store.fail(claim, { code: 'x', message: 'x', retryAt: 900_000 }, 2_100);
    await store.enqueue([{ key: 'opportunity:1', at: 3_000, correlationId: 'c-2', urgent: true }]);
    expect((await mustClaim(store, 3_000)).attempts).toBe(0);
  });

  test('a job without a retry date is a dead letter, and the next event wakes it (R-1406)', async () => {
    await store.receive(delivery());
    const claim = await mustClaim(store, 2_000);
    await store.fail(claim, { code: 'forbidden', message: 'The account may not.', retryAt: null }, 2_100);
    expect(await store.claim(1e12, leaseMs)).toBeNull();
    expect(await store.deadLetters(10)).toEqual([
      { key: 'jira-issue:10014', code: 'forbidden', message: 'The account may not.', attempts: 1, deadSince: 2_100 },
    ]);
    await store.receive(delivery({ id: 'jira:2', receivedAt: 4_000 }));
    expect(await store.deadLetters(10)).toEqual([]);
    expect((await mustClaim(store, 4_000)).attempts).toBe(0);
  });

  test('one delivery may enqueue several keys, and an ignored one none', async () => {
    await store.receive(delivery({ keys: ['jira-project:2', 'jira-project:1'] }));
    await store.receive(delivery({ id: 'jira:2', keys: [], ignoredBecause: 'unknown event' }));
    const claimed = [await mustClaim(store, 2_000), await mustClaim(store, 2_000)].map((claim) => claim.key);
    expect(claimed.sort()).toEqual(['jira-project:1', 'jira-project:2']);
    expect((await store.statistics(2_000)).deliveries).toEqual({ accepted: 1, ignored: 1 });
  });

  test('the job that is due for longest comes first', async () => {
    await store.enqueue([
      { key: 'opportunity:late', at: 5_000, correlationId: 'c' },
      { key: 'opportunity:early', at: 1_000, correlationId: 'c' },
      { key: 'opportunity:paused', at: 500, correlationId: 'c' },
    ]);
    await store.fail(await mustClaim(store, 600), { code: 'x', message: 'x', retryAt: 99_000 }, 700);
    expect((await mustClaim(store, 6_000)).key).toBe('opportunity:early');
    expect((await mustClaim(store, 6_000)).key).toBe('opportunity:late');
    expect(await store.claim(6_000, leaseMs)).toBeNull();
  });

  test('R-514 a pause set by a clock that was an hour ahead lasts no longer than it was to', async () => {
    await store.receive(delivery({ keys: ['opportunity:1'] }));
    const ahead = 3_600_000;
    await store.fail(await mustClaim(store, ahead), { code: 'x', message: 'x', retryAt: ahead + 50 }, ahead);
    // Nobody whose clock is right finds it due by that clock within the hour.
    const again = await eventually(() => mustClaim(store, 2_000));
    expect(again.attempts).toBe(1);
    // A long one is still to come.
    await store.fail(again, { code: 'x', message: 'x', retryAt: 900_000 }, 2_100);
    expect(await store.claim(3_000, leaseMs)).toBeNull();
  });

  test('R-514 a job that waits since a moment still to come is due: the clock was put back', async () => {
    await store.receive(delivery({ keys: ['opportunity:1'], receivedAt: 3_600_000 }));
    const failed = await mustClaim(store, 3_600_000);
    await store.fail(failed, { code: 'x', message: 'x', retryAt: 3_900_000 }, 3_600_100);
    const again = await mustClaim(store, 1_000);
    expect(again.attempts).toBe(1);
    // From here on its pauses are those of the clock as it is.
    await store.fail(again, { code: 'x', message: 'x', retryAt: 4_000 }, 1_100);
    expect(await store.claim(3_999, leaseMs)).toBeNull();
    await store.complete(await mustClaim(store, 4_000), 4_100);
    await store.receive(delivery({ id: 'jira:2', keys: ['opportunity:1'], receivedAt: 9_000_000 }));
    expect((await mustClaim(store, 5_000)).key).toBe('opportunity:1');
  });

  test('many workers at once share the jobs without overlap', async () => {
    const keys = Array.from({ length: 40 }, (_, n) => `opportunity:${n}`);
    await store.enqueue(keys.map((key) => ({ key, at: 1_000, correlationId: 'c' })));
    const claims = await Promise.all(Array.from({ length: 60 }, () => store.claim(2_000, leaseMs)));
    const got = claims.flatMap((claim) => (claim === null ? [] : [claim.key]));
    expect(new Set(got).size).toBe(got.length);
    const rest: string[] = [];
    for (let claim = await store.claim(2_000, leaseMs); claim !== null; claim = await store.claim(2_000, leaseMs))
      rest.push(claim.key);
    expect([...got, ...rest].sort()).toEqual([...keys].sort());
  });

  test('says which keys of a kind deliveries have named lately', async () => {
    await store.receive(delivery({ keys: ['jira-issue:7', 'jira-project:1'] }));
    await store.receive(delivery({ id: 'jira:2', keys: ['jira-issue:7', 'jira-issue:10'], receivedAt: 2_000 }));
    expect(await store.recentKeys('jira-issue:', 0)).toEqual(['jira-issue:10', 'jira-issue:7']);
    expect(await store.recentKeys('jira-issue:', 3_000)).toEqual([]);
    expect(await store.recentKeys('jira-project:', 0)).toEqual(['jira-project:1']);
  });

  test('R-511 counts the deliveries of a key by UTC day, and requests without a delivery not at all', async () => {
    const day = 86_400_000;
    await store.receive(delivery({ receivedAt: day - 2 }));
    await store.receive(delivery({ id: 'jira:2', receivedAt: day - 1 }));
    await store.enqueue([{ key: 'jira-issue:10014', at: day - 1, correlationId: 'c' }]);
    expect(await store.countDeliveries('jira-issue:10014', 0)).toBe(2);
    await store.receive(delivery({ id: 'jira:3', receivedAt: day }));
    expect(await store.countDeliveries('jira-issue:10014', day)).toBe(1);
    expect(await store.countDeliveries('jira-issue:10014', 2 * day)).toBe(0);
    expect(await store.countDeliveries('jira-issue:7', day)).toBe(0);
  });

  test('gives every key that deliveries touched since a moment, once (R-1406)', async () => {
    await store.receive(delivery({ keys: ['opportunity:b', 'jira-project:1'] }));
    await store.receive(delivery({ id: 'jira:2', keys: ['jira-project:1', 'opportunity:a'], receivedAt: 2_000 }));
    await store.enqueue([{ key: 'opportunity:scheduled', at: 2_000, correlationId: 'c' }]);
    expect(await store.deliveredKeys(0)).toEqual(['jira-project:1', 'opportunity:a', 'opportunity:b']);
    expect(await store.deliveredKeys(2_000)).toEqual(['jira-project:1', 'opportunity:a']);
    expect(await store.deliveredKeys(2_001)).toEqual([]);
  });

  test('cursors, counters and old deliveries are kept and forgotten as told', async () => {
    expect(await store.readCursor('delta.opportunity')).toBeNull();
    await store.writeCursor('delta.opportunity', 'token-1');
    await store.writeCursor('delta.opportunity', 'token-2');
    expect(await store.readCursor('delta.opportunity')).toBe('token-2');
    await store.count('intake.refused');
    await store.count('intake.refused');
    await store.receive(delivery());
    await store.receive(delivery({ id: 'jira:2', receivedAt: 5_000 }));
    expect(await store.prune(5_000)).toBe(1);
    const statistics = await store.statistics(6_000);
    expect(statistics.counters).toEqual({ 'intake.refused': 2 });
    expect(statistics).toMatchObject({ pending: 1, running: 0, dead: 0, oldestDueAgeMs: 5_000 });
    expect(await store.deliveryOf('c-1')).toMatchObject({ id: 'jira:2' });
  });
}

describe('the embedded store', () => {
  const folder = mkdtempSync(join(tmpdir(), 'crmjira-store-'));
  let number = 0;
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  behavesAsStore(async () => openSqliteStore(join(folder, `${number++}.sqlite`)));

  test('what was acknowledged is there after the process was killed, and its leases are free again', async () => {
    const file = join(folder, 'killed.sqlite');
    const first = openSqliteStore(file);
    await first.receive(delivery());
    await mustClaim(first, 2_000);
    await first.close();
    const second = openSqliteStore(file);
    expect((await mustClaim(second, 2_001)).key).toBe('jira-issue:10014');
    await second.close();
  });

  test('a second owner is refused, a reader is not (F-211)', async () => {
    const file = join(folder, 'owned.sqlite');
    const owner = openSqliteStore(file);
    await owner.count('x');
    expect(() => openSqliteStore(file)).toThrow(/locked/);
    const reads = openSqliteReads(file);
    expect((await reads.statistics(0)).counters).toEqual({ x: 1 });
    await owner.count('x');
    expect((await reads.statistics(0)).counters).toEqual({ x: 2 });
    await reads.close();
    await owner.close();
  });
});

const describePostgres = postgresMissing === null ? describe : describe.skip;
describePostgres(`the PostgreSQL store${postgresMissing === null ? '' : ` (skipped: ${postgresMissing})`}`, () => {
  let postgres: TemporaryPostgres;
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres.stop());

  behavesAsStore(async () => {
    const admin = new Pool({ connectionString: postgres.url, max: 1 });
    await admin.query('drop schema if exists crmjira cascade');
    await admin.end();
    return openPostgresStore(postgres.url);
  });

  test('a delivery that cannot be stored costs the others of its group nothing', async () => {
    const store = await openPostgresStore(postgres.url);
    const given = ['group:1', 'group:\0', 'group:2'].map((id) => store.receive(delivery({ id, keys: [id] })));
    expect((await Promise.allSettled(given)).map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
    ]);
    expect(await store.countDeliveries('group:2', 1_000)).toBe(1);
    await store.close();
  });

  test('two replicas that get the same deliveries in opposite orders store each once', async () => {
    const replicas = await Promise.all([openPostgresStore(postgres.url), openPostgresStore(postgres.url)]);
    const ids = Array.from({ length: 400 }, (_, n) => `both:${n}`);
    const results = await Promise.all(
      replicas.flatMap((store, replica) =>
        (replica === 0 ? ids : ids.toReversed()).map((id) =>
          store.receive(delivery({ id, keys: ['both:a', 'both:b'] })),
        ),
      ),
    );
    expect(results.filter((result) => result === 'stored')).toHaveLength(ids.length);
    const [first] = replicas;
    expect((await first?.jobs(['both:a', 'both:b']))?.map(({ seq }) => seq)).toEqual([ids.length, ids.length]);
    for (const store of replicas) await store.close();
  });

  test('R-1305 gives back its own claims only, never those of another replica', async () => {
    const [mine, theirs] = await Promise.all([openPostgresStore(postgres.url), openPostgresStore(postgres.url)]);
    await mine.enqueue([1, 2].map((n) => ({ key: `owner:${n}`, at: n, correlationId: 'c' })));
    const lost = await mustClaim(mine, 9);
    const held = await mustClaim(theirs, 9);
    expect(await mine.giveBackExcept([])).toBe(1);
    expect(await mine.complete(lost, 10)).toBe(false);
    expect(await theirs.complete(held, 10)).toBe(true);
    for (const store of [mine, theirs]) await store.close();
  });

  test('replicas may start at the same moment', async () => {
    const stores = await Promise.all([1, 2, 3].map(() => openPostgresStore(postgres.url)));
    await Promise.all(stores.map((store) => store.close()));
    expect(stores).toHaveLength(3);
  });
});

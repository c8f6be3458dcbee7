import { createLogger } from '../../../plugins-proxy/src/platform/log/create-logger';
import type { JobOutcome } from '../../../plugins-proxy/src/queue/worker';
import { createWorker, type Worker } from '../../../plugins-proxy/src/queue/worker';
import { openSqliteStore } from '../../../plugins-proxy/src/queue/store/sqlite/open-sqlite-store';
import type { Claim, Store } from '../../../plugins-proxy/src/queue/store/store';
import { keepLines } from '../log-lines';

interface Job {
  readonly claim: Claim;
  readonly end: (outcome: JobOutcome) => void;
}

/** A worker whose jobs end when the test says so. */
function setUp(concurrency: number | (() => number) = 2, pollMs = 3_600_000) {
  const store: Store = openSqliteStore(':memory:');
  const begun: Job[] = [];
  let now = 1_000;
  const watchers: (() => void)[] = [];
  const worker: Worker = createWorker({
    store,
    concurrency,
    logger: createLogger('silent', [], keepLines().stream),
    now: () => new Date(now),
    pollMs,
    // No test lives to see one run out.
    leaseMs: 3_600_000,
    run: (claim) =>
      new Promise((end) => {
        begun.push({ claim, end });
        watchers.splice(0).forEach((watch) => watch());
      }),
  });
  return {
    store,
    worker,
    begun,
    advance: (ms: number) => (now += ms),
    untilBegun: async (count: number): Promise<void> => {
      while (begun.length < count) await new Promise<void>((resolve) => watchers.push(resolve));
    },
    enqueue: (key: string) => store.enqueue([{ key, at: now, correlationId: 'c' }]),
  };
}

/** Lets everything that is due in this turn of the event loop happen. */
const settle = async (): Promise<void> => {
  for (let n = 0; n < 10; n += 1) await new Promise((resolve) => setImmediate(resolve));
};

describe('the worker', () => {
  test('looks again when what has come in will be due', async () => {
    const { store, worker, begun, advance, untilBegun } = setUp();
    worker.start();
    await settle();
    await store.enqueue([{ key: 'opportunity:a', at: 1_000, correlationId: 'c', delayMs: 20 }]);
    worker.wake();
    await settle();
    expect(begun).toHaveLength(0);
    advance(20);
    worker.wake(20);
    await untilBegun(1);
    begun[0]?.end({ done: true });
    await worker.stop();
    await store.close();
  });

  test('runs as many keys at a time as it may, and the next when one ends', async () => {
    const { store, worker, begun, enqueue, untilBegun } = setUp(2);
    await Promise.all(['a', 'b', 'c'].map((id) => enqueue(`opportunity:${id}`)));
    worker.start();
    await untilBegun(2);
    await settle();
    expect(begun).toHaveLength(2);
    begun[0]?.end({ done: true });
    await untilBegun(3);
    begun.slice(1).forEach((job) => job.end({ done: true }));
    await worker.stop();
    await store.close();
  });

  test('R-604 crmjira_DegreeOfParallelism that is raised or lowered holds for the next jobs', async () => {
    let concurrency = 1;
    const { store, worker, begun, enqueue, untilBegun } = setUp(() => concurrency);
    await Promise.all(['a', 'b', 'c', 'd'].map((id) => enqueue(`opportunity:${id}`)));
    worker.start();
    await untilBegun(1);
    await settle();
    expect(begun).toHaveLength(1);
    concurrency = 3;
    worker.wake();
    await untilBegun(3);
    await settle();
    expect(begun).toHaveLength(3);
    concurrency = 1;
    begun.slice(0, 2).forEach((job) => job.end({ done: true }));
    await settle();
    expect(begun).toHaveLength(3);
    begun[2]?.end({ done: true });
    await untilBegun(4);
    begun[3]?.end({ done: true });
    await worker.stop();
    await store.close();
  });

  test('fifty events of one key during a run become one more run, never a second at a time', async () => {
    const { store, worker, begun, enqueue, untilBegun } = setUp(4);
    await enqueue('opportunity:a');
    worker.start();
    await untilBegun(1);
    for (let n = 0; n < 50; n += 1) await enqueue('opportunity:a');
    worker.wake();
    await settle();
    expect(begun).toHaveLength(1);
    begun[0]?.end({ done: true });
    await untilBegun(2);
    begun[1]?.end({ done: true });
    await settle();
    expect(begun).toHaveLength(2);
    await worker.stop();
    await store.close();
  });

  test('one key that fails does not hold up another, and comes again at its date', async () => {
    const { store, worker, begun, enqueue, untilBegun, advance } = setUp(1);
    await enqueue('opportunity:bad');
    worker.start();
    await untilBegun(1);
    await enqueue('opportunity:good');
    begun[0]?.end({ done: false, failure: { code: 'x', message: 'x', retryAt: 60_000 } });
    await untilBegun(2);
    expect(begun[1]?.claim.key).toBe('opportunity:good');
    begun[1]?.end({ done: true });
    await settle();
    expect(begun).toHaveLength(2);
    advance(60_000);
    worker.wake();
    await untilBegun(3);
    expect(begun[2]?.claim).toMatchObject({ key: 'opportunity:bad', attempts: 1 });
    begun[2]?.end({ done: true });
    await worker.stop();
    await store.close();
  });

  test('R-514 an end that the store could not take is stored when it can, long before the lease would have run out', async () => {
    const { store, worker, begun, enqueue, untilBegun } = setUp(1, 5);
    await enqueue('opportunity:a');
    const complete = jest.spyOn(store, 'complete');
    complete
      .mockRejectedValueOnce(new Error('connection refused'))
      .mockRejectedValueOnce(new Error('connection refused'));
    worker.start();
    await untilBegun(1);
    await enqueue('opportunity:a');
    begun[0]?.end({ done: true });
    await untilBegun(2);
    expect(complete).toHaveBeenCalledTimes(3);
    begun[1]?.end({ done: true });
    await worker.stop();
    expect((await store.statistics(1e9)).pending).toBe(0);
    await store.close();
  });

  test('R-514 a job whose claim was committed and not answered runs at once, and costs a running one nothing', async () => {
    const { store, worker, begun, enqueue, untilBegun } = setUp(2, 5);
    const claim = store.claim;
    let lost = false;
    jest.spyOn(store, 'claim').mockImplementation(async (now, leaseMs) => {
      const claimed = await claim(now, leaseMs);
      if (lost || claimed?.key !== 'opportunity:b') return claimed;
      lost = true;
      throw new Error('connection terminated unexpectedly');
    });
    await enqueue('opportunity:a');
    worker.start();
    await untilBegun(1);
    await enqueue('opportunity:b');
    await untilBegun(2);
    expect(begun.map((job) => job.claim.key)).toEqual(['opportunity:a', 'opportunity:b']);
    begun.forEach((job) => job.end({ done: true }));
    await worker.stop();
    expect(begun).toHaveLength(2);
    expect((await store.statistics(1e9)).pending).toBe(0);
    await store.close();
  });

  test('stops without waiting for a store that does not come back', async () => {
    const { store, worker, begun, enqueue, untilBegun } = setUp(1);
    await enqueue('opportunity:a');
    const failed = new Promise<void>((resolve) => {
      jest.spyOn(store, 'complete').mockImplementation(() => {
        resolve();
        return Promise.reject(new Error('connection refused'));
      });
    });
    worker.start();
    await untilBegun(1);
    begun[0]?.end({ done: true });
    await failed;
    await settle();
    await worker.stop();
    expect((await store.statistics(1e9)).pending).toBe(1);
    await store.close();
  });

  test('stops only when the running jobs have ended, and begins no other', async () => {
    const { store, worker, begun, enqueue, untilBegun } = setUp(1);
    await enqueue('opportunity:a');
    worker.start();
    await untilBegun(1);
    await enqueue('opportunity:b');
    let stopped = false;
    const stop = worker.stop().then(() => (stopped = true));
    await settle();
    expect(stopped).toBe(false);
    begun[0]?.end({ done: true });
    await stop;
    expect(begun).toHaveLength(1);
    expect((await store.statistics(1e9)).pending).toBe(1);
    await store.close();
  });
});

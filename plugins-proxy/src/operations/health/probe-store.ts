import { memoize } from '../../clients/dataverse/memoize';
import type { Store } from '../../queue/store/store';
import type { ProbeResult } from '../../platform/errors/probe-result';
import { probe } from './probe';

/** A probe's result is reused this long, in milliseconds. */
const keepMs = 1_000;
/** Characters written: more than any delivery needs, so that the probe fails before one does. */
const trialLength = 16_384;
const trialCursor = 'probe.store';

/**
 * Makes a test of whether the store can keep a delivery: it writes more than one needs and takes it back. A store that can only be
 * read, as on a full disk, fails it; one that has room again passes, without a restart.
 */
export function createStoreProbe(
  store: Pick<Store, 'writeCursor' | 'dropCursors'>,
  now: () => Date,
): () => Promise<ProbeResult> {
  return memoize(
    () =>
      probe(async () => {
        await store.writeCursor(trialCursor, 'x'.repeat(trialLength));
        await store.dropCursors(trialCursor, 'y');
      }, now),
    keepMs,
    () => now().getTime(),
  );
}

import { remember } from '../../clients/dataverse/remember';
import type { Store } from '../../queue/store/store';
import type { ProbeResult } from '../../platform/errors/probe-result';
import { probe } from './probe';

/** A probe's result is reused this long, in milliseconds. */
const keepMs = 1_000;
/** Characters written: more than any delivery needs, so that the probe fails before one does. */
const trialLength = 16_384;
const trialMark = 'probe.store';

/**
 * Makes a test of whether the store can keep a delivery: it writes more than one needs and takes it back. A store that can only be
 * read, as on a full disk, fails it; one that has room again passes, without a restart.
 */
export function createStoreProbe(
  store: Pick<Store, 'writeMark' | 'dropMarks'>,
  now: () => Date,
): () => Promise<ProbeResult> {
  return remember(
    () =>
      probe(async () => {
        await store.writeMark(trialMark, 'x'.repeat(trialLength));
        await store.dropMarks(trialMark, 'y');
      }, now),
    keepMs,
    () => now().getTime(),
  );
}

import { hasSpin, replayTraces } from './traces';

/** Traces of one run: `npm run prove` replays 5,000. */
const TRACES = 300;

// .ci/run installs SPIN; elsewhere: Debian's packages spin and gcc. Named as skipped where it is not there.
(hasSpin ? test : test.skip)(
  'SYNC Merge: the shipped plan takes the step of the SPIN model at each point of its traces (R-1708)',
  () => {
    const { plans, met, differing } = replayTraces(TRACES);
    expect(differing).toEqual([]);
    expect(plans).toBeGreaterThan(TRACES);
    // Traces that meet nothing prove nothing.
    for (const step of ['write', 'take', 'take with an entry', 'agree', 'hold', 'enter', 'keep', 'confirm'])
      expect(met.get(step) ?? 0).toBeGreaterThan(0);
  },
);

import { STEPS_OF_TIME } from './replay-time';
import { hasSpin, LINK, replayTraces, TIME } from './traces';

/** Traces of one run: `npm run prove` replays 5,000 of each model. */
const TRACES = 300;
const TRACES_OF_TIME = 200;

// .ci/run installs SPIN; elsewhere: Debian's packages spin and gcc. Named as skipped where it is not there.
(hasSpin ? test : test.skip)(
  'SYNC Merge: the shipped plan takes the step of the SPIN model at each point of its traces (R-1708)',
  () => {
    const { plans, met, differing } = replayTraces(LINK, TRACES);
    expect(differing).toEqual([]);
    expect(plans).toBeGreaterThan(TRACES);
    // Traces that meet nothing prove nothing.
    for (const step of ['write', 'take', 'take with an entry', 'agree', 'hold', 'enter', 'keep', 'confirm'])
      expect(met.get(step) ?? 0).toBeGreaterThan(0);
  },
);

(hasSpin ? test : test.skip)(
  'SYNC Time records: the shipped plan takes the step of the SPIN model at each point of its traces (R-1826, R-1829)',
  () => {
    const { plans, met, differing } = replayTraces(TIME, TRACES_OF_TIME);
    expect(differing).toEqual([]);
    expect(plans).toBeGreaterThan(TRACES_OF_TIME);
    // Every step of the model was met.
    expect([...met.keys()].sort()).toEqual([...STEPS_OF_TIME].sort());
  },
);

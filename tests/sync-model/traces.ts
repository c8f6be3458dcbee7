import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { comparePlan, type Compared } from './replay';
import { comparePlanOfTime } from './replay-time';

/** A model whose traces say what each run had read and which step it takes. */
export interface TracedModel {
  readonly file: string;
  /** Sizes of the traces, as in the heads of the models; one a trace, in turn. */
  readonly sizes: readonly string[];
  readonly steps: number;
  readonly compare: (line: string) => Compared;
}

export const LINK: TracedModel = {
  file: 'link.pml',
  sizes: [
    '-DEC=2 -DEJ=2',
    '-DEC=3 -DEJ=3 -DZMAX=2 -DMAXVER=20',
    '-DEC=1 -DEJ=3',
    '-DEC=2 -DEJ=2 -DSW=3',
    '-DLINKS=2 -DEC=1 -DEJ=2',
    '-DFIRST -DEC=2 -DEJ=1 -DSW=1',
    '-DEC=2 -DEJ=2 -DEO=1',
  ],
  steps: 6000,
  compare: comparePlan,
};

export const TIME: TracedModel = {
  file: 'time.pml',
  sizes: [
    '-DSLOW -DKEPT -DSTAYS -DER=3 -DEW=3 -DLATES=3',
    '-DSLOW -DER=3 -DEW=3',
    '-DSLOW -DKEPT -DER=3 -DEW=2 -DLATES=3',
    '-DSLOW -DKEPT -DSTAYS -DER=1 -DEW=5 -DLATES=0',
  ],
  steps: 2500,
  compare: comparePlanOfTime,
};

/** SPIN reads a model through the preprocessor of gcc. */
export const hasSpin = ['spin', 'gcc'].every((tool) => spawnSync(tool, ['--version']).error === undefined);

export interface Replayed {
  /** What runs of the traces had read and planned. */
  readonly plans: number;
  /** How often each step was planned by the model. */
  readonly met: ReadonlyMap<string, number>;
  /** Where the shipped function plans something else, in words. */
  readonly differing: readonly string[];
}

/** Random traces of a SPIN model, one a seed from 1 on, and the shipped function on what each of their runs had read. */
export function replayTraces({ file, sizes, steps, compare }: TracedModel, count: number): Replayed {
  const folder = mkdtempSync(join(tmpdir(), 'sync-model-'));
  const differing: string[] = [];
  const met = new Map<string, number>();
  let plans = 0;
  try {
    for (let seed = 1; seed <= count; seed += 1) {
      const of = sizes[seed % sizes.length]!.split(' ');
      const trace = execFileSync('spin', [`-n${seed}`, `-u${steps}`, ...of, join(__dirname, file)], {
        cwd: folder,
        encoding: 'utf8',
        maxBuffer: 1 << 26,
      });
      for (const line of trace.split('\n')) {
        const at = line.indexOf('PLAN ');
        // The last line of a trace is cut where its steps end.
        if (at < 0 || line.endsWith('-')) continue;
        plans += 1;
        const { step, model, shipped } = compare(line.slice(at));
        met.set(step, (met.get(step) ?? 0) + 1);
        if (model !== shipped) differing.push(`trace ${seed}: the model says ${model}, we ${shipped}: ${line.trim()}`);
      }
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  return { plans, met, differing };
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { isFresh } from '../../solution/tools/build/run-target';
import { pcfControls } from '../../solution/tools/build/pcf-control';
import { CONTROL_LIMITS } from '../bench/bundle-limits';

const root = join(__dirname, '..', '..');
const controls = pcfControls(root);

test('every control has a limit', () => {
  expect(Object.keys(CONTROL_LIMITS).sort()).toEqual(controls.map(({ name }) => name).sort());
});

test.each(controls.map((target) => [target.name, target] as const))(
  '%s keeps to its size, gzip -9, as it is built from this source',
  (name, target) => {
    // Sizes of an older source would prove nothing; `npm test` has built before it comes here.
    if (!isFresh(root, target)) throw new Error(`${name} is not built from this source: npm run build`);
    const limit = CONTROL_LIMITS[name] ?? 0;
    const size = gzipSync(readFileSync(join(root, target.outputs[0] ?? '')), { level: 9 }).length;
    expect(size).toBeLessThanOrEqual(limit);
  },
);

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { pcfControls } from '../../solution/tools/build/pcf-control';
import { type BenchRow, kilobytes, rounded } from './bench-row';
import { CONTROL_LIMITS } from './bundle-limits';

const root = join(__dirname, '..', '..');
const size = (...paths: string[]): { raw: number; gzip: number } =>
  paths
    .map((path) => readFileSync(join(root, path)))
    .reduce((sum, file) => ({ raw: sum.raw + file.length, gzip: sum.gzip + gzipSync(file, { level: 9 }).length }), {
      raw: 0,
      gzip: 0,
    });

const BUNDLES = [
  ...pcfControls(root).map(({ name, outputs: [path = ''] }) => ({ name, path, limit: CONTROL_LIMITS[name] ?? 0 })),
  { name: 'opportunity-form web resource', path: 'webresources/dist/opportunity-form.js', limit: 10_240 },
];
const bytes = (count: number): string => `${count.toLocaleString('en-CA')} B`;

/** Sizes as the form loads them, beside the React that a control without platform libraries would carry. */
export function measureBundles(): BenchRow[] {
  const react = size(
    'node_modules/react/umd/react.production.min.js',
    'node_modules/react-dom/umd/react-dom.production.min.js',
  );
  return BUNDLES.map(({ name, path, limit }) => {
    const bundle = size(path);
    return {
      what: `bundle ${name}`,
      measured: `${bytes(bundle.gzip)} gzip -9, ${bytes(bundle.raw)} raw`,
      reference: 'React 16.14 + ReactDOM, production',
      referenceMeasured: `${kilobytes(react.gzip)} gzip, ${kilobytes(react.raw)} raw`,
      ratio: rounded(bundle.gzip / react.gzip),
      aim: `≤ ${bytes(limit)} gzip -9`,
    };
  });
}

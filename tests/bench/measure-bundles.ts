import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type BenchRow, kilobytes, rounded } from './bench-row';

const root = join(__dirname, '..', '..');
const size = (...paths: string[]): { raw: number; gzip: number } =>
  paths
    .map((path) => readFileSync(join(root, path)))
    .reduce((sum, file) => ({ raw: sum.raw + file.length, gzip: sum.gzip + gzipSync(file, { level: 9 }).length }), {
      raw: 0,
      gzip: 0,
    });

const BUNDLES = [
  { name: 'jira-project', path: 'controls/jira-project/out/controls/JiraProject/bundle.js', limit: 10 },
  { name: 'budget-burn', path: 'controls/budget-burn/out/controls/BudgetBurn/bundle.js', limit: 16 },
  { name: 'budget-status', path: 'controls/budget-status/out/controls/BudgetStatus/bundle.js', limit: 10 },
  { name: 'budget-approval', path: 'controls/budget-approval/out/controls/BudgetApproval/bundle.js', limit: 10 },
  { name: 'portfolio', path: 'controls/portfolio/out/controls/Portfolio/bundle.js', limit: 10 },
  { name: 'opportunity-form web resource', path: 'webresources/dist/opportunity-form.js', limit: 10 },
];

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
      measured: `${kilobytes(bundle.gzip)} gzip, ${kilobytes(bundle.raw)} raw`,
      reference: 'React 16.14 + ReactDOM, production',
      referenceMeasured: `${kilobytes(react.gzip)} gzip, ${kilobytes(react.raw)} raw`,
      ratio: rounded(bundle.gzip / react.gzip),
      aim: `≤ ${limit} KB gzip`,
    };
  });
}

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findCitations } from './traceability/find-citations';
import { readPartlyKept, readRequirements } from './traceability/requirements';
import { mapText } from './traceability/write-map';

const ROOT = join(__dirname, '..', '..');

/** Path of the map of requirements to tests, from the repository's root. */
export const mapFile = 'docs/traceability.md';

/** What the map must say now. */
export function currentMap(root: string = ROOT): string {
  const { groups, all } = readRequirements();
  return mapText(groups, all, findCitations(root), readPartlyKept());
}

/** `npm run generate:traceability`; with `--check` nothing is written and a stale map is exit code 1. */
function main(args: readonly string[]): number {
  const text = currentMap();
  const file = join(ROOT, mapFile);
  const stale = !existsSync(file) || readFileSync(file, 'utf8') !== text;
  if (args.includes('--check')) {
    console.log(stale ? `stale: ${mapFile}` : 'the map is up to date');
    return stale ? 1 : 0;
  }
  if (stale) writeFileSync(file, text);
  console.log(stale ? `written: ${mapFile}` : 'the map is up to date');
  return 0;
}

if (require.main === module) process.exitCode = main(process.argv.slice(2));

import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { BuildError, type BuildTarget } from './build/build-target';
import { PACKAGES_TARGET, packagesTarget } from './build/packages';
import { type BuildResult, runTarget } from './build/run-target';
import { buildTargets } from './build/targets';

const ROOT = join(__dirname, '..', '..');

/** Two builds keep two cores busy; a third only costs memory. */
const AT_ONCE = 2;

const USAGE = 'Use: npm run build [-- --force] [-- --only <target>]';

async function main(args: readonly string[]): Promise<number> {
  const parts = buildTargets(ROOT);
  const targets = [...parts, packagesTarget(ROOT, parts)];
  const wanted = readArguments(args);
  const chosen = targets.filter(({ name }) => wanted.only.length === 0 || wanted.only.includes(name));
  const unknown = wanted.only.filter((name) => !targets.some((target) => target.name === name));
  if (unknown.length > 0) {
    console.error(`There is no target ${unknown.join(', ')}. Targets: ${targets.map(({ name }) => name).join(', ')}.`);
    return 2;
  }
  const packages = chosen.filter(({ name }) => name === PACKAGES_TARGET);
  const waiting = chosen.filter((target) => !packages.includes(target));
  let failed = 0;
  const worker = async (): Promise<void> => {
    for (let target = waiting.shift(); target !== undefined; target = waiting.shift()) {
      if (!(await attempt(target, wanted.force))) failed++;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  if (failed === 0) for (const target of packages) if (!(await attempt(target, wanted.force))) failed++;
  return failed > 0 ? 1 : 0;
}

async function attempt(target: BuildTarget, force: boolean): Promise<boolean> {
  try {
    console.log(line(await runTarget(ROOT, target, force)));
    return true;
  } catch (error) {
    if (!(error instanceof BuildError)) throw error;
    console.error(`${error.detail.trimEnd()}\n${error.message}`);
    return false;
  }
}

function line({ target, outcome, seconds, raw, gzip }: BuildResult): string {
  const kilobytes = (bytes: number): string => `${(bytes / 1024).toFixed(1)} KB`;
  return [
    target.padEnd(14),
    outcome,
    `${seconds.toFixed(1)} s`.padStart(7),
    `${kilobytes(raw).padStart(9)} raw`,
    `${kilobytes(gzip).padStart(9)} gzip`,
  ].join('  ');
}

function readArguments(args: readonly string[]): { force: boolean; only: string[] } {
  const options = { force: { type: 'boolean' }, only: { type: 'string', multiple: true } } as const;
  try {
    const { values } = parseArgs({ args: [...args], options });
    return { force: values.force ?? false, only: values.only ?? [] };
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
    process.exit(2);
  }
}

main(process.argv.slice(2)).then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);

import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { allTargets, buildAll } from './build/build-all';
import { resultLine } from './build/result-line';

const ROOT = join(__dirname, '..', '..');

const USAGE = 'Use: npm run build [-- --force] [-- --only <target>]';

async function main(args: readonly string[]): Promise<number> {
  const names = allTargets(ROOT).map(({ name }) => name);
  const wanted = readArguments(args);
  const unknown = wanted.only.filter((name) => !names.includes(name));
  if (unknown.length > 0) {
    console.error(`There is no target ${unknown.join(', ')}. Targets: ${names.join(', ')}.`);
    return 2;
  }
  const failed = await buildAll(ROOT, {
    ...wanted,
    built: (result) => console.log(resultLine(result)),
    failed: ({ detail, message }) => console.error(`${detail.trimEnd()}\n${message}`),
  });
  return failed > 0 ? 1 : 0;
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

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  InvalidDeploymentSettings,
  judgeSettings,
  parseDeploymentSettings,
  settingsOf,
} from './deployment/deployment-settings';
import { DEFAULT_CONNECTOR, isConnectorVariant } from './connector-variant';
import { readNeededSettings } from './deployment/needed-settings';

const ROOT = join(__dirname, '..', '..');
const USAGE =
  'Use: npm run settings -- <dev|test|prod|file> [--connector <basic|entra|gateway>] [--check] [--output <folder>]';

/** File of an environment by its name; anything else is a path of your own. */
function fileOf(named: string): string {
  return /^[a-z]+$/.test(named) ? join(ROOT, 'solution', 'deployment', `deploymentSettings.${named}.json`) : named;
}

/**
 * `npm run settings -- prod`: checks the deployment settings of an environment against both solutions and writes one file a solution,
 * `<output>/<solution>.settings.json`, for `pac solution import --settings-file`. Nothing is written when something is wrong (exit
 * code 1); wrong arguments are exit code 2.
 */
function main(args: readonly string[]): number {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      connector: { type: 'string', default: DEFAULT_CONNECTOR },
      check: { type: 'boolean', default: false },
      output: { type: 'string', default: join(ROOT, 'dist') },
    },
  });
  const [named, ...more] = positionals;
  if (named === undefined || more.length > 0) throw new TypeError('one environment or one file is needed');
  const file = fileOf(named);
  if (!existsSync(file)) throw new TypeError(`there is no file ${file}`);
  if (!isConnectorVariant(values.connector)) throw new TypeError(`there is no connector '${values.connector}'`);
  const needed = readNeededSettings(ROOT, values.connector);
  const settings = parseDeploymentSettings(readFileSync(file, 'utf8'));
  const problems = judgeSettings(settings, needed);
  if (problems.length > 0) throw new InvalidDeploymentSettings(problems);
  if (values.check) {
    console.log('The settings fit both solutions.');
    return 0;
  }
  mkdirSync(values.output, { recursive: true });
  for (const one of needed) {
    const path = join(values.output, `${one.solution}.settings.json`);
    writeFileSync(path, `${JSON.stringify(settingsOf(settings, one), null, 2)}\n`);
    console.log(path);
  }
  return 0;
}

try {
  process.exitCode = main(process.argv.slice(2));
} catch (error) {
  if (error instanceof InvalidDeploymentSettings) {
    console.error(error.problems.join('\n'));
    console.error(`${error.problems.length} problems; nothing was written.`);
    process.exitCode = 1;
  } else if (error instanceof TypeError) {
    console.error(`${error.message}\n${USAGE}`);
    process.exitCode = 2;
  } else throw error;
}

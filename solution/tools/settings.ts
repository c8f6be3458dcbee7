import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  type DeploymentSettings,
  InvalidDeploymentSettings,
  judgeSettings,
  knownAfterConnector,
  parseDeploymentSettings,
  settingsOf,
} from './deployment/deployment-settings';
import { DEFAULT_CONNECTOR, isConnectorVariant } from './connector-variant';
import { type NeededSettings, readNeededSettings } from './deployment/needed-settings';

/** As of `crmjira`: something waits for a person. */
const EXIT_WAITING = 3;
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
 * code 1); wrong arguments are exit code 2. A solution that waits for the id of a connection of our connector has no file yet, and that
 * is said (exit code 3): the other one can be imported, so that the connection can be made.
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
  const waiting = needed.map((one) => ({ ...one, waitsFor: knownAfterConnector(settings, one) }));
  const open = waiting.flatMap(({ waitsFor }) => waitsFor);
  const problems = judgeSettings(settings, needed, open);
  if (problems.length > 0) throw new InvalidDeploymentSettings(problems);
  if (!values.check) {
    mkdirSync(values.output, { recursive: true });
    for (const one of waiting) writeSettings(join(values.output, `${one.solution}.settings.json`), settings, one);
  }
  for (const { solution, waitsFor } of waiting)
    for (const name of waitsFor) console.error(stillMissing(solution, name));
  if (open.length > 0) return EXIT_WAITING;
  if (values.check) console.log('The settings fit both solutions.');
  return 0;
}

/** Writes the file of one solution. While it waits for a connection, none is left there: it could be another environment's. */
function writeSettings(
  path: string,
  settings: DeploymentSettings,
  one: NeededSettings & { readonly waitsFor: readonly string[] },
): void {
  rmSync(path, { force: true });
  if (one.waitsFor.length > 0) return;
  writeFileSync(path, `${JSON.stringify(settingsOf(settings, one), null, 2)}\n`);
  console.log(path);
}

const stillMissing = (solution: string, name: string): string =>
  `${solution} waits: ${name} needs the id of a connection of our connector. Import the connector with the file above, make the connection ` +
  '(Power Apps, Connections; the id stands in its address), put the id into the settings, and run this again.';

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

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { BuildError } from './build/build-target';
import { isPacked } from './build/packages';
import { runTarget } from './build/run-target';
import { buildTargets } from './build/targets';
import { CONNECTOR_VARIANTS, type ConnectorVariant, DEFAULT_CONNECTOR, isConnectorVariant } from './connector-variant';
import { acceptedWarnings, acceptedWarningsFile, judge } from './package/accepted-warnings';
import { buildPackages, type SolutionPackage } from './package/build-packages';
import { checkPackage } from './package/check-package';
import { askOracle, findOracle, OracleError } from './package/oracle';
import { packagePath } from './package/package-paths';
import { checkSchemas } from './package/schemas/check-schemas';
import { findSchemas } from './package/schemas/read-schemas';
import { SolutionSourceError } from './solution-source-error';
import { NotBuiltError } from './stage-solution';

const ROOT = join(__dirname, '..', '..');

const USAGE = `Use: npm run pack [-- --check] [-- --connector <${CONNECTOR_VARIANTS.join('|')}>]`;

/**
 * Writes the packages to `dist/`, those of another connector than the default to a folder of its name there: what tools and documents
 * find under `dist/` is always the default. @returns their paths, in the order of their import
 */
function writePackages(packages: readonly SolutionPackage[], variant: ConnectorVariant): string[] {
  return packages.map(({ fileName, content }) => {
    const path = packagePath(fileName, variant);
    mkdirSync(dirname(join(ROOT, path)), { recursive: true });
    writeFileSync(join(ROOT, path), content);
    console.log(`${path.padEnd(44)} ${(content.length / 1024).toFixed(1).padStart(8)} KB`);
    return path;
  });
}

/** What is wrong, in sentences. */
async function check(packages: readonly SolutionPackage[], paths: readonly string[]): Promise<string[]> {
  const schemas = findSchemas(ROOT);
  if (schemas === undefined) console.log("Microsoft's schemas are not here (DATAVERSE_SCHEMAS): they were not asked.");
  const refused = schemas === undefined ? [] : await checkSchemas(schemas, packages);
  const own = [...packages.flatMap(checkPackage), ...refused];
  const oracle = findOracle(ROOT);
  if (oracle === undefined) {
    console.log('The independent checker is not here: it was not asked.');
    return own;
  }
  const accepted = acceptedWarnings(ROOT);
  const findings = askOracle(
    oracle,
    paths.map((path) => join(ROOT, path)),
  );
  const warnings = findings.filter(({ level }) => level === 'warning').length;
  console.log(`The independent checker: ${warnings} warnings, ${accepted.size} explained in ${acceptedWarningsFile}.`);
  return [...own, ...judge(findings, accepted)];
}

async function main(args: readonly string[]): Promise<number> {
  const wanted = readArguments(args);
  if (wanted === undefined) return 2;
  try {
    for (const target of buildTargets(ROOT)) {
      if (isPacked(target)) await runTarget(ROOT, target, false);
    }
    const packages = buildPackages(ROOT, wanted.connector);
    const paths = writePackages(packages, wanted.connector);
    if (!wanted.check) return 0;
    const problems = await check(packages, paths);
    for (const problem of problems) console.error(problem);
    console.log(problems.length === 0 ? 'Nothing is wrong with the packages.' : `${problems.length} problems.`);
    return problems.length === 0 ? 0 : 1;
  } catch (error) {
    if (error instanceof BuildError) console.error(error.detail.trimEnd());
    else if (!isExpected(error)) throw error;
    console.error(error.message);
    return 1;
  }
}

function isExpected(error: unknown): error is Error {
  return [SolutionSourceError, NotBuiltError, OracleError].some((kind) => error instanceof kind);
}

interface Arguments {
  readonly check: boolean;
  readonly connector: ConnectorVariant;
}

function readArguments(args: readonly string[]): Arguments | undefined {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { check: { type: 'boolean' }, connector: { type: 'string' } },
    });
    const connector = values.connector ?? DEFAULT_CONNECTOR;
    if (!isConnectorVariant(connector)) throw new TypeError(`there is no connector '${connector}'`);
    return { check: values.check ?? false, connector };
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
    return undefined;
  }
}

main(process.argv.slice(2)).then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);

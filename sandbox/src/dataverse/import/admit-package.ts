import { dependenciesXml, dependencyBlocks, missingDependencies } from './dependencies';
import { compareVersions, type InstalledSolution } from './installed-solution';
import { updated } from './merge-metadata';
import { solutionError } from './solution-error';

/**
 * `update` keeps components that the newer package no longer has, `upgrade` removes them with their data, `hold` puts the newer version
 * beside the installed one until it is promoted or deleted.
 */
export type ImportKind = 'update' | 'upgrade' | 'hold';

/** Name under which a version waits. Source: learn.microsoft.com "Upgrade or update a solution", stage for upgrade. */
export const holdingName = (uniqueName: string): string => `${uniqueName}_Upgrade`;

/**
 * The solutions of an environment once a package is in.
 * @throws DataverseError 400: it is older, of the other kind, another publisher's, or needs what is not there
 */
export function admitPackage(
  installed: readonly InstalledSolution[],
  arriving: InstalledSolution,
  kind: ImportKind,
): readonly InstalledSolution[] {
  const named = (name: string): InstalledSolution | undefined =>
    installed.find(({ uniqueName }) => uniqueName === name);
  const before = named(arriving.uniqueName);
  const waiting = named(holdingName(arriving.uniqueName));
  if (before) {
    requireSuccessor(before, arriving);
    requireSameTypes(before, arriving);
  }
  const missing = missingDependencies(arriving, installed);
  if (missing.length > 0) {
    const solutions = [...new Set(missing.map(({ solution }) => solution))].join(', ');
    throw solutionError(
      'missingDependencies',
      `The following solution cannot be imported: ${arriving.uniqueName}. Some dependencies are missing. Import these first: ${solutions}. The missing dependencies are : ${dependenciesXml(missing)}`,
    );
  }
  if (kind === 'hold') return [...installed.filter((each) => each !== waiting), held(before, arriving)];
  if (waiting)
    throw solutionError(
      'importFailed',
      `The solution ${arriving.uniqueName} cannot be imported: its upgrade to ${waiting.version} waits. Apply it (DeleteAndPromote) or delete ${waiting.uniqueName} first.`,
    );
  const kept = { ...arriving, installedOn: before?.installedOn ?? arriving.installedOn };
  const entering = before && kind === 'update' ? updated(before, kept) : kept;
  return before ? installed.map((each) => (each === before ? entering : each)) : [...installed, entering];
}

/** @throws DataverseError 400 when there is no managed version that it could take the place of */
function held(before: InstalledSolution | undefined, arriving: InstalledSolution): InstalledSolution {
  if (before?.isManaged !== true || !arriving.isManaged)
    throw solutionError(
      'importFailed',
      `The solution ${arriving.uniqueName} cannot be imported as a holding solution: only a managed solution that is installed can be staged for upgrade.`,
    );
  return { ...arriving, uniqueName: holdingName(arriving.uniqueName) };
}

/** The solutions once the waiting version has taken the installed one's name and place. @throws DataverseError 400 */
export function promoted(installed: readonly InstalledSolution[], uniqueName: string): readonly InstalledSolution[] {
  const base = installed.find((each) => each.uniqueName === uniqueName);
  const waiting = installed.find((each) => each.uniqueName === holdingName(uniqueName));
  if (!base || !waiting)
    throw solutionError(
      'importFailed',
      `The solution ${uniqueName} has no holding solution ${holdingName(uniqueName)}.`,
    );
  const next = { ...waiting, uniqueName, installedOn: base.installedOn };
  const others = installed.filter((each) => each !== base && each !== waiting);
  refuseBlocked(base, [next, ...others]);
  return installed.flatMap((each) => (each === base ? [next] : each === waiting ? [] : [each]));
}

function requireSuccessor(before: InstalledSolution, { uniqueName, version, isManaged, publisher }: InstalledSolution) {
  if (before.isManaged && !isManaged)
    throw solutionError(
      'installedAsManaged',
      `Solution '${uniqueName}' already exists in this system as managed and cannot be upgraded.`,
    );
  if (!before.isManaged && isManaged)
    throw solutionError(
      'managedOverUnmanaged',
      `The solution is already installed on this system as an unmanaged solution and the package supplied is attempting to install it in managed mode. Import can only update solutions when the modes match. Uninstall ${uniqueName} and try again.`,
    );
  if (before.publisher.uniqueName !== publisher.uniqueName)
    throw solutionError(
      'importFailed',
      `The solution ${uniqueName} cannot be imported. The publisher name cannot be changed from ${before.publisher.uniqueName} to ${publisher.uniqueName}.`,
    );
  if (compareVersions(version, before.version) < 0)
    throw solutionError(
      'importFailed',
      `The solution ${uniqueName} cannot be imported: version ${version} is older than ${before.version}, which is installed.`,
    );
}

/** @throws DataverseError 400: what a column holds cannot be turned into another type */
function requireSameTypes(before: InstalledSolution, arriving: InstalledSolution): void {
  const columnsOf = ({ metadata }: InstalledSolution) =>
    [...metadata.tables, ...metadata.extensions].flatMap(({ logicalName: table, columns }) =>
      columns.map(({ logicalName, type }) => [`${table}.${logicalName}`, type] as const),
    );
  const former = new Map(columnsOf(before));
  const changed = columnsOf(arriving).find(([name, type]) => (former.get(name) ?? type) !== type);
  if (changed === undefined) return;
  const [name, type] = changed;
  throw solutionError(
    'importFailed',
    `The solution ${arriving.uniqueName} cannot be imported: attribute ${name} is a ${former.get(name)}, but a ${type} type was specified.`,
  );
}

/** The solutions once one is gone. @throws DataverseError 400 when another one needs it */
export function withoutSolution(
  installed: readonly InstalledSolution[],
  leaving: InstalledSolution,
): readonly InstalledSolution[] {
  const others = installed.filter((each) => each !== leaving);
  refuseBlocked(leaving, others);
  return others;
}

function refuseBlocked(leaving: InstalledSolution, others: readonly InstalledSolution[]): void {
  const blocks = dependencyBlocks(leaving, others);
  if (blocks.length === 0) return;
  const details = blocks.map(
    ({ solution, requirement: { component, displayName, dependent } }) =>
      `RequiredComponentObject details: Type: ${component.type}, ObjectName: ${displayName}, Id: ${component.id}, DependentComponentObject details: Type: ${dependent.type}, ObjectName: ${dependent.displayName}, Solution: ${solution.uniqueName} DependencyType: Published`,
  );
  throw solutionError(
    'dependenciesExist',
    `Solution dependencies exist, cannot uninstall. DependencyCount : ${blocks.length} ${details.join(' ')}`,
  );
}

import { platformTables } from '../metadata/platform';
import type { ComponentName, InstalledSolution, Requirement } from './installed-solution';

/** Component types, from the `componenttype` choice. */
const table = '1';

const platformTableNames = new Set(platformTables.map(({ logicalName }) => logicalName));

/** Solutions that Microsoft installs in an environment, by how their names begin. */
const microsoftNames =
  /^(msdyn|msft_|Microsoft|PowerP|System\b|Active\b|ActivityFeeds|AppModuleWebResources|BaseCustomControls|EnvironmentVariables\b|datalakeworkspaces)/i;

/** Brought by a solution of Microsoft's, or by a change that the exporting environment made to one: taken as given. */
const isMicrosoft = ({ solution, component }: Requirement): boolean =>
  microsoftNames.test(solution) || component.schemaName.startsWith('msdyn');

/** A solution may name Opportunity as its own, for the columns that it adds; the table is there without it. */
const isPlatformTable = ({ type, schemaName }: ComponentName): boolean =>
  type === table && platformTableNames.has(schemaName);

const isSame = (one: ComponentName, other: ComponentName): boolean =>
  one.type === other.type &&
  ((one.schemaName !== '' && one.schemaName === other.schemaName) || (one.id !== '' && one.id === other.id));

const isProvidedBy = ({ component }: Requirement, { provides }: InstalledSolution): boolean =>
  provides.some((each) => isSame(each, component));

/** What a package needs and the environment does not have. */
export function missingDependencies(
  { requires }: InstalledSolution,
  installed: readonly InstalledSolution[],
): readonly Requirement[] {
  return requires.filter((requirement) => {
    if (isPlatformTable(requirement.component) || isMicrosoft(requirement)) return false;
    return !installed.some((each) => isProvidedBy(requirement, each));
  });
}

/** Microsoft's tables that a package needs and the stand-in does not have, each as `table name (reason)`. */
export const tablesTakenAsGiven = (requires: readonly Requirement[]): readonly string[] => [
  ...new Set(
    requires
      .filter((each) => each.component.type === table && isMicrosoft(each) && !isPlatformTable(each.component))
      .map(({ component, solution }) => `table ${component.schemaName} (needed, of ${solution})`),
  ),
];

/** What stands in the way of removing a solution: needs of others that it alone fulfils. */
export function dependencyBlocks(
  leaving: InstalledSolution,
  others: readonly InstalledSolution[],
): readonly { readonly solution: InstalledSolution; readonly requirement: Requirement }[] {
  return others.flatMap((solution) =>
    solution.requires
      .filter((requirement) => !isPlatformTable(requirement.component) && isProvidedBy(requirement, leaving))
      .filter((requirement) => !others.some((other) => other !== solution && isProvidedBy(requirement, other)))
      .map((requirement) => ({ solution, requirement })),
  );
}

/** `<MissingDependencies>` as the platform appends it to its refusal. */
export function dependenciesXml(missing: readonly Requirement[]): string {
  const quoted = (text: string): string =>
    `"${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')}"`;
  const entries = missing.map(
    ({ component, displayName, solution, dependent }) =>
      `<MissingDependency><Required type=${quoted(component.type)} schemaName=${quoted(component.schemaName)} displayName=${quoted(displayName)} solution=${quoted(solution)} /><Dependent type=${quoted(dependent.type)} displayName=${quoted(dependent.displayName)} /></MissingDependency>`,
  );
  return `<MissingDependencies>${entries.join('')}</MissingDependencies>`;
}

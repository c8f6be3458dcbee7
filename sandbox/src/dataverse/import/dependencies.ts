import { platformTables } from '../metadata/platform';
import type { ComponentName, InstalledSolution, Requirement } from './installed-solution';

/** Component types, from the `componenttype` choice. */
const table = '1';

const platformTableNames = new Set(platformTables.map(({ logicalName }) => logicalName));

/** Microsoft's solutions: what they bring besides tables is taken as given. */
const isMicrosoft = (solution: string): boolean => /^(msdyn|System\b|Active\b)/i.test(solution);

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
    const { component, solution } = requirement;
    if (isPlatformTable(component)) return false;
    if (component.type !== table && isMicrosoft(solution)) return false;
    return !installed.some((each) => isProvidedBy(requirement, each));
  });
}

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

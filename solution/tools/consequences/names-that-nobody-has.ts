import type { SolutionMetadata } from '@crmjira/domain';
import type { LeftToDo, SourceText } from './check';

/** A name with our prefix; Web API and amounts add an end of their own to a column's. */
const NAME = /(?<![A-Za-z0-9_])_?(crmjira_[a-z0-9_]*[a-z0-9])(?![A-Za-z0-9_])/g;

/** Parts of the solution that refer to columns; the others have names of other things with the same prefix. */
const REFERS_TO_COLUMNS = /\/(FormXml|SavedQueries|Visualizations|Workflows|Dashboards)\/|\/RibbonDiff\.xml$/;

/** Names of other things in code: a metric, a database, a secret. */
const NOT_OF_DATAVERSE = new Set(['crmjira_archive', 'crmjira_secret_test']);

/** Files that still name a column, or another component, that `solution/src` has no more. */
export function namesThatNobodyHas(solutions: readonly SolutionMetadata[], sources: readonly SourceText[]): LeftToDo[] {
  const known = new Set(solutions.flatMap(knownNames));
  return sources
    .filter(({ path }) => !path.startsWith('solution/') || REFERS_TO_COLUMNS.test(path))
    .flatMap(({ path, text }) => {
      const unknown = [...text.matchAll(NAME)].map((match) => match[1] ?? '').filter((name) => !isKnown(name, known));
      return [...new Set(unknown)].map((name) => ({
        file: path,
        what: `${name} is not in solution/src: rename it here or take it out`,
      }));
    });
}

function isKnown(name: string, known: ReadonlySet<string>): boolean {
  // `_<lookup>_value` of the Web API; a form numbers the second control of a column.
  const spellings = [name, name.replace(/_value$/, ''), name.replace(/1$/, '')];
  return NOT_OF_DATAVERSE.has(name) || spellings.some((spelling) => known.has(spelling));
}

function knownNames(solution: SolutionMetadata): readonly string[] {
  const { tables, extensions, relationships, globalOptionSets, environmentVariables } = solution;
  return [
    ...tables.flatMap(({ logicalName, entitySetName, primaryId }) => [logicalName, entitySetName, primaryId]),
    ...[...tables, ...extensions].flatMap(({ columns, keys }) => [...columns, ...keys].map((each) => each.logicalName)),
    ...relationships.flatMap((each) => [
      each.schemaName.toLowerCase(),
      each.referencingNavigation,
      each.referencedNavigation,
    ]),
    ...globalOptionSets.map(({ name }) => name),
    ...environmentVariables.map(({ schemaName }) => schemaName.toLowerCase()),
  ];
}

import type { SolutionMetadata } from '@crmjira/domain';
import { columnsOfOurs } from '../read/columns-of-ours';
import type { LeftToDo } from './check';

const FILE = 'solution/src/Other/FieldSecurityProfiles.xml';

/** A secured column without a permission is hidden from everybody; a permission without a secured column protects nothing. R-1208 */
export function permissionsToGive(solution: SolutionMetadata): LeftToDo[] {
  const secured = new Set(
    [...solution.tables, ...solution.extensions].flatMap(({ logicalName, columns }) =>
      columnsOfOurs(columns)
        .filter(({ isSecured }) => isSecured)
        .map((column) => `${logicalName}.${column.logicalName}`),
    ),
  );
  return solution.columnSecurityProfiles.flatMap(({ name, permissions }) => {
    const given = new Set(permissions.map(({ table, column }) => `${table}.${column}`));
    return [
      ...[...secured]
        .filter((column) => !given.has(column))
        .map((column) => ({ file: FILE, what: `${column} is secured: give it a permission in the profile ${name}` })),
      ...[...given]
        .filter((column) => !secured.has(column))
        .map((column) => ({
          file: FILE,
          what: `${column} is no secured column: take its permission out of the profile ${name}`,
        })),
    ];
  });
}

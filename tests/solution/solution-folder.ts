import { join } from 'node:path';
import { readSolution } from '../../solution/tools/read/read-solution';

export const REPOSITORY = join(__dirname, '..', '..');
export const SOLUTION_SOURCE = join(REPOSITORY, 'solution', 'src');

/** The solution as it stands in the repository. */
export const solution = readSolution(SOLUTION_SOURCE);

/** Columns of a table of ours, or those added to a table of the platform. */
export function columnsOf(table: string) {
  const found = [...solution.tables, ...solution.extensions].find(({ logicalName }) => logicalName === table);
  if (found === undefined) throw new Error(`The solution has no table ${table}.`);
  return found.columns;
}

import type { ColumnMetadata, SolutionMetadata } from '@crmjira/domain';
import { columnsOfOurs } from '../read/columns-of-ours';
import type { LeftToDo } from './check';

/** Folder of a table of the platform in the source. */
const FOLDERS: Readonly<Record<string, string>> = {
  opportunity: 'Opportunity',
  account: 'Account',
  incident: 'Incident',
};

/**
 * Every column is described in both languages; amounts and what we add to tables of the platform say how they are classified, which a
 * column of a table of ours has from its table. The inventory of data, docs/data-model.md, is written from this. R-1220
 */
export function classificationToWrite(solution: SolutionMetadata, folder: string): LeftToDo[] {
  const own = solution.tables.map((table) => ({ ...table, isOurs: true }));
  const added = solution.extensions.map((table) => ({
    ...table,
    isOurs: table.logicalName.startsWith('crmjira_'),
  }));
  return [...own, ...added].flatMap(({ logicalName: table, columns, isOurs }) =>
    columnsOfOurs(columns).flatMap((column) => {
      const problem = problemOf(column, isOurs);
      const file = `${folder}/Entities/${FOLDERS[table] ?? table}/Entity.xml`;
      return problem === null ? [] : [{ file, what: `${column.logicalName}: ${problem}` }];
    }),
  );
}

function problemOf({ description, type }: ColumnMetadata, isOurs: boolean): string | null {
  if (!description?.[1033] || !description[3084])
    return 'describe what it holds in <Descriptions>, in 1033 and in 3084';
  const english = / Protected ([AB])\.$/.exec(description[1033])?.[1];
  const french = / Protégé ([AB])\.$/.exec(description[3084])?.[1];
  if (english !== french) return 'the two descriptions end with different classifications';
  if (type === 'Money' && english !== 'B')
    return 'an amount is Protected B: end its descriptions with " Protected B." and " Protégé B."';
  if (!isOurs && english === undefined)
    return 'end its descriptions with how it is classified: " Protected A." and " Protégé A.", or B';
  return null;
}

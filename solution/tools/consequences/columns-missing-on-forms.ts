import type { SolutionMetadata } from '@crmjira/domain';
import { columnsOfOurs } from '../read/columns-of-ours';
import type { LeftToDo, SourceText } from './check';

/** The form of a table of ours shows every column of ours: what is in no form, nobody can see. */
export function columnsMissingOnForms(solution: SolutionMetadata, sources: readonly SourceText[]): LeftToDo[] {
  const tables = solution.tables.filter(({ isBusinessProcessFlow }) => !isBusinessProcessFlow);
  return tables.flatMap((table) => {
    const folder = `solution/src/Entities/${table.logicalName}/FormXml/main`;
    const form = sources.find(({ path }) => path.startsWith(`${folder}/`));
    if (form === undefined) return [{ file: folder, what: `a main form is missing for ${table.logicalName}` }];
    const shown = new Set([...form.text.matchAll(/datafieldname="([^"]+)"/g)].map((match) => match[1]));
    return columnsOfOurs(table.columns)
      .filter(({ logicalName }) => logicalName !== table.primaryId && !shown.has(logicalName))
      .map(({ logicalName }) => ({
        file: form.path,
        what: `put ${logicalName} on the form: a cell with a control whose datafieldname is ${logicalName}`,
      }));
  });
}

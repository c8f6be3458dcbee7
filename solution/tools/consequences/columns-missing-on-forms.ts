import type { ColumnMetadata, SolutionMetadata, TableMetadata } from '@crmjira/domain';
import { columnsOfOurs } from '../read/columns-of-ours';
import type { LeftToDo, SourceText } from './check';

/** Nothing writes it any more: what it still holds would mislead. */
const isDeprecated = ({ description }: ColumnMetadata): boolean =>
  description?.[1033]?.startsWith('Deprecated:') === true;

/** Columns of ours that the form of their table does not show: what is in no form, nobody can see. */
export function columnsMissingOn(
  { columns, primaryId, isBusinessProcessFlow }: TableMetadata,
  form: string,
): readonly ColumnMetadata[] {
  if (isBusinessProcessFlow) return [];
  const shown = new Set([...form.matchAll(/datafieldname="([^"]+)"/g)].map((match) => match[1]));
  return columnsOfOurs(columns).filter(
    (column) => column.logicalName !== primaryId && !shown.has(column.logicalName) && !isDeprecated(column),
  );
}

/** What `npm run generate` could not put on a form. */
export function columnsMissingOnForms(solution: SolutionMetadata, sources: readonly SourceText[]): LeftToDo[] {
  const tables = solution.tables.filter(({ isBusinessProcessFlow }) => !isBusinessProcessFlow);
  return tables.flatMap((table) => {
    const folder = `solution/src/Entities/${table.logicalName}/FormXml/main`;
    const form = sources.find(({ path }) => path.startsWith(`${folder}/`));
    if (form === undefined) return [{ file: folder, what: `a main form is missing for ${table.logicalName}` }];
    return columnsMissingOn(table, form.text).map(({ logicalName }) => ({
      file: form.path,
      what: `put ${logicalName} on the form: a cell with a control whose datafieldname is ${logicalName}`,
    }));
  });
}

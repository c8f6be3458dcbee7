import type { SolutionMetadata } from '@crmjira/domain';
import type { ColumnFacts, FormDefinition, RelatedTable, SubGridPlacement } from '../contract';
import { type XmlNode, children, text } from './xml-node';

/** Parameters of a sub-grid's control in FormXml. */
export function readSubGrid(control: XmlNode): SubGridPlacement {
  const parameter = (name: string): string => text(children(control, 'parameters', name)[0]);
  return {
    table: parameter('TargetEntityType'),
    viewId: parameter('ViewId').replace(/[{}]/g, '').toLowerCase(),
    relationship: parameter('RelationshipName'),
    rowsPerPage: Number(parameter('RecordsPerPage') || 4),
  };
}

/**
 * What the form's sub-grids must know of their tables, by relationship.
 * @param columnsOf columns of a table, by name
 */
export function relatedTables(
  form: FormDefinition,
  metadata: SolutionMetadata,
  columnsOf: (table: string) => Readonly<Record<string, ColumnFacts>>,
): Record<string, RelatedTable> {
  const cells = form.tabs.flatMap(({ columns }) =>
    columns.flatMap(({ sections }) => sections.flatMap(({ rows }) => rows.flat())),
  );
  const grids = cells.flatMap(({ control }) => control?.subGrid ?? []);
  return Object.fromEntries(
    grids.flatMap(({ table, relationship }) => {
      const found = metadata.relationships.find(({ schemaName }) => schemaName === relationship);
      return found === undefined
        ? []
        : [[relationship, { name: table, lookup: found.referencingColumn, columns: columnsOf(table) }]];
    }),
  );
}

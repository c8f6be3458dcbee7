import type { SolutionMetadata } from '@crmjira/domain';
import type { FormDefinition, RelatedTable, SubGridPlacement, TableDefinition } from '../contract';
import { type XmlNode, children, text } from './xml-node';

/** Parameters of a sub-grid's control in FormXml. */
export function readSubGrid(control: XmlNode): SubGridPlacement {
  const parameter = (name: string): string => text(children(control, 'parameters', name)[0]);
  return {
    table: parameter('TargetEntityType'),
    viewId: idsIn(parameter('ViewId'))[0] ?? '',
    relationship: parameter('RelationshipName'),
    rowsPerPage: Number(parameter('RecordsPerPage') || 4),
    viewSelector: parameter('EnableViewPicker') === 'true',
    viewIds: idsIn(parameter('ViewIds')),
  };
}

const idsIn = (list: string): string[] => list.toLowerCase().match(/[0-9a-f-]{36}/g) ?? [];

/**
 * What the form's sub-grids must know of their tables, by relationship.
 * @param tableNamed a table of the solution, null for one that it does not have
 */
export function relatedTables(
  form: FormDefinition,
  metadata: SolutionMetadata,
  tableNamed: (table: string) => TableDefinition | null,
): Record<string, RelatedTable> {
  const cells = form.tabs.flatMap(({ columns }) =>
    columns.flatMap(({ sections }) => sections.flatMap(({ rows }) => rows.flat())),
  );
  const grids = cells.flatMap(({ control }) => control?.subGrid ?? []);
  return Object.fromEntries(
    grids.flatMap(({ table, relationship }) => {
      const found = metadata.relationships.find(({ schemaName }) => schemaName === relationship);
      const shown = tableNamed(table);
      return found === undefined || shown === null
        ? []
        : [
            [
              relationship,
              { ...shown, lookup: found.referencingColumn, navigationProperty: found.referencingNavigation },
            ],
          ];
    }),
  );
}

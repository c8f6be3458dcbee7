import { Direction } from '../../schema/generated/options';
import type { EnteredMapping } from '../wire';
import type { ColumnFacts, ColumnKind, FieldType, KnownFields, TableFacts } from './columns';
import type { Args, MappingFault } from './mapping-reasons';

const typeOfKind: Readonly<Partial<Record<ColumnKind, FieldType>>> = {
  text: 'text',
  whole: 'number',
  decimal: 'number',
  flag: 'flag',
  date: 'date',
  'date-time': 'date-time',
  choice: 'choice',
  status: 'choice',
};

/** Type of a column as mappings compare it; undefined: not known. Pure. */
export const typeOf = (column: ColumnFacts | undefined): FieldType | undefined =>
  column === undefined ? undefined : typeOfKind[column.kind];

/** Transforms by which the values of a choice go by their words. */
const maps: ReadonlySet<string | null> = new Set(['status-map', 'priority-map', 'choice-map']);

/** Whether a transform is a map of choices. Pure. */
export const isMap = (transform: string | null): boolean => maps.has(transform);

type Found = Omit<MappingFault, 'index' | 'args'> & { readonly args?: Args };

/** What keeps a column from being mapped, whatever stands on the other side; null: nothing. */
function faultOfColumn({ direction, isKey, transform }: EnteredMapping, column: ColumnFacts): Found | null {
  const { kind, canCreate, canUpdate } = column;
  if (kind === 'lookup') return { field: 'sourceField', code: 'lookup' };
  if (kind === 'other') return { field: 'sourceField', code: 'unfit-column' };
  const isWritten = direction !== Direction.Outbound;
  if (isWritten && kind === 'status') return { field: 'direction', code: 'status' };
  if (isWritten && !(isKey ? canCreate : canUpdate)) return { field: 'direction', code: 'read-only' };
  const isChoice = kind === 'choice' || kind === 'status';
  if (isChoice && !isMap(transform)) return { field: 'transform', code: 'choice-map' };
  return !isChoice && isMap(transform) ? { field: 'transform', code: 'no-choice' } : null;
}

/** Rights that rows need: to be read; to be changed where a mapping does; to be made where the key says that there may be more there. */
function rightsOf(mappings: readonly EnteredMapping[]): readonly ('Read' | 'Create' | 'Write')[] {
  const inbound = mappings.filter(({ direction }) => direction !== Direction.Outbound);
  return [
    'Read',
    ...(inbound.some(({ isKey }) => isKey) ? (['Create'] as const) : []),
    ...(inbound.some(({ isKey }) => !isKey) ? (['Write'] as const) : []),
  ];
}

/** The first column that a row cannot be made without, and that nothing maps. */
function unmapped(mappings: readonly EnteredMapping[], { columns }: TableFacts): string | undefined {
  const mapped = new Set(
    mappings
      .filter(({ direction, isKey }) => isKey || direction !== Direction.Outbound)
      .map(({ sourceField }) => sourceField),
  );
  return [...columns].find(([name, { isNeeded }]) => isNeeded && !mapped.has(name))?.[0];
}

/**
 * What keeps mappings between rows of one table and records of a service from working, beside what is wrong with any mapping: found by what
 * Dataverse tells of the table, so that no first write fails of it. Pure.
 */
export function checkRowMappings(mappings: readonly EnteredMapping[], known: KnownFields): readonly MappingFault[] {
  const [first] = mappings;
  if (first === undefined || known.table === undefined) return [];
  const facts = known.table(first.sourceTable);
  const faults: MappingFault[] = [];
  const add = (index: number, { args = {}, ...found }: Found): void => {
    const { sourceField: a, targetField: b, sourceTable: object } = mappings[index] ?? first;
    faults.push({ index, ...found, args: { a, b, object, ...args } });
  };
  for (const [index, mapping] of mappings.entries()) {
    if (mapping.sourceTable !== first.sourceTable) add(index, { field: 'sourceTable', code: 'one-table' });
    const column = facts?.columns.get(mapping.sourceField);
    const fault = column === undefined ? null : faultOfColumn(mapping, column);
    if (fault !== null) add(index, fault);
  }
  const [keyAt, ...others] = mappings.flatMap(({ isKey }, index) => (isKey ? [index] : []));
  if (keyAt === undefined) add(0, { field: 'isKey', code: 'no-key' });
  for (const index of others) add(index, { field: 'isKey', code: 'two-keys' });
  if (facts === null) add(0, { field: 'sourceTable', code: 'table-gone' });
  if (facts === null || facts === undefined) return faults;

  const needed =
    keyAt === undefined || mappings[keyAt]?.direction === Direction.Outbound ? undefined : unmapped(mappings, facts);
  if (keyAt !== undefined && needed !== undefined) add(keyAt, { field: 'direction', code: 'needed', args: { needed } });
  for (const right of rightsOf(mappings)) {
    const privilege = facts.privileges[right];
    if (privilege !== undefined && known.lacks?.has(privilege) === true)
      add(0, { field: 'sourceTable', code: 'no-right', args: { privilege } });
  }
  return faults;
}

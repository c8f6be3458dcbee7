import {
  type ColumnFacts,
  Direction,
  type EnteredMapping,
  type RowValue,
  sentValue,
  type TableFacts,
  takenValue,
  type TypedValue,
} from '@crmjira/domain';
import type { Cell } from '../../../../clients/web-service/expressions/expression-task';
import { ServiceError } from '../../../../clients/web-service/service-error';

/** A record of the service, mapped. */
export interface SeenRecord {
  readonly id: string;
  readonly key: string;
  /** By place of a mapping, as the service holds them. */
  readonly values: readonly RowValue[];
  /** As Dynamics would hold them. */
  readonly taken: readonly RowValue[];
}

/** A mapping with what Dataverse tells of its column. */
export interface MappedField extends EnteredMapping {
  readonly column: ColumnFacts;
}

/** The mappings of one integration, ready to carry values. */
export interface FieldMap {
  readonly fields: readonly MappedField[];
  readonly key: MappedField;
  readonly keyAt: number;
  /** Expressions that are read of each record: of its identifier first, then one a mapping. */
  readonly expressions: readonly string[];
  /** @param cells what the expressions found @throws ServiceError */
  recordOf(cells: readonly Cell[]): SeenRecord;
  /** Key of a record, of which nothing else need be readable; null: it has none. */
  keyOf(cells: readonly Cell[]): string | null;
  /** @throws ServiceError */
  taken(place: number, value: RowValue): RowValue;
  sent(place: number, value: RowValue): TypedValue;
}

const textOf = (cell: Cell | undefined, expression: string): RowValue => {
  if (typeof cell !== 'object' || cell === null) return cell === undefined || cell === '' ? null : cell;
  throw new ServiceError('service-expression-invalid', { expression, why: cell.wrong });
};

/**
 * @param idPath path of a record's identifier; empty: what the key mapping reads
 * @throws ServiceError where a column is gone since they were saved, or none is the key
 */
export function fieldMap(
  mappings: readonly EnteredMapping[],
  idPath: string,
  table: string,
  { columns }: Pick<TableFacts, 'columns'>,
): FieldMap {
  const fields = mappings.map((mapping): MappedField => {
    const column = columns.get(mapping.sourceField);
    if (column === undefined) throw new ServiceError('service-column-gone', { table, column: mapping.sourceField });
    return { ...mapping, column };
  });
  const keyAt = fields.findIndex(({ isKey }) => isKey);
  const key = fields[keyAt];
  if (key === undefined) throw new ServiceError('service-no-identifier');
  const at = (place: number): MappedField => fields[place] ?? key;
  const taken: FieldMap['taken'] = (place, value) => {
    const { transform, column, targetField } = at(place);
    const made = takenValue(value, transform, column);
    if (typeof made !== 'object' || made === null) return made;
    throw new ServiceError('service-value-unfit', { expression: targetField, value: made.wrong.slice(0, 100) });
  };
  return {
    fields,
    key,
    keyAt,
    expressions: [idPath === '' ? key.targetField : idPath, ...fields.map(({ targetField }) => targetField)],
    recordOf: (cells) => {
      const values = fields.map(({ targetField }, place) => textOf(cells[place + 1], targetField));
      const id = idPath === '' ? values[keyAt] : textOf(cells[0], idPath);
      if (id === null || id === undefined) throw new ServiceError('service-no-identifier');
      const takenOf = values.map((value, place) => {
        // What only goes to the service is compared too, but need not fit Dynamics.
        if (at(place).direction !== Direction.Outbound) return taken(place, value);
        const made = takenValue(value, at(place).transform, at(place).column);
        return typeof made === 'object' && made !== null ? value : made;
      });
      return { id, key: takenOf[keyAt] ?? '', values, taken: takenOf };
    },
    keyOf: (cells) => {
      const cell = cells[keyAt + 1];
      const made = typeof cell === 'string' ? takenValue(cell, key.transform, key.column) : null;
      return typeof made === 'string' ? made : null;
    },
    taken,
    sent: (place, value) => sentValue(value, at(place).transform, at(place).column),
  };
}

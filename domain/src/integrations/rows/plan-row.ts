import { Direction } from '../../schema/generated/options';

/** A value of a field, in the one form in which it is compared; null: empty. */
export type RowValue = string | null;

/** A field of a row and of the record that belongs to it, as a mapping joins them. */
export interface FieldFacts {
  /** Place of its mapping in the list. */
  readonly mapping: number;
  readonly direction: Direction;
  readonly isKey: boolean;
  /** What Dynamics holds. */
  readonly row: RowValue;
  /** What the service holds. */
  readonly record: RowValue;
  /** What Dynamics would hold, had it taken the record's. */
  readonly taken: RowValue;
  /** What each side held when it was last accounted for; null: it never was. */
  readonly base: { readonly row: RowValue; readonly record: RowValue } | null;
}

/** Which side keeps its value where both have changed; the other one stands in the conflict. */
export type RowPolicy = 'ask' | 'dynamics' | 'service';

/** Where a field goes. Each is the place of a mapping. */
export interface RowPlan {
  /** The row takes the record's. */
  readonly toRow: readonly number[];
  /** The record gets the row's. */
  readonly toRecord: readonly number[];
  /** Both hold the same, or what changed goes nowhere: the base follows, nothing is written. */
  readonly agreed: readonly number[];
  /** Both sides changed it: a row of its own names the mapping and both values. */
  readonly conflicts: readonly number[];
}

type Goes = keyof RowPlan | 'nowhere';

function whereBothWays({ row, record, taken, base }: FieldFacts, policy: RowPolicy): readonly Goes[] {
  const agrees = row === taken;
  if (base === null) {
    if (agrees) return ['agreed'];
    // The first time that they meet, an empty side has nothing to lose.
    if (row === null) return ['toRow'];
    if (record === null) return ['toRecord'];
  } else {
    const [rowMoved, recordMoved] = [row !== base.row, record !== base.record];
    if (!rowMoved && !recordMoved) return ['nowhere'];
    if (agrees) return ['agreed'];
    if (!recordMoved) return ['toRecord'];
    if (!rowMoved) return ['toRow'];
  }
  if (policy === 'dynamics') return ['conflicts', 'toRecord'];
  if (policy === 'service') return ['conflicts', 'toRow'];
  return ['conflicts'];
}

/** The service decides (inbound), or Dynamics (outbound): what the other side changed goes nowhere, and is not put back either. */
function whereOneWay({ direction, row, record, taken, base }: FieldFacts): Goes {
  const isSame = base !== null && row === base.row && record === base.record;
  if (isSame) return 'nowhere';
  const goes = direction === Direction.Inbound ? 'toRow' : 'toRecord';
  const hasMoved = base === null || (direction === Direction.Inbound ? record !== base.record : row !== base.row);
  return hasMoved && row !== taken ? goes : 'agreed';
}

/**
 * What is left to do for a row and the record that belongs to it, as for links of issues. Nothing is deleted on either side, and a key is
 * never written: it says which records belong together. Pure.
 */
export function planRow(fields: readonly FieldFacts[], policy: RowPolicy): RowPlan {
  const plan: Record<keyof RowPlan, number[]> = { toRow: [], toRecord: [], agreed: [], conflicts: [] };
  for (const field of fields) {
    if (field.isKey) continue;
    const goes = field.direction === Direction.Both ? whereBothWays(field, policy) : [whereOneWay(field)];
    for (const one of goes) if (one !== 'nowhere') plan[one].push(field.mapping);
  }
  return plan;
}

/** Whether nothing is left to do. Pure. */
export const isSettled = (plan: RowPlan): boolean => Object.values(plan).every((places) => places.length === 0);

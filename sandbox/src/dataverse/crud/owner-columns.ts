import { referenceOf, type Reference, type Row, type Value } from '../store/row';
import type { Reader } from '../store/reader';

/** `owninguser`, `owningteam` and `owningbusinessunit` follow from the owner. */
export function owningValues(reader: Reader, owner: Reference): Readonly<Record<string, Value>> {
  const row: Row = reader.get(owner.table, owner.id) ?? {};
  return {
    ownerid: owner,
    owninguser: owner.table === 'systemuser' ? owner : null,
    owningteam: owner.table === 'team' ? owner : null,
    owningbusinessunit: referenceOf(row, 'businessunitid'),
  };
}

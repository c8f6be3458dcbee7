import type { ColumnFacts, ColumnGrant, Persona } from '../../contract';

/** What a person may do with one column, as a code component's parameter says it. */
export interface ColumnRights {
  readonly secured: boolean;
  readonly readable: boolean;
  readonly editable: boolean;
}

/** What stands on a form where a person may not read the column; in lists and views it is empty. */
export const MASK = '******';

const administratorRole = 'System Administrator';
const everything: ColumnGrant = { read: true, create: true, update: true };
const nothing: ColumnGrant = { read: false, create: false, update: false };

/** What the person's column security profiles give on a column of a table; on one that is not secured, everything. */
export function columnGrant(
  persona: Persona,
  table: string,
  column: string,
  facts: Pick<ColumnFacts, 'secured'> | null,
): ColumnGrant {
  if (facts?.secured !== true || persona.roles.some(({ name }) => name === administratorRole)) return everything;
  return persona.columns[`${table}.${column}`] ?? nothing;
}

export function columnRights(
  persona: Persona,
  table: string,
  column: string,
  facts: Pick<ColumnFacts, 'secured'> | null,
  isNew: boolean,
): ColumnRights {
  const { read, create, update } = columnGrant(persona, table, column, facts);
  return { secured: facts?.secured ?? false, readable: read, editable: isNew ? create : update };
}

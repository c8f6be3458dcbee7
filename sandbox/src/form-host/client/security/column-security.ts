import type { ColumnFacts, Persona } from '../../contract';
import { columnWriters } from '../../../dataverse/security/column-writers';

/** What a person may do with one column, as `getUserPrivilege` and a code component's parameter say it. */
export interface ColumnRights {
  readonly secured: boolean;
  readonly readable: boolean;
  readonly editable: boolean;
}

/** The profiles of the solution let everyone read secured columns and the integration's own people write them. */
export function columnRights(facts: Pick<ColumnFacts, 'secured'> | null, persona: Persona): ColumnRights {
  const secured = facts?.secured ?? false;
  return { secured, readable: true, editable: !secured || persona.roles.some(({ name }) => columnWriters.test(name)) };
}

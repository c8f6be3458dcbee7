import type { Persona } from '../../contract';
import type { ColumnValue } from './column';
import type { FormModel } from './form-model';

const numbers = ['money', 'decimal', 'integer', 'choice'];
const OWNER = 'ownerid';

/** What the form of a new row begins with; values of columns that it does not hold are left out. */
export function setDefaultValues(
  model: FormModel,
  values: Readonly<Record<string, string>>,
  { userId, name }: Pick<Persona, 'userId' | 'name'>,
): void {
  for (const column of model.columns.values()) {
    const text = values[column.name];
    if (text !== undefined) column.value = valueOf(text, column.kind);
  }
  const owner = model.columns.get(OWNER);
  // Dataverse gives the row to whoever creates it: nothing that would have to be sent.
  if (owner) owner.value = owner.saved = { id: userId, name, entityType: 'systemuser' };
  model.changed();
}

function valueOf(text: string, kind: string): ColumnValue {
  if (kind === 'boolean') return text === 'true' || text === '1';
  return numbers.includes(kind) ? Number(text) : text;
}

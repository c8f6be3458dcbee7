import { type RawRow, textField } from '@crmjira/form-data';

/** A definition of an environment variable with its current value, as `variableQuery` asks for it. */
export type VariableRow = RawRow;

const VALUES = 'environmentvariabledefinition_environmentvariablevalue';

/** Options that read one environment variable. @param name of ours: it is put into the filter as it is */
export function variableQuery(name: string): string {
  return `?$select=schemaname,defaultvalue&$filter=schemaname eq '${name}'&$expand=${VALUES}($select=value)`;
}

/** Current value of an environment variable, else its default; null when neither is set. */
export function variableOf(definitions: readonly VariableRow[], name: string): string | null {
  const definition = definitions.find((row) => textField(row, 'schemaname')?.toLowerCase() === name.toLowerCase());
  if (definition === undefined) return null;
  const values: unknown = definition[VALUES];
  // an expanded collection is a list of rows
  const [current] = Array.isArray(values) ? (values as readonly RawRow[]) : [];
  return (current && textField(current, 'value')) ?? textField(definition, 'defaultvalue');
}

/** Whether a value says yes, in the ways that people write it. */
export const saysYes = (value: string): boolean => ['yes', 'true', '1', 'on'].includes(value.toLowerCase());

/** An environment variable of the type yes or no. */
export const flagOf = (definitions: readonly VariableRow[], name: string): boolean =>
  saysYes(variableOf(definitions, name) ?? '');

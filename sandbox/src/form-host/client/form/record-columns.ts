import type { HostDefinition } from '../../contract';
import type { Row } from '../web-api/web-api';
import { formattedOf, lookupOf } from '../web-api/row-values';
import { entitySetOf } from '../web-api/tables';
import { type Column, type ColumnValue, isLookup, kindOfType } from './column';

/** Read with every record that has them, on the form or not: header and process need them. */
const states = ['statecode', 'statuscode'];
const CURRENCY = 'transactioncurrencyid';

/** Columns that the form, its header and its process show. */
export function columnsOf(definition: HostDefinition): Map<string, Column> {
  const cells = [
    ...definition.form.header,
    ...definition.form.tabs.flatMap((tab) =>
      tab.columns.flatMap((column) => column.sections.flatMap((section) => section.rows.flat())),
    ),
  ];
  const { primaryName } = definition.table;
  const columns = new Map<string, Column>();
  const add = (name: string, kind: Column['kind']) => {
    const known = columns.get(name);
    if (known && known.kind !== 'custom') return;
    const facts = definition.columns[name] ?? null;
    const native = kind === 'custom' && facts ? kindOfType(facts.type) : kind;
    columns.set(name, {
      name,
      kind: native,
      facts,
      value: null,
      saved: null,
      formatted: null,
      // State and status are Dataverse's to give.
      required: facts?.required && native !== 'status' ? 'required' : 'none',
      submitMode: 'dirty',
      invalid: null,
    });
  };
  for (const { control } of cells) if (control?.column) add(control.column, control.kind);
  for (const stage of definition.process?.stages ?? [])
    for (const step of stage.steps) add(step.column, kindOfType(definition.columns[step.column]?.type ?? 'Money'));
  add(primaryName, 'text');
  for (const name of states) if (name in definition.columns) add(name, 'status');
  return columns;
}

/** `$select` and `$expand` that read the columns, as part of an address. */
export function selectOf(columns: Iterable<Column>, { columns: known }: HostDefinition): string {
  const names = [...columns].map((column) => (column.kind === 'lookup' ? `_${column.name}_value` : column.name));
  if (!(CURRENCY in known)) return `$select=${names.join(',')}`;
  const unique = [...new Set([...names, `_${CURRENCY}_value`])];
  return `$select=${unique.join(',')}&$expand=${CURRENCY}($select=isocurrencycode)`;
}

export function readColumn(row: Row, column: Column): { value: ColumnValue; formatted: string | null } {
  if (column.kind === 'lookup') {
    const lookup = lookupOf(row, column.name);
    return {
      value: lookup && { id: lookup.id, name: lookup.name, entityType: lookup.table },
      formatted: lookup?.name ?? null,
    };
  }
  const value = row[column.name];
  const usable = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  return { value: usable ? value : null, formatted: formattedOf(row, column.name) };
}

export function writeColumn(column: Column): Row {
  const { name, value } = column;
  if (column.kind !== 'lookup') return { [name]: value };
  // A customer has a navigation property for each of its two tables.
  const property = column.facts?.type === 'Customer' && isLookup(value) ? `${name}_${value.entityType}` : name;
  return { [`${property}@odata.bind`]: isLookup(value) ? `/${entitySetOf(value.entityType)}(${value.id})` : null };
}

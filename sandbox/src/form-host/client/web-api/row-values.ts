import type { Row } from './web-api';

const formatted = '@OData.Community.Display.V1.FormattedValue';

export function textOf(row: Row, column: string): string | null {
  const value = row[column];
  return typeof value === 'string' ? value : null;
}

export function numberOf(row: Row, column: string): number | null {
  const value = row[column];
  return typeof value === 'number' ? value : null;
}

/** Display text of a column in the user's language, as Dataverse wrote it. */
export function formattedOf(row: Row, column: string): string | null {
  return textOf(row, `${column}${formatted}`);
}

export function lookupOf(row: Row, column: string): { id: string; name: string; table: string } | null {
  const id = textOf(row, `_${column}_value`);
  if (id === null) return null;
  return {
    id,
    name: formattedOf(row, `_${column}_value`) ?? id,
    table: textOf(row, `_${column}_value@Microsoft.Dynamics.CRM.lookuplogicalname`) ?? '',
  };
}

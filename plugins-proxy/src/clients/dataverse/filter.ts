/** A value inside an OData string literal: quotes are doubled, everything else is the client's business. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

const guidPattern = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** `column eq <guid>`; anything that is no GUID is refused before it gets into a query. */
export function equalsId(column: string, id: string): string {
  if (!guidPattern.test(id)) throw new RangeError(`"${id}" is not a GUID`);
  return `${column} eq ${id}`;
}

/** `(column eq <guid> or column eq <guid>)`, at least one. */
export function equalsOneOf(column: string, ids: readonly string[]): string {
  return `(${ids.map((id) => equalsId(column, id)).join(' or ')})`;
}

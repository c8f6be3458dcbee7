import { type RawRow, isForbidden, textField } from '@crmjira/form-data';

/** Rows of one answer of Dataverse. */
const MOST = 5_000;

/** @throws what the client API throws */
export async function readRows(table: string, query: string): Promise<readonly RawRow[]> {
  const { entities } = await Xrm.WebApi.retrieveMultipleRecords(table, query, MOST);
  return entities;
}

/** As `readRows`; none for those who may not read the table, of which the page tells less then. */
export async function readRowsIfAllowed(table: string, query: string): Promise<readonly RawRow[]> {
  try {
    return await readRows(table, query);
  } catch (error) {
    if (isForbidden(error)) return [];
    throw error;
  }
}

/** Rows of an aggregate or another query that only FetchXML can ask. @throws what the client API throws */
export const fetchRows = (table: string, fetchXml: string): Promise<readonly RawRow[]> =>
  readRows(table, `?fetchXml=${encodeURIComponent(fetchXml)}`);

/** `a in (…)` of FetchXML. */
export const conditionIn = (column: string, values: readonly string[]): string =>
  `<condition attribute="${column}" operator="in">${values.map((value) => `<value>${value}</value>`).join('')}</condition>`;

/** A lookup that was expanded: a row, or nothing. */
export function expandedRow(row: RawRow, lookup: string): RawRow | null {
  const found = row[lookup];
  // an expanded lookup is a nested row, or null
  return typeof found === 'object' && found !== null ? (found as RawRow) : null;
}

/** What a query of connections expands, so that `providerOf` can tell them apart. */
export const WITH_PROVIDER = '$expand=crmjira_provider($select=crmjira_code)';

/** Code of what a connection connects, in lower case; empty where it names none. */
export function providerOf(connection: RawRow): string {
  const provider = expandedRow(connection, 'crmjira_provider');
  return ((provider && textField(provider, 'crmjira_code')) ?? '').trim().toLowerCase();
}

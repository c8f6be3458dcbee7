import { dependencyRowId } from '../../plugins-proxy/src/operations/health/dependency-rows';
import type { PlainWrite } from '../../plugins-proxy/src/clients/dataverse/plain-write';

type Row = Record<string, unknown>;

const dependencyNames = ['jira', 'dataverse', 'budget_source', 'gateway'] as const;

/** Names of a dependency's columns, as a test asks for them beside those of others: `crmjira_health` of Jira is `crmjira_jira_health`. */
const named = (row: Row): Row =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name.replace(/^crmjira_/, `crmjira_${String(row['crmjira_dependency'])}_`),
      value,
    ]),
  );

/** What people see of one connection: columns of its own row and of its dependencies' rows together. */
export function shownOf(connection: Row, dependencies: readonly Row[]): Row {
  return Object.assign({}, connection, ...dependencies.map(named)) as Row;
}

/** The same of what would be written. */
export function shownByWrites(writes: readonly PlainWrite[], connectionId: string): Row {
  const columnsOf = (id: string): Row | null => writes.find((write) => write.id === id)?.columns ?? null;
  const rows = dependencyNames.map((name) => columnsOf(dependencyRowId(connectionId, name)));
  const dependencies = rows.filter((row) => row !== null);
  return shownOf(columnsOf(connectionId) ?? {}, dependencies);
}

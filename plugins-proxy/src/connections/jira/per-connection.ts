import type { JiraConnection } from './jira-connection';

/** Makes something once for each connection; it goes with the connection, and one that was opened anew gets its own. */
export function perConnection<T>(make: (connection: JiraConnection) => T): (connection: JiraConnection) => T {
  const made = new WeakMap<JiraConnection, { readonly of: T }>();
  return (connection) => {
    const known = made.get(connection) ?? { of: make(connection) };
    made.set(connection, known);
    return known.of;
  };
}

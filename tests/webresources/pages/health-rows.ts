type Row = Record<string, unknown>;

const STATE =
  /^crmjira_(jira|dataverse|budget_source|gateway)_((?:health|since|last_good_on|reason|reason_code|response_ms|limit_ms|days_left|waiting|dead_letters))$/;

/** Columns of a connection and of its dependencies, named as `crmjira_jira_health`, as the rows that the page reads. */
export function healthRows(columns: Row): { readonly connection: Row; readonly states: readonly Row[] } {
  const connection: Row = {};
  const states = new Map<string, Row>();
  for (const [name, value] of Object.entries(columns)) {
    const [, dependency, column] = STATE.exec(name) ?? [];
    if (dependency === undefined) {
      connection[name] = value;
      continue;
    }
    const state = states.get(dependency) ?? {
      _crmjira_integration_id_value: columns['crmjira_integrationid'],
      crmjira_dependency: dependency,
    };
    states.set(dependency, { ...state, [`crmjira_${column}`]: value });
  }
  return { connection, states: [...states.values()] };
}

import { process, tables } from '@crmjira/domain';
import type { Row, WebApi } from './people';

/** Tables in which the main job writes. */
const WRITTEN = [
  'opportunity',
  'crmjira_budget_mapping',
  'crmjira_integration_log',
  'crmjira_budget_snapshot',
  'crmjira_budget_alert',
  'crmjira_budget_approval',
  'crmjira_budget_decision',
  'crmjira_command',
  'crmjira_inbound_event',
  'task',
  'email',
] as const satisfies readonly (keyof typeof tables)[];

export type Rows = Readonly<Record<string, readonly Row[]>>;

/** Every row that the integration may write, whole, with its version: nothing that changed goes unseen. */
export async function allRows(tools: WebApi): Promise<Rows> {
  const found: Record<string, readonly Row[]> = {};
  for (const table of WRITTEN) {
    const { entitySet, primaryId } = tables[table];
    found[table] = await tools.rows(`${entitySet}?$orderby=${primaryId}`);
  }
  found['process'] = await tools.rows(`${process.entitySet}?$orderby=businessprocessflowinstanceid`);
  return found;
}

/** Rows that differ between two readings, as `table id`, for a failure that says where to look. */
export function changedRows(before: Rows, after: Rows): string[] {
  return Object.entries(after).flatMap(([table, rows]) => {
    const old = new Set((before[table] ?? []).map((row) => JSON.stringify(row)));
    const gone = (before[table] ?? []).length - rows.length;
    const changed = rows.filter((row) => !old.has(JSON.stringify(row))).map((row) => `${table} ${JSON.stringify(row)}`);
    return gone > 0 ? [...changed, `${table}: ${gone} rows fewer`] : changed;
  });
}

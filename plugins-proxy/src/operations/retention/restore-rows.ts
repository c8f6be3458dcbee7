import { entryOf } from '@crmjira/domain';
import type { DataverseClient } from '../../clients/dataverse/dataverse-client';
import type { Archive, ArchivedRow } from './archive/archive';
import { archivingRules, tableOf } from './retention-rules';
import { writeOnce } from '../../clients/dataverse/write-once';

/** Columns of a restored row that Dataverse takes; those it computes or that name people it sets itself. */
const ownColumn = /^crmjira_/;
const lookup = /^_(crmjira_\w+)_value$/;
/** Target tables of the log's lookups; a lookup of another table is not restored. */
const lookups: Readonly<Record<string, string>> = {
  crmjira_budget_mapping_id: 'crmjira_budget_mappings',
  crmjira_integration_id: 'crmjira_integrations',
};

/** The row as it is written back: same id, same creation date (`overriddencreatedon`). Pure. */
export function restoredColumns(row: ArchivedRow): Record<string, unknown> {
  const columns: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(row.columns)) {
    const bound = lookup.exec(name)?.[1];
    if (bound !== undefined && entryOf(lookups, bound) !== undefined)
      columns[`${bound}@odata.bind`] = `/${entryOf(lookups, bound)}(${String(value)})`;
    // Its own id is in the address.
    else if (ownColumn.test(name) && name !== `${row.table}id`) columns[name] = value;
  }
  return { ...columns, overriddencreatedon: new Date(row.since).toISOString() };
}

/**
 * Brings archived log rows back into Dataverse (R-1509). A row that is still there, or there again, is done.
 * @returns ids that stand in Dataverse now
 */
export async function restoreRows(
  context: {
    readonly dataverse: Pick<DataverseClient, 'changeSet'>;
    readonly archive: Archive;
    readonly now: () => Date;
  },
  rows: readonly ArchivedRow[],
): Promise<readonly string[]> {
  const restored: string[] = [];
  for (const row of rows) {
    const rule = archivingRules.find(({ what, then }) => what === row.table && then === 'move');
    // What was only copied has never left Dataverse.
    if (rule === undefined) continue;
    const write = {
      op: 'create',
      collection: tableOf(rule).entitySet,
      id: row.id,
      columns: restoredColumns(row),
    } as const;
    await writeOnce(context.dataverse, write);
    restored.push(row.id);
    await context.archive.markRestored(row.table, [row.id], context.now().getTime());
  }
  return restored;
}

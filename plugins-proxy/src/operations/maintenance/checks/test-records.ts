import { tables } from '@crmjira/domain';
import { z } from 'zod';
import { equalsId, quoted } from '../../../clients/dataverse/filter';
import { guid, optionalGuid, optionalText } from '../../../clients/dataverse/columns';
import { classifyError } from '../../../platform/errors/classify-error';
import { type Finding, finding, fine } from '../finding';
import type { MaintenanceContext } from '../maintenance-context';

/** What test records are called (case T2): the integration reference begins with it, on the mapping and on its opportunity. */
const testPrefix = 'TEST-';

type TestTable =
  | 'crmjira_budget_decision'
  | 'crmjira_budget_approval'
  | 'crmjira_command'
  | 'crmjira_inbound_event'
  | 'crmjira_budget_mapping';

interface TestRow {
  readonly table: TestTable;
  readonly id: string;
}

const mappingRow = z.object({
  crmjira_budget_mappingid: guid,
  _crmjira_opportunity_id_value: optionalGuid,
  crmjira_jira_project_id: optionalText,
});
const opportunityRow = z.object({ opportunityid: guid });
const reportRow = z.object({ _crmjira_budget_mapping_id_value: optionalGuid });

const filterByReference = `startswith(crmjira_integration_reference,${quoted(testPrefix)})`;

/** Ids of the rows of one table that a filter names. */
async function rowsOf(
  { dataverse }: MaintenanceContext,
  table: TestTable,
  filter: string,
): Promise<readonly TestRow[]> {
  const { entitySet, primaryId } = tables[table];
  const found = await dataverse.batched.many(
    entitySet,
    { select: [primaryId], filter },
    z.record(z.string(), z.unknown()),
  );
  return found.map((row) => ({ table, id: guid.parse(row[primaryId]) }));
}

/** Requests and commands of an opportunity, in the order in which they can be removed: a decision holds its request. */
async function rowsOfOpportunity(context: MaintenanceContext, id: string): Promise<readonly TestRow[]> {
  const filter = equalsId('_crmjira_opportunity_id_value', id);
  const [approvals, commands] = await Promise.all([
    rowsOf(context, 'crmjira_budget_approval', filter),
    rowsOf(context, 'crmjira_command', filter),
  ]);
  const decisions = await Promise.all(
    approvals.map((approval) =>
      rowsOf(context, 'crmjira_budget_decision', equalsId('_crmjira_budget_approval_id_value', approval.id)),
    ),
  );
  return [...decisions.flat(), ...approvals, ...commands];
}

/** What tests have left, in the order in which it can be removed, and how many mappings stay for their final report (R-1232). */
async function readTestRows(
  context: MaintenanceContext,
): Promise<{ readonly rows: readonly TestRow[]; readonly stays: number }> {
  const { dataverse } = context;
  const [mappings, opportunities, reports] = await Promise.all([
    dataverse.many(
      tables.crmjira_budget_mapping.entitySet,
      { select: Object.keys(mappingRow.shape), filter: filterByReference },
      mappingRow,
    ),
    dataverse.many(
      tables.opportunity.entitySet,
      { select: Object.keys(opportunityRow.shape), filter: filterByReference },
      opportunityRow,
    ),
    dataverse.many(tables.crmjira_final_report.entitySet, { select: Object.keys(reportRow.shape) }, reportRow),
  ]);
  const reported = new Set(reports.map((row) => row._crmjira_budget_mapping_id_value));
  const kept = mappings.filter((row) => reported.has(row.crmjira_budget_mappingid));
  const removable = mappings.filter((row) => !kept.includes(row));
  // The opportunity keeps its reference: it tells of a test whose mapping went before.
  const owners = new Set([
    ...opportunities.map(({ opportunityid }) => opportunityid),
    ...removable.flatMap(({ _crmjira_opportunity_id_value: id }) => id ?? []),
  ]);
  for (const { _crmjira_opportunity_id_value: id } of kept) if (id !== null) owners.delete(id);
  const [ofOpportunities, events] = await Promise.all([
    Promise.all([...owners].map((id) => rowsOfOpportunity(context, id))),
    Promise.all(
      removable.flatMap(({ crmjira_jira_project_id: project }) =>
        project === null || project === ''
          ? []
          : rowsOf(context, 'crmjira_inbound_event', `crmjira_project_id eq ${quoted(project)}`),
      ),
    ),
  ]);
  const own = removable.map((row): TestRow => ({ table: 'crmjira_budget_mapping', id: row.crmjira_budget_mappingid }));
  return { rows: [...ofOpportunities.flat(), ...events.flat(), ...own], stays: kept.length };
}

function countByTable(rows: readonly TestRow[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { table } of rows) counts[table] = (counts[table] ?? 0) + 1;
  return counts;
}

const inWords = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([table, count]) => `${count} ${table}`)
    .join(', ');

/**
 * R-1503: what tests have left in our tables. In production, and where no account may remove anything, it is only counted; elsewhere it is
 * removed: decisions and requests for approval, commands, inbound events and the mapping, with which its alerts, categories, snapshots and
 * allocations go. A mapping with a final report stays, with all that belongs to it, and log rows stay until they are archived (R-1232). What is refused stops nothing else.
 */
export async function testRecords(context: MaintenanceContext): Promise<Finding> {
  const { remover, config } = context;
  const { rows, stays } = await readTestRows(context);
  const looked = rows.length + stays;
  const found = countByTable(rows);
  const staying = stays === 0 ? '' : ` ${stays} with a final report stay.`;
  if (config.environment === 'production') {
    const words = `Refused, as this is production; ${looked} records belong to tests (${testPrefix}…)`;
    return looked > 0
      ? finding(`${words}: ${inWords(found)}.${staying}`, { looked, figures: { refused: true, found, stays } })
      : fine(`${words}.`, { looked, figures: { refused: true } });
  }
  if (rows.length === 0) return fine(`There are no test records to remove.${staying}`, { looked, figures: { stays } });
  if (remover === null)
    return finding(
      `${rows.length} test records (${inWords(found)}); no account may remove them (RETENTION_CLIENT_ID).${staying}`,
      { looked, figures: { removed: 0, found, stays } },
    );
  const refused: TestRow[] = [];
  const reasons = new Set<string>();
  for (const row of rows) {
    try {
      await remover.remove(tables[row.table].entitySet, row.id);
    } catch (thrown) {
      refused.push(row);
      reasons.add(classifyError(thrown).message);
    }
  }
  const left = countByTable(refused);
  const done = countByTable(rows.filter((row) => !refused.includes(row)));
  const removed = rows.length - refused.length;
  const figures = { removed, done, left, stays };
  const words = `${removed} test records removed${removed === 0 ? '' : ` (${inWords(done)})`}.${staying}`;
  if (refused.length === 0) return fine(words, { looked, figures });
  return finding(`${words} Could not be removed: ${inWords(left)}. ${[...reasons].join(' ')}`, { looked, figures });
}

import { IntegrationStatus, tables } from '@crmjira/domain';
import { z } from 'zod';
import {
  guid,
  optionalGuid,
  optionalInstant,
  optionalNumber,
  optionalText,
  text,
} from '../../clients/dataverse/columns';
import { readLogRows } from '../../operations/maintenance/checks/log-rows';
import { withStoreReads } from '../with-store';
import type { Session } from '../session';
import { type Check, failed, type Finding, ok, warning } from './check';

const dayMs = 86_400_000;
/** R-1106: what waits for longer than this, in milliseconds, is late. */
const lateMs = 5 * 60_000;

const mappingRow = z.object({
  crmjira_budget_mappingid: guid,
  crmjira_jira_project_key: text,
  crmjira_approved_budget: z.number(),
  crmjira_spent_amount: z.number(),
  crmjira_remaining_budget: z.number(),
  crmjira_utilization: optionalNumber,
  crmjira_jira_amount: optionalNumber,
  crmjira_last_sync_date: optionalInstant,
  _transactioncurrencyid_value: optionalGuid,
});
type MappingRow = z.output<typeof mappingRow>;
const cents = (amount: number): number => Math.round(amount * 100);

/** Mappings whose remaining amount is not approved − spent. Pure. */
export const wrongRemainders = (rows: readonly MappingRow[]): readonly MappingRow[] =>
  rows.filter(
    (row) =>
      cents(row.crmjira_remaining_budget) !== cents(row.crmjira_approved_budget) - cents(row.crmjira_spent_amount),
  );

/** Mappings with an amount of more than two decimals, or a utilization that does not fit the amounts. Pure. */
export function wrongNumbers(rows: readonly MappingRow[]): readonly MappingRow[] {
  const isWhole = (amount: number): boolean =>
    Math.abs(amount * 100 - cents(amount)) < 1e-6 * Math.max(1, Math.abs(amount));
  return rows.filter((row) => {
    const { crmjira_approved_budget: approved, crmjira_spent_amount: spent, crmjira_utilization: utilization } = row;
    const fits = utilization === null || approved === 0 || Math.abs((100 * spent) / approved - utilization) <= 0.051;
    return !fits || ![approved, spent, row.crmjira_remaining_budget].every(isWhole);
  });
}

const keys = (rows: readonly MappingRow[]): string => rows.map((row) => row.crmjira_jira_project_key).join(', ');

async function mappings({ dataverse, config }: Session): Promise<readonly MappingRow[]> {
  const { entitySet } = tables.crmjira_budget_mapping;
  const filter = `_crmjira_integration_id_value eq ${config.connectionId}`;
  return dataverse.many(entitySet, { select: Object.keys(mappingRow.shape), filter }, mappingRow);
}

async function intake(session: Session, now: () => Date): Promise<Finding> {
  const seen = await withStoreReads(session.config.store, async (store) => {
    const { pending, dead, oldestDueAgeMs, deliveries } = await store.statistics(now().getTime());
    return { pending, dead, late: (oldestDueAgeMs ?? 0) > lateMs, taken: `${deliveries.accepted} deliveries kept` };
  });
  const synced = (await mappings(session)).map((row) => row.crmjira_last_sync_date ?? '').sort();
  const words = `${seen.taken}, ${seen.pending} jobs wait, ${seen.dead} given up; last applied ${synced.at(-1) || 'never'}`;
  return seen.late || seen.dead > 0 ? failed(words, '') : ok(words);
}

async function runHistory({ dataverse }: Session, now: () => Date): Promise<Finding> {
  const rows = await readLogRows(dataverse, new Date(now().getTime() - dayMs), now());
  const failures = rows.filter((row) => row.crmjira_integration_status === IntegrationStatus.Failed);
  const newest = failures.map((row) => row.crmjira_error_message ?? '').at(-1);
  const words = `${rows.length} rows in 24 hours, ${failures.length} failed`;
  if (rows.length === 0) return warning(`${words}: nothing was logged`, '');
  return failures.length === 0 ? ok(words) : warning(`${words}; one of them: ${newest ?? ''}`, '');
}

const slowRow = z.object({
  crmjira_duration_ms: optionalNumber,
  crmjira_correlation_id: optionalText,
  crmjira_event_type: optionalText,
});

async function slowestRuns({ dataverse }: Session, now: () => Date): Promise<Finding> {
  const since = new Date(now().getTime() - dayMs).toISOString();
  const rows = await dataverse.many(
    tables.crmjira_integration_log.entitySet,
    {
      select: Object.keys(slowRow.shape),
      filter: `createdon ge ${since} and crmjira_duration_ms ne null`,
      orderBy: ['crmjira_duration_ms desc'],
      top: 3,
    },
    slowRow,
  );
  const told = rows.map(
    (row) => `${row.crmjira_duration_ms} ms ${row.crmjira_event_type ?? ''} ${row.crmjira_correlation_id ?? ''}`,
  );
  const slow = rows.some((row) => (row.crmjira_duration_ms ?? 0) > lateMs);
  const words = rows.length === 0 ? 'no run was measured in 24 hours' : told.join('; ');
  return slow ? warning(words, '') : ok(words);
}

/** Checks of what the rows say, for the walks (R-1409). */
export function dataChecks(session: Session, now: () => Date): readonly Check[] {
  const check = (id: string, title: string, look: () => Promise<Finding>): Check => ({ id, title, remedy: '', look });
  const over = (id: string, title: string, wrong: (rows: readonly MappingRow[]) => readonly MappingRow[]): Check =>
    check(id, title, async () => {
      const rows = await mappings(session);
      const found = wrong(rows);
      return found.length === 0
        ? ok(`${rows.length} mappings`)
        : failed(`${found.length} of ${rows.length}: ${keys(found)}`, '');
    });
  return [
    check('intake', 'What came in and what waits', () => intake(session, now)),
    check('run-history', 'Runs of the last 24 hours', () => runHistory(session, now)),
    check('slowest-runs', 'Slowest runs of the last 24 hours', () => slowestRuns(session, now)),
    over('calculation', 'Remaining = approved − spent', wrongRemainders),
    over('number-format', 'Decimals and utilization', wrongNumbers),
    check('currency', 'Currencies of the mappings', async () => {
      const [rows, currencies] = await Promise.all([mappings(session), session.environmentSettings.currencies()]);
      const codes = rows.flatMap((row) =>
        row._transactioncurrencyid_value === null ? [] : [currencies.codeOf(row._transactioncurrencyid_value)],
      );
      const bare = rows.filter((row) => row._transactioncurrencyid_value === null);
      const words = `${rows.length} mappings in ${[...new Set(codes)].sort().join(', ') || 'no currency'}`;
      return bare.length === 0 ? ok(words) : failed(`without a currency: ${keys(bare)}`, '');
    }),
    over('discrepancies', 'Amount in Jira is the approved one', (rows) =>
      rows.filter(
        ({ crmjira_jira_amount: there, crmjira_approved_budget: here }) =>
          there !== null && cents(there) !== cents(here),
      ),
    ),
  ];
}

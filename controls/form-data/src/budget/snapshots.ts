import { type BudgetSnapshotRow, type Money, moneyFromDecimal } from '@crmjira/domain';
import { columnsOf, readColumns, selectOf } from '../row/columns';
import type { Mapping } from './mapping';
import type { RawRow } from '../row/row-fields';

/** Figures at the end of one UTC day (D-3.10). */
export interface Snapshot {
  /** calendar day `yyyy-MM-dd` */
  readonly day: string;
  readonly spent: Money;
  readonly approved: Money;
  readonly hours: number | null;
  readonly remainingHours: number | null;
  /** 0…1, null without estimates */
  readonly doneFraction: number | null;
}

/** More than three years of days: the longest budget period with room. Of a longer history the newest days are read (F-511). */
const SNAPSHOT_PAGE = 1_200;

const { number, date } = columnsOf<BudgetSnapshotRow>();

const COLUMNS = {
  day: date('crmjira_snapshot_date'),
  spent: number('crmjira_spent_amount'),
  approved: number('crmjira_approved_budget'),
  hours: number('crmjira_total_hours'),
  remainingHours: number('crmjira_remaining_estimate_hours'),
  doneFraction: number('crmjira_done_fraction'),
};

export const SNAPSHOT_SELECT = selectOf(COLUMNS);

/** Rows whose day or money is hidden are left out. @param currency ISO code of the mapping */
export function parseSnapshots(rows: readonly RawRow[], currency: string): readonly Snapshot[] {
  return rows.flatMap((row) => {
    const { day, spent, approved, ...rest } = readColumns(row, COLUMNS);
    if (day === null || spent === null || approved === null) return [];
    const money = (value: number): Money => moneyFromDecimal(value, currency);
    return [{ ...rest, day: day.slice(0, 10), spent: money(spent), approved: money(approved) }];
  });
}

/** The history of a mapping, oldest day first. */
export async function readSnapshots(
  webApi: Pick<ComponentFramework.WebApi, 'retrieveMultipleRecords'>,
  mapping: Pick<Mapping, 'id' | 'currency'>,
): Promise<readonly Snapshot[]> {
  const answer = await webApi.retrieveMultipleRecords(
    'crmjira_budget_snapshot',
    `${SNAPSHOT_SELECT}&$filter=_crmjira_budget_mapping_id_value eq ${mapping.id}&$orderby=crmjira_snapshot_date desc`,
    SNAPSHOT_PAGE,
  );
  return [...parseSnapshots(answer.entities, mapping.currency.code)].sort((one, other) =>
    one.day < other.day ? -1 : 1,
  );
}

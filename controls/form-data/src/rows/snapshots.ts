import type { Money } from '@crmjira/domain';
import type { Mapping } from './mapping';
import { type RawRow, dateField, moneyField, numberField } from './row-fields';

/** Figures at the end of one UTC day (DATA-MODEL 3.10). */
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

/** Reads the history of a mapping; part of the control that draws it. */
export type SnapshotReader = (
  webApi: Pick<ComponentFramework.WebApi, 'retrieveMultipleRecords'>,
  mapping: Mapping,
) => Promise<readonly Snapshot[]>;

export const readSnapshots: SnapshotReader = async (webApi, mapping) => {
  const answer = await webApi.retrieveMultipleRecords(
    'crmjira_budget_snapshot',
    snapshotQuery(mapping.id),
    SNAPSHOT_PAGE,
  );
  return parseSnapshots(answer.entities, mapping.currency.code);
};

/** More than three years of days: the longest budget period with room. */
export const SNAPSHOT_PAGE = 1_200;

/** @param mappingId lower-case GUID */
export function snapshotQuery(mappingId: string): string {
  return (
    '?$select=crmjira_snapshot_date,crmjira_spent_amount,crmjira_approved_budget,crmjira_total_hours,' +
    'crmjira_remaining_estimate_hours,crmjira_done_fraction' +
    `&$filter=_crmjira_budget_mapping_id_value eq ${mappingId}&$orderby=crmjira_snapshot_date asc`
  );
}

/** Ascending by day; rows whose day or money is hidden are left out. @param currency ISO code of the mapping */
export function parseSnapshots(rows: readonly RawRow[], currency: string): readonly Snapshot[] {
  return rows
    .flatMap((row) => {
      const day = dateField(row, 'crmjira_snapshot_date')?.slice(0, 10);
      const spent = moneyField(row, 'crmjira_spent_amount', currency);
      const approved = moneyField(row, 'crmjira_approved_budget', currency);
      if (!day || spent === null || approved === null) return [];
      return [
        {
          day,
          spent,
          approved,
          hours: numberField(row, 'crmjira_total_hours'),
          remainingHours: numberField(row, 'crmjira_remaining_estimate_hours'),
          doneFraction: numberField(row, 'crmjira_done_fraction'),
        },
      ];
    })
    .sort((a, b) => (a.day < b.day ? -1 : 1));
}

import type { WorkEstimate } from '@crmjira/domain';
import { type RawRow, numberField, textField } from '@crmjira/form-data';

export type WebApi = Pick<ComponentFramework.WebApi, 'createRecord' | 'retrieveRecord' | 'retrieveMultipleRecords'>;

/** From a mapping to its burn history. */
const SNAPSHOTS = 'crmjira_budget_mapping_budget_snapshot';

/** What the newest snapshot of each mapping says about the work that is left, by the mapping's id; in one question. */
export async function readEstimates(
  webApi: WebApi,
  ids: readonly string[],
): Promise<Readonly<Record<string, WorkEstimate>>> {
  if (!ids.length) return {};
  const { entities } = await webApi.retrieveMultipleRecords(
    'crmjira_budget_mapping',
    `?$select=crmjira_budget_mappingid&$filter=Microsoft.Dynamics.CRM.In(PropertyName='crmjira_budget_mappingid',PropertyValues=['${ids.join("','")}'])&$expand=${SNAPSHOTS}($select=crmjira_remaining_estimate_hours,crmjira_done_fraction;$orderby=crmjira_snapshot_date desc;$top=1)`,
  );
  return Object.fromEntries(
    entities.map((row: RawRow) => {
      // An expanded collection is an array of rows; each column is checked when it is read.
      const [newest = {}] = row[SNAPSHOTS] as readonly RawRow[];
      return [
        String(row['crmjira_budget_mappingid']),
        {
          remainingHours: numberField(newest, 'crmjira_remaining_estimate_hours'),
          doneFraction: numberField(newest, 'crmjira_done_fraction'),
        },
      ];
    }),
  );
}

/** ISO code and sign of a currency. */
export interface Currency {
  readonly code: string | null;
  readonly symbol: string | null;
  /** the organization's own */
  readonly isBase: boolean;
}

/** The currencies of the organization by their id. */
export async function readCurrencies(webApi: WebApi): Promise<Readonly<Record<string, Currency>>> {
  const query = '?$select=isocurrencycode,currencysymbol,exchangerate';
  const { entities } = await webApi.retrieveMultipleRecords('transactioncurrency', query);
  return Object.fromEntries(
    entities.map((row: RawRow) => [
      String(row['transactioncurrencyid']),
      {
        code: textField(row, 'isocurrencycode'),
        symbol: textField(row, 'currencysymbol'),
        // The platform keeps the rate of its own currency at exactly 1.
        isBase: numberField(row, 'exchangerate') === 1,
      },
    ]),
  );
}

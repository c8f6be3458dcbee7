import { type RawRow, numberField, textField } from '@crmjira/form-data';

/** Table of hours and cost per person and month; only the role Worklog Viewer may read it (R-2304). */
export const ALLOCATION = 'crmjira_resource_allocation';

/** What one person did in one month. */
export interface PersonMonth {
  /** `yyyy-MM` */
  readonly month: string;
  readonly person: string;
  /** hundredths of an hour */
  readonly hours: number;
  /** hundredths of the currency, the precision of every amount in Dataverse */
  readonly cost: number;
}

/** Cumulative figures at the end of a day, in hundredths. */
export interface DayOfHistory {
  /** `yyyy-MM` */
  readonly month: string;
  readonly hours: number;
  readonly cost: number;
}

type WebApi = Pick<ComponentFramework.WebApi, 'retrieveMultipleRecords'>;

/** More rows than any budget period brings. */
const MOST = 5_000;

async function read(webApi: WebApi, table: string, mappingId: string, columns: string): Promise<readonly RawRow[]> {
  const [first] = columns.split(',');
  const query = `?$select=${columns}&$filter=_crmjira_budget_mapping_id_value eq ${mappingId}&$orderby=${first} asc`;
  return (await webApi.retrieveMultipleRecords(table, query, MOST)).entities;
}

const month = (row: RawRow, column: string): string => (textField(row, column) ?? '').slice(0, 7);
const hundredths = (row: RawRow, column: string): number => Math.round((numberField(row, column) ?? 0) * 100);

/** Ascending by month. A person-month whose worklogs were all deleted stays as a row of zeros and is left out. */
export async function readAllocation(webApi: WebApi, mappingId: string): Promise<PersonMonth[]> {
  const columns = 'crmjira_month,crmjira_person,crmjira_hours,crmjira_cost';
  return (await read(webApi, ALLOCATION, mappingId, columns))
    .map((row) => ({
      month: month(row, 'crmjira_month'),
      person: textField(row, 'crmjira_person') ?? '',
      hours: hundredths(row, 'crmjira_hours'),
      cost: hundredths(row, 'crmjira_cost'),
    }))
    .filter(({ hours, cost }) => hours !== 0 || cost !== 0);
}

/** The burn history of a mapping, ascending by day. */
export async function readHistory(webApi: WebApi, mappingId: string): Promise<DayOfHistory[]> {
  const columns = 'crmjira_snapshot_date,crmjira_total_hours,crmjira_spent_amount';
  return (await read(webApi, 'crmjira_budget_snapshot', mappingId, columns)).map((row) => ({
    month: month(row, 'crmjira_snapshot_date'),
    hours: hundredths(row, 'crmjira_total_hours'),
    cost: hundredths(row, 'crmjira_spent_amount'),
  }));
}

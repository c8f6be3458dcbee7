import { RowState, type TimeRecordRow } from '@crmjira/domain';
import { type OwnConnection, columnsOf, numberField, readColumns } from '@crmjira/form-data';
import type { PageFormat } from '../platform/page-format';
import { ownConnection } from '../../commands/own-connection';
import { fetchRows } from '../platform/read-rows';
import type { PeriodView } from '../time-sync/period';
import type { Unlinked } from './backfill-view';

const TABLE = 'crmjira_time_record';
/** Records that are looked through at a time, and synced by one command. */
export const MOST = 1_000;

const { text, date } = columnsOf<TimeRecordRow>();
const COLUMNS = {
  id: text('crmjira_time_recordid'),
  subject: text('crmjira_subject'),
  externalLink: text('crmjira_external_link'),
  notes: text('crmjira_notes'),
  timeIn: date('crmjira_time_in'),
  timeOut: date('crmjira_time_out'),
};

/** The person's own records of a period that have no issue. */
function filterOf({ from, to }: PeriodView, format: PageFormat): string {
  const bound = (operator: 'ge' | 'lt', instant: string): string =>
    `<condition attribute="crmjira_time_in" operator="${operator}" value="${instant}" />`;
  return (
    '<filter><condition attribute="ownerid" operator="eq-userid" />' +
    `<condition attribute="statecode" operator="eq" value="${RowState.Active}" />` +
    '<condition attribute="crmjira_jira_issue_key" operator="null" />' +
    (from === '' ? '' : bound('ge', format.startOf(from))) +
    `${to === '' ? '' : bound('lt', format.startOf(to, 1))}</filter>`
  );
}

export interface Unread {
  readonly count: number;
  /** null: keys cannot be checked */
  readonly connection: OwnConnection | null;
}

/** How many there are, and by which Jira their keys are checked. @throws what the client API throws */
export async function readCount(period: PeriodView, format: PageFormat): Promise<Unread> {
  const [rows, connection] = await Promise.all([
    fetchRows(
      TABLE,
      `<fetch aggregate="true"><entity name="${TABLE}"><attribute name="${TABLE}id" alias="found" aggregate="count" />` +
        `${filterOf(period, format)}</entity></fetch>`,
    ),
    ownConnection(),
  ]);
  return { count: (rows[0] && numberField(rows[0], 'found')) ?? 0, connection };
}

/** Newest first. @throws what the client API throws */
export async function readUnlinked(period: PeriodView, format: PageFormat): Promise<readonly Unlinked[]> {
  const attributes = Object.values(COLUMNS).map(({ column }) => `<attribute name="${column}" />`);
  const rows = await fetchRows(
    TABLE,
    `<fetch top="${MOST}"><entity name="${TABLE}">${attributes.join('')}${filterOf(period, format)}` +
      '<order attribute="crmjira_time_in" descending="true" /></entity></fetch>',
  );
  return rows.map((row) => {
    const { id, subject, timeIn, timeOut, externalLink, notes } = readColumns(row, COLUMNS);
    const seconds =
      timeIn === null || timeOut === null ? null : Math.round((Date.parse(timeOut) - Date.parse(timeIn)) / 1_000);
    return { id: id ?? '', subject: subject ?? '', timeIn: timeIn ?? '', seconds, externalLink, notes };
  });
}

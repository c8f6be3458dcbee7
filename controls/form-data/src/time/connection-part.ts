import { type JiraConnectionRow, RowState } from '@crmjira/domain';
import { type Values, columnsOf, readColumns, selectOf } from '../row/columns';
import type { RawRow } from '../row/row-fields';
import type { WebApi } from '../store/desk';
import type { Part } from '../store/part';

const { text, flag } = columnsOf<JiraConnectionRow>();

const COLUMNS = {
  id: text('crmjira_jira_connectionid'),
  url: text('crmjira_jira_url'),
  reason: text('crmjira_last_test_reason'),
  isWorking: flag('crmjira_last_test_ok'),
  /** what is changed in Jira arrives here */
  isInbound: flag('crmjira_inbound'),
};

/** The connection by which this person's time goes to Jira, under their own name. */
export type OwnConnection = Values<typeof COLUMNS>;

const SELECT = selectOf(COLUMNS);

/** Null: this person has none that is active. */
export async function readConnection(webApi: Pick<WebApi, 'retrieveMultipleRecords'>): Promise<OwnConnection | null> {
  const { entities } = await webApi.retrieveMultipleRecords(
    'crmjira_jira_connection',
    `${SELECT}&$filter=Microsoft.Dynamics.CRM.EqualUserId(PropertyName='crmjira_user')` +
      ` and crmjira_is_active eq true and statecode eq ${RowState.Active}`,
  );
  // An entity of the answer is an object of columns; each column is checked when it is read.
  const [row] = entities as readonly RawRow[];
  return row ? readColumns(row, COLUMNS) : null;
}

export const connectionPart: Part<'connection', OwnConnection | null> = {
  name: 'connection',
  select: SELECT,
  read: ({ webApi }) => readConnection(webApi),
};

import { type JiraProjectRow, RowState } from '@crmjira/domain';
import { type Values, columnsOf, readColumns, selectOf } from '../row/columns';
import type { RawRow } from '../row/row-fields';
import type { Part } from '../store/part';

const { text } = columnsOf<JiraProjectRow>();

const COLUMNS = {
  id: text('crmjira_jira_projectid'),
  name: text('crmjira_name'),
  opportunity: text('_crmjira_opportunity_value'),
  product: text('_crmjira_product_value'),
  key: text('crmjira_project_key'),
};

/** A Jira project in which issues may be created. */
export type OfferedProject = Values<typeof COLUMNS>;

const SELECT = selectOf(COLUMNS);

/** Read once a form. One that is gone from Jira is inactive. */
export const projectPart: Part<'projects', readonly OfferedProject[]> = {
  name: 'projects',
  select: SELECT,
  apart: true,
  async read({ webApi }) {
    const { entities } = await webApi.retrieveMultipleRecords(
      'crmjira_jira_project',
      `${SELECT}&$filter=crmjira_is_offered eq true and crmjira_is_archived ne true and statecode eq ${RowState.Active}` +
        '&$orderby=crmjira_project_key',
    );
    return (entities as readonly RawRow[]).map((row) => readColumns(row, COLUMNS));
  },
  stands: () => true,
};

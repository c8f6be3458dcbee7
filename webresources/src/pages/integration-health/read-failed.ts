import { RowState } from '@crmjira/domain';
import { textField } from '@crmjira/form-data';

/** Rows a press: what is beyond is found by the next one, once these have their answer. */
const MOST = 250;

/** Opportunities whose mapping keeps the error of its last sync, the one left alone longest first. @throws what the client API throws */
export async function readFailed(): Promise<readonly string[]> {
  const { entities } = await Xrm.WebApi.retrieveMultipleRecords(
    'crmjira_budget_mapping',
    `?$select=_crmjira_opportunity_id_value&$filter=crmjira_last_error ne null and statecode eq ${RowState.Active}` +
      `&$orderby=modifiedon asc&$top=${MOST}`,
  );
  return [...new Set(entities.flatMap((row) => textField(row, '_crmjira_opportunity_id_value') ?? []))];
}

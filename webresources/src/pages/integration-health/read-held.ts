import { type RawRow, dateField, formattedField, textField } from '@crmjira/form-data';

/** A project that waits for an administrator (R-2305). */
export interface HeldProject {
  readonly opportunityId: string;
  readonly name: string;
  readonly reference: string;
  /** ISO instant */
  readonly heldOn: string;
}

/** Rows of one page of Dataverse; a bulk import is smaller. */
const MOST = 5_000;

/** Projects that were held back and are neither released nor created, the longest waiting first. @throws what the client API throws */
export async function readHeld(): Promise<readonly HeldProject[]> {
  const { entities } = await Xrm.WebApi.retrieveMultipleRecords(
    'crmjira_budget_mapping',
    '?$select=crmjira_integration_reference,crmjira_held_on,crmjira_released_on,_crmjira_opportunity_id_value' +
      '&$filter=crmjira_held_on ne null and crmjira_jira_project_id eq null&$orderby=crmjira_held_on asc',
    MOST,
  );
  return entities.flatMap((row: RawRow) => {
    const [heldOn, releasedOn] = [dateField(row, 'crmjira_held_on'), dateField(row, 'crmjira_released_on')];
    const opportunityId = textField(row, '_crmjira_opportunity_id_value');
    if (heldOn === null || opportunityId === null) return [];
    if (releasedOn !== null && Date.parse(releasedOn) >= Date.parse(heldOn)) return [];
    const reference = textField(row, 'crmjira_integration_reference') ?? '';
    const name = formattedField(row, '_crmjira_opportunity_id_value') ?? reference;
    return [{ opportunityId, name, reference, heldOn }];
  });
}

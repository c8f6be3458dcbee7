import { textField } from '@crmjira/form-data';

/** Names of opportunities by their ids; one that is gone, or that the person may not read, has none. @param ids ten or so */
export async function readNames(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const filter = [...new Set(ids)].map((id) => `opportunityid eq ${id}`).join(' or ');
  const { entities } = await Xrm.WebApi.retrieveMultipleRecords('opportunity', `?$select=name&$filter=${filter}`);
  return new Map(
    entities.map((row) => [textField(row, 'opportunityid')?.toLowerCase() ?? '', textField(row, 'name') ?? '']),
  );
}

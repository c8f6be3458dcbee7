import { textOf } from '../web-api/row-values';
import { readRow } from '../web-api/web-api';

/**
 * What a person may do with one row, such as `WriteAccess`: by roles, ownership and shares, as Dataverse judges it.
 * @param address of the row, in the Web API
 */
export async function readAccess(userId: string, address: string): Promise<ReadonlySet<string>> {
  const target = encodeURIComponent(JSON.stringify({ '@odata.id': address }));
  const answer = await readRow(
    `systemusers(${userId})/Microsoft.Dynamics.CRM.RetrievePrincipalAccess(Target=@t)?@t=${target}`,
  );
  return new Set((answer && textOf(answer, 'AccessRights'))?.split(', '));
}

import { DataverseError, noSuchRow, noSuchSegment, notAllowed, payloadError } from '../errors';
import { linkRows, unlinkRows } from '../crud/link-rows';
import { isBody } from '../crud/read-payload';
import { parseBody } from '../crud/request-body';
import { noContent, type ApiResponse } from '../http/api-message';
import { inTransaction, type Session } from '../http/session';
import { isGuid } from '../guid';
import type { Table } from '../metadata/schema';
import { requireAccess } from '../security/access';
import type { Row } from '../store/row';

/** Source: learn.microsoft.com "Dataverse: web service error codes". */
const messages = {
  AddMembersTeam: { code: '0x8004830b', verb: 'add members to' },
  RemoveMembersTeam: { code: '0x8004830c', verb: 'remove members from' },
} as const;

function membersOf(session: Session): readonly string[] {
  const { Members: given } = parseBody(session.request.body);
  if (!Array.isArray(given)) throw payloadError("The parameter 'Members' is missing.");
  return given.map((member: unknown) => {
    const id = isBody(member) ? member['systemuserid'] : undefined;
    if (typeof id !== 'string' || !isGuid(id)) throw payloadError("A member has no 'systemuserid'.");
    return id.toLowerCase();
  });
}

/**
 * `teams(id)/Microsoft.Dynamics.CRM.AddMembersTeam` and its opposite, which need the right to write the team (learn.microsoft.com "AddMembersTeam
 * message privileges"). Who is a member already, or is none, is no error.
 */
export async function changeMembers(
  name: keyof typeof messages,
  session: Session,
  table: Table,
  row: Row,
): Promise<ApiResponse> {
  if (table.logicalName !== 'team') throw noSuchSegment(`Microsoft.Dynamics.CRM.${name}`);
  if (session.request.method !== 'POST') throw notAllowed(session.request.method);
  requireAccess(session.caller, 'Write', table, row);
  const { code, verb } = messages[name];
  const teamId = String(row['teamid']);
  if (row['isdefault'] === true)
    throw new DataverseError(400, code, `Can't ${verb} the default business unit team (TeamId = ${teamId}).`);
  const navigation = table.collections.get('teammembership_association');
  if (navigation === undefined) throw noSuchSegment('teammembership_association');
  await inTransaction(session, async (operation) => {
    const asSystem = { ...operation, asSystem: true };
    for (const id of membersOf(session)) {
      if (operation.tx.get('systemuser', id) === null || operation.tx.get('systemuser', id) === undefined)
        throw noSuchRow('systemuser', id);
      if (name === 'AddMembersTeam') await linkRows(asSystem, table, row, navigation, { table: 'systemuser', id });
      else await unlinkRows(asSystem, table, row, navigation, id);
    }
  });
  return noContent();
}

import { notAllowed, noSuchRow, noSuchSegment, payloadError } from '../errors';
import { createRow } from '../crud/create-row';
import { alternateKey, relativeUrl, rowByKey } from '../crud/resolve-reference';
import { isBody, type Body } from '../crud/read-payload';
import { parseBody } from '../crud/request-body';
import { updateRow } from '../crud/update-row';
import type { Operation } from '../crud/operation';
import { json, noContent, type ApiResponse } from '../http/api-message';
import { everything, inTransaction, type Session } from '../http/session';
import { isGuid } from '../guid';
import type { Table } from '../metadata/schema';
import { parseKey, parsePath } from '../odata/path';
import { accessName, rights } from '../security/privilege-names';
import { may, requireAccess } from '../security/access';
import type { Row, Value } from '../store/row';
import { auditDetails, targetOf } from './change-history';
import { closeMessages, totalTime } from './close-messages';
import { closing } from './close-row';
import { sendEmail } from './send-email';
import { changeMembers } from './team-members';
import { userPrivileges } from './user-privileges';

type Bound = (session: Session, table: Table, row: Row, argument: string) => ApiResponse | Promise<ApiResponse>;

/** `accounts(id)/Microsoft.Dynamics.CRM.<name>` */
export const boundActions: Readonly<Record<string, Bound>> = {
  SendEmail: async (session, table, row) => {
    if (table.logicalName !== 'email') throw noSuchSegment('Microsoft.Dynamics.CRM.SendEmail');
    if (session.request.method !== 'POST') throw notAllowed(session.request.method);
    const { IssueSend: issueSend } = parseBody(session.request.body);
    if (typeof issueSend !== 'boolean') throw payloadError("The parameter 'IssueSend' is missing.");
    await inTransaction(session, (operation) =>
      sendEmail(operation, operation.tx.get('email', String(row.activityid)) ?? row, issueSend),
    );
    return json(200, {
      '@odata.context': `${session.serviceRoot}$metadata#Microsoft.Dynamics.CRM.SendEmailResponse`,
      Subject: String(row.subject ?? ''),
    });
  },
  CalculateTotalTimeIncident: (session, table, row) => {
    if (table.logicalName !== 'incident') throw noSuchSegment('Microsoft.Dynamics.CRM.CalculateTotalTimeIncident');
    if (session.request.method !== 'GET') throw notAllowed(session.request.method);
    requireAccess(session.caller, 'Read', table, row);
    return json(200, {
      '@odata.context': `${session.serviceRoot}$metadata#Microsoft.Dynamics.CRM.CalculateTotalTimeIncidentResponse`,
      TotalTime: totalTime(everything(session), String(row.incidentid)),
    });
  },
  AddMembersTeam: (session, table, row) => changeMembers('AddMembersTeam', session, table, row),
  RemoveMembersTeam: (session, table, row) => changeMembers('RemoveMembersTeam', session, table, row),
  RetrieveAuditDetails: (session, table, row) => auditDetails(session, table, row),
  RetrieveUserPrivileges: (session, _table, row) =>
    json(200, {
      '@odata.context': `${session.serviceRoot}$metadata#Microsoft.Dynamics.CRM.RetrieveUserPrivilegesResponse`,
      RolePrivileges: userPrivileges(session.platform, String(row.systemuserid)),
    }),
  /** Of one privilege, from roles of the user and of their teams; an unknown name is an error. */
  RetrieveUserPrivilegeByPrivilegeName: (session, table, row, argument) => {
    const message = 'Microsoft.Dynamics.CRM.RetrieveUserPrivilegeByPrivilegeName';
    if (table.logicalName !== 'systemuser') throw noSuchSegment(message);
    if (session.request.method !== 'GET') throw notAllowed(session.request.method);
    const wanted = /PrivilegeName\s*=\s*'(\w+)'/.exec(argument)?.[1]?.toLowerCase();
    const isIt = (name: unknown): boolean => String(name).toLowerCase() === wanted;
    if (![...session.platform.store.all('privilege')].some(({ name }) => isIt(name)))
      throw payloadError(`The privilege ${wanted ?? ''} does not exist.`);
    return json(200, {
      '@odata.context': `${session.serviceRoot}$metadata#Microsoft.Dynamics.CRM.RetrieveUserPrivilegeByPrivilegeNameResponse`,
      RolePrivileges: userPrivileges(session.platform, String(row.systemuserid)).filter((held) =>
        isIt(held.PrivilegeName),
      ),
    });
  },
  /**
   * The caller needs the right to read the target, which must exist.
   * https://learn.microsoft.com/en-us/dotnet/api/microsoft.crm.sdk.messages.retrieveprincipalaccessrequest#remarks
   */
  RetrievePrincipalAccess: (session, table, row, argument) => {
    if (table.logicalName !== 'systemuser') throw noSuchSegment('Microsoft.Dynamics.CRM.RetrievePrincipalAccess');
    if (session.request.method !== 'GET') throw notAllowed(session.request.method);
    const { schema, store, callers } = session.platform;
    const target = targetOf(session, argument);
    const targetTable = schema.table(target.table);
    const targetRow = store.get(target.table, target.id);
    if (!targetRow) throw noSuchRow(target.table, target.id);
    requireAccess(session.caller, 'Read', targetTable, targetRow);
    const principal = callers.of(String(row.systemuserid));
    return json(200, {
      '@odata.context': `${session.serviceRoot}$metadata#Microsoft.Dynamics.CRM.RetrievePrincipalAccessResponse`,
      AccessRights:
        rights
          .filter((right) => may(principal, right, targetTable, targetRow))
          .map((right) => accessName[right])
          .join(', ') || 'None',
    });
  },
};

type OnCollection = (session: Session, table: Table) => Promise<ApiResponse>;

const targets = (session: Session): readonly Body[] => {
  const { Targets: given } = parseBody(session.request.body);
  if (!Array.isArray(given) || given.length === 0) throw payloadError("The parameter 'Targets' is missing.");
  return given.filter(isBody);
};

/** `accounts/Microsoft.Dynamics.CRM.<name>`: all targets in one transaction. */
export const collectionActions: Readonly<Record<string, OnCollection>> = {
  FulfillSalesOrder: (session, table) => {
    if (table.logicalName !== 'salesorder') throw noSuchSegment('Microsoft.Dynamics.CRM.FulfillSalesOrder');
    return closing(closeMessages.FulfillSalesOrder)(session);
  },
  CreateMultiple: (session, table) =>
    inTransaction(session, async (operation) => {
      const ids: string[] = [];
      for (const target of targets(session))
        ids.push(String((await createRow(operation, table, target))[table.primaryId]));
      return json(200, {
        '@odata.context': `${session.serviceRoot}$metadata#Microsoft.Dynamics.CRM.CreateMultipleResponse`,
        Ids: ids,
      });
    }),
  UpdateMultiple: (session, table) =>
    inTransaction(session, async (operation) => {
      for (const target of targets(session))
        await updateRow(
          operation,
          table,
          rowByKey(operation.tx, table, keyOf(table, target)),
          withoutId(table, target),
        );
      return noContent();
    }),
  UpsertMultiple: (session, table) =>
    inTransaction(session, async (operation) => {
      for (const target of targets(session)) await upsert(operation, table, target);
      return noContent();
    }),
};

async function upsert(operation: Operation, table: Table, target: Body): Promise<void> {
  const key = keyOf(table, target);
  const existing =
    key.kind === 'primary'
      ? operation.tx.get(table.logicalName, key.id)
      : operation.tx.byKey(
          table.logicalName,
          alternateKey(table, key.values).name,
          alternateKey(table, key.values).values,
        );
  const body = withoutId(table, target);
  if (existing) await updateRow(operation, table, existing, body);
  else {
    const given: Readonly<Record<string, Value>> =
      key.kind === 'primary' ? { [table.primaryId]: key.id } : alternateKey(table, key.values).values;
    await createRow(operation, table, body, given);
  }
}

/** By primary id, or by `"@odata.id": "accounts(number='A')"`. */
function keyOf(table: Table, target: Body): ReturnType<typeof parseKey> {
  const id = target[table.primaryId];
  if (typeof id === 'string' && isGuid(id)) return { kind: 'primary', id: id.toLowerCase() };
  const url = target['@odata.id'];
  const segment = typeof url === 'string' ? parsePath(relativeUrl(url), new Map())[0] : undefined;
  if (segment?.argument == null) throw payloadError(`A target has neither '${table.primaryId}' nor '@odata.id'.`);
  return parseKey(segment.argument, table.primaryId);
}

const withoutId = (table: Table, target: Body): Body =>
  Object.fromEntries(Object.entries(target).filter(([name]) => name !== table.primaryId));

import { z } from 'zod';
import { noSuchRow, noSuchSegment, payloadError } from '../errors';
import { resolveReference } from '../crud/resolve-reference';
import { json, type ApiResponse } from '../http/api-message';
import { everything, queryScope, type Session } from '../http/session';
import type { Table } from '../metadata/schema';
import { parseNamed } from '../odata/path';
import { writeProperty, type JsonObject } from '../annotations/project-row';
import { hasPrivilege, missingPrivilege, requireAccess } from '../security/access';
import { maskedRow } from '../security/column-grants';
import { numberOf, textOf, type Reference, type Row } from '../store/row';

const privilege = 'prvReadRecordAuditHistory';

const value = z.union([z.string(), z.number(), z.boolean(), z.null(), z.object({ table: z.string(), id: z.string() })]);
const changes = z.object({ old: z.record(z.string(), value), new: z.record(z.string(), value) });

const paging = z.object({
  PageNumber: z.number().int().positive().default(1),
  Count: z.number().int().positive().max(5000).default(5000),
  ReturnTotalRecordCount: z.boolean().default(false),
});

/** The row that a parameter `Target={'@odata.id':'accounts(…)'}` names; it need not exist any more. */
export function targetOf(session: Session, argument: string): Reference {
  const url = /['"]@odata\.id['"]\s*:\s*['"]([^'"]+)['"]/.exec(argument)?.[1];
  if (url === undefined) throw payloadError("The parameter 'Target' is missing.");
  const { schema, store } = session.platform;
  return resolveReference(schema, store, new Map(), url);
}

function pagingOf(argument: string): z.infer<typeof paging> {
  const text = /PagingInfo\s*=\s*(\{[^}]*\})/.exec(argument)?.[1] ?? '{}';
  try {
    return paging.parse(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError)
      throw payloadError("The parameter 'PagingInfo' is not a valid PagingInfo.");
    throw error;
  }
}

/** One change as `AttributeAuditDetail`; `only` leaves out every other column. */
function detail(session: Session, table: Table, audit: Row, only: string | null): JsonObject {
  const change = changes.parse(JSON.parse(textOf(audit, 'changedata') ?? '{"old":{},"new":{}}'));
  const scope = queryScope(session);
  const side = (row: Row): JsonObject => {
    const shown: JsonObject = { '@odata.type': `#Microsoft.Dynamics.CRM.${table.logicalName}` };
    const visible = maskedRow(session.caller, table, row);
    for (const name of Object.keys(row)) {
      const column = table.column.get(name);
      if (column && visible[name] != null && (only === null || only === name))
        writeProperty(scope, table, shown, column, visible, session.preferences);
    }
    return shown;
  };
  const gone = Object.keys({ ...change.old, ...change.new }).filter((name) => !table.column.has(name));
  return {
    '@odata.type': '#Microsoft.Dynamics.CRM.AttributeAuditDetail',
    InvalidNewValueAttributes: [],
    LocLabelLanguageCode: 0,
    DeletedAttributes: { Count: gone.length, Keys: gone.map((_name, at) => at), Values: gone },
    OldValue: side(change.old),
    NewValue: side(change.new),
  };
}

function history(session: Session, name: string, argument: string, only: string | null): ApiResponse {
  if (!hasPrivilege(session.caller, privilege)) throw missingPrivilege(session.caller, privilege);
  const target = targetOf(session, argument);
  const table = session.platform.schema.table(target.table);
  const reader = everything(session);
  const row = reader.get(target.table, target.id);
  if (row) requireAccess(session.caller, 'Read', table, row);
  if (only !== null && !table.column.has(only))
    throw payloadError(`'${table.logicalName}' entity doesn't contain attribute with Name = '${only}'.`);
  const mask = only === null ? null : String(table.columns.findIndex(({ logicalName }) => logicalName === only) + 1);
  const found = reader
    .pointingAt('audit', 'objectid', target.id)
    .filter((each) => mask === null || textOf(each, 'attributemask')?.split(',').includes(mask))
    .sort((one, other) => (numberOf(other, 'versionnumber') ?? 0) - (numberOf(one, 'versionnumber') ?? 0));
  if (!row && found.length === 0) throw noSuchRow(target.table, target.id);
  const { PageNumber: page, Count: count, ReturnTotalRecordCount: counts } = pagingOf(argument);
  const more = found.length > page * count;
  return json(200, {
    '@odata.context': `${session.serviceRoot}$metadata#Microsoft.Dynamics.CRM.${name}Response`,
    AuditDetailCollection: {
      MoreRecords: more,
      PagingCookie: more ? `<cookie page="${page}"></cookie>` : '',
      TotalRecordCount: counts ? found.length : -1,
      AuditDetails: found.slice((page - 1) * count, page * count).map((each) => detail(session, table, each, only)),
    },
  });
}

/** Source: learn.microsoft.com "Retrieve the history of audited data changes". */
export const changeHistory = {
  RetrieveRecordChangeHistory: (session: Session, argument: string): ApiResponse =>
    history(session, 'RetrieveRecordChangeHistory', argument, null),
  RetrieveAttributeChangeHistory: (session: Session, argument: string): ApiResponse => {
    const name = new Map(parseNamed(argument)).get('AttributeLogicalName');
    if (typeof name !== 'string') throw payloadError("The parameter 'AttributeLogicalName' is missing.");
    return history(session, 'RetrieveAttributeChangeHistory', argument, name);
  },
};

/** `audits(id)/Microsoft.Dynamics.CRM.RetrieveAuditDetails` */
export function auditDetails(session: Session, table: Table, audit: Row): ApiResponse {
  if (table.logicalName !== 'audit') throw noSuchSegment('Microsoft.Dynamics.CRM.RetrieveAuditDetails');
  requireAccess(session.caller, 'Read', table, audit);
  const changed = session.platform.schema.table(textOf(audit, 'objecttypecode') ?? '');
  return json(200, {
    '@odata.context': `${session.serviceRoot}$metadata#Microsoft.Dynamics.CRM.RetrieveAuditDetailsResponse`,
    AuditDetail: detail(session, changed, audit, null),
  });
}

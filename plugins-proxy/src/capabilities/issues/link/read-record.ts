import { type Guid, type RecordFacts, tables } from '@crmjira/domain';
import { z } from 'zod';
import {
  formattedValue as label,
  guid,
  lookupTable as target,
  optionalGuid,
  optionalInstant,
  optionalNumber,
  optionalText,
} from '../../../clients/dataverse/columns';
import type { DataverseReader } from '../../../clients/dataverse/reader';
import { contactOf, customerColumns, shownText } from './customer-columns';

/** A record with links, as Dynamics has it now. */
export interface LinkedRecord {
  /** Without the case that it was merged into, which depends on the link. */
  readonly facts: RecordFacts;
  readonly title: string;
  /** Number that people know it by. */
  readonly number: string | null;
  /** null: owned by a team, or by nobody */
  readonly ownerUserId: Guid | null;
  /** Who changed it last. */
  readonly changedById: Guid | null;
  /** A column of ours as it stands, by which the version of the row can be asked for without changing it; null: it has none. */
  readonly guard: Readonly<Record<string, unknown>> | null;
  /** The case that it was merged into. */
  readonly masterId: Guid | null;
  /** Row of the person that it is about. */
  readonly contactId: Guid | null;
  /** Option values as people read them. */
  readonly texts: { readonly status: string | null; readonly priority: string | null };
}

const changed = {
  '@odata.etag': z.string(),
  versionnumber: z.number(),
  statecode: z.number(),
  modifiedon: optionalInstant,
  _modifiedby_value: optionalGuid,
  [`_modifiedby_value${label}`]: shownText,
} as const;
const owned = {
  _ownerid_value: optionalGuid,
  [`_ownerid_value${label}`]: shownText,
  [`_ownerid_value${target}`]: shownText,
} as const;

const rows = {
  incident: z.object({
    ...changed,
    ...owned,
    ...customerColumns,
    _primarycontactid_value: optionalGuid,
    incidentid: guid,
    title: optionalText,
    ticketnumber: optionalText,
    statuscode: optionalNumber,
    [`statuscode${label}`]: shownText,
    prioritycode: optionalNumber,
    [`prioritycode${label}`]: shownText,
    _masterid_value: optionalGuid,
    crmjira_issue_resolution: optionalText,
  }),
  opportunity: z.object({
    ...changed,
    ...owned,
    ...customerColumns,
    _parentcontactid_value: optionalGuid,
    opportunityid: guid,
    name: optionalText,
  }),
  account: z.object({
    ...changed,
    ...owned,
    _primarycontactid_value: optionalGuid,
    accountid: guid,
    name: optionalText,
    accountnumber: optionalText,
  }),
  product: z.object({ ...changed, productid: guid, name: optionalText, productnumber: optionalText }),
} as const;

type Columns = Readonly<Record<string, unknown>>;

/** Cancelled or lost: closed, and nobody has finished it. */
const CANCELLED = 2;

const textOf = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : null;

/** What people may change on both sides: of a case its status, priority and title. Other records only show their issues. */
function syncedColumns(table: RecordFacts['table'], row: Columns): Partial<RecordFacts> {
  if (table !== 'incident') return {};
  return {
    status: textOf(row['statuscode']),
    priority: textOf(row['prioritycode']),
    summary: textOf(row['title']),
  };
}

function toRecord(table: RecordFacts['table'], id: Guid, row: z.output<(typeof rows)[typeof table]>): LinkedRecord {
  const read: Columns = row;
  const ownerId = textOf(read['_ownerid_value']);
  const masterId = textOf(read['_masterid_value']);
  return {
    title: textOf(read['title'] ?? read['name']) ?? '',
    number: textOf(read['ticketnumber'] ?? read['accountnumber'] ?? read['productnumber']),
    ownerUserId: read[`_ownerid_value${target}`] === 'systemuser' ? ownerId : null,
    masterId,
    contactId: contactOf(read),
    changedById: textOf(read['_modifiedby_value']),
    guard: table === 'incident' ? { crmjira_issue_resolution: read['crmjira_issue_resolution'] ?? null } : null,
    texts: { status: textOf(read[`statuscode${label}`]), priority: textOf(read[`prioritycode${label}`]) },
    facts: {
      table,
      id,
      etag: row['@odata.etag'],
      version: row.versionnumber,
      closed: row.statecode !== 0,
      ...(table === 'incident' ? { cancelled: row.statecode === CANCELLED && masterId === null } : {}),
      ...(ownerId === null ? {} : { owner: { id: ownerId, name: textOf(read[`_ownerid_value${label}`]) ?? '' } }),
      changedBy: textOf(read[`_modifiedby_value${label}`]),
      changedOn: row.modifiedon,
      ...syncedColumns(table, read),
    },
  };
}

/** null: the record was deleted. */
export async function readLinkedRecord(
  reader: DataverseReader,
  table: RecordFacts['table'],
  id: Guid,
): Promise<LinkedRecord | null> {
  const schema = rows[table];
  const select = Object.keys(schema.shape).filter((column) => !column.includes('@'));
  const row = await reader.one(tables[table].entitySet, id, select, schema as (typeof rows)['incident']);
  return row === null ? null : toRecord(table, id, row);
}

/** Columns of a case that carry what it takes over from Jira. Pure. */
export function recordColumns(change: Partial<Pick<RecordFacts, 'status' | 'priority' | 'summary'>>): Columns {
  const option = (value: string | null): number | null => (value === null ? null : Number(value));
  return {
    ...(change.status === undefined ? {} : { statuscode: option(change.status) }),
    ...(change.priority === undefined ? {} : { prioritycode: option(change.priority) }),
    ...(change.summary === undefined ? {} : { title: change.summary }),
  };
}

/** Columns whose change may leave something to do; the steps listen to them. */
export const watchedColumns = {
  incident: ['title', 'statuscode', 'statecode', 'prioritycode', 'ownerid', 'masterid'],
  opportunity: ['name', 'statecode', 'ownerid'],
} as const;

/** Address of a record's form. @param recordUrl of the Opportunity form up to its id; null: none is known */
export function recordAddress(recordUrl: string | null, table: RecordFacts['table'], id: Guid): string | null {
  if (recordUrl === null) return null;
  const ofTable = recordUrl.replace(/([?&]etn=)opportunity\b/, `$1${table}`);
  return table === 'opportunity' || ofTable !== recordUrl ? `${ofTable}${id}` : null;
}

import { COMMAND_AUTHORITY, type CommandType, type Guid, tables, unmetNeed } from '@crmjira/domain';
import { equalsOneOf } from '../../../clients/dataverse/filter';
import type { TimeParts } from './time-parts';
import { readTimeRows, type TimeRow } from './time-row';

export const timeTable = 'crmjira_time_record';
/** Records of one query or change set. */
export const atOnce = 50;

/** Time records by their id; one that is gone is missing. */
export async function readAll(
  { dataverse }: Pick<TimeParts, 'dataverse'>,
  ids: readonly Guid[],
): Promise<ReadonlyMap<Guid, TimeRow>> {
  const rows = new Map<Guid, TimeRow>();
  for (let start = 0; start < ids.length; start += atOnce) {
    const filter = equalsOneOf(tables[timeTable].primaryId, ids.slice(start, start + atOnce));
    for (const row of await readTimeRows(dataverse, filter)) rows.set(row.id, row);
  }
  return rows;
}

/** A record of somebody else is none of theirs to know of (R-1834). */
export const isTheirs = (
  type: CommandType,
  row: TimeRow | undefined,
  requestedById: string,
  serviceId: string,
): boolean =>
  unmetNeed(COMMAND_AUTHORITY[type].needs, {
    owner: row?.ownerId === requestedById,
    service: requestedById === serviceId,
  }) === null;

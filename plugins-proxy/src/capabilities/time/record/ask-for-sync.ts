import { CommandType, type Guid, type Language, noRecordText, type StoredTimeRecord, tables } from '@crmjira/domain';
import { z } from 'zod';
import { guid } from '../../../clients/dataverse/columns';
import type { DataverseClient } from '../../../clients/dataverse/dataverse-client';
import type { PlainWrite } from '../../../clients/dataverse/plain-write';
import { atOnce, isTheirs, readAll } from './own-records';
import { shownColumns, type TimeRow } from './time-row';

const { entitySet } = tables.crmjira_time_record;

type Rows = ReadonlyMap<Guid, TimeRow>;

/** Whoever asks for a sync. */
export interface Asker {
  readonly requestedById: string;
  /** The service's own user. */
  readonly serviceId: string;
  readonly language: Language;
}

/** What was asked for, and what was not even asked for. */
export const askedSync = z.object({
  asked: guid.array(),
  refused: z.object({ record: guid, code: z.string(), error: z.string() }).array(),
  /** so far, for whoever watches */
  failed: z.number().default(0),
});
export type AskedSync = z.output<typeof askedSync>;

/** Which records are the asker's own; nothing is written yet. */
export async function askedOf(
  dataverse: DataverseClient,
  { requestedById, serviceId, language }: Asker,
  ids: readonly Guid[],
): Promise<AskedSync> {
  const rows = await readAll({ dataverse }, ids);
  const isOwn = (id: Guid): boolean => isTheirs(CommandType.SyncTime, rows.get(id), requestedById, serviceId);
  const asked = ids.filter((id) => rows.has(id) && isOwn(id));
  const foreign = ids.filter((id) => !asked.includes(id));
  return {
    asked,
    refused: foreign.map((record) => ({ record, code: 'time-not-yours', error: noRecordText(language) })),
    failed: foreign.length,
  };
}

const wished = {
  crmjira_sync_requested: true,
  crmjira_jira_sync_error: null,
  crmjira_error_code: null,
  crmjira_next_retry_on: null,
};

/** Wishes the sync of records. */
export async function wishSync(dataverse: DataverseClient, ids: readonly Guid[]): Promise<void> {
  const wishOf = (id: Guid): PlainWrite => ({ op: 'update', collection: entitySet, id, columns: wished });
  for (let start = 0; start < ids.length; start += atOnce)
    await dataverse.changeSet(ids.slice(start, start + atOnce).map(wishOf));
}

/** Records whose sync has not come to an end. Pure. */
export const waitingOf = ({ asked }: AskedSync, rows: Rows): readonly Guid[] =>
  asked.filter((id) => {
    const row = rows.get(id);
    return row?.wished === true && row.error === null;
  });

/** Why which records are not in Jira; one that still waits counts among them. Pure. */
export const failedOf = (
  { asked, refused }: AskedSync,
  rows: Rows,
  language: Language,
): readonly AskedSync['refused'][number][] => [
  ...refused,
  ...asked.flatMap((record) => {
    const row = rows.get(record);
    if (row === undefined) return [{ record, code: 'time-not-yours', error: noRecordText(language) }];
    return row.error === null && !row.wished
      ? []
      : [{ record, code: row.errorCode ?? 'time-waits', error: row.error ?? '' }];
  }),
];

/** Asks for the removal of a record's worklog (R-1839), as long as nobody has changed the record since. Pure. */
export function removalOf({ id, etag, stored }: TimeRow, language: Language): PlainWrite {
  const removing: StoredTimeRecord = { ...stored, removing: true, trouble: null };
  const columns = { ...shownColumns(removing, language), crmjira_sync_requested: false };
  return { op: 'update', collection: entitySet, id, columns, ifMatch: etag };
}

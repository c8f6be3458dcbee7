import { RowState, SyncStatus, tables } from '@crmjira/domain';
import { z } from 'zod';
import { guid, instant } from '../../clients/dataverse/columns';
import type { DataverseClient } from '../../clients/dataverse/dataverse-client';
import { equalsId } from '../../clients/dataverse/filter';

const dayMs = 24 * 3_600_000;
/** Whoever has logged time within these days counts. */
const peopleDays = 7;
/** Connections that were made within these days tell how long it takes until the first time is in Jira. */
const newDays = 30;
/** As many new people are looked at. */
const mostNew = 50;

/** How well people's time gets to Jira (R-1815). */
export interface TimeFigures {
  /** Of the attempts of 24 h; null: there were none. */
  readonly successPercent: number | null;
  /** Who has logged time lately, and how many of them have a connection. */
  readonly people: number;
  readonly connected: number;
  /** Seconds from a person's first connection to their first worklog, on average; null: nobody is new. */
  readonly firstSyncSeconds: number | null;
}

const attemptRow = z.object({ crmjira_sync_status: z.number(), createdon: instant, _ownerid_value: guid });
const recordRow = z.object({ _ownerid_value: guid });
const connectionRow = z.object({ crmjira_is_active: z.boolean(), createdon: instant, _crmjira_user_value: guid });

/** What Dataverse knows of it, so that every replica says the same. */
export async function readTimeFigures(client: Pick<DataverseClient, 'many'>, now: Date): Promise<TimeFigures> {
  const daysAgo = (days: number): string => new Date(now.getTime() - days * dayMs).toISOString();
  const log = tables.crmjira_worklog_sync_log.entitySet;
  const select = Object.keys(attemptRow.shape);
  const [attempts, records, connections] = await Promise.all([
    client.many(log, { select, filter: `createdon gt ${daysAgo(1)}` }, attemptRow),
    client.many(
      tables.crmjira_time_record.entitySet,
      { select: Object.keys(recordRow.shape), filter: `createdon gt ${daysAgo(peopleDays)}` },
      recordRow,
    ),
    client.many(
      tables.crmjira_jira_connection.entitySet,
      { select: Object.keys(connectionRow.shape), filter: `statecode eq ${RowState.Active}` },
      connectionRow,
    ),
  ]);
  const succeeded = attempts.filter(({ crmjira_sync_status: status }) => status === SyncStatus.Success).length;
  const people = new Set(records.map(({ _ownerid_value: owner }) => owner));
  const active = new Set(connections.flatMap((one) => (one.crmjira_is_active ? one._crmjira_user_value : [])));
  return {
    successPercent: attempts.length === 0 ? null : Math.round((10_000 * succeeded) / attempts.length) / 100,
    people: people.size,
    connected: [...people].filter((person) => active.has(person)).length,
    firstSyncSeconds: mean(await firstSyncs(client, firstConnections(connections), daysAgo(newDays))),
  };
}

type Connection = z.output<typeof connectionRow>;

/** When each person made their first connection that is still there. */
function firstConnections(connections: readonly Connection[]): ReadonlyMap<string, string> {
  const first = new Map<string, string>();
  for (const { createdon, _crmjira_user_value: user } of connections) {
    const before = first.get(user);
    if (before === undefined || createdon < before) first.set(user, createdon);
  }
  return first;
}

/** Seconds until the first worklog of those who connected after an instant, and have one. */
async function firstSyncs(
  client: Pick<DataverseClient, 'many'>,
  first: ReadonlyMap<string, string>,
  since: string,
): Promise<readonly number[]> {
  const fresh = [...first].filter(([, on]) => on > since).slice(0, mostNew);
  const seconds = await Promise.all(
    fresh.map(async ([user, on]) => {
      const filter = `${equalsId('_ownerid_value', user)} and crmjira_sync_status eq ${SyncStatus.Success}`;
      const [attempt] = await client.many(
        tables.crmjira_worklog_sync_log.entitySet,
        { select: Object.keys(attemptRow.shape), filter, orderBy: ['createdon asc'], top: 1 },
        attemptRow,
      );
      // Whoever had synced before has a connection anew, and is not new.
      return attempt === undefined || attempt.createdon < on
        ? null
        : (Date.parse(attempt.createdon) - Date.parse(on)) / 1_000;
    }),
  );
  return seconds.filter((one) => one !== null);
}

const mean = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;

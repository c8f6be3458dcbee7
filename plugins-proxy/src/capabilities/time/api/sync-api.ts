import { type Guid, type Language, timeTroubleText } from '@crmjira/domain';
import { z } from 'zod';
import { guid } from '../../../clients/dataverse/columns';
import { jobKey } from '../../../queue/job-key';
import { type ApiAnswer, type ApiContext, apiOperation, ApiRefusal } from '../../../reconciler/api-operation';
import { askedOf, failedOf, removalOf, waitingOf, wishSync } from '../record/ask-for-sync';
import { readAll } from '../record/own-records';
import { timeKind } from '../record/time-record-module';
import type { TimeRow } from '../record/time-row';
import { nothing, type TimeApiParts, withId } from './api-parts';
import { askerOf, ownRecord } from './own-record';
import { hasChangedMeanwhile } from '../../../platform/errors/has-code';

type Context = ApiContext<TimeApiParts>;

/** How long a request waits for one record, and for several: less than what a stop of the service gives to answers. Milliseconds. */
const [oneMs, severalMs] = [10_000, 30_000];
/** Pauses between two looks whether they are done, in milliseconds: each twice the one before, as somebody may wait for many. */
const [firstPauseMs, longestPauseMs] = [250, 2_000];
/** Records of one request; more are several requests. */
const mostRecords = 200;
/** How often somebody else's change may come between. */
const mostTries = 5;
/** When it is worth while to ask for the state of what goes on, in seconds. */
const laterSeconds = 5;

/** How a record stands (R-1830). */
const status = z.object({
  synced: z.boolean(),
  sync_error: z.string().nullable(),
  last_synced_at: z.string().nullable(),
  jira_worklog_id: z.string().nullable(),
});
const summary = z.object({
  total: z.number().int(),
  succeeded: z.number().int(),
  failed: z.number().int(),
  errors: z.array(z.object({ record_id: z.guid(), error: z.string() })),
});

/** The service's own words of a trouble are said in the caller's language. */
const errorOf = ({ error, errorCode, stored: { trouble } }: TimeRow, language: Language): string | null =>
  error !== null && trouble !== null && trouble.code === errorCode ? timeTroubleText(trouble, language) : error;

const statusOf = (row: TimeRow, language: Language): z.output<typeof status> => ({
  synced: row.stored.worklogId !== null && !row.stored.gone,
  sync_error: errorOf(row, language),
  last_synced_at: row.syncedOn,
  jira_worklog_id: row.stored.worklogId,
});

/** Looks again and again until something is so. @returns what was seen last */
async function until<T>(
  { pause }: Context,
  ms: number,
  look: () => Promise<T>,
  isSo: (seen: T) => boolean,
): Promise<T> {
  for (let waited = 0, next = firstPauseMs; ; next = Math.min(2 * next, longestPauseMs)) {
    const seen = await look();
    if (isSo(seen) || waited >= ms) return seen;
    await pause(next);
    waited += next;
  }
}

/** It goes on by itself: the address of its state, and when to ask. */
const later = (id: Guid, body: unknown): ApiAnswer => ({
  status: 202,
  body,
  headers: { location: `/api/jira/sync/status/${id}`, 'retry-after': String(laterSeconds) },
});

/** How the sync or removal of one record has ended. @throws ApiRefusal where it did not go well */
function ended(row: TimeRow, isUnderWay: boolean, language: Language): ApiAnswer {
  const body = statusOf(row, language);
  // What Jira could not be asked is asked again by itself, and says so in its error.
  if (isUnderWay) return later(row.id, body);
  if (body.sync_error === null) return { status: 200, body };
  throw new ApiRefusal(
    row.errorCode === 'time-issue-format' ? 400 : 422,
    row.errorCode ?? 'time-refused',
    body.sync_error,
  );
}

/** @throws ApiRefusal, and what Dataverse says where others change the record all the time */
async function askForRemoval(context: Context, id: Guid): Promise<void> {
  for (let tries = 1; ; tries += 1)
    try {
      return await context.parts.dataverse.changeSet([
        removalOf(await ownRecord(context, id), context.caller.language),
      ]);
    } catch (error) {
      if (tries >= mostTries || !hasChangedMeanwhile(error)) throw error;
    }
}

const answers = [
  { status: 200, says: 'It is done', schema: status },
  { status: 202, says: 'It goes on; Location says where to ask', schema: status },
];

export const syncOperations = [
  apiOperation({
    operationId: 'SyncRecord',
    method: 'POST',
    path: '/sync/record/{id}',
    summary: 'Sync a time record',
    description: `Makes or changes the worklog of a time record of the caller's. Waits for ${oneMs / 1_000} seconds at most.`,
    params: withId,
    query: nothing,
    body: null,
    answers,
    handle: async (context: Context, { params: { id } }) => {
      const { parts, caller, enqueue } = context;
      await ownRecord(context, id);
      await wishSync(parts.dataverse, [id]);
      await enqueue([jobKey(timeKind, id)]);
      const row = await until(
        context,
        oneMs,
        () => ownRecord(context, id),
        ({ wished, error }) => !wished || error !== null,
      );
      return ended(row, row.wished, caller.language);
    },
  }),
  apiOperation({
    operationId: 'SyncRecords',
    method: 'POST',
    path: '/sync/bulk',
    summary: 'Sync several time records',
    description: `Syncs up to ${mostRecords} time records of the caller's. Waits for ${severalMs / 1_000} seconds at most; what still goes on then is neither succeeded nor failed.`,
    params: nothing,
    query: nothing,
    body: z.strictObject({ record_ids: guid.array().min(1).max(mostRecords) }),
    answers: [
      { status: 200, says: 'All have come to an end', schema: summary },
      { status: 202, says: 'Some go on', schema: summary },
    ],
    handle: async (context: Context, { body }) => {
      const { parts, caller, enqueue } = context;
      const ids = [...new Set(body.record_ids)];
      const begun = await askedOf(parts.dataverse, await askerOf(context), ids);
      await wishSync(parts.dataverse, begun.asked);
      if (begun.asked.length > 0) await enqueue(begun.asked.map((id) => jobKey(timeKind, id)));
      const rows = await until(
        context,
        severalMs,
        () => readAll(parts, begun.asked),
        (seen) => waitingOf(begun, seen).length === 0,
      );
      const waiting = new Set(waitingOf(begun, rows));
      const failed = failedOf(begun, rows, caller.language).filter(({ record }) => !waiting.has(record));
      const errors = failed.map(({ record, error }) => {
        const row = rows.get(record);
        return { record_id: record, error: (row && errorOf(row, caller.language)) ?? error };
      });
      const total = ids.length;
      const counts = { total, succeeded: total - errors.length - waiting.size, failed: errors.length, errors };
      return { status: waiting.size === 0 ? 200 : 202, body: counts };
    },
  }),
  apiOperation({
    operationId: 'GetSyncStatus',
    method: 'GET',
    path: '/sync/status/{id}',
    summary: 'How a time record stands',
    description: "State of a time record of the caller's, without asking Jira.",
    params: withId,
    query: nothing,
    body: null,
    answers: [{ status: 200, says: 'The state', schema: status }],
    handle: async (context: Context, { params: { id } }) => ({
      status: 200,
      body: statusOf(await ownRecord(context, id), context.caller.language),
    }),
  }),
  apiOperation({
    operationId: 'RemoveWorklog',
    method: 'DELETE',
    path: '/worklog/{timeRecordId}',
    summary: 'Remove a worklog',
    description:
      "Deletes the worklog of a time record of the caller's from Jira; the record stays. One that is gone already counts as deleted.",
    params: z.strictObject({ timeRecordId: guid }),
    query: nothing,
    body: null,
    answers,
    handle: async (context: Context, { params: { timeRecordId: id } }) => {
      const { caller, enqueue } = context;
      await askForRemoval(context, id);
      await enqueue([jobKey(timeKind, id)]);
      const row = await until(
        context,
        oneMs,
        () => ownRecord(context, id),
        ({ stored, error }) => !stored.removing || error !== null,
      );
      return ended(row, row.stored.removing, caller.language);
    },
  }),
];

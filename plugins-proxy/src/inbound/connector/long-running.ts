import { derivedId } from '@crmjira/domain';
import { IntegrationError } from '../../platform/errors/integration-error';
import { jobKey } from '../../queue/job-key';
import type { Millis, Store } from '../../queue/store/store';
import { stateOf } from './state-of';
import { type OperationStart, type OperationState, storedOperation, type StoredOperation } from './stored-operation';

/** Operations that are started and asked for later. */
export interface LongRunning {
  /** Stored and queued when it resolves. A request id that is known gives the operation it has started. */
  start(request: OperationStart, correlationId: string): Promise<OperationState>;
  /** @throws IntegrationError with status 404 for an id that is unknown or too old */
  read(id: string): Promise<OperationState>;
  /** The job of a reconcile-all has queued these jobs: from now on it waits for them. */
  hasQueued(id: string, keys: readonly string[]): Promise<void>;
}

export interface LongRunningParts {
  readonly store: Pick<Store, 'enqueue' | 'jobs' | 'readCursor' | 'writeCursor'>;
  readonly connectionId: string;
  readonly now: () => Date;
  readonly wake: () => void;
  /** Key of the Jira project of an opportunity; null when it has none. */
  readonly projectKeyOf: (opportunityId: string) => Promise<string | null>;
}

const cursorPrefix = 'operation:';
/** Names the reconciliation of all mappings that was started last. */
const lastOfAll = 'last reconcile-all';
/** Dated in front, so that old ones can be told by comparing text. */
const dated = (at: Millis, text: string): string => `${String(at).padStart(15, '0')}${text}`;

/** What old operations are found by, for forgetting them. */
export const operationCursors = { prefix: cursorPrefix, before: (at: Millis): string => dated(at, '') };

/** Reads, starts and follows operations on the queue; nothing is kept in memory, so any replica can answer for any. */
export function createLongRunning(parts: LongRunningParts): LongRunning {
  const { store } = parts;
  const save = (id: string, operation: StoredOperation): Promise<void> =>
    store.writeCursor(cursorPrefix + id, dated(operation.startedAt, JSON.stringify(operation)));
  const readDated = async (name: string): Promise<string | null> =>
    (await store.readCursor(cursorPrefix + name))?.slice(dated(0, '').length) ?? null;
  const find = async (id: string): Promise<{ readonly id: string; readonly operation: StoredOperation } | null> => {
    const value = await readDated(id);
    if (value === null) return null;
    const operation = storedOperation.parse(JSON.parse(value));
    return operation.joined === undefined ? { id, operation } : find(operation.joined);
  };
  /** Which request each job is at now; a run that has seen it has seen everything up to now. */
  const requestsOf = async (keys: readonly string[]): Promise<[string, number][]> =>
    (await store.jobs(keys)).map((job) => [job.key, job.seq]);

  const show = async (id: string, operation: StoredOperation): Promise<OperationState> => {
    const jobs = await store.jobs(operation.waitsFor.map(([key]) => key));
    const { kind, opportunityId } = operation;
    const base = { id, kind, ...(opportunityId === undefined ? {} : { opportunityId }) };
    const progress = stateOf(operation, jobs);
    const state = { ...base, ...progress, startedOn: new Date(operation.startedAt).toISOString() };
    if (opportunityId === undefined || state.state !== 'done') return state;
    const projectKey = await parts.projectKeyOf(opportunityId);
    if (projectKey !== null) return { ...state, projectKey };
    if (kind === 'sync') return state;
    const message =
      'There is no project: the opportunity does not exist, is not open, or its budget is not above the threshold.';
    return { ...state, state: 'failed', message };
  };

  /** The reconciliation of all mappings that is under way: another would only do the same again (F-310). */
  const findUnderWay = async (): Promise<Awaited<ReturnType<typeof find>>> => {
    const id = await readDated(lastOfAll);
    const found = id === null ? null : await find(id);
    if (found === null) return null;
    const { state } = await show(found.id, found.operation);
    return state === 'pending' || state === 'running' ? found : null;
  };

  return {
    start: async (request, correlationId) => {
      const opportunityId = request.opportunityId?.toLowerCase();
      const id = derivedId(parts.connectionId, 'operation', request.clientRequestId);
      const known = await find(id);
      if (known !== null) {
        const { kind, opportunityId: ofKnown } = known.operation;
        if (kind === request.kind && ofKnown === opportunityId) return show(known.id, known.operation);
        throw new IntegrationError('This clientRequestId has started another operation; use a new one.', {
          code: 'request-id-used',
          errorClass: 'permanent',
          status: 409,
        });
      }
      const single = request.kind !== 'reconcile-all' && opportunityId !== undefined;
      const key = single ? jobKey('opportunity', opportunityId) : jobKey('all-mappings', id);
      const startedAt = parts.now().getTime();
      const underWay = single ? null : await findUnderWay();
      if (underWay !== null) {
        await save(id, { ...underWay.operation, startedAt, joined: underWay.id });
        return show(underWay.id, underWay.operation);
      }
      // Queued first: a crash before the operation is written costs one run more when it is asked for again, never the run.
      await store.enqueue([{ key, at: startedAt, correlationId, urgent: true }]);
      const operation = {
        startedAt,
        kind: request.kind,
        ...(single ? { opportunityId } : {}),
        waitsFor: await requestsOf([key]),
      };
      await save(id, operation);
      if (!single) await store.writeCursor(cursorPrefix + lastOfAll, dated(startedAt, id));
      parts.wake();
      return show(id, operation);
    },
    read: async (id) => {
      const found = await find(id);
      if (found !== null) return show(found.id, found.operation);
      throw new IntegrationError('There is no such operation, or it is older than what is kept.', {
        code: 'operation-not-found',
        errorClass: 'permanent',
        status: 404,
      });
    },
    hasQueued: async (id, keys) => {
      const operation = (await find(id))?.operation;
      if (operation === undefined) return;
      const own = operation.waitsFor.slice(0, 1);
      await save(id, { ...operation, waitsFor: [...own, ...(await requestsOf(keys))] });
    },
  };
}

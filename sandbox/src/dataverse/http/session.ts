import { randomUUID } from 'node:crypto';
import { parsePreferences, type Preferences } from '../annotations/preferences';
import type { Operation } from '../crud/operation';
import type { QueryScope } from '../odata/scope';
import type { Platform } from '../platform';
import type { Caller } from '../security/caller';
import { readerOf } from '../security/masked-reader';
import type { Reader } from '../store/reader';
import type { Reference } from '../store/row';
import { Transaction } from '../store/transaction';
import type { ApiRequest } from './api-message';

/** One request with who sent it; inside a change set also with its transaction. */
export interface Session {
  readonly platform: Platform;
  readonly request: ApiRequest;
  readonly caller: Caller;
  readonly preferences: Preferences;
  /** Service root for links in answers, with trailing slash. */
  readonly serviceRoot: string;
  readonly now: Date;
  readonly correlationId: string;
  readonly requestId: string;
  /** Of the change set the request is part of. */
  readonly tx: Transaction | null;
  readonly contentIds: Map<string, Reference>;
}

/** Every row and column, whoever asks: for what writes. */
export const everything = (session: Session): Reader => session.tx ?? session.platform.store;

export const queryScope = (session: Session): QueryScope => ({
  schema: session.platform.schema,
  reader: readerOf(session.caller, session.platform.schema, everything(session)),
  caller: session.caller,
  now: session.now,
});

export function newSession(
  base: Pick<Session, 'platform' | 'caller' | 'serviceRoot'> & Partial<Session>,
  request: ApiRequest,
): Session {
  return {
    tx: null,
    contentIds: new Map(),
    correlationId: randomUUID(),
    ...base,
    now: base.platform.clock(),
    requestId: randomUUID(),
    request,
    preferences: parsePreferences(request.headers.prefer),
  };
}

/** Runs a write in a transaction of its own, or in that of the change set. Nothing is kept when it throws. */
export async function inTransaction<Result>(
  session: Session,
  work: (operation: Operation) => Promise<Result>,
): Promise<Result> {
  if (session.tx) return work(operationIn(session, session.tx));
  return withTransaction(session.platform, session.now, (tx) => work(operationIn(session, tx)));
}

export async function withTransaction<Result>(
  platform: Platform,
  now: Date,
  work: (tx: Transaction) => Promise<Result>,
): Promise<Result> {
  const { store } = platform;
  await store.turn.take();
  const tx = new Transaction(store, () => now);
  try {
    const result = await work(tx);
    tx.commit();
    return result;
  } finally {
    tx.end();
    store.turn.pass();
  }
}

export const operationIn = (session: Session, tx: Transaction): Operation => ({
  platform: session.platform,
  caller: session.caller,
  tx,
  now: session.now,
  scope: { schema: session.platform.schema, reader: tx, caller: session.caller, now: session.now },
  depth: 1,
  correlationId: session.correlationId,
  requestId: session.requestId,
  contentIds: session.contentIds,
  asSystem: false,
  silent: false,
});

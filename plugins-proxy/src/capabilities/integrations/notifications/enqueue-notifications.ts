import { derivedId } from '@crmjira/domain';
import type { DataverseReader } from '../../../clients/dataverse/reader';
import type { IntegrationProvider } from '../../../connections/providers/integration-provider';
import type { Store } from '../../../queue/store/store';
import type { FactContext, FoundFact } from './fact-source';
import { downCursor, notificationKey, sentPrefix, type ToldFact } from './notification-keys';
import { factSources, readTargets } from './targets';

export interface EnqueueParts extends Omit<FactContext, 'dataverse'> {
  readonly dataverse: DataverseReader;
  readonly providers: readonly IntegrationProvider[];
  readonly store: Pick<Store, 'enqueue' | 'jobs' | 'readCursor' | 'writeCursor' | 'dropCursors'>;
  readonly wake: () => void;
}

/** Until when the last look has told; empty: there was nobody to tell. */
const lookCursor = 'notifications';
const dayMs = 24 * 60 * 60_000;
/** What was sent is remembered for longer than any fact is looked for. */
const sentKeepMs = 3 * dayMs;

/** A connection is told to work again where it was seen down. */
async function withoutFirstLooks({ store }: Pick<EnqueueParts, 'store'>, facts: readonly FoundFact[]) {
  const kept: FoundFact[] = [];
  for (const fact of facts) {
    const wasDown = fact.event === 'connection.up' && ((await store.readCursor(downCursor(fact.id))) ?? '') !== '';
    if (fact.event !== 'connection.up' || wasDown) kept.push(fact);
  }
  return kept;
}

/** Once the jobs stand: a crash before it only repeats the look. */
async function noteConnections({ store }: Pick<EnqueueParts, 'store'>, facts: readonly FoundFact[]): Promise<void> {
  for (const { event, id, at } of facts)
    if (event === 'connection.down' || event === 'connection.up')
      await store.writeCursor(downCursor(id), event === 'connection.down' ? at : '');
}

/**
 * Called every minute on one replica: looks which facts are new, and enqueues a job for each target that has chosen their event (R-2024,
 * R-2027). A fact has one key a target, whatever is looked at twice. What is older than a day is not told any more.
 */
export async function enqueueNotifications(parts: EnqueueParts): Promise<void> {
  const { dataverse, providers, store, now, wake } = parts;
  const targets = await readTargets(dataverse, providers);
  const at = now().getTime();
  const last = (await store.readCursor(lookCursor)) ?? '';
  if (targets.length === 0) {
    if (last !== '') await store.writeCursor(lookCursor, '');
    return;
  }
  const chosen = new Set(targets.flatMap(({ settings }) => settings.events));
  const from = last === '' ? at : Math.max(Date.parse(last), at - dayMs);
  const found: FoundFact[] = [];
  for (const { events, overlapMs, find } of factSources)
    if (events.some((event) => chosen.has(event))) found.push(...(await find(parts, new Date(from - overlapMs))));
  const facts = await withoutFirstLooks(parts, found);
  const told = targets.flatMap(({ saved, settings }) =>
    facts
      .filter(({ event }) => settings.events.includes(event))
      .map(({ event, id }): ToldFact => ({ targetId: saved.id, event, id })),
  );
  const keys = told.map(notificationKey);
  const known = new Set((await store.jobs(keys)).map(({ key }) => key));
  const fresh = keys.filter((key) => !known.has(key));
  if (fresh.length > 0) {
    // The correlation id names the row of the delivery: the same fact has one.
    await store.enqueue(fresh.map((key) => ({ key, at, correlationId: derivedId(key) })));
    wake();
  }
  await noteConnections(parts, facts);
  await store.writeCursor(lookCursor, new Date(at).toISOString());
  await store.dropCursors(sentPrefix, new Date(at - sentKeepMs).toISOString());
}

import { ConflictState, Direction, type EnteredMapping, type RowValue, type TypedValue } from '@crmjira/domain';
import { setTimeout as pause } from 'node:timers/promises';
import { ServiceError } from '../../../../clients/web-service/service-error';
import type { WebService } from '../../../../clients/web-service/web-service';
import { hasChangedMeanwhile, hasCode } from '../../../../platform/errors/has-code';
import { pieces } from '../../../../platform/pieces';
import type { FieldMap, SeenRecord } from './field-map';
import { conflictId, meetPair } from './meet-pair';
import type { FieldBase, KnownPair, MappedRow, RowBase, RowStore } from './row-store';

export interface RowSyncOptions {
  readonly integrationId: string;
  readonly map: FieldMap;
  /** null: everything is read. */
  readonly since: Date | null;
  readonly isDryRun: boolean;
  /** Records and rows that are looked at before others get their turn (R-1619). */
  readonly batchSize: number;
  readonly signal: AbortSignal;
  progress(done: number, total: number | null): Promise<void>;
}

/** What a run did, in records. */
export interface RowCounts {
  processed: number;
  changed: number;
  removed: number;
  failed: number;
}

/** One thing that a dry run would do. */
export interface RowWish {
  readonly kind: 'create-row' | 'create-record' | 'change-row' | 'change-record' | 'conflict';
  readonly key: string;
  readonly fields: readonly string[];
}

/** Most wishes that are shown. */
const longestPreview = 50;
/** Between two pieces, in milliseconds: Dataverse and the service have others to serve. */
const pauseMs = 100;

/** What is wrong with one record or row, and no reason to leave the others. */
const ofRecord: ReadonlySet<string> = new Set([
  'refused',
  'not-found',
  'service-value-unfit',
  'service-no-identifier',
  'soap-fault',
]);
const isOfOne = (error: unknown): error is Error =>
  (error instanceof ServiceError && ofRecord.has(error.fault)) ||
  hasCode(error, 'dataverse-refused') ||
  hasChangedMeanwhile(error);

const isInbound = ({ direction, isKey }: EnteredMapping): boolean => isKey || direction !== Direction.Outbound;
const isOutbound = ({ direction, isKey }: EnteredMapping): boolean => isKey || direction !== Direction.Inbound;
const byRow = (pairs: readonly KnownPair[]) => new Map(pairs.map((pair) => [pair.rowId, pair]));

/**
 * Brings rows and records into agreement, piece by piece (R-1608, SYNC). A crash at any point costs a repeat and never a double: a row is
 * made under an id of its record's, a record is announced before it is made and found by its key, and a base follows what was written.
 */
export async function syncRows(service: WebService, store: RowStore, options: RowSyncOptions) {
  const { integrationId, map, since, isDryRun, batchSize, signal } = options;
  const { fields, key } = map;
  const counts: RowCounts = { processed: 0, changed: 0, removed: 0, failed: 0 };
  const preview: RowWish[] = [];
  const metRows = new Set<string>();
  const seenRecords = new Set<string>();
  /** Records whose row is known to belong to another one: that one may be gone. */
  const others: { readonly row: MappedRow; readonly record: SeenRecord; readonly known: string }[] = [];
  const wanted: { readonly row: MappedRow; readonly base: RowBase }[] = [];
  let refused: Error | null = null;
  let isUnread = false;

  const wish = (kind: RowWish['kind'], of: string, names: readonly string[]): void => {
    if (names.length > 0 && preview.length < longestPreview) preview.push({ kind, key: of, fields: names });
  };
  const names = (places: readonly number[]): string[] => places.map((place) => fields[place]?.sourceField ?? '');

  /** One that fails is left out, and told; the way to either side ends the run. */
  async function each(work: () => Promise<void>): Promise<boolean> {
    signal.throwIfAborted();
    try {
      await work();
      return true;
    } catch (error) {
      if (!isOfOne(error)) throw error;
      counts.failed += 1;
      refused ??= error;
      return false;
    }
  }
  async function inPieces<T>(items: readonly T[], work: (piece: readonly T[]) => Promise<void>): Promise<void> {
    for (const piece of pieces(items, batchSize)) {
      await work(piece);
      await options.progress(counts.processed, null);
      if (piece.length === batchSize) await pause(pauseMs, undefined, { signal });
    }
  }

  async function meet(
    row: MappedRow,
    record: SeenRecord,
    base: RowBase,
    known: string | null,
    skip: ReadonlySet<number> = new Set(),
  ): Promise<void> {
    metRows.add(row.id);
    const { plan, facts, settled } = await meetPair(map, store, integrationId, { row, record, base, known, skip });
    if (settled === null) return;
    wish('change-row', record.key, names(plan.toRow));
    wish('change-record', record.key, names(plan.toRecord));
    wish('conflict', record.key, names(plan.conflicts));
    if (plan.toRow.length + plan.toRecord.length > 0) counts.changed += 1;
    if (isDryRun) return;
    if (plan.toRecord.length > 0) {
      const sentAt = (place: number): TypedValue => map.sent(place, facts[place]?.row ?? null);
      const targetOf = (place: number): string => fields[place]?.targetField ?? '';
      const values = Object.fromEntries(plan.toRecord.map((place) => [targetOf(place), sentAt(place)]));
      const whole = Object.fromEntries(
        fields.map(({ targetField }, place) => [targetField, record.values[place] ?? null]),
      );
      await service.write({
        id: record.id,
        values,
        whole: { ...whole, ...values },
        idempotencyKey: `${row.id}:${row.version}`,
      });
    }
    await store.settle(row, settled);
  }

  async function createRow(record: SeenRecord): Promise<void> {
    const places = fields.flatMap((field, place) => (isInbound(field) ? [place] : []));
    wish('create-row', record.key, names(places));
    counts.changed += 1;
    if (isDryRun) return;
    const takenAt = (place: number): RowValue => record.taken[place] ?? null;
    const values = Object.fromEntries(places.map((place) => [fields[place]?.sourceField ?? '', takenAt(place)]));
    const base = Object.fromEntries(
      places.map((place): [string, FieldBase] => [
        fields[place]?.sourceField ?? '',
        { agreed: { row: takenAt(place), record: record.values[place] ?? null }, conflict: null },
      ]),
    );
    metRows.add(await store.create(record.id, values, base));
  }

  async function createRecord(row: MappedRow): Promise<void> {
    const outbound = fields.flatMap((field, place) => (isOutbound(field) ? [{ field, place }] : []));
    wish(
      'create-record',
      row.values[key.sourceField] ?? '',
      outbound.map(({ field }) => field.sourceField),
    );
    counts.changed += 1;
    if (isDryRun) return;
    const sent = outbound.map(({ field, place }) => {
      const here = row.values[field.sourceField] ?? null;
      return { field, here, there: map.sent(place, here) };
    });
    const base = Object.fromEntries(
      sent.map(({ field, here, there }): [string, FieldBase] => {
        const record = there === null ? null : String(there);
        return [field.sourceField, { agreed: { row: here, record }, conflict: null }];
      }),
    );
    await store.settle(row, { externalId: null, base, changes: {}, conflicts: [], over: [] });
    // What is empty here is left to the service.
    const values = Object.fromEntries(
      sent.flatMap(({ field, there }) => (there === null ? [] : [[field.targetField, there]])),
    );
    await service.write({ id: '', values, whole: values, idempotencyKey: row.id });
  }

  /**
   * One side no longer has what belongs to the other's: told once, by the key, and nothing is deleted for it.
   * @returns what somebody has decided; null: nothing yet
   */
  async function tellGone(pair: KnownPair, row: MappedRow | null, of: string): Promise<ConflictState | null> {
    const [here, there] = row === null ? [null, of] : [of, null];
    const id = conflictId(integrationId, pair.rowId, key.sourceField, here, there);
    const [shown] = await store.conflicts([id]);
    if (shown !== undefined && shown.state !== ConflictState.Superseded) return shown.state;
    wish('conflict', of, [key.sourceField]);
    if (isDryRun) return null;
    const agreed = pair.base[key.sourceField]?.agreed ?? null;
    const conflict = { id, field: key.sourceField, base: of, row: here, record: there };
    await store.settle(row ?? { id: pair.rowId, version: '' }, {
      externalId: pair.externalId,
      base: { ...pair.base, [key.sourceField]: { agreed, conflict: id } },
      changes: {},
      conflicts: [conflict],
      over: [],
    });
    return null;
  }

  async function lookAtRecords(piece: Parameters<FieldMap['recordOf']>[0][]): Promise<void> {
    const records: SeenRecord[] = [];
    for (const cells of piece) {
      counts.processed += 1;
      const isRead = await each(async () => void records.push(map.recordOf(cells)));
      isUnread ||= !isRead;
    }
    for (const { id } of records) seenRecords.add(id);
    const pairs = await store.pairsOfRecords(records.map(({ id }) => id));
    const pairOf = new Map(pairs.map((pair) => [pair.externalId, pair]));
    const rowOf = new Map((await store.rowsById(pairs.map(({ rowId }) => rowId))).map((row) => [row.id, row]));
    const lone = records.filter(({ id, key: value }) => !pairOf.has(id) && value !== '');
    const found = await store.rowsByKey(
      key.sourceField,
      lone.map((record) => record.key),
    );
    const rowOfKey = new Map(found.map((row) => [row.values[key.sourceField] ?? '', row]));
    const known = byRow(await store.pairsOfRows(found.map(({ id }) => id)));
    for (const record of records)
      await each(async () => {
        const pair = pairOf.get(record.id);
        if (pair !== undefined) {
          const row = rowOf.get(pair.rowId);
          if (row !== undefined) return meet(row, record, pair.base, record.id);
          const decided = await tellGone(pair, null, record.key);
          // A row that was deleted stays deleted, unless somebody wants it back.
          return decided === ConflictState.KeptJira && key.direction !== Direction.Outbound
            ? createRow(record)
            : undefined;
        }
        const row = rowOfKey.get(record.key);
        // Which side may have more than the other is what the direction of the key says.
        if (row === undefined) return key.direction === Direction.Outbound ? undefined : createRow(record);
        const other = known.get(row.id);
        if (other?.externalId == null) return meet(row, record, other?.base ?? {}, null);
        metRows.add(row.id);
        others.push({ row, record, known: other.externalId });
      });
  }

  /** The service has not named the record of a row: it has not changed since, it is gone, or there is none yet. */
  async function unseen(row: MappedRow, pair: KnownPair | undefined): Promise<void> {
    if (pair === undefined || pair.externalId === null) {
      const value = row.values[key.sourceField] ?? null;
      if (service.writes.create && value !== null && key.direction !== Direction.Inbound)
        wanted.push({ row, base: pair?.base ?? {} });
      return;
    }
    if (since === null) {
      // An answer without records, or with one that could not be read, says nothing of others.
      if (seenRecords.size === 0 || isUnread || seenRecords.has(pair.externalId)) return;
      const decided = await tellGone(pair, row, row.values[key.sourceField] ?? pair.externalId);
      if (decided === ConflictState.KeptCrm && service.writes.create) wanted.push({ row, base: {} });
      return;
    }
    const shown = new Map(
      (await store.conflicts(Object.values(pair.base).flatMap(({ conflict }) => conflict ?? []))).map((one) => [
        one.id,
        one,
      ]),
    );
    const skip = new Set<number>();
    const values: RowValue[] = [];
    const taken: RowValue[] = [];
    for (const [place, { sourceField, isKey }] of fields.entries()) {
      const { agreed = null, conflict: id = null } = pair.base[sourceField] ?? {};
      const conflict = isKey || id === null ? undefined : shown.get(id);
      if (conflict !== undefined) {
        values.push(conflict.record);
        taken.push(map.taken(place, conflict.record));
      } else if (agreed !== null) {
        values.push(agreed.record);
        taken.push(agreed.row);
      } else {
        // Of a field that was mapped since, nothing is known of the record until it is read: the row's value stands for it.
        skip.add(place);
        const sent = map.sent(place, row.values[sourceField] ?? null);
        values.push(sent === null ? null : String(sent));
        taken.push(row.values[sourceField] ?? null);
      }
    }
    const record = { id: pair.externalId, key: row.values[key.sourceField] ?? '', values, taken };
    await meet(row, record, pair.base, pair.externalId, skip);
  }

  for await (const page of service.pages(since, map.expressions))
    await inPieces(page.rows, (piece) => lookAtRecords([...piece]));
  if (since === null)
    for (const { row, record, known } of others)
      if (!seenRecords.has(known)) await each(() => meet(row, record, {}, null));

  const rows = new Map((await store.rows(since)).map((row) => [row.id, row]));
  const decided = since === null ? [] : (await store.decidedRows(since)).filter((id) => !rows.has(id));
  for (const row of await store.rowsById(decided)) rows.set(row.id, row);
  const left = [...rows.values()].filter(({ id }) => !metRows.has(id));
  await inPieces(left, async (piece) => {
    const pairs = byRow(await store.pairsOfRows(piece.map(({ id }) => id)));
    for (const row of piece) {
      counts.processed += 1;
      await each(() => unseen(row, pairs.get(row.id)));
    }
  });

  // Only a look at all records says that one is not there.
  const missing = new Map(wanted.map((one) => [one.row.values[key.sourceField] ?? '', one]));
  if (since !== null && missing.size > 0)
    for await (const page of service.pages(null, map.expressions))
      for (const cells of page.rows)
        await each(async () => {
          const value = map.keyOf(cells);
          const found = value === null ? undefined : missing.get(value);
          if (value === null || found === undefined) return;
          missing.delete(value);
          await meet(found.row, map.recordOf(cells), found.base, null);
        });
  await inPieces([...missing.values()], async (piece) => {
    for (const { row } of piece) await each(() => createRecord(row));
  });

  return { counts, preview: isDryRun ? preview : null, refused };
}

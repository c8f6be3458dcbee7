import {
  type EnteredMapping,
  type FieldFacts,
  type RowValue,
  Direction,
  isSettled,
  planRow,
  type RowPolicy,
  transformed,
} from '@crmjira/domain';
import type { Cell } from '../../../../clients/web-service/expressions/expression-task';
import { ServiceError } from '../../../../clients/web-service/service-error';
import type { WebService } from '../../../../clients/web-service/web-service';
import type { FieldConflict, KnownPair, MappedRow, RowBase, RowStore } from './row-store';

export interface RowSyncOptions {
  readonly mappings: readonly EnteredMapping[];
  /** Path of a record's identifier; empty: what the key mapping reads. */
  readonly idPath: string;
  readonly policy: RowPolicy;
  /** null: everything is read. */
  readonly since: Date | null;
  readonly isDryRun: boolean;
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

/** A record of the service, mapped. */
interface SeenRecord {
  readonly id: string;
  readonly key: string;
  readonly values: readonly RowValue[];
  readonly taken: readonly RowValue[];
}

/** Most wishes that are shown. */
const longestPreview = 50;

const textOf = (cell: Cell | undefined, expression: string): RowValue => {
  if (typeof cell !== 'object' || cell === null) return cell ?? null;
  throw new ServiceError('service-expression-invalid', { expression, why: cell.wrong });
};

/**
 * Brings rows and records into agreement, page by page (R-1608). A crash at any point costs a repeat and never a double: a row is made
 * under an id of its record's, a record is announced before it is made and found by its key, and a base follows what was written.
 */
export async function syncRows(service: WebService, store: RowStore, options: RowSyncOptions) {
  const { mappings, idPath, policy, since, isDryRun, signal } = options;
  const key = mappings.find(({ isKey }) => isKey);
  if (key === undefined) throw new ServiceError('service-no-identifier');
  const keyAt = mappings.indexOf(key);
  const counts: RowCounts = { processed: 0, changed: 0, removed: 0, failed: 0 };
  const preview: RowWish[] = [];
  let refused: Error | null = null;

  const rows = await store.rows();
  const rowById = new Map(rows.map((row) => [row.id, row]));
  const rowByKey = new Map(rows.map((row) => [row.values[key.sourceField] ?? '', row]));
  const pairs = await store.pairs();
  const pairByRecord = new Map(pairs.flatMap((pair) => (pair.externalId === null ? [] : [[pair.externalId, pair]])));
  const pairByRow = new Map(pairs.map((pair) => [pair.rowId, pair]));
  const seen = new Set<string>();

  const wish = (kind: RowWish['kind'], of: string, fields: readonly string[]): void => {
    if (fields.length > 0 && preview.length < longestPreview) preview.push({ kind, key: of, fields });
  };
  const names = (places: readonly number[]): string[] => places.map((place) => mappings[place]?.sourceField ?? '');

  function recordOf(cells: readonly Cell[]): SeenRecord {
    const values = mappings.map(({ targetField }, place) => textOf(cells[place + 1], targetField));
    const id = idPath === '' ? values[keyAt] : textOf(cells[0], idPath);
    if (id === null || id === undefined || id === '') throw new ServiceError('service-no-identifier');
    const taken = mappings.map(({ transform, targetField }, place) => {
      const value = transformed(values[place] ?? null, transform);
      if (typeof value !== 'object' || value === null) return value;
      throw new ServiceError('service-value-unfit', { expression: targetField, value: value.wrong.slice(0, 100) });
    });
    return { id, key: taken[keyAt] ?? '', values, taken };
  }

  const factsOf = (row: MappedRow, record: SeenRecord, base: RowBase): FieldFacts[] =>
    mappings.map(({ direction, isKey, sourceField }, place) => ({
      mapping: place,
      direction,
      isKey,
      row: row.values[sourceField] ?? null,
      record: record.values[place] ?? null,
      taken: record.taken[place] ?? null,
      base: base[sourceField] ?? null,
    }));

  async function createRow(record: SeenRecord): Promise<void> {
    const inbound = mappings.flatMap((mapping, place) =>
      mapping.direction === Direction.Outbound && !mapping.isKey ? [] : [[mapping.sourceField, place] as const],
    );
    wish(
      'create-row',
      record.key,
      inbound.map(([name]) => name),
    );
    counts.changed += 1;
    if (isDryRun) return;
    const values = Object.fromEntries(inbound.map(([name, place]) => [name, record.taken[place] ?? null]));
    const base = Object.fromEntries(
      inbound.map(([name, place]) => [
        name,
        { row: record.taken[place] ?? null, record: record.values[place] ?? null },
      ]),
    );
    seen.add(await store.create(record.id, values, base));
  }

  async function meet(row: MappedRow, record: SeenRecord, base: RowBase): Promise<void> {
    const facts = factsOf(row, record, base);
    const plan = planRow(facts, policy);
    const isNew = pairByRow.get(row.id)?.externalId !== record.id;
    if (isSettled(plan) && !isNew) return;
    wish('change-row', record.key, names(plan.toRow));
    wish('change-record', record.key, names(plan.toRecord));
    wish('conflict', record.key, names(plan.conflicts));
    if (plan.toRow.length + plan.toRecord.length > 0) counts.changed += 1;
    if (isDryRun) return;
    const factAt = (place: number): FieldFacts | undefined => facts[place];
    const sent = Object.fromEntries(
      plan.toRecord.map((place) => [mappings[place]?.targetField ?? '', factAt(place)?.row ?? null]),
    );
    if (plan.toRecord.length > 0)
      await service.write({ id: record.id, values: sent, idempotencyKey: `${row.id}:${row.version}` });
    const next: Record<string, { row: RowValue; record: RowValue }> = { ...base };
    for (const place of [...plan.toRow, ...plan.toRecord, ...plan.agreed]) {
      const fact = factAt(place);
      const name = mappings[place]?.sourceField;
      if (fact === undefined || name === undefined) continue;
      // What was written stands as it was sent, until the next run has read what the service made of it.
      next[name] = plan.toRow.includes(place)
        ? { row: fact.taken, record: fact.record }
        : { row: fact.row, record: plan.toRecord.includes(place) ? fact.row : fact.record };
    }
    const changes = Object.fromEntries(
      plan.toRow.map((place) => [mappings[place]?.sourceField ?? '', factAt(place)?.taken ?? null]),
    );
    const conflicts = plan.conflicts.map((place): FieldConflict => {
      const fact = factAt(place);
      return {
        field: mappings[place]?.sourceField ?? '',
        base: fact?.base?.row ?? null,
        row: fact?.row ?? null,
        record: fact?.record ?? null,
        kept: plan.toRow.includes(place) ? 'record' : plan.toRecord.includes(place) ? 'row' : 'nothing',
      };
    });
    await store.settle(row, record.id, changes, next, conflicts);
  }

  /** One that fails is left out, and told; the way to the service ends the run. */
  async function each(work: () => Promise<void>): Promise<void> {
    signal.throwIfAborted();
    counts.processed += 1;
    try {
      await work();
    } catch (error) {
      const isOfRecord =
        error instanceof ServiceError &&
        ['refused', 'not-found', 'service-value-unfit', 'service-no-identifier', 'soap-fault'].includes(error.fault);
      if (!isOfRecord) throw error;
      counts.failed += 1;
      refused ??= error;
    }
  }

  for await (const page of service.pages(since, [
    idPath === '' ? key.targetField : idPath,
    ...mappings.map(({ targetField }) => targetField),
  ])) {
    for (const cells of page.rows)
      await each(async () => {
        const record = recordOf(cells);
        const pair = pairByRecord.get(record.id);
        const row = pair === undefined ? rowByKey.get(record.key) : rowById.get(pair.rowId);
        if (row !== undefined) {
          seen.add(row.id);
          await meet(row, record, (pair ?? pairByRow.get(row.id))?.base ?? {});
          // A row that was deleted stays deleted.
          // Which side may have more than the other is what the direction of the key says.
        } else if (pair === undefined && key.direction !== Direction.Outbound) await createRow(record);
      });
    await options.progress(counts.processed, null);
  }

  /** The service has not named its record: it has not changed since, or there is none yet. */
  const unseen = async (row: MappedRow, pair: KnownPair | undefined): Promise<void> => {
    if (pair !== undefined && pair.externalId !== null) {
      // Everything was read: the record is gone, and nothing is deleted for that.
      if (since === null) return;
      const values = mappings.map(({ sourceField }) => pair.base[sourceField]?.record ?? null);
      const taken = mappings.map(({ sourceField }) => pair.base[sourceField]?.row ?? null);
      return meet(row, { id: pair.externalId, key: row.values[key.sourceField] ?? '', values, taken }, pair.base);
    }
    const value = row.values[key.sourceField] ?? null;
    const outbound = mappings.filter(({ direction, isKey }) => isKey || direction !== Direction.Inbound);
    if (!service.writes.create || value === null || key.direction === Direction.Inbound) return;
    // One that was announced may be on its way: only a look at everything says that it is not.
    if (pair !== undefined && since !== null) return;
    wish(
      'create-record',
      value,
      outbound.map(({ sourceField }) => sourceField),
    );
    counts.changed += 1;
    if (isDryRun) return;
    if (pair === undefined) await store.announce(row.id);
    const values = Object.fromEntries(
      outbound.map(({ sourceField, targetField }) => [targetField, row.values[sourceField] ?? null]),
    );
    await service.write({ id: '', values, idempotencyKey: row.id });
  };

  for (const row of rows) if (!seen.has(row.id)) await each(() => unseen(row, pairByRow.get(row.id)));

  return { counts, preview: isDryRun ? preview : null, refused };
}

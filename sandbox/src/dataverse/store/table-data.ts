import type { AlternateKeyMetadata } from '@crmjira/domain';
import { isLookup, type Table } from '../metadata/schema';
import { fold, isReference, referenceId, type Row } from './row';

/** One table in memory, indexed by primary id, lookups and alternate keys. */
export class TableData {
  readonly rows = new Map<string, Row>();
  private readonly lookups: ReadonlyMap<string, Map<string | null, Set<string>>>;
  private readonly keys: ReadonlyMap<string, { definition: AlternateKeyMetadata; ids: Map<string, string> }>;

  constructor(readonly table: Table) {
    this.lookups = new Map(
      table.columns
        .filter(
          (column) =>
            isLookup(column) || (column.type === 'Uniqueidentifier' && column.logicalName !== table.primaryId),
        )
        .map((column) => [column.logicalName, new Map()]),
    );
    this.keys = new Map(table.keys.map((key) => [key.logicalName, { definition: key, ids: new Map() }]));
  }

  put(id: string, row: Row): void {
    const before = this.rows.get(id);
    this.rows.set(id, row);
    this.reindex(id, before, row);
  }

  remove(id: string): void {
    const before = this.rows.get(id);
    if (!before) return;
    this.rows.delete(id);
    this.reindex(id, before, undefined);
  }

  pointingAt(column: string, id: string | null): Iterable<string> {
    return this.lookups.get(column)?.get(id) ?? [];
  }

  idByKey(key: string, values: Row): string | undefined {
    const found = this.keys.get(key);
    if (!found) return undefined;
    const text = keyText(found.definition, values);
    return text === null ? undefined : found.ids.get(text);
  }

  private reindex(id: string, before: Row | undefined, after: Row | undefined): void {
    for (const [column, index] of this.lookups) {
      const old = before && pointed(before, column);
      const now = after && pointed(after, column);
      if (old === now) continue;
      if (old !== undefined) index.get(old)?.delete(id);
      if (now !== undefined) {
        const ids = index.get(now);
        if (ids) ids.add(id);
        else index.set(now, new Set([id]));
      }
    }
    for (const { definition, ids } of this.keys.values()) {
      const old = before ? keyText(definition, before) : null;
      const now = after ? keyText(definition, after) : null;
      if (old === now) continue;
      if (old !== null && ids.get(old) === id) ids.delete(old);
      if (now !== null) ids.set(now, id);
    }
  }
}

/** What a row's lookup holds; null: nothing. */
export function pointed(row: Row, column: string): string | null {
  const value = row[column];
  return typeof value === 'string' ? value : referenceId(value);
}

/** Null when a column is empty: the platform does not watch over keys with a hole. */
export function keyText(key: AlternateKeyMetadata, row: Row): string | null {
  const parts: string[] = [];
  for (const column of key.columns) {
    const value = row[column];
    if (value === undefined || value === null) return null;
    parts.push(isReference(value) ? value.id : fold(String(value)));
  }
  return JSON.stringify(parts);
}

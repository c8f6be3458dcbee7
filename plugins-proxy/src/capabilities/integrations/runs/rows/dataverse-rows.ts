import { ConflictState, derivedId, Direction, entryOf, type RowValue, fitText, tables } from '@crmjira/domain';
import { z } from 'zod';
import type { DataverseClient } from '../../../../clients/dataverse/dataverse-client';
import { quoted } from '../../../../clients/dataverse/filter';
import type { PlainWrite } from '../../../../clients/dataverse/plain-write';
import { ServiceError } from '../../../../clients/web-service/service-error';
import type { FieldConflict, KnownPair, MappedRow, RowBase, RowStore } from './row-store';

const externalRef = tables.crmjira_external_ref;
const side = z.string().nullable();
const storedBase = z.record(z.string(), z.strictObject({ row: side, record: side }));
const refRow = z.object({
  crmjira_record_id: z.string(),
  crmjira_external_id: z.string(),
  crmjira_base: z.string().nullable(),
});

/** Stands for the identifier of a record that is announced. */
const announced = 'announced:';

/** Longest identifier of a record: `crmjira_external_id`. */
const longestId = 100;

const valueOf = (value: unknown): RowValue => {
  if (value === null || value === undefined || value === '') return null;
  return typeof value === 'object' ? JSON.stringify(value) : String(value as string | number | boolean);
};

const baseOf = (text: string | null): RowBase => {
  const found = storedBase.safeParse(text === null ? {} : JSON.parse(text));
  return found.data ?? {};
};

/** Columns that hold numbers, by the transform of their mapping. */
export interface RowColumns {
  readonly names: readonly string[];
  readonly numbers: ReadonlySet<string>;
}

/**
 * Rows of one table of Dynamics, and the pairs of one integration, in Dataverse.
 * @param integrationId its pairs are its own, though others sync the same table
 * @throws ServiceError where the table is none of those that this solution knows
 */
export function dataverseRows(
  dataverse: Pick<DataverseClient, 'many' | 'changeSet'>,
  integrationId: string,
  table: string,
  columns: RowColumns,
): RowStore {
  const known: { readonly entitySet: string; readonly primaryId: string } | undefined = entryOf(tables, table);
  if (known === undefined) throw new ServiceError('service-table-unknown', { table: table.slice(0, 100) });
  const { entitySet, primaryId } = known;
  const system = `web:${integrationId}`;
  const pairId = (rowId: string): string => derivedId(integrationId, 'external-ref', rowId);
  const typed = (values: Readonly<Record<string, RowValue>>): Record<string, unknown> =>
    Object.fromEntries(
      Object.entries(values).map(([name, value]) => [
        name,
        value === null ? null : columns.numbers.has(name) ? Number(value) : value,
      ]),
    );

  const pairWrite = (rowId: string, externalId: string, base: RowBase): PlainWrite => {
    if (externalId.length > longestId) throw new ServiceError('service-no-identifier');
    return {
      op: 'upsert',
      collection: externalRef.entitySet,
      id: pairId(rowId),
      columns: {
        crmjira_name: fitText('crmjira_external_ref', 'crmjira_name', externalId),
        crmjira_system: system,
        crmjira_external_id: externalId,
        crmjira_record_table: table,
        crmjira_record_id: rowId,
        crmjira_direction: Direction.Both,
        crmjira_base: JSON.stringify(base),
      },
    };
  };
  const conflictWrite = (rowId: string, { field, base, row, record, kept }: FieldConflict): PlainWrite => ({
    op: 'upsert',
    collection: tables.crmjira_sync_conflict.entitySet,
    // The same values are the same conflict, however often they are seen.
    id: derivedId(integrationId, 'conflict', rowId, field, JSON.stringify([row, record])),
    columns: {
      crmjira_name: fitText('crmjira_sync_conflict', 'crmjira_name', field),
      crmjira_regarding_table: table,
      crmjira_regarding_id: rowId,
      crmjira_field: field,
      crmjira_base_value: base,
      crmjira_crm_value: row,
      crmjira_jira_value: record,
      crmjira_state:
        kept === 'nothing' ? ConflictState.Open : kept === 'row' ? ConflictState.KeptCrm : ConflictState.KeptJira,
    },
  });

  return {
    pairs: async () => {
      const found = await dataverse.many(
        externalRef.entitySet,
        {
          select: ['crmjira_record_id', 'crmjira_external_id', 'crmjira_base'],
          filter: `crmjira_system eq ${quoted(system)}`,
        },
        refRow,
      );
      return found.map((row): KnownPair => ({
        rowId: row.crmjira_record_id,
        externalId: row.crmjira_external_id.startsWith(announced) ? null : row.crmjira_external_id,
        base: baseOf(row.crmjira_base),
      }));
    },
    rows: async () => {
      const found = await dataverse.many(entitySet, { select: [primaryId, ...columns.names] }, z.looseObject({}));
      return found.map((row): MappedRow => ({
        id: String(row[primaryId]),
        version: String(row['@odata.etag']),
        values: Object.fromEntries(columns.names.map((name) => [name, valueOf(row[name])])),
      }));
    },
    create: async (externalId, values, base) => {
      const id = derivedId(integrationId, 'row', externalId);
      // Under an id of the record's: the change set of a repeat writes the same again.
      await dataverse.changeSet([
        { op: 'upsert', collection: entitySet, id, columns: typed(values) },
        pairWrite(id, externalId, base),
      ]);
      return id;
    },
    announce: (rowId) => dataverse.changeSet([pairWrite(rowId, `${announced}${rowId}`, {})]),
    settle: ({ id, version }, externalId, changes, base, conflicts) =>
      dataverse.changeSet([
        ...(Object.keys(changes).length === 0
          ? []
          : [{ op: 'update' as const, collection: entitySet, id, columns: typed(changes), ifMatch: version }]),
        pairWrite(id, externalId, base),
        ...conflicts.map((conflict) => conflictWrite(id, conflict)),
      ]),
  };
}

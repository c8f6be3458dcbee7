import {
  ConflictState,
  derivedId,
  Direction,
  fitText,
  heldValue,
  type RowValue,
  type TableFacts,
  tables,
  typedValue,
  wholeSecond,
} from '@crmjira/domain';
import { z } from 'zod';
import { choice, guid, optionalText, text } from '../../../../clients/dataverse/columns';
import type { DataverseClient } from '../../../../clients/dataverse/dataverse-client';
import { equalsOneOf, quoted } from '../../../../clients/dataverse/filter';
import type { PlainWrite } from '../../../../clients/dataverse/plain-write';
import { ServiceError } from '../../../../clients/web-service/service-error';
import { pieces } from '../../../../platform/pieces';
import type { FieldConflict, KnownPair, MappedRow, RowBase, RowStore } from './row-store';
import { readBase, writeBase } from './stored-base';

const refs = tables.crmjira_external_ref;
const conflicts = tables.crmjira_sync_conflict;
const refRow = z.object({ crmjira_record_id: text, crmjira_external_id: text, crmjira_base: optionalText });
const conflictRow = z.object({
  crmjira_sync_conflictid: guid,
  crmjira_crm_value: optionalText,
  crmjira_jira_value: optionalText,
  crmjira_state: choice(ConflictState).nullish(),
});
const decidedRow = z.object({ crmjira_regarding_id: text });

/** `crmjira_system` of all pairs that REST and SOAP integrations keep begins so. */
export const webSystem = 'web:';
/** Stands for the identifier of a record that is announced. */
const announced = 'announced:';
/** Longest identifier of a record: `crmjira_external_id`. */
const longestId = 100;
/** Values of one filter: an address is no longer than a server takes. */
const inFilter = 25;

/** What rows of one integration are read and written with. */
export interface DataverseRowsParts {
  readonly dataverse: Pick<DataverseClient, 'many' | 'changeSet'>;
  /** Its pairs are its own, though others sync the same table. */
  readonly integrationId: string;
  readonly table: string;
  readonly facts: TableFacts;
  /** Columns that mappings name; all of them are in the facts. */
  readonly names: readonly string[];
}

/** Rows of one table of Dynamics, and the pairs of one integration, in Dataverse. */
export function dataverseRows({ dataverse, integrationId, table, facts, names }: DataverseRowsParts): RowStore {
  const { entitySet, primaryId, columns } = facts;
  const system = `${webSystem}${integrationId}`;
  const ofSystem = `crmjira_system eq ${quoted(system)}`;
  const pairId = (rowId: string): string => derivedId(integrationId, 'external-ref', rowId);
  const typed = (values: Readonly<Record<string, RowValue>>): Record<string, unknown> =>
    Object.fromEntries(
      Object.entries(values).flatMap(([name, value]) => {
        const column = columns.get(name);
        return column === undefined ? [] : [[name, typedValue(value, column)]];
      }),
    );

  const pairWrite = (rowId: string, externalId: string, base: RowBase): PlainWrite => {
    if (externalId.length > longestId) throw new ServiceError('service-no-identifier');
    return {
      op: 'upsert',
      collection: refs.entitySet,
      id: pairId(rowId),
      columns: {
        crmjira_name: fitText('crmjira_external_ref', 'crmjira_name', externalId),
        crmjira_system: system,
        crmjira_external_id: externalId,
        crmjira_record_table: table,
        crmjira_record_id: rowId,
        crmjira_direction: Direction.Both,
        crmjira_base: writeBase(base),
      },
    };
  };
  const conflictWrite = (rowId: string, { id, field, base, row, record }: FieldConflict): PlainWrite => ({
    op: 'upsert',
    collection: conflicts.entitySet,
    id,
    columns: {
      crmjira_name: fitText('crmjira_sync_conflict', 'crmjira_name', field),
      crmjira_regarding_table: table,
      crmjira_regarding_id: rowId,
      crmjira_field: field,
      crmjira_base_value: base,
      crmjira_crm_value: row,
      crmjira_jira_value: record,
      crmjira_state: ConflictState.Open,
    },
  });

  const mapped = (row: Readonly<Record<string, unknown>>): MappedRow => ({
    id: String(row[primaryId]),
    version: String(row['@odata.etag']),
    values: Object.fromEntries(
      names.flatMap((name) => {
        const column = columns.get(name);
        return column === undefined ? [] : [[name, heldValue(row[name], column)]];
      }),
    ),
  });
  const rowsOf = async (filter: string | null): Promise<readonly MappedRow[]> => {
    const select = [primaryId, ...names];
    const query = filter === null ? { select } : { select, filter };
    return (await dataverse.many(entitySet, query, z.looseObject({}))).map(mapped);
  };
  /** One list of what is asked for in several filters. */
  const each = async <T>(
    asked: readonly string[],
    read: (piece: readonly string[]) => Promise<readonly T[]>,
  ): Promise<readonly T[]> => {
    const found: T[] = [];
    for (const piece of pieces([...new Set(asked)], inFilter)) found.push(...(await read(piece)));
    return found;
  };
  const pairsOf = async (filter: string): Promise<readonly KnownPair[]> => {
    const select = Object.keys(refRow.shape);
    const found = await dataverse.many(refs.entitySet, { select, filter: `${ofSystem} and ${filter}` }, refRow);
    return found.map((row): KnownPair => ({
      rowId: row.crmjira_record_id,
      externalId: row.crmjira_external_id.startsWith(announced) ? null : row.crmjira_external_id,
      base: readBase(row.crmjira_base),
    }));
  };
  /** A value as a filter compares it. */
  const literal = (column: string, value: string): string => {
    const facts = columns.get(column);
    const written = facts === undefined ? value : typedValue(value, facts);
    return typeof written === 'string' && (facts?.kind ?? 'text') === 'text' ? quoted(written) : String(written);
  };
  const oneOf = (column: string, values: readonly string[]): string =>
    `(${values.map((value) => `${column} eq ${literal(column, value)}`).join(' or ')})`;

  return {
    rows: (since) =>
      rowsOf(since === null || !columns.has('modifiedon') ? null : `modifiedon ge ${wholeSecond(since.toISOString())}`),
    rowsById: (ids) => each(ids, (piece) => rowsOf(equalsOneOf(primaryId, piece))),
    rowsByKey: (column, keys) => each(keys, (piece) => rowsOf(oneOf(column, piece))),
    pairsOfRecords: (externalIds) => each(externalIds, (piece) => pairsOf(oneOf('crmjira_external_id', piece))),
    pairsOfRows: (rowIds) => each(rowIds, (piece) => pairsOf(equalsOneOf(refs.primaryId, piece.map(pairId)))),
    conflicts: (ids) =>
      each(ids, async (piece) => {
        const filter = equalsOneOf(conflicts.primaryId, piece);
        const query = { select: Object.keys(conflictRow.shape), filter };
        return (await dataverse.many(conflicts.entitySet, query, conflictRow)).map((row) => ({
          id: row.crmjira_sync_conflictid,
          row: row.crmjira_crm_value,
          record: row.crmjira_jira_value,
          state: row.crmjira_state ?? ConflictState.Open,
        }));
      }),
    decidedRows: async (since) => {
      const filter = `crmjira_regarding_table eq ${quoted(table)} and crmjira_decided_on ge ${wholeSecond(since.toISOString())}`;
      const found = await dataverse.many(conflicts.entitySet, { select: ['crmjira_regarding_id'], filter }, decidedRow);
      return [...new Set(found.map((row) => row.crmjira_regarding_id))];
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
    settle: ({ id, version }, { externalId, changes, base, conflicts: told, over }) =>
      dataverse.changeSet([
        ...(Object.keys(changes).length === 0
          ? []
          : [{ op: 'update' as const, collection: entitySet, id, columns: typed(changes), ifMatch: version }]),
        pairWrite(id, externalId ?? `${announced}${id}`, base),
        ...told.map((conflict) => conflictWrite(id, conflict)),
        ...over.map((conflict): PlainWrite => ({
          op: 'update',
          collection: conflicts.entitySet,
          id: conflict,
          columns: { crmjira_state: ConflictState.Superseded },
        })),
      ]),
  };
}

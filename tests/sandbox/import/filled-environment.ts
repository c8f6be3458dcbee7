import type { SolutionMetadata } from '@crmjira/domain';
import { guidOf } from '../../../sandbox/src/dataverse/guid';
import { mergedMetadata } from '../../../sandbox/src/dataverse';
import { type Fixture, ids } from '../dataverse/dataverse-fixture';

/** One row a table, with a value in every column of ours: what an upgrade could lose. */

type Table = SolutionMetadata['tables'][number];
type Column = Table['columns'][number];
type Json = Readonly<Record<string, unknown>>;

export const filledId = (table: string): string => guidOf(`filled:${table}`);

/** Rows of Microsoft's tables that lookups of ours can lead to. */
const given: Readonly<Record<string, readonly [set: string, id: string]>> = {
  opportunity: ['opportunities', ids.opportunity],
  account: ['accounts', ids.account],
  systemuser: ['systemusers', ids.salesRep],
  incident: ['incidents', filledId('incident')],
};

function valueOf({ logicalName, type, maxLength, options, format }: Column): unknown {
  switch (type) {
    case 'String':
    case 'Memo':
      return (format === 'Url' ? `https://example.com/${logicalName}` : `What ${logicalName} held`).slice(0, maxLength);
    case 'Integer':
      return 7;
    case 'Decimal':
      return 0.5;
    case 'Money':
      return 1234.56;
    case 'Boolean':
      return true;
    case 'DateTime':
      return format === 'DateOnly' ? '2025-01-10' : '2025-01-10T11:12:13Z';
    case 'Picklist':
      return options?.at(-1)?.value;
    default:
      return undefined;
  }
}

export interface FilledRow {
  readonly table: string;
  readonly url: string;
}

/**
 * Fills every table of the solutions that are installed.
 * @param over columns of a table that must make sense together
 */
export async function fill(
  { call, dataverse }: Fixture,
  over: Readonly<Record<string, Json>> = {},
): Promise<readonly FilledRow[]> {
  const incident = { title: 'A case', 'customerid_account@odata.bind': `/accounts(${ids.account})` };
  const made = await call('PATCH', `incidents(${filledId('incident')})`, incident);
  if (made.status !== 204) throw new Error(made.text);
  const { relationships, extensions, ...all } = mergedMetadata(dataverse.installed().map(({ metadata }) => metadata));
  const tables = all.tables.filter(({ isBusinessProcessFlow }) => !isBusinessProcessFlow);
  const setOf = new Map(tables.map(({ logicalName, entitySetName }) => [logicalName, entitySetName]));
  const filled = new Set<string>();
  const columnsOf = (table: Table): Json => {
    const added = extensions.filter(({ logicalName }) => logicalName === table.logicalName);
    const own = [table, ...added]
      .flatMap(({ columns }) => columns)
      .filter(({ isCustom, isValidForCreate }) => isCustom && isValidForCreate);
    const binds = relationships
      .filter(({ referencingTable }) => referencingTable === table.logicalName)
      .flatMap(({ referencedTable, referencingColumn, referencingNavigation }) => {
        if (!own.some(({ logicalName }) => logicalName === referencingColumn)) return [];
        const [set, id] = given[referencedTable] ?? [setOf.get(referencedTable), filledId(referencedTable)];
        if (!(referencedTable in given) && !filled.has(referencedTable)) return [];
        return [[`${referencingNavigation}@odata.bind`, `/${set}(${id})`]];
      });
    return Object.fromEntries([
      ...own.map((column) => [column.logicalName, valueOf(column)]).filter(([, value]) => value !== undefined),
      ...binds,
    ]) as Json;
  };
  const parentsOf = ({ logicalName }: Table): readonly string[] =>
    relationships
      .filter(({ referencingTable, referencedTable }) => referencingTable === logicalName && setOf.has(referencedTable))
      .map(({ referencedTable }) => referencedTable);
  const rows: FilledRow[] = [];
  for (let left = tables; left.length > 0;) {
    const ready = left.filter((table) => parentsOf(table).every((parent) => filled.has(parent)));
    for (const table of ready) {
      const { logicalName, entitySetName } = table;
      const url = `${entitySetName}(${filledId(logicalName)})`;
      const { status, text } = await call('PATCH', url, { ...columnsOf(table), ...over[logicalName] });
      if (status !== 204) throw new Error(`${url}: ${text}`);
      filled.add(logicalName);
      rows.push({ table: logicalName, url });
    }
    left = left.filter((table) => !ready.includes(table));
    if (ready.length === 0) throw new Error(`in a circle: ${left.map(({ logicalName }) => logicalName).join(', ')}`);
  }
  return [...rows, { table: 'opportunity', url: `opportunities(${ids.opportunity})` }];
}

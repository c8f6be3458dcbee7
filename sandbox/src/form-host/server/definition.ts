import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ColumnMetadata, SolutionMetadata } from '@crmjira/domain';
import type { ColumnFacts, FormDefinition, HostDefinition } from '../contract';
import type { HostFolders } from './host-folders';
import { parseFormXml } from './parse-form-xml';
import { parseRibbonDiff } from './parse-ribbon-diff';
import { parseSiteMap } from './parse-site-map';
import { platformColumns } from './platform-columns';
import { findBuiltControls } from './read-control';
import { relatedTables } from './read-sub-grid';
import { readViews } from './read-views';

const MAPPING = 'crmjira_budget_mapping';

/** What follows from the solution alone, whoever looks at the page. */
export type SolutionDefinition = Pick<
  HostDefinition,
  'form' | 'ribbon' | 'navigation' | 'process' | 'processEntitySet' | 'controls' | 'columns' | 'mappings' | 'related'
>;

/**
 * Reads form, ribbon, site map, process, columns, views and built components: of the import where there is one, else of the source.
 * @throws Error when the solution holds no Opportunity main form
 */
export function readSolutionDefinition(folders: HostFolders): SolutionDefinition {
  // Written by our own generator, whose type this is; a stale file fails the generator's check.
  const metadata = JSON.parse(readFileSync(folders.metadata, 'utf8')) as SolutionMetadata;
  const process = metadata.processFlows.find((flow) => flow.primaryTable === 'opportunity') ?? null;
  const processTable = metadata.tables.find((table) => table.logicalName === process?.uniqueName);
  const form = readForm(folders.opportunityForms);
  const factsOf = (table: string): Record<string, ColumnFacts> =>
    Object.fromEntries(columnsOf(metadata, table).map((column) => [column.logicalName, toFacts(column, metadata)]));
  return {
    form,
    related: relatedTables(form, metadata, factsOf),
    ribbon: parseRibbonDiff(textOf(folders.opportunityRibbon)),
    navigation: parseSiteMap(textOf(folders.siteMap), metadata),
    process,
    processEntitySet: processTable?.entitySetName ?? `${process?.uniqueName}s`,
    controls: findBuiltControls(folders.controls).map((control) => control.definition),
    columns: {
      ...platformColumns,
      ...Object.fromEntries(
        columnsOf(metadata, 'opportunity').map((column) => [column.logicalName, toFacts(column, metadata)]),
      ),
    },
    mappings: {
      name: MAPPING,
      columns: Object.fromEntries(
        columnsOf(metadata, MAPPING).map((column) => [column.logicalName, toFacts(column, metadata)]),
      ),
      views: readViews(folders.mappingViews),
    },
  };
}

function readForm(folder: string): FormDefinition {
  const file = readdirSync(folder).find((name) => name.endsWith('.xml'));
  if (!file) throw new Error(`There is no Opportunity main form in ${folder}.`);
  return parseFormXml(textOf(join(folder, file)));
}

const textOf = (file: string): string => readFileSync(file, 'utf8').replace(/^\uFEFF/, '');

function columnsOf(metadata: SolutionMetadata, table: string): readonly ColumnMetadata[] {
  return [...metadata.tables, ...metadata.extensions]
    .filter(({ logicalName }) => logicalName === table)
    .flatMap(({ columns }) => columns);
}

function toFacts(column: ColumnMetadata, metadata: SolutionMetadata): ColumnFacts {
  const global = metadata.globalOptionSets.find((set) => set.name === column.optionSetName);
  return {
    type: column.type,
    label: column.displayName,
    options: (column.options ?? global?.options ?? []).map(({ value, label }) => ({ value, label })),
    maxLength: column.maxLength ?? null,
    precision: column.precision ?? null,
    required: column.requiredLevel === 'ApplicationRequired' || column.requiredLevel === 'SystemRequired',
    dateOnly: column.dateTimeBehavior === 'DateOnly' || column.format === 'DateOnly',
    secured: column.isSecured,
    targets: column.targets ?? [],
  };
}

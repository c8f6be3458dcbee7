import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type ColumnMetadata, entryOf, type SolutionMetadata } from '@crmjira/domain';
import { mergedMetadata } from '../../dataverse/index';
import type {
  ColumnFacts,
  FormDefinition,
  HostDefinition,
  NavigationEntry,
  TableDefinition,
  TablePages,
  TableRibbon,
} from '../contract';
import { type HostFolders, entityFile, formFolder, ribbonFile, viewFolder } from './host-folders';
import { parseFormXml } from './parse-form-xml';
import { parseRibbonDiff } from './parse-ribbon-diff';
import { parseSiteMap } from './parse-site-map';
import { platformTables } from './platform-tables';
import { findBuiltControls } from './read-control';
import { readResourceStrings } from './read-resource-strings';
import { relatedTables } from './read-sub-grid';
import { readAssociatedView, readViews } from './read-views';

/** What follows from the solution alone, whoever looks at the page. */
export type SolutionDefinition = Pick<
  HostDefinition,
  | 'table'
  | 'form'
  | 'ribbon'
  | 'navigation'
  | 'process'
  | 'processEntitySet'
  | 'controls'
  | 'resourceStrings'
  | 'columns'
  | 'related'
>;

/**
 * Reads form, ribbon, site map, process, columns, views and built components: of the import where there is one, else of the source.
 * @throws Error when the solution holds no Opportunity main form
 */
export function readSolutionDefinition(folders: HostFolders): SolutionDefinition {
  const metadata = readMetadata(folders);
  const opportunity = tableNamed(folders, metadata, 'opportunity');
  const process = metadata.processFlows.find((flow) => flow.primaryTable === 'opportunity') ?? null;
  const processTable = metadata.tables.find((table) => table.logicalName === process?.uniqueName);
  const form = readForm(folders, 'opportunity');
  if (!form || !opportunity)
    throw new Error(`There is no Opportunity main form in ${formFolder(folders, 'opportunity')}.`);
  const strings = readResourceStrings(folders.webResources);
  const { columns, ribbon, views: _views, ...table } = opportunity;
  return {
    table,
    form,
    related: relatedTables(form, metadata, (table) => tableNamed(folders, metadata, table)),
    ribbon,
    navigation: [...parseSiteMap(textOf(folders.siteMap), metadata), ...serviceApp(folders)],
    process,
    processEntitySet: processTable?.entitySetName ?? `${process?.uniqueName}s`,
    controls: findBuiltControls(folders.controls).map((control) => control.definition),
    ...(Object.keys(strings).length > 0 ? { resourceStrings: strings } : {}),
    columns,
  };
}

/** Cases stand in the site map of Microsoft's service app; they are there where a solution brings their form. */
function serviceApp(folders: HostFolders): NavigationEntry[] {
  const incident = platformTables['incident'];
  if (!incident || readForm(folders, 'incident') === null) return [];
  const service = { 1033: 'Service', 3084: 'Service' };
  return [
    { kind: 'table', name: 'incident', title: incident.collectionLabel, area: service, group: service, needs: [] },
  ];
}

/** List and form of a table; null when there is no such table, or none that people see. */
export function readTablePages(folders: HostFolders, name: string): TablePages | null {
  const metadata = readMetadata(folders);
  const table = tableNamed(folders, metadata, name);
  if (!table) return null;
  const form = readForm(folders, name);
  const related = form ? relatedTables(form, metadata, (other) => tableNamed(folders, metadata, other)) : {};
  return { ...table, form, related };
}

function tableNamed(folders: HostFolders, metadata: SolutionMetadata, name: string): TableDefinition | null {
  const platform = entryOf(platformTables, name);
  if (platform) {
    const columns = { ...platform.columns, ...columnsOf(metadata, name) };
    return { ...platform, columns, ribbon: readRibbon(folders, name) };
  }
  const table = metadata.tables.find((one) => one.logicalName === name && !one.isBusinessProcessFlow);
  if (!table) return null;
  const associatedView = readAssociatedView(viewFolder(folders, name));
  return {
    name,
    // Null only for the tables of activities, which the solution has none of.
    primaryName: table.primaryName ?? table.primaryId,
    label: table.displayName,
    collectionLabel: table.displayCollectionName,
    columns: columnsOf(metadata, name),
    views: readViews(viewFolder(folders, name), entityFile(folders, name)),
    ...(associatedView === null ? {} : { associatedView }),
    ribbon: readRibbon(folders, name),
  };
}

// Written by our own generator, whose type this is; a stale file fails the generator's check.
const readMetadata = ({ metadata }: HostFolders) =>
  mergedMetadata(metadata.map((file) => JSON.parse(readFileSync(file, 'utf8')) as SolutionMetadata));

function readForm(folders: HostFolders, table: string): FormDefinition | null {
  const folder = formFolder(folders, table);
  const file = existsSync(folder) ? readdirSync(folder).find((name) => name.endsWith('.xml')) : undefined;
  return file === undefined ? null : parseFormXml(textOf(join(folder, file)));
}

/** An import brings the RibbonDiff of the tables that have one. */
function readRibbon(folders: HostFolders, table: string): TableRibbon {
  const file = ribbonFile(folders, table);
  return existsSync(file) ? parseRibbonDiff(textOf(file), table) : { form: [], homepageGrid: [], subGrid: [] };
}

const textOf = (file: string): string => readFileSync(file, 'utf8').replace(/^\uFEFF/, '');

function columnsOf(metadata: SolutionMetadata, table: string): Record<string, ColumnFacts> {
  const columns = [...metadata.tables, ...metadata.extensions]
    .filter(({ logicalName }) => logicalName === table)
    .flatMap((one) => one.columns);
  return Object.fromEntries(columns.map((column) => [column.logicalName, toFacts(column, metadata)]));
}

function toFacts(column: ColumnMetadata, metadata: SolutionMetadata): ColumnFacts {
  const global = metadata.globalOptionSets.find((set) => set.name === column.optionSetName);
  return {
    type: column.type,
    label: column.displayName,
    options: (column.options ?? global?.options ?? []).map(({ value, label }) => ({ value, label })),
    maxLength: column.maxLength ?? null,
    precision: column.precision ?? null,
    ...(column.minValue === undefined ? {} : { minValue: column.minValue }),
    ...(column.maxValue === undefined ? {} : { maxValue: column.maxValue }),
    required: column.requiredLevel === 'ApplicationRequired' || column.requiredLevel === 'SystemRequired',
    dateOnly: column.dateTimeBehavior === 'DateOnly' || column.format === 'DateOnly',
    secured: column.isSecured,
    targets: column.targets ?? [],
  };
}

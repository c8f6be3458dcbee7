import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Where the host finds what it shows; every path absolute. Of the page alone nothing comes from a solution. */
export interface HostFolders {
  readonly page: string;
  readonly controls: string;
  readonly webResources: string;
  /** A folder for each table, with its main forms in `FormXml/main`, its views in `SavedQueries` and its `RibbonDiff.xml`. */
  readonly entities: string;
  readonly metadata: string;
  /** Site map of the app: its tables and pages are the entries of the rail. */
  readonly siteMap: string;
}

export const repositoryRoot = resolve(__dirname, '..', '..', '..', '..');

export const hostFolders: HostFolders = {
  page: join(repositoryRoot, 'sandbox', 'dist'),
  controls: join(repositoryRoot, 'controls'),
  webResources: join(repositoryRoot, 'webresources', 'dist'),
  entities: join(repositoryRoot, 'solution', 'src', 'Entities'),
  siteMap: join(
    repositoryRoot,
    'solution',
    'src',
    'AppModuleSiteMaps',
    'crmjira_ProjectBudgets',
    'AppModuleSiteMap.xml',
  ),
  metadata: join(repositoryRoot, 'sandbox', 'src', 'dataverse', 'metadata', 'generated', 'solution-metadata.json'),
};

/** Folder of a table's main forms. The packager names folders by schema names, whose case is their maker's. */
export const formFolder = (folders: HostFolders, table: string): string =>
  join(tableFolder(folders, table), 'FormXml', 'main');

/** Folder of a table's views. */
export const viewFolder = (folders: HostFolders, table: string): string =>
  join(tableFolder(folders, table), 'SavedQueries');

/** File of what the solution adds to a table's command bars. */
export const ribbonFile = (folders: HostFolders, table: string): string =>
  join(tableFolder(folders, table), 'RibbonDiff.xml');

function tableFolder({ entities }: HostFolders, table: string): string {
  const names = existsSync(entities) ? readdirSync(entities) : [];
  return join(entities, names.find((name) => name.toLowerCase() === table) ?? table);
}

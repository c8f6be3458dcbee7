import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Where the host finds what it shows; every path absolute. Of the page alone nothing comes from a solution. */
export interface HostFolders {
  readonly page: string;
  readonly controls: string;
  readonly webResources: string;
  /** Of each solution a folder for each table, with its main forms in `FormXml/main`, its views in `SavedQueries` and its `RibbonDiff.xml`. */
  readonly entities: readonly string[];
  /** in the order of their import */
  readonly metadata: readonly string[];
  /** Site map of the app: its tables and pages are the entries of the rail. */
  readonly siteMap: string;
}

export const repositoryRoot = resolve(__dirname, '..', '..', '..', '..');

const generated = join(repositoryRoot, 'sandbox', 'src', 'dataverse', 'metadata', 'generated');

export const hostFolders: HostFolders = {
  page: join(repositoryRoot, 'sandbox', 'dist'),
  controls: join(repositoryRoot, 'controls'),
  webResources: join(repositoryRoot, 'webresources', 'dist'),
  entities: ['src', 'cases'].map((solution) => join(repositoryRoot, 'solution', solution, 'Entities')),
  siteMap: join(
    repositoryRoot,
    'solution',
    'src',
    'AppModuleSiteMaps',
    'crmjira_ProjectBudgets',
    'AppModuleSiteMap.xml',
  ),
  metadata: ['solution-metadata.json', 'cases-metadata.json'].map((name) => join(generated, name)),
};

/** Folder of a table's main forms. The packager names folders by schema names, whose case is their maker's. */
export const formFolder = (folders: HostFolders, table: string): string =>
  inTable(folders, table, join('FormXml', 'main'));

/** Folder of a table's views. */
export const viewFolder = (folders: HostFolders, table: string): string => inTable(folders, table, 'SavedQueries');

/** File of the table itself. */
export const entityFile = (folders: HostFolders, table: string): string => inTable(folders, table, 'Entity.xml');

/** File of what the solution adds to a table's command bars. */
export const ribbonFile = (folders: HostFolders, table: string): string => inTable(folders, table, 'RibbonDiff.xml');

/** The first solution that brings the part counts; one that none brings is nowhere. */
function inTable({ entities }: HostFolders, table: string, part: string): string {
  const places = entities.map((folder) => {
    const names = existsSync(folder) ? readdirSync(folder) : [];
    return join(folder, names.find((name) => name.toLowerCase() === table) ?? table, part);
  });
  return places.find((place) => existsSync(place)) ?? places.join();
}

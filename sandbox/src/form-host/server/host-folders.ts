import { join, resolve } from 'node:path';

/** Where the host finds what it shows; every path absolute. Of the page alone nothing comes from a solution. */
export interface HostFolders {
  readonly page: string;
  readonly controls: string;
  readonly webResources: string;
  readonly opportunityForms: string;
  readonly opportunityRibbon: string;
  readonly metadata: string;
  /** Site map of the app: its tables and pages are the entries of the rail. */
  readonly siteMap: string;
  /** SavedQueries of the budget mapping */
  readonly mappingViews: string;
}

export const repositoryRoot = resolve(__dirname, '..', '..', '..', '..');

export const hostFolders: HostFolders = {
  page: join(repositoryRoot, 'sandbox', 'dist'),
  controls: join(repositoryRoot, 'controls'),
  webResources: join(repositoryRoot, 'webresources', 'dist'),
  mappingViews: join(repositoryRoot, 'solution', 'src', 'Entities', 'crmjira_budget_mapping', 'SavedQueries'),
  opportunityForms: join(repositoryRoot, 'solution', 'src', 'Entities', 'Opportunity', 'FormXml', 'main'),
  opportunityRibbon: join(repositoryRoot, 'solution', 'src', 'Entities', 'Opportunity', 'RibbonDiff.xml'),
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

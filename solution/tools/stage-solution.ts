import { cpSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { controlFolders } from './build/pcf-control';
import { WEB_RESOURCE_PAGES, pageFiles } from './build/web-resource-pages';
import { addConnector, type ConnectorVariant, DEFAULT_CONNECTOR } from './connector-variant';

/** Web resource in the solution → file that `npm run build` writes. */
const WEB_RESOURCES: Readonly<Record<string, string>> = {
  'crmjira_/scripts/opportunity-form.js': 'webresources/dist/opportunity-form.js',
  'crmjira_/scripts/opportunity-commands.js': 'webresources/dist/opportunity-commands.js',
  'crmjira_/scripts/issue-commands.js': 'webresources/dist/issue-commands.js',
  'crmjira_/scripts/time-commands.js': 'webresources/dist/time-commands.js',
  'crmjira_/scripts/explain-commands.js': 'webresources/dist/explain-commands.js',
  'crmjira_/scripts/time-record-form.js': 'webresources/dist/time-record-form.js',
  ...Object.fromEntries(
    WEB_RESOURCE_PAGES.flatMap(pageFiles).map((file) => [`crmjira_/pages/${file}`, `webresources/dist/${file}`]),
  ),
};

/** A built part that the solution needs and that is not there. */
export class NotBuiltError extends Error {
  static readonly code = 'NOT_BUILT';
  readonly code = NotBuiltError.code;

  constructor(readonly path: string) {
    super(`${path} is not built. Run npm run build.`);
    this.name = 'NotBuiltError';
  }
}

/** One solution of the product: its source, and what the build puts beside it. */
export interface ProductSolution {
  readonly source: string;
  readonly addBuiltParts: (root: string, folder: string) => void;
  /** Whether a file of the unpacked solution is one of those: its source stands elsewhere. */
  readonly isBuilt: (path: string) => boolean;
}

export const connectorSolution = (variant: ConnectorVariant): ProductSolution => ({
  source: 'solution/connector',
  addBuiltParts: (root, folder) => addConnector(root, folder, variant),
  isBuilt: (path) => path.endsWith('_openapidefinition.json'),
});

export const CONNECTOR: ProductSolution = connectorSolution(DEFAULT_CONNECTOR);
export const MAIN: ProductSolution = {
  source: 'solution/src',
  addBuiltParts: addWebResourcesAndControls,
  isBuilt: (path) =>
    path.replace(/^WebResources\//, '') in WEB_RESOURCES ||
    (path.startsWith('Controls/') && !path.endsWith('.data.xml')),
};

/** What depends on the table of cases, which only environments with Customer Service have. */
export const CASES: ProductSolution = {
  source: 'solution/cases',
  addBuiltParts: () => undefined,
  isBuilt: () => false,
};

/** What every environment gets, in the order of its import: flows of the main solution use the connector. */
export const SOLUTIONS: readonly ProductSolution[] = [CONNECTOR, MAIN];

/** All of them, in the order of their import. */
export const solutionsWith = (variant: ConnectorVariant): readonly ProductSolution[] => [
  connectorSolution(variant),
  MAIN,
  CASES,
];

export const ALL_SOLUTIONS = solutionsWith(DEFAULT_CONNECTOR);

/**
 * Puts source and built parts together in one folder, laid out as SolutionPackager packs it.
 *
 * @param root the repository's root
 * @param folder empty or absent; filled
 * @throws NotBuiltError when a built part is missing
 */
export function stageSolution(root: string, folder: string, solution: ProductSolution = MAIN): void {
  cpSync(join(root, solution.source), folder, { recursive: true });
  solution.addBuiltParts(root, folder);
}

function addWebResourcesAndControls(root: string, folder: string): void {
  for (const [name, built] of Object.entries(WEB_RESOURCES)) {
    copyBuilt(root, built, join(folder, 'WebResources', name));
  }
  const built = controlFolders(root);
  for (const name of readdirSync(join(folder, 'Controls'))) {
    const constructor = name.slice(name.lastIndexOf('.') + 1);
    const control = built.find((candidate) => candidate.constructor === constructor);
    if (control === undefined) throw new NotBuiltError(`controls/*/src/${constructor}`);
    copyBuilt(root, control.output, join(folder, 'Controls', name));
  }
}

function copyBuilt(root: string, from: string, to: string): void {
  if (!existsSync(join(root, from))) throw new NotBuiltError(from);
  mkdirSync(dirname(to), { recursive: true });
  cpSync(join(root, from), to, { recursive: true });
}

import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { controlFolders } from './build/pcf-control';
import { WEB_RESOURCE_PAGES, pageFiles } from './build/web-resource-pages';

/** Web resource in the solution → file that `npm run build` writes. */
const WEB_RESOURCES: Readonly<Record<string, string>> = {
  'crmjira_/scripts/opportunity-form.js': 'webresources/dist/opportunity-form.js',
  'crmjira_/scripts/opportunity-commands.js': 'webresources/dist/opportunity-commands.js',
  ...Object.fromEntries(
    WEB_RESOURCE_PAGES.flatMap(pageFiles).map((file) => [`crmjira_/pages/${file}`, `webresources/dist/${file}`]),
  ),
};

/** Written by `npm run generate:connector`. */
const CONNECTOR_DEFINITION = 'plugins-proxy/connector-definitions/apiDefinition.swagger.json';

/** The host is chosen at import: the same package serves every environment. */
const CONNECTOR_HOST = '@environmentVariables("crmjira_ProxyHost")';

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
}

export const CONNECTOR: ProductSolution = { source: 'solution/connector', addBuiltParts: addConnectorDefinition };
export const MAIN: ProductSolution = { source: 'solution/src', addBuiltParts: addWebResourcesAndControls };

/** In the order of their import: flows of the main solution use the connector. */
export const SOLUTIONS: readonly ProductSolution[] = [CONNECTOR, MAIN];

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

function addConnectorDefinition(root: string, folder: string): void {
  const definition = JSON.parse(readFileSync(join(root, CONNECTOR_DEFINITION), 'utf8')) as object;
  const text = JSON.stringify({ ...definition, host: CONNECTOR_HOST }, null, 2);
  writeFileSync(join(folder, 'Connectors', 'crmjira_5Fjirabudget_openapidefinition.json'), `${text}\n`);
}

function copyBuilt(root: string, from: string, to: string): void {
  if (!existsSync(join(root, from))) throw new NotBuiltError(from);
  mkdirSync(dirname(to), { recursive: true });
  cpSync(join(root, from), to, { recursive: true });
}

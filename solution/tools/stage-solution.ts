import { cpSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { controlFolders } from './build/pcf-control';

/** Web resource in the solution → file that `npm run build` writes. */
const WEB_RESOURCES = { 'crmjira_/scripts/opportunity-form.js': 'webresources/dist/opportunity-form.js' } as const;

/** A built part that the solution needs and that is not there. */
export class NotBuiltError extends Error {
  static readonly code = 'NOT_BUILT';
  readonly code = NotBuiltError.code;

  constructor(readonly path: string) {
    super(`${path} is not built. Run npm run build.`);
    this.name = 'NotBuiltError';
  }
}

/**
 * Puts source and built parts together in one folder, laid out as SolutionPackager packs it.
 *
 * @param root the repository's root
 * @param folder empty or absent; filled
 * @throws NotBuiltError when a built part is missing
 */
export function stageSolution(root: string, folder: string): void {
  cpSync(join(root, 'solution', 'src'), folder, { recursive: true });
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

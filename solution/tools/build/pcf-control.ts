import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { BuildError, type BuildTarget } from './build-target';
import { buildByPcfScripts } from './pcf-process';

/** A control's folder in `controls/` and what pcf-scripts makes of it. */
export interface ControlFolder {
  readonly name: string;
  /** Folder below `src` that holds the manifest; the output is named after it. */
  readonly constructor: string;
  /** from the repository's root */
  readonly output: string;
}

/** Each folder of `controls/` that has a manifest. */
export function controlFolders(root: string): ControlFolder[] {
  return readdirSync(join(root, 'controls'))
    .sort()
    .flatMap((name) => {
      const source = join(root, 'controls', name, 'src');
      const constructor = !existsSync(source)
        ? undefined
        : readdirSync(source).find((folder) => existsSync(join(source, folder, 'ControlManifest.Input.xml')));
      return constructor === undefined
        ? []
        : [{ name, constructor, output: `controls/${name}/out/controls/${constructor}` }];
    });
}

/** A target for each control. */
export function pcfControls(root: string): BuildTarget[] {
  return controlFolders(root).map(({ name, output }) => ({
    name,
    inputs: [`controls/${name}`, 'controls/form-data', 'domain/src', 'package-lock.json'],
    outputs: [`${output}/bundle.js`, `${output}/ControlManifest.xml`],
    stamp: `controls/${name}/out/.build-hash`,
    lane: 'pcf-scripts',
    build: () => runPcfScripts(name, join(root, 'controls', name)),
  }));
}

async function runPcfScripts(name: string, folder: string): Promise<void> {
  const { succeeded, output } = await buildByPcfScripts(folder);
  if (!succeeded) throw new BuildError(name, output);
}

import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { BuildError, type BuildTarget } from './build-target';

/** pcf-scripts ends with exit code 0 whether it built or not; this word in its output is the difference. */
const SUCCEEDED = /\bSucceeded\b/;

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
    build: () => runPcfScripts(name, join(root, 'controls', name)),
  }));
}

async function runPcfScripts(name: string, cwd: string): Promise<void> {
  const args = [require.resolve('pcf-scripts/bin/pcf-scripts.js'), 'build', '--buildMode', 'production'];
  const output = await new Promise<string>((resolve, reject) => {
    // Without a HOME the tool would keep its settings in a folder named `undefined` of the control.
    const env = { HOME: homedir(), ...process.env, PP_TOOLS_TELEMETRY_OPTOUT: '1' };
    const child = spawn(process.execPath, args, { cwd, env });
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')));
    child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')));
    child.on('error', reject);
    child.on('close', () => resolve(text));
  });
  if (!SUCCEEDED.test(output)) throw new BuildError(name, output);
}

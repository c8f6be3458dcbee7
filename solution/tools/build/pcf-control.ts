import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { BuildError, type BuildTarget } from './build-target';

/** pcf-scripts ends with exit code 0 whether it built or not; this word in its output is the difference. */
const SUCCEEDED = /\bSucceeded\b/;

/** A target for each folder of `controls/` that has a manifest. */
export function pcfControls(root: string): BuildTarget[] {
  return readdirSync(join(root, 'controls'))
    .sort()
    .flatMap((name) => {
      const constructor = findConstructor(join(root, 'controls', name, 'src'));
      return constructor === undefined ? [] : [pcfControl(root, name, constructor)];
    });
}

/** Folder below `src` that holds the manifest; the platform names the output after it. */
function findConstructor(source: string): string | undefined {
  if (!existsSync(source)) return undefined;
  return readdirSync(source).find((folder) => existsSync(join(source, folder, 'ControlManifest.Input.xml')));
}

function pcfControl(root: string, name: string, constructor: string): BuildTarget {
  const folder = `controls/${name}`;
  const output = `${folder}/out/controls/${constructor}`;
  return {
    name,
    inputs: [folder, 'controls/form-data', 'domain/src', 'package-lock.json'],
    outputs: [`${output}/bundle.js`, `${output}/ControlManifest.xml`],
    stamp: `${folder}/out/.build-hash`,
    build: () => runPcfScripts(name, join(root, folder)),
  };
}

async function runPcfScripts(name: string, cwd: string): Promise<void> {
  const args = [require.resolve('pcf-scripts/bin/pcf-scripts.js'), 'build', '--buildMode', 'production'];
  const output = await new Promise<string>((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd, env: { ...process.env, PP_TOOLS_TELEMETRY_OPTOUT: '1' } });
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')));
    child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')));
    child.on('error', reject);
    child.on('close', () => resolve(text));
  });
  if (!SUCCEEDED.test(output)) throw new BuildError(name, output);
}

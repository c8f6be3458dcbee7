// First thing that `npm start` runs. Plain CommonJS without a dependency, so that it can say what is wrong on an old Node and
// before `npm ci`.
'use strict';

const { spawn } = require('node:child_process');
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const NEEDED = [22, 13];

function problem() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < NEEDED[0] || (major === NEEDED[0] && minor < NEEDED[1]))
    return `Node ${NEEDED.join('.')} or newer is needed; this is Node ${process.versions.node}.`;
  if (!existsSync(join(__dirname, '..', 'node_modules', 'tsx')))
    return 'The packages are not installed: run npm ci first, then npm start.';
  return null;
}

function main() {
  const sentence = problem();
  if (sentence) {
    console.error(sentence);
    process.exit(1);
  }
  const root = join(__dirname, '..');
  const child = spawn(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      '--import',
      'tsx',
      join(root, 'sandbox', 'src', 'start.ts'),
      ...process.argv.slice(2),
    ],
    { cwd: root, stdio: 'inherit' },
  );
  // The child decides when everything has stopped; a second signal, from the terminal itself, changes nothing there.
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
}

main();

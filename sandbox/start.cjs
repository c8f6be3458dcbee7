// First thing that `npm start` runs. Plain CommonJS, so that it can say what is wrong on an old Node and before `npm ci`; then it
// bundles the sandbox, which takes a third of a second, and runs that: translating each file by itself would take two.
'use strict';

const { spawn } = require('node:child_process');
const { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const { readFile } = require('node:fs/promises');
const { dirname, join } = require('node:path');

const NEEDED = [22, 13];
const LOOK_EVERY_MS = 250;
const root = join(__dirname, '..');
const bundle = join(root, 'sandbox', 'out', 'start.cjs');
/** Where Node keeps what it compiled, for the next start. */
const compileCache = join(root, 'node_modules', '.cache', 'crmjira-compile');

function problem() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < NEEDED[0] || (major === NEEDED[0] && minor < NEEDED[1]))
    return `Node ${NEEDED.join('.')} or newer is needed; this is Node ${process.versions.node}.`;
  if (!existsSync(join(root, 'node_modules', 'esbuild')))
    return 'The packages are not installed: run npm ci first, then npm start.';
  return null;
}

/** The source of the workspaces, and a parser whose many small files take longer to find than to run. */
const inside = /^(@crmjira|@atlaskit)\//;

/** Packages stay where they are; what belongs inside goes in, each file of ours knowing its own folder. */
const fromSource = {
  name: 'from-source',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
      kind === 'entry-point' || inside.test(path) ? undefined : { external: true },
    );
    onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      const contents = await readFile(path, 'utf8');
      const folder = contents.includes('__dirname') ? `const __dirname = ${JSON.stringify(dirname(path))};` : '';
      return { contents: `${folder}${contents}`, loader: 'ts' };
    });
  },
};

async function bundleSandbox() {
  const { outputFiles } = await require('esbuild').build({
    entryPoints: [join(root, 'sandbox', 'src', 'start.ts')],
    outfile: bundle,
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    target: `node${NEEDED.join('.')}`,
    charset: 'utf8',
    logLevel: 'error',
    plugins: [fromSource],
  });
  const text = outputFiles[0].text;
  // Another start may run from the same file: it is replaced as a whole, and only when something changed.
  if (existsSync(bundle) && readFileSync(bundle, 'utf8') === text) return;
  mkdirSync(dirname(bundle), { recursive: true });
  writeFileSync(`${bundle}.${process.pid}`, text);
  renameSync(`${bundle}.${process.pid}`, bundle);
}

async function main() {
  const began = Date.now();
  const sentence = problem();
  if (sentence) {
    console.error(sentence);
    process.exit(1);
  }
  await bundleSandbox();
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', bundle, ...process.argv.slice(2)], {
    cwd: root,
    // The channel ends the child with this process, however this one ends.
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { NODE_COMPILE_CACHE: compileCache, ...process.env, SANDBOX_BEGAN: String(began) },
  });
  // The child decides when everything has stopped; a second signal, from the terminal itself, changes nothing there.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  // npm hands a signal to the shell that it started, which dies of it and tells nobody: this process belongs to another one then.
  const parent = process.ppid;
  if (process.env.npm_lifecycle_event !== undefined)
    setInterval(() => {
      if (process.ppid !== parent) child.kill('SIGTERM');
    }, LOOK_EVERY_MS).unref();
  child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
}

main().catch((error) => {
  // esbuild has printed what it could not read.
  console.error(error.message);
  process.exit(1);
});

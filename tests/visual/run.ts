/**
 * `npm run visual [-- --update]`: builds what is stale and looks at every state of every control and page. With --update what is drawn now
 * is approved; which pictures changed is printed, and `.visual/contact-sheet.png` shows them beside what was approved before.
 */
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startBrowser } from '../end-to-end/browser';
import { approvingTests } from './approving-tests';
import { differences } from './compare';
import { differing, writeContactSheet } from './contact-sheet';
import { keepMadeWith } from './made-with';
import { STEADY_GLYPHS } from './steady';

const USAGE = 'Use: npm run visual [-- --update]';
const root = join(__dirname, '..', '..');

function run(args: readonly string[], env: NodeJS.ProcessEnv = {}): boolean {
  const { status } = spawnSync(process.execPath, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  return status === 0;
}

function isUpdate(): boolean {
  try {
    return parseArgs({ options: { update: { type: 'boolean' } } }).values.update ?? false;
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
    process.exit(2);
  }
}

async function main(): Promise<number> {
  const update = isUpdate();
  if (!run(['--import', 'tsx', 'solution/tools/build.ts'])) return 1;
  rmSync(differences, { recursive: true, force: true });
  const jest = ['node_modules/.bin/jest', '--selectProjects', 'visual', '--maxWorkers=2', '--forceExit'];
  // What people are told and offered is no matter of approval: it is not looked at again.
  const which = update ? ['--runTestsByPath', ...approvingTests()] : [];
  const passed = run([...jest, ...which], update ? { UPDATE_BASELINES: '1' } : {});
  const changed = differing();
  const browser = await startBrowser(STEADY_GLYPHS);
  try {
    if (update && passed) keepMadeWith(browser.version());
    console.log(`${changed.length} pictures ${update ? 'renewed' : 'differ'}${changed.length > 0 ? ':' : '.'}`);
    for (const name of changed) console.log(`  ${name}`);
    if (changed.length > 0) console.log(`Look at them: ${await writeContactSheet(browser, changed)}`);
  } finally {
    await browser.close();
  }
  return passed ? 0 : 1;
}

main().then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);

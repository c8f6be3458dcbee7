import { rmSync } from 'node:fs';
import { folderVariable, scanLogs } from './kept-logs';

/** After the tests of a run: a secret in any log of any proxy makes the run fail. */
export default function tearDown(): void {
  const folder = process.env[folderVariable];
  // Another project of the same run has done it.
  if (folder === undefined) return;
  delete process.env[folderVariable];
  const { sources, lines, found } = scanLogs(folder);
  rmSync(folder, { recursive: true, force: true });
  if (found.length === 0) {
    if (lines > 0) console.log(`no secret in ${lines} log lines of ${sources} proxies and loggers`);
    return;
  }
  console.error(`${found.length} log lines show a secret:\n${found.slice(0, 20).join('\n')}`);
  process.exitCode = 1;
}

import { randomUUID } from 'node:crypto';
import { appendFileSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSecretFinder } from './find-secrets';

/** Names the folder in which a run keeps what its proxies log; set for every test of it, unset outside of one. */
export const folderVariable = 'CRMJIRA_TEST_LOGS';
const logEnding = '.log';
const secretEnding = '.secrets';

/** Where one source of log lines writes them to, so that the end of the run can look for secrets in all of them. */
export function keepLog(): (text: string) => void {
  const folder = process.env[folderVariable];
  if (folder === undefined) return () => undefined;
  const file = join(folder, `${randomUUID()}${logEnding}`);
  return (text) => appendFileSync(file, text);
}

/** Secrets that are made anew in each run, for which the scan could not know to look. */
export function keepSecrets(secrets: readonly string[]): void {
  const folder = process.env[folderVariable];
  if (folder !== undefined) appendFileSync(join(folder, `${randomUUID()}${secretEnding}`), `${secrets.join('\n')}\n`);
}

export interface LogScan {
  readonly sources: number;
  readonly lines: number;
  /** What was found and where; the line without what it shows. */
  readonly found: readonly string[];
}

const linesOf = (folder: string, ending: string): string[][] =>
  readdirSync(folder)
    .filter((name) => name.endsWith(ending))
    .map((name) => readFileSync(join(folder, name), 'utf8').split('\n').filter(Boolean));

/** What a line is about, for finding where it came from: its message, never its values. */
const messageOf = (line: string): string => /"msg":"([\w ,;:()-]{0,80})/.exec(line)?.[1] ?? 'no message';

/** Looks for secrets in everything that was kept in a folder. */
export function scanLogs(folder: string): LogScan {
  const find = createSecretFinder(linesOf(folder, secretEnding).flat());
  const sources = linesOf(folder, logEnding);
  const found = sources.flat().flatMap((line) => {
    const what = find(line);
    return what === null ? [] : [`${what} in a line of ${line.length} characters: ${messageOf(line)}`];
  });
  return { sources: sources.length, lines: sources.flat().length, found };
}

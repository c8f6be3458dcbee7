import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ResourceStrings } from '../contract';
import { parseResx } from './read-resx';

/**
 * RESX web resources of a folder, which are named `<name>.<language code>.resx` (Microsoft, "RESX web resources").
 * @throws Error of the XML parser for a file that is no XML
 */
export function readResourceStrings(folder: string): ResourceStrings {
  const strings: Record<string, Record<string, Record<string, string>>> = {};
  for (const file of existsSync(folder) ? readdirSync(folder) : []) {
    const [, name, language] = /^(.+)\.(\d{4,5})\.resx$/.exec(file) ?? [];
    if (name === undefined || language === undefined) continue;
    (strings[name] ??= {})[language] = parseResx(readFileSync(join(folder, file), 'utf8'));
  }
  return strings;
}

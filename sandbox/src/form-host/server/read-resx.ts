import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { attribute, children, parseXml, text } from './xml-node';

/** Texts of `<Name>.<language code>.resx` files: language code → key → text. */
export function readResx(folder: string): Record<string, Record<string, string>> {
  const strings: Record<string, Record<string, string>> = {};
  for (const file of existsSync(folder) ? readdirSync(folder) : []) {
    const language = /\.(\d{4})\.resx$/.exec(file)?.[1];
    if (!language) continue;
    strings[language] = { ...strings[language], ...parseResx(readFileSync(join(folder, file), 'utf8')) };
  }
  return strings;
}

/** Key → text of one resx file; spaces inside a text are kept. */
export function parseResx(xml: string): Record<string, string> {
  const document = parseXml(xml);
  return Object.fromEntries(
    children(document, 'root', 'data').map((data) => [attribute(data, 'name'), text(children(data, 'value')[0])]),
  );
}

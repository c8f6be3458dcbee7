import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Labels } from '@crmjira/domain';
import { StringSourceError } from '../string-source-error';
import { resxEntries } from '../xml/resx';

/** The texts of one area of the web resources, in both languages. */
export interface StringTable {
  /** e.g. `IntegrationHealth`, of `IntegrationHealth.1033.resx` */
  readonly name: string;
  readonly texts: readonly { readonly key: string; readonly text: Labels }[];
}

/** Where texts of the web resources stand, from the repository's root. */
export const STRINGS_FOLDER = 'webresources/src/strings';

const FILE = /^([A-Z][A-Za-z]+)\.(\d+)\.resx$/;

/** Texts of one file by key, in its order. */
function readFile(root: string, name: string, language: keyof Labels): ReadonlyMap<string, string> {
  const file = `${STRINGS_FOLDER}/${name}.${language}.resx`;
  const path = join(root, file);
  if (!existsSync(path)) throw new StringSourceError(file, 'is missing: each text stands in both languages');
  const texts = new Map<string, string>();
  for (const [key, text] of entriesOf(file, readFileSync(path, 'utf8'))) {
    if (!/^[a-z]\w*$/i.test(key)) throw new StringSourceError(file, `has the key "${key}", which is no name in code`);
    if (texts.has(key)) throw new StringSourceError(file, `has the key "${key}" twice`);
    if (text === '') throw new StringSourceError(file, `says nothing for "${key}"`);
    texts.set(key, text);
  }
  return texts;
}

function entriesOf(file: string, source: string): ReturnType<typeof resxEntries> {
  try {
    return resxEntries(file, source);
  } catch (cause) {
    throw new StringSourceError(file, `is no XML: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    });
  }
}

/** Names in braces, in the order of the alphabet: a translation may turn them round, but needs each. */
const placesOf = (text: string): string => (text.match(/\{\w+\}/g) ?? []).sort().join(' ');

function readTable(root: string, name: string): StringTable {
  const english = readFile(root, name, 1033);
  const french = readFile(root, name, 3084);
  const more = [...french.keys()].find((key) => !english.has(key));
  if (more !== undefined) throw new StringSourceError(`${STRINGS_FOLDER}/${name}.1033.resx`, `lacks the key "${more}"`);
  const texts = [...english].map(([key, text]) => {
    const translated = french.get(key);
    const file = `${STRINGS_FOLDER}/${name}.3084.resx`;
    if (translated === undefined) throw new StringSourceError(file, `lacks the key "${key}"`);
    if (placesOf(text) !== placesOf(translated))
      throw new StringSourceError(file, `has other places in braces for "${key}" than the English text`);
    return { key, text: { 1033: text, 3084: translated } };
  });
  return { name, texts };
}

/**
 * The texts of the web resources.
 * @throws StringSourceError where one language lacks what the other has
 */
export function readStrings(root: string): readonly StringTable[] {
  const folder = join(root, STRINGS_FOLDER);
  const files = existsSync(folder) ? readdirSync(folder) : [];
  const names = files.flatMap((file) => FILE.exec(file)?.[1] ?? []);
  return [...new Set(names)].sort().map((name) => readTable(root, name));
}

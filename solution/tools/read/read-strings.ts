import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Labels } from '@crmjira/domain';
import { StringSourceError } from '../string-source-error';
import { controlFolders } from '../build/pcf-control';
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

/** Keys that are names in code, and those of a control, which may have points within. */
const NAME = /^[a-z]\w*$/i;
const DOTTED = /^[a-z]\w*(\.[\w-]+)*$/i;

/** Texts of one file by key, in its order. */
function readFile(
  folder: string,
  root: string,
  name: string,
  language: keyof Labels,
  keys = NAME,
): ReadonlyMap<string, string> {
  const file = `${folder}/${name}.${language}.resx`;
  const path = join(root, file);
  if (!existsSync(path)) throw new StringSourceError(file, 'is missing: each text stands in both languages');
  const texts = new Map<string, string>();
  for (const [key, text] of entriesOf(file, readFileSync(path, 'utf8'))) {
    if (!keys.test(key)) throw new StringSourceError(file, `has the key "${key}", which is no name in code`);
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
  const english = readFile(STRINGS_FOLDER, root, name, 1033);
  const french = readFile(STRINGS_FOLDER, root, name, 3084);
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

/** The keys of one control's texts. */
export interface ControlKeys {
  /** folder in `controls/` */
  readonly control: string;
  /** name of the English file */
  readonly file: string;
  readonly keys: readonly string[];
}

/** Keys of texts that the manifest alone shows. */
const OF_MANIFEST = /^(control|property)\./;

/**
 * The keys of each control's texts, without those of its manifest.
 * @throws StringSourceError where one language lacks what the other has
 */
export function readControlKeys(root: string): readonly ControlKeys[] {
  if (!existsSync(join(root, 'controls'))) return [];
  return controlFolders(root).map(({ name: control, constructor: name }) => {
    const folder = `controls/${control}/src/${name}/strings`;
    const english = readFile(folder, root, name, 1033, DOTTED);
    const french = readFile(folder, root, name, 3084, DOTTED);
    for (const [language, one, other] of [
      [3084, english, french],
      [1033, french, english],
    ] as const)
      for (const key of one.keys())
        if (!other.has(key))
          throw new StringSourceError(`${folder}/${name}.${language}.resx`, `lacks the key "${key}"`);
    return { control, file: `${name}.1033.resx`, keys: [...english.keys()].filter((key) => !OF_MANIFEST.test(key)) };
  });
}

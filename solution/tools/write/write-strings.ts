import { type ControlKeys, STRINGS_FOLDER, type StringTable } from '../read/read-strings';
import { writeLabels } from './write-options';

/** `IntegrationHealth` → `integration-health` */
const fileNameOf = (name: string): string =>
  name.replace(/[A-Z]/g, (letter, at: number) => (at === 0 ? '' : '-') + letter.toLowerCase());

/** A no-break space is not to be seen in code. */
const withVisibleSpaces = (code: string): string =>
  code.replaceAll('\u00a0', '\\u00a0').replaceAll('\u202f', '\\u202f');

/** Every module of texts: path from the repository's root → content. The web resources carry both languages, as pages have no host's. */
export function stringModules(tables: readonly StringTable[]): ReadonlyMap<string, string> {
  return new Map(
    tables.map(({ name, texts }) => [
      `${STRINGS_FOLDER}/generated/${fileNameOf(name)}.ts`,
      [
        `// Written by \`npm run generate\` from ${name}.1033.resx and ${name}.3084.resx. Change these, not this file.`,
        `export const ${name.charAt(0).toLowerCase()}${name.slice(1)}Texts = {`,
        ...texts.map(({ key, text }) => `  ${key}: ${withVisibleSpaces(writeLabels(text))},`),
        '} as const;',
        '',
      ].join('\n'),
    ]),
  );
}

/** The keys that each control may ask its host for, as a type: path from the repository's root → content. The host has the texts. */
export function stringKeyModules(controls: readonly ControlKeys[]): ReadonlyMap<string, string> {
  return new Map(
    controls.map(({ control, file, keys }) => [
      `controls/${control}/src/generated/string-keys.ts`,
      [
        `// Written by \`npm run generate\` from ${file}. Change that, not this file.`,
        'export type StringKey =',
        ...keys.map((key, index) => `  | '${key}'${index === keys.length - 1 ? ';' : ''}`),
        '',
      ].join('\n'),
    ]),
  );
}

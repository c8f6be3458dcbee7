import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Labels, failureTexts, quotedWords } from '@crmjira/domain';
import { controlFolders } from '../build/pcf-control';

/** One text of a resx whose key begins with `error.`, with its line end. */
const ENTRY = /^ *<data name="error\.[^"]*" xml:space="preserve"><value>[^<]*<\/value><\/data>\n/gm;

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/**
 * The resx of each control that words failures, with the domain's texts as its `error.…`: a bundle has no room for them, and its host
 * reads the language that it needs. Path from the repository's root → content.
 */
export function failureResx(root: string): ReadonlyMap<string, string> {
  if (!existsSync(join(root, 'controls'))) return new Map();
  const texts: readonly (readonly [code: string, text: Labels])[] = [
    ...Object.entries(failureTexts),
    ['words', quotedWords],
  ];
  const files = controlFolders(root).flatMap(({ name, constructor }) =>
    ([1033, 3084] as const).flatMap((language) => {
      const path = `controls/${name}/src/${constructor}/strings/${constructor}.${language}.resx`;
      const source = existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : '';
      const at = source.search(ENTRY);
      if (at === -1) return [];
      const entries = texts.map(
        ([code, text]) =>
          `  <data name="error.${code}" xml:space="preserve"><value>${escaped(text[language])}</value></data>\n`,
      );
      const rest = source.replace(ENTRY, '');
      return [[path, rest.slice(0, at) + entries.join('') + rest.slice(at)] as const];
    }),
  );
  return new Map(files);
}

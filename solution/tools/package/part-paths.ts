import { childText, type XmlNode } from '../xml/xml-tree';
import { byCodeUnits, type SolutionFiles } from './solution-files';

/** Where a file of the source goes in the package; the other way round for unpacking. */
export interface PartPaths {
  /** @returns the part's name, or undefined for a file that no component names */
  readonly toPart: (path: string) => string | undefined;
  /** @returns the source's path, or undefined for a part that no component names */
  readonly toSource: (part: string) => string | undefined;
}

const SAME_IN_BOTH = /^(Workflows\/[^/]+\.(xaml|json)|Controls\/.+|environmentvariabledefinitions\/.+)$/;

/**
 * @param webResources the `WebResource` elements: each names its part
 * @param tables names of the tables, as their folders are called: a formula lies in the folder of its table
 */
export function partPaths(webResources: readonly XmlNode[], tables: readonly string[]): PartPaths {
  const pairs = webResources.map((each): [string, string] => [
    `WebResources/${childText(each, 'Name') ?? ''}`,
    (childText(each, 'FileName') ?? '').replace(/^\//, ''),
  ]);
  const partOf = new Map(pairs);
  const sourceOf = new Map(pairs.map(([path, part]) => [part, path]));
  const folderOf = new Map(tables.map((table) => [table.toLowerCase(), table]));
  return {
    toPart: (path) => {
      if (path.endsWith('.data.xml')) return undefined;
      if (SAME_IN_BOTH.test(path)) return path;
      if (path.startsWith('WebResources/')) return partOf.get(path);
      const formula = /^Entities\/[^/]+\/(Formulas\/[^/]+)$/.exec(path)?.[1];
      if (formula !== undefined) return formula;
      return /^Connectors\/.+\.(json|png|csx)$/i.test(path) ? path.replace('Connectors/', 'Connector/') : undefined;
    },
    toSource: (part) => {
      if (SAME_IN_BOTH.test(part)) return part;
      if (part.startsWith('WebResources/')) return sourceOf.get(part);
      const table = folderOf.get(/^Formulas\/([^/-]+)-[^/]+$/.exec(part)?.[1] ?? '');
      if (table !== undefined) return `Entities/${table}/${part}`;
      return part.startsWith('Connector/') ? part.replace('Connector/', 'Connectors/') : undefined;
    },
  };
}

/**
 * `[Content_Types].xml`, as real exports have it: a type for every extension, and one of its own for each part that has none and for XML
 * of a component (control manifest, environment variable), which is not one of the two that the import itself parses.
 */
export function contentTypes(parts: SolutionFiles): string {
  const names = [...parts.keys()].sort(byCodeUnits);
  const extensionOf = (name: string): string => /\.([^./]+)$/.exec(name)?.[1] ?? '';
  const extensions = [...new Set(names.map(extensionOf))].filter((extension) => extension !== '').sort(byCodeUnits);
  const defaults = extensions.map(
    (extension) =>
      `<Default Extension="${extension}" ContentType="${extension === 'xml' ? 'text/xml' : 'application/octet-stream'}" />`,
  );
  const overrides = names
    .filter((name) => extensionOf(name) === '' || (extensionOf(name) === 'xml' && name.includes('/')))
    .map((name) => `<Override PartName="/${name}" ContentType="application/octet-stream" />`);
  return `<?xml version="1.0" encoding="utf-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">${[...defaults, ...overrides].join('')}</Types>`;
}

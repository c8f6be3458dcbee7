import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import type { ViewDefinition } from '../contract';
import { attribute, children, labelsOf, text } from './xml-node';
import type { XmlNode } from './xml-node';

/** `querytype` of a view that people choose from a list, and of the one that an associated grid shows. Source: SavedQuery table. */
const PUBLIC = '0';
const ASSOCIATED = '2';

/** A query's lines and their indentation mean nothing. */
const BETWEEN_ELEMENTS = />\s+</g;

/** Public views of a table from its SavedQueries, the default one first. */
export function readViews(folder: string): ViewDefinition[] {
  return viewsOf(folder, PUBLIC);
}

/** The view of an associated grid; null when the table brings none. */
export function readAssociatedView(folder: string): ViewDefinition | null {
  return viewsOf(folder, ASSOCIATED)[0] ?? null;
}

function viewsOf(folder: string, queryType: string): ViewDefinition[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.xml'))
    .flatMap((name) => readView(readFileSync(join(folder, name), 'utf8').replace(/^\uFEFF/, ''), queryType))
    .sort((a, b) => Number(b.isDefault) - Number(a.isDefault));
}

function readView(xml: string, queryType: string): ViewDefinition[] {
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    parseTagValue: false,
    alwaysCreateTextNode: true,
    isArray: (_name, _path, _leaf, isAttribute) => !isAttribute,
  });
  // The parser types its result as any; it is read through the XmlNode accessors only.
  const document: XmlNode = parser.parse(xml);
  const view = children(document, 'savedqueries', 'savedquery')[0] ?? {};
  const fetchXml = /<fetch\s[\s\S]*<\/fetch>/.exec(xml)?.[0].replaceAll(BETWEEN_ELEMENTS, '><');
  if (text(children(view, 'querytype')[0]) !== queryType || fetchXml === undefined) return [];
  return [
    {
      id: text(children(view, 'savedqueryid')[0]).replace(/[{}]/g, ''),
      name: labelsOf(children(view, 'LocalizedNames', 'LocalizedName')),
      isDefault: text(children(view, 'isdefault')[0]) === '1',
      columns: children(view, 'layoutxml', 'grid', 'row', 'cell').map((cell) => attribute(cell, 'name')),
      fetchXml,
    },
  ];
}

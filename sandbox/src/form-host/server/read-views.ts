import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import type { DataSetPlacement, ViewDefinition } from '../contract';
import { readDataSetPlacement } from './read-placements';
import { attribute, children, labelsOf, text } from './xml-node';
import type { XmlNode } from './xml-node';

/** `querytype` of a view that people choose from a list, and of the one that an associated grid shows. Source: SavedQuery table. */
const PUBLIC = '0';
const ASSOCIATED = '2';

/** A query's lines and their indentation mean nothing. */
const BETWEEN_ELEMENTS = />\s+</g;

/**
 * Public views of a table from its SavedQueries, the default one first.
 * @param entity file of the table, whose component shows every view that names none
 */
export function readViews(folder: string, entity = ''): ViewDefinition[] {
  const component = tableComponent(entity);
  return viewsOf(folder, PUBLIC).map((view) => (component ? { component, ...view } : view));
}

/** The component that `CustomControlDefaultConfigs` of a table names. */
function tableComponent(entity: string): DataSetPlacement | null {
  const xml = existsSync(entity) ? readFileSync(entity, 'utf8') : '';
  const [configs] = /<CustomControlDefaultConfigs>[\s\S]*<\/CustomControlDefaultConfigs>/.exec(xml) ?? [];
  if (configs === undefined) return null;
  const path = ['CustomControlDefaultConfigs', 'CustomControlDefaultConfig', 'ControlDescriptionXML'];
  return children(parsed(configs), ...path).flatMap((list) => readDataSetPlacement(list) ?? [])[0] ?? null;
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

function parsed(xml: string): XmlNode {
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    parseTagValue: false,
    alwaysCreateTextNode: true,
    isArray: (_name, _path, _leaf, isAttribute) => !isAttribute,
  });
  // The parser types its result as any; it is read through the XmlNode accessors only.
  return parser.parse(xml) as XmlNode;
}

function readView(xml: string, queryType: string): ViewDefinition[] {
  const view = children(parsed(xml), 'savedqueries', 'savedquery')[0] ?? {};
  const fetchXml = /<fetch\s[\s\S]*<\/fetch>/.exec(xml)?.[0].replaceAll(BETWEEN_ELEMENTS, '><');
  if (text(children(view, 'querytype')[0]) !== queryType || fetchXml === undefined) return [];
  const grid = children(view, 'layoutxml', 'grid')[0] ?? {};
  const component = readDataSetPlacement(grid);
  return [
    {
      id: text(children(view, 'savedqueryid')[0]).replace(/[{}]/g, ''),
      name: labelsOf(children(view, 'LocalizedNames', 'LocalizedName')),
      isDefault: text(children(view, 'isdefault')[0]) === '1',
      columns: children(grid, 'row', 'cell').map((cell) => attribute(cell, 'name')),
      fetchXml,
      ...(component && { component }),
    },
  ];
}

import type { Labels, SolutionMetadata } from '@crmjira/domain';
import type { NavigationEntry } from '../contract';
import { type XmlNode, attribute, children, parseXml } from './xml-node';

const WEB_RESOURCE = /^\$webresource:(.+)$/;
const LIST = /^\/main\.aspx\?(.*pagetype=entitylist.*)$/;

/**
 * Tables, views and pages of an app's site map, in its order, with their titles: a sub-area without one bears its table's plural name. What is
 * neither, such as a dashboard, is left out.
 * @param metadata names of the tables
 */
export function parseSiteMap(xml: string, { tables }: Pick<SolutionMetadata, 'tables'>): NavigationEntry[] {
  const document = parseXml(xml);
  const [siteMap] = [...children(document, 'AppModuleSiteMap', 'SiteMap'), ...children(document, 'SiteMap')];
  if (!siteMap) return [];
  return children(siteMap, 'Area').flatMap((area) =>
    children(area, 'Group').flatMap((group) =>
      children(group, 'SubArea').flatMap((subArea) => {
        const entry = entryOf(subArea, tables);
        return entry === null ? [] : [{ ...entry, area: titleOf(area), group: titleOf(group) }];
      }),
    ),
  );
}

function entryOf(subArea: XmlNode, tables: SolutionMetadata['tables']): Omit<NavigationEntry, 'area' | 'group'> | null {
  const title = titleOf(subArea);
  const table = attribute(subArea, 'Entity');
  const page = WEB_RESOURCE.exec(attribute(subArea, 'Url'))?.[1];
  const needs = children(subArea, 'Privilege').map((privilege) => ({
    table: attribute(privilege, 'Entity'),
    rights: attribute(privilege, 'Privilege').split(',').filter(Boolean),
  }));
  if (page !== undefined) return { kind: 'web-resource', name: page, title, needs };
  const list = new URLSearchParams(LIST.exec(attribute(subArea, 'Url'))?.[1] ?? '');
  const [listed, viewId] = [list.get('etn'), list.get('viewid')];
  if (listed !== null && viewId !== null) return { kind: 'view', name: listed, viewId, title, needs };
  if (table === '') return null;
  const plural = tables.find(({ logicalName }) => logicalName === table)?.displayCollectionName ?? null;
  return { kind: 'table', name: table, title: title ?? plural, needs };
}

/** Titles name their language by `LCID`, labels elsewhere by `languagecode`. */
function titleOf(area: XmlNode): Labels | null {
  const titles = children(area, 'Titles', 'Title');
  const of = (language: string) => titles.find((title) => attribute(title, 'LCID') === language);
  const english = of('1033');
  if (!english) return null;
  return { 1033: attribute(english, 'Title'), 3084: attribute(of('3084') ?? english, 'Title') };
}

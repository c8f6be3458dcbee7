import { SolutionSourceError } from '../solution-source-error';
import { attributeNamed, childNamed, childText, element, withChild, withChildren, type XmlNode } from '../xml/xml-tree';
import { nameOf } from './component-files';
import { pathsOf, readXml, type SolutionFiles, withNamespace, withoutNamespace } from './solution-files';

/** Tables as customizations.xml holds them: each with its forms, views, charts and ribbon. */
export function joinEntities(files: SolutionFiles): XmlNode[] {
  return pathsOf(files, /^Entities\/[^/]+\/Entity\.xml$/).map((path) => joinEntity(files, path));
}

function joinEntity(files: SolutionFiles, path: string): XmlNode {
  const folder = path.slice(0, -'Entity.xml'.length);
  const within = (group: string): string[] =>
    pathsOf(files, /\.xml$/).filter((each) => each.startsWith(folder + group));
  const insides = (paths: readonly string[]): XmlNode[] => paths.flatMap((each) => readXml(files, each).children);

  const formTypes = [...new Set(within('FormXml/').map((each) => each.slice(folder.length).split('/')[1] ?? ''))];
  const forms = formTypes.map((type) => element('forms', insides(within(`FormXml/${type}/`)), [['type', type]]));
  const views = insides(within('SavedQueries/'));
  const charts = within('Visualizations/').map((each) => withoutNamespace(readXml(files, each)));
  const ribbon = `${folder}RibbonDiff.xml`;

  const groups: readonly (readonly [string, readonly XmlNode[]])[] = [
    ['FormXml', forms],
    ['SavedQueries', views.length === 0 ? [] : [element('savedqueries', views)]],
    ['Visualizations', charts],
    ['RibbonDiffXml', files.has(ribbon) ? readXml(files, ribbon).children : []],
  ];
  return groups.reduce(
    (entity, [name, content]) => filled(path, entity, name, content),
    withoutNamespace(readXml(files, path)),
  );
}

/** Entity.xml holds the place of each group, so that the order of the schema is the file's and not this code's. */
function filled(path: string, entity: XmlNode, name: string, content: readonly XmlNode[]): XmlNode {
  const place = childNamed(entity, name);
  if (place === undefined && content.length > 0) {
    throw new SolutionSourceError(path, 'Entity', `has no <${name} /> for what its folder holds`);
  }
  return place === undefined || content.length === 0 ? entity : withChild(entity, name, withChildren(place, content));
}

/** Files of one table: Entity.xml, and one for each form, view and chart. */
export function splitEntity(entity: XmlNode): [path: string, root: XmlNode][] {
  const folder = `Entities/${childText(entity, 'Name') ?? ''}`;
  const found: [string, XmlNode][] = [];
  const inside = (name: string): readonly XmlNode[] => childNamed(entity, name)?.children ?? [];

  for (const forms of inside('FormXml')) {
    for (const form of forms.children) {
      const path = `${folder}/FormXml/${attributeNamed(forms, 'type') ?? 'main'}/${nameOf(form, 'formid')}.xml`;
      found.push([path, withNamespace(element('forms', [form]))]);
    }
  }
  for (const view of inside('SavedQueries').flatMap(({ children }) => children)) {
    const path = `${folder}/SavedQueries/${nameOf(view, 'savedqueryid')}.xml`;
    found.push([path, withNamespace(element('savedqueries', [view]))]);
  }
  for (const chart of inside('Visualizations')) {
    found.push([`${folder}/Visualizations/${nameOf(chart, 'savedqueryvisualizationid')}.xml`, withNamespace(chart)]);
  }
  const ribbon = childNamed(entity, 'RibbonDiffXml');
  if (ribbon !== undefined && ribbon.children.length > 0) {
    found.push([`${folder}/RibbonDiff.xml`, withNamespace(ribbon)]);
  }
  const groups = ['FormXml', 'SavedQueries', 'Visualizations', 'RibbonDiffXml'];
  const emptied = entity.children.map((child) => (groups.includes(child.name) ? withChildren(child, []) : child));
  return [...found, [`${folder}/Entity.xml`, withNamespace({ ...entity, children: emptied })]];
}

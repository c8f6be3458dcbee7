import { platformPrimaryId } from './platform-tables';
import { canReadColumn } from './read-column';
import { isOneToMany } from './read-relationship';
import type { SolutionElements } from './solution-metadata';
import { attributeOf, childOf, childrenOf, findChild, textOf, type XmlElement } from './xml-element';

/** What a package of any maker brings, in the form that our own source has. */
export interface ImportableElements {
  readonly elements: SolutionElements;
  /** What has no place in the model, each as `kind name (reason)`. */
  readonly leftAside: readonly string[];
}

const LANGUAGES = ['1033', '3084'] as const;

/** Columns that old exports write out beside the owner; they hold what the owner says, and no client sets them. */
const COMPANIONS = ['name', 'yominame', 'type'] as const;

/**
 * Our own source says everything in two languages and needs nothing that it does not define. A package of another maker has one language
 * or others, shells of platform tables, and columns of types that the model lacks: this completes what an environment completes at import
 * and leaves the rest aside by name.
 *
 * @param tables primary key column of each table that the environment has, by logical name
 */
export function importableElements(
  elements: SolutionElements,
  tables: ReadonlyMap<string, string>,
): ImportableElements {
  const leftAside: string[] = [];
  const keep = (isKept: boolean, what: string): boolean => {
    if (!isKept) leftAside.push(what);
    return isKept;
  };
  const isOfEnvironment = (table: string): boolean => tables.has(table) || platformPrimaryId(table) !== undefined;
  const choices = new Set(elements.optionSets.map((each) => attributeOf(each, 'Name')));
  // A shell without <EntityInfo> carries forms, views or ribbon only.
  const entities = elements.entities
    .filter((root) => findChild(root, 'EntityInfo', 'entity') !== undefined)
    .map((root) => withEntity(root, (entity) => shellOfKnown(entity, tables)))
    .filter((root) => {
      const { name, isShell } = entityOf(root);
      return keep(!isShell || isOfEnvironment(name), `table ${name} (not a table of the environment)`);
    });
  const own = new Set(entities.map((root) => entityOf(root).name));
  const isKnown = (table: string): boolean => own.has(table) || isOfEnvironment(table);
  const relationships = elements.relationships.filter((each) => {
    const what = `relationship ${attributeOf(each, 'Name')}`;
    if (!keep(isOneToMany(each), `${what} (many to many)`)) return false;
    const unknown = ['ReferencedEntityName', 'ReferencingEntityName']
      .map((end) => textOf(each, end).toLowerCase())
      .find((table) => !isKnown(table));
    return keep(unknown === undefined, `${what} (table ${unknown ?? ''} is not in the environment)`);
  });
  const lookups = new Set(
    relationships.map((each) =>
      `${textOf(each, 'ReferencingEntityName')}.${textOf(each, 'ReferencingAttributeName')}`.toLowerCase(),
    ),
  );
  return {
    leftAside,
    elements: {
      ...elements,
      optionSets: elements.optionSets.map(inBothLanguages),
      entities: entities.map((root) =>
        withEntity(inBothLanguages(root), (entity) => {
          const table = attributeOf(entity, 'Name').toLowerCase();
          return withColumns(entity, (column) => {
            const name = `${table}.${textOf(column, 'LogicalName')}`;
            const problem = canReadColumn(column, { choices, isLookup: lookups.has(name) });
            return keep(problem === undefined, `column ${name} (${problem ?? ''})`);
          });
        }),
      ),
      relationships: relationships.map((each) => changedChild(each, 'EntityRelationshipRoles', withSide)),
      processes: elements.processes.map(inBothLanguages),
      processDefinition: (path) => inBothLanguages(elements.processDefinition(path)),
      environmentVariables: elements.environmentVariables.map(inBothLanguages),
    },
  };
}

/** Texts that lack one of our languages say there what they say in English, or in the first language they have. */
function inBothLanguages(element: XmlElement): XmlElement {
  const children = element.children.map(inBothLanguages);
  const key = ['languagecode', 'LanguageCode'].find((name) => children[0]?.attributes[name] !== undefined);
  if (key === undefined) return { ...element, children };
  const said = children.filter(({ attributes }) => (attributes.description ?? attributes.Description ?? '') !== '');
  const inLanguage = (language: string): XmlElement | undefined =>
    said.find(({ attributes }) => attributes[key] === language);
  const base = inLanguage(LANGUAGES[0]) ?? said[0];
  const texts = LANGUAGES.flatMap((language) => {
    const found = inLanguage(language) ?? base;
    return found === undefined ? [] : [{ ...found, attributes: { ...found.attributes, [key]: language } }];
  });
  return { ...element, children: texts };
}

const entityOf = (root: XmlElement): { readonly name: string; readonly isShell: boolean } => {
  const entity = childOf(root, 'EntityInfo', 'entity');
  return { name: attributeOf(entity, 'Name').toLowerCase(), isShell: entity.attributes.unmodified === '1' };
};

/** A table without its primary key adds to one that the environment has, whether it says so or not. */
function shellOfKnown(entity: XmlElement, tables: ReadonlyMap<string, string>): XmlElement {
  const hasKey = columnsOf(entity).some((column) => textOf(column, 'Type') === 'primarykey');
  const isKnown = tables.has(attributeOf(entity, 'Name').toLowerCase());
  return hasKey || !isKnown ? entity : { ...entity, attributes: { ...entity.attributes, unmodified: '1' } };
}

const columnsOf = (entity: XmlElement): XmlElement[] => {
  const list = findChild(entity, 'attributes');
  return list === undefined ? [] : childrenOf(list, 'attribute');
};

/** @param change of `<entity>`, which lies two levels down */
const withEntity = (root: XmlElement, change: (entity: XmlElement) => XmlElement): XmlElement =>
  changedChild(root, 'EntityInfo', (info) => changedChild(info, 'entity', change));

/** With the columns that `keep` wants; a table of an old release says less about itself than one of today. */
function withColumns(entity: XmlElement, keep: (column: XmlElement) => boolean): XmlElement {
  const columns = columnsOf(entity);
  const companions = new Set(
    columns
      .filter((column) => textOf(column, 'Type') === 'owner')
      .flatMap((column) => COMPANIONS.map((ending) => `${textOf(column, 'LogicalName')}${ending}`)),
  );
  const kept = columns
    .filter((column) => !companions.has(textOf(column, 'LogicalName')) && keep(column))
    .map(withDisplayName)
    .map((column) => (textOf(column, 'Type') === 'datetime' ? withDefault(column, 'Behavior', '1') : column));
  const list: XmlElement = { file: entity.file, name: 'attributes', attributes: {}, children: kept, text: '' };
  const name = attributeOf(entity, 'Name').toLowerCase();
  const complete = withDefault(entity, 'EntitySetName', name.endsWith('s') ? `${name}es` : `${name}s`);
  return { ...complete, children: [...complete.children.filter((child) => child.name !== 'attributes'), list] };
}

/** A column that nobody sees may have no name for people; it is then called as it is for programs. */
function withDisplayName(column: XmlElement): XmlElement {
  if ((findChild(column, 'displaynames')?.children.length ?? 0) > 0) return column;
  const { file } = column;
  const description = textOf(column, 'LogicalName');
  const children = LANGUAGES.map((languagecode): XmlElement => {
    return { file, name: 'displayname', attributes: { description, languagecode }, children: [], text: '' };
  });
  const list: XmlElement = { file, name: 'displaynames', attributes: {}, children, text: '' };
  return { ...column, children: [...column.children.filter(({ name }) => name !== list.name), list] };
}

/** Exports of old releases name no side and no navigation property; both have a default then. */
const withSide = (roles: XmlElement): XmlElement => ({
  ...roles,
  children: roles.children.filter((role) => findChild(role, 'RelationshipRoleType') !== undefined),
});

function withDefault(element: XmlElement, name: string, text: string): XmlElement {
  if ((findChild(element, name)?.text ?? '') !== '') return element;
  const child: XmlElement = { file: element.file, name, attributes: {}, children: [], text };
  return { ...element, children: [...element.children.filter((each) => each.name !== name), child] };
}

const changedChild = (parent: XmlElement, name: string, change: (child: XmlElement) => XmlElement): XmlElement => ({
  ...parent,
  children: parent.children.map((child) => (child.name === name ? change(child) : child)),
});

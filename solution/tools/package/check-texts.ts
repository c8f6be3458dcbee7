import { descendants } from '../xml/descendants';
import { attributeNamed, childNamed, type XmlNode } from '../xml/xml-tree';

/** Languages that every text must stand in. */
const LANGUAGES = ['1033', '3084'];

/** Elements that hold one text per language. */
const TEXT_GROUPS = new Set([
  'LocalizedNames',
  'LocalizedCollectionNames',
  'Descriptions',
  'displaynames',
  'labels',
  'Titles',
]);

/** Sentences about texts that do not stand in every language. */
export function missingTexts(root: XmlNode): string[] {
  return descendants(root)
    .filter(({ name, children }) => TEXT_GROUPS.has(name) && children.some((child) => languageOf(child) !== undefined))
    .flatMap((group) => {
      const missing = LANGUAGES.filter((language) => !group.children.some((child) => languageOf(child) === language));
      const [first] = group.children;
      return missing.map(
        (language) => `<${group.name}> with "${first ? textIn(first) : ''}" lacks language ${language}`,
      );
    });
}

const languageOf = (label: XmlNode): string | undefined =>
  attributeNamed(label, 'languagecode') ?? attributeNamed(label, 'LCID');
const textIn = (label: XmlNode): string =>
  attributeNamed(label, 'description') ?? attributeNamed(label, 'Title') ?? attributeNamed(label, 'Text') ?? '';

/** Component → the child that describes it. An Opportunity or Account of the platform is not ours to describe. */
const DESCRIBED_BY: Readonly<Record<string, string>> = {
  attribute: 'Descriptions',
  entity: 'Descriptions',
  optionset: 'Descriptions',
  Workflow: 'Descriptions',
  systemform: 'Descriptions',
  savedquery: 'Descriptions',
  visualization: 'Descriptions',
  Dashboard: 'Descriptions',
  AppModule: 'Descriptions',
  WebResource: 'Description',
  Connector: 'description',
  connectionreference: 'description',
};

/** A maker meets components in lists: each says what it is for. */
export function undescribed(root: XmlNode): string[] {
  return descendants(root).flatMap((component) => {
    const by = DESCRIBED_BY[component.name];
    // The `attribute` of a fetch has no children; the one of a table has.
    if (by === undefined || component.children.length === 0 || isNotOurs(component)) return [];
    const description = childNamed(component, by);
    const says = description !== undefined && (description.children.length > 0 || description.text.trim() !== '');
    return says ? [] : [`<${component.name}> ${nameIn(component)} has no description`];
  });
}

/** The `entity` of a fetch (`name`, a table has `Name`), and a table of the platform that only gets columns. */
const isNotOurs = (component: XmlNode): boolean =>
  component.name === 'entity' &&
  (attributeNamed(component, 'name') !== undefined || attributeNamed(component, 'unmodified') === '1');

const nameIn = (component: XmlNode): string =>
  attributeNamed(component, 'PhysicalName') ??
  ['LocalizedNames', 'DisplayName', 'displayname', 'UniqueName'].flatMap((key) => {
    const named = childNamed(component, key);
    return named === undefined ? [] : [named.children[0] ? textIn(named.children[0]) : named.text];
  })[0] ??
  '';

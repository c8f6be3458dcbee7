import { attributeNamed, childText, type OpenPackage, type XmlNode } from '@crmjira/solution';

/** Sections of customizations.xml that become metadata or rows, or that say nothing of their own. */
const taken = new Set([
  'Entities',
  'Roles',
  'Workflows',
  'FieldSecurityProfiles',
  'EntityRelationships',
  'optionsets',
  'Dashboards',
  'WebResources',
  'CustomControls',
  'AppModuleSiteMaps',
  'AppModules',
  'Connectors',
  'connectionreferences',
  'Languages',
]);

/** What names a component, by kind; the first that it has. */
const names = [
  'Name',
  'name',
  'UniqueName',
  'FullName',
  'msdyn_name',
  'attributelogicalname',
  'parententitylogicalname',
];

/** Folders whose files belong to a section of customizations.xml or to a kind that is taken. */
const takenFolders =
  /^(Workflows|WebResources|Controls|Connector|Formulas|environmentvariabledefinitions|PluginAssemblies)\//;

/** `customapis/sample_IsSystemAdmin/customapi.xml`: folder of a kind, name, file of the component itself. */
const component = /^([^/]+)\/([^/]+)\/[^/]+\.xml$/;

const nameOf = (node: XmlNode): string =>
  names.map((name) => attributeNamed(node, name) ?? childText(node, name)).find((name) => (name ?? '') !== '') ??
  '(without a name)';

/** Components of kinds that the stand-in does not have, each as `kind name`. */
export function componentsLeftAside({ customizations, parts }: OpenPackage): readonly string[] {
  const inSections = customizations.children
    .filter(({ name }) => !taken.has(name))
    .flatMap((section) =>
      // A ribbon for all tables is one component, and empty in most exports.
      section.name === 'RibbonDiffXml'
        ? section.children.some(({ children }) => children.some((child) => child.children.length > 0))
          ? ['RibbonDiffXml (for all tables)']
          : []
        : section.children.map((node) => `${node.name} ${nameOf(node)}`),
    );
  const inFolders = [...parts.keys()].flatMap((path) => {
    const [, folder, name] = (takenFolders.test(path) ? null : component.exec(path)) ?? [];
    return folder === undefined || name === undefined ? [] : [`${folder.replace(/s$/, '')} ${name}`];
  });
  return [...inSections, ...inFolders].sort();
}

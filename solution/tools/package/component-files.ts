import { SolutionSourceError } from '../solution-source-error';
import { attributeNamed, childText, type XmlNode } from '../xml/xml-tree';

/** A kind of component that has one file in the source and one element in a section of customizations.xml. */
export interface ComponentFiles {
  /** Section of customizations.xml. */
  readonly section: string;
  /** Which files of the source hold one. */
  readonly file: RegExp;
  /** Where the source keeps this one. @throws SolutionSourceError when it lacks the name that decides it */
  readonly pathOf: (component: XmlNode) => string;
}

/** As SolutionPackager lays them out; every kind that the product has, none besides. */
export const COMPONENT_FILES: readonly ComponentFiles[] = [
  { section: 'Roles', file: /^Roles\/[^/]+\.xml$/, pathOf: (role) => `Roles/${nameOf(role, 'name')}.xml` },
  {
    section: 'Workflows',
    file: /^Workflows\/[^/]+\.data\.xml$/,
    pathOf: (workflow) => `${workflowFile(workflow)}.data.xml`,
  },
  {
    section: 'optionsets',
    file: /^OptionSets\/[^/]+\.xml$/,
    pathOf: (optionSet) => `OptionSets/${nameOf(optionSet, 'Name')}.xml`,
  },
  {
    section: 'Dashboards',
    file: /^Dashboards\/[^/]+\.xml$/,
    pathOf: (dashboard) => `Dashboards/${nameOf(dashboard, 'FormId')}.xml`,
  },
  {
    section: 'WebResources',
    file: /^WebResources\/.+\.data\.xml$/,
    pathOf: (webResource) => `WebResources/${nameOf(webResource, 'Name')}.data.xml`,
  },
  {
    section: 'CustomControls',
    file: /^Controls\/[^/]+\/ControlManifest\.xml\.data\.xml$/,
    pathOf: (control) => `Controls/${nameOf(control, 'Name')}/ControlManifest.xml.data.xml`,
  },
  {
    section: 'AppModuleSiteMaps',
    file: /^AppModuleSiteMaps\/[^/]+\/AppModuleSiteMap\.xml$/,
    pathOf: (siteMap) => `AppModuleSiteMaps/${nameOf(siteMap, 'SiteMapUniqueName')}/AppModuleSiteMap.xml`,
  },
  {
    section: 'AppModules',
    file: /^AppModules\/[^/]+\/AppModule\.xml$/,
    pathOf: (app) => `AppModules/${nameOf(app, 'UniqueName')}/AppModule.xml`,
  },
  { section: 'Connectors', file: /^Connectors\/[^/]+\.xml$/, pathOf: (one) => `Connectors/${nameOf(one, 'name')}.xml` },
];

/** Name of a component, which stands in an attribute or in a child element. */
export function nameOf(component: XmlNode, key: string): string {
  const name = attributeNamed(component, key) ?? childText(component, key) ?? '';
  if (name === '') throw new SolutionSourceError('customizations.xml', component.name, `has no ${key}`);
  return name;
}

/** Process or cloud flow: the file that its record names, without the slash at the beginning. */
function workflowFile(workflow: XmlNode): string {
  const file = childText(workflow, 'XamlFileName') ?? childText(workflow, 'JsonFileName') ?? '';
  if (file === '') throw new SolutionSourceError('customizations.xml', 'Workflow', 'names no file');
  return file.replace(/^\//, '');
}

import type { XmlNode } from '../../xml/xml-tree';

/**
 * What Dataverse has learned to write since its schemas were published in 2018, as far as our packages hold it: parent → elements. It
 * is left out of what is validated; a package that lacks one of them fails the test, so that the list does not outlive its reason.
 */
export const NEWER_ELEMENTS: Readonly<Record<string, readonly string[]>> = {
  attribute: ['AutoNumberFormat', 'IsSearchable', 'IsFilterable', 'IsRetrievable', 'IsLocalizable'],
  entity: [
    'IsRetrieveAuditEnabled',
    'IsRetrieveMultipleAuditEnabled',
    'IsMSTeamsIntegrationEnabled',
    'IsSolutionAware',
  ],
  EntityRelationship: ['CascadeArchive'],
  // Exports leave out its id, which the schema asks for.
  CustomControlDefaultConfigs: ['CustomControlDefaultConfig'],
  Workflow: ['JsonFileName', 'IsCustomProcessingStepAllowedForOtherPublishers', 'ProcessTriggerScope'],
  AppModuleSiteMap: ['EnableCollapsibleGroups', 'ShowHome', 'ShowPinned', 'ShowRecents'],
  AppModule: ['OptimizedFor', 'statecode', 'statuscode', 'NavigationType'],
  ImportExportXml: ['connectionreferences', 'Connectors'],
};

/** The same of attributes: element → attributes. */
export const NEWER_ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  form: ['headerdensity'],
  Role: ['isinherited'],
  option: ['IsHidden'],
};

/** A tree without them, and for each of its elements the one that it was made from. */
export interface OlderTree {
  readonly root: XmlNode;
  readonly originOf: ReadonlyMap<XmlNode, XmlNode>;
}

export function withoutNewer(original: XmlNode): OlderTree {
  const originOf = new Map<XmlNode, XmlNode>();
  const older = (node: XmlNode): XmlNode => {
    const elements = NEWER_ELEMENTS[node.name] ?? [];
    const attributes = NEWER_ATTRIBUTES[node.name] ?? [];
    const made = {
      ...node,
      attributes: node.attributes.filter(([name]) => !attributes.includes(name)),
      children: node.children.filter(({ name }) => !elements.includes(name)).map(older),
    };
    originOf.set(made, node);
    return made;
  };
  return { root: older(original), originOf };
}

import { descendants } from '../xml/descendants';
import { attributeNamed, childText, type XmlNode } from '../xml/xml-tree';

/** Two components with one id overwrite each other at import. */
export function repeatedIds(root: XmlNode): string[] {
  const ids = componentIds(root).map(({ id }) => id);
  return [...new Set(ids.filter((id, at) => ids.indexOf(id) !== at))].map((id) => `two components have the id ${id}`);
}

/** Element → attribute or child that identifies it. Roles are found by their name: an app names roles by id alone. */
const IDENTIFIED_BY: Readonly<Record<string, string>> = {
  Workflow: 'WorkflowId',
  FieldSecurityProfile: 'fieldsecurityprofileid',
  systemform: 'formid',
  savedquery: 'savedqueryid',
  visualization: 'savedqueryvisualizationid',
  Dashboard: 'FormId',
  WebResource: 'WebResourceId',
  Connector: 'connectorid',
};

/** Components with an id of their own, by the element that they are; an upgrade finds them by it. */
export const componentIds = (root: XmlNode): readonly { readonly kind: string; readonly id: string }[] =>
  descendants(root).flatMap((node) => ownId(node).map((id) => ({ kind: node.name, id })));

function ownId(node: XmlNode): string[] {
  const key = node.name === 'Role' && attributeNamed(node, 'name') !== undefined ? 'id' : IDENTIFIED_BY[node.name];
  const id = key === undefined ? undefined : (attributeNamed(node, key) ?? childText(node, key));
  return id === undefined ? [] : [id.toLowerCase()];
}

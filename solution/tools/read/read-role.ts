import type { PrivilegeDepth, RoleMetadata } from '@crmjira/domain';
import { attributeOf, childOf, childrenOf, complaint, type XmlElement } from './xml-element';

const DEPTHS: readonly PrivilegeDepth[] = ['Basic', 'Local', 'Deep', 'Global'];

/** One file of `Roles/`. */
export function readRole(root: XmlElement): RoleMetadata {
  const privileges = childrenOf(childOf(root, 'RolePrivileges'), 'RolePrivilege').map((privilege) => {
    const name = attributeOf(privilege, 'name');
    const level = attributeOf(privilege, 'level');
    const depth = DEPTHS.find((candidate) => candidate === level);
    if (depth === undefined) throw complaint(privilege, `level '${level}' is no privilege depth`);
    return { name, depth };
  });
  const names = privileges.map(({ name }) => name);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) throw complaint(root, `grants ${twice} twice`);
  return { id: attributeOf(root, 'id').replace(/[{}]/g, ''), name: attributeOf(root, 'name'), privileges };
}

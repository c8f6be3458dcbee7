import type { ColumnSecurityProfileMetadata } from '@crmjira/domain';
import { attributeOf, childOf, childrenOf, complaint, textOf, type XmlElement } from './xml-element';

/** Value of a granted permission; 0 is not granted. */
const GRANTED = '4';

/** `Other/FieldSecurityProfiles.xml`. */
export function readColumnSecurityProfiles(root: XmlElement): ColumnSecurityProfileMetadata[] {
  return childrenOf(root, 'FieldSecurityProfile').map((profile) => ({
    id: attributeOf(profile, 'fieldsecurityprofileid').replace(/[{}]/g, ''),
    name: attributeOf(profile, 'name'),
    permissions: childrenOf(childOf(profile, 'FieldPermissions'), 'FieldPermission').map((permission) => ({
      table: textOf(permission, 'EntityName'),
      column: textOf(permission, 'AttributeName'),
      canRead: granted(permission, 'CanRead'),
      canCreate: granted(permission, 'CanCreate'),
      canUpdate: granted(permission, 'CanUpdate'),
    })),
  }));
}

function granted(permission: XmlElement, name: string): boolean {
  const text = textOf(permission, name);
  if (text !== '0' && text !== GRANTED)
    throw complaint(permission, `<${name}> should be 0 or ${GRANTED}, is '${text}'`);
  return text === GRANTED;
}

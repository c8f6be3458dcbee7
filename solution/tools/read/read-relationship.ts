import type { CascadeBehavior, RelationshipMetadata } from '@crmjira/domain';
import { platformPrimaryId } from './platform-tables';
import { attributeOf, childOf, childrenOf, complaint, findChild, textOf, type XmlElement } from './xml-element';

const CASCADES: readonly CascadeBehavior[] = ['NoCascade', 'Cascade', 'Active', 'UserOwned', 'RemoveLink', 'Restrict'];

/** Role types of SolutionPackager files. */
const LOOKUP_SIDE = '1';
const COLLECTION_SIDE = '0';

export const isOneToMany = (element: XmlElement): boolean => textOf(element, 'EntityRelationshipType') === 'OneToMany';

/**
 * One `<EntityRelationship>` of `Other/Relationships`.
 *
 * @param primaryIds primary key column of each table of the solution, by logical name
 */
export function readRelationship(element: XmlElement, primaryIds: ReadonlyMap<string, string>): RelationshipMetadata {
  const schemaName = attributeOf(element, 'Name');
  if (!isOneToMany(element)) throw complaint(element, 'should be OneToMany');
  const referencedTable = textOf(element, 'ReferencedEntityName').toLowerCase();
  const referencedColumn = primaryIds.get(referencedTable) ?? platformPrimaryId(referencedTable);
  if (referencedColumn === undefined) throw complaint(element, `points at the unknown table ${referencedTable}`);
  const referencingColumn = textOf(element, 'ReferencingAttributeName').toLowerCase();
  return {
    schemaName,
    referencedTable,
    referencedColumn,
    referencingTable: textOf(element, 'ReferencingEntityName').toLowerCase(),
    referencingColumn,
    referencingNavigation: navigation(element, LOOKUP_SIDE) ?? referencingColumn,
    referencedNavigation: navigation(element, COLLECTION_SIDE) ?? schemaName,
    cascade: {
      assign: cascade(element, 'CascadeAssign'),
      delete: cascade(element, 'CascadeDelete'),
      reparent: cascade(element, 'CascadeReparent'),
      share: cascade(element, 'CascadeShare'),
      unshare: cascade(element, 'CascadeUnshare'),
    },
  };
}

function cascade(element: XmlElement, name: string): CascadeBehavior {
  const text = textOf(element, name);
  const known = CASCADES.find((behavior) => behavior === text);
  if (known === undefined) throw complaint(element, `<${name}> '${text}' is no cascade behaviour`);
  return known;
}

function navigation(element: XmlElement, side: string): string | undefined {
  const roles = findChild(element, 'EntityRelationshipRoles');
  const role = (roles === undefined ? [] : childrenOf(roles, 'EntityRelationshipRole')).find(
    (candidate) => childOf(candidate, 'RelationshipRoleType').text === side,
  );
  return role && textOf(role, 'NavigationPropertyName');
}

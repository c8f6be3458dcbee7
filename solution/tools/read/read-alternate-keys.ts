import type { AlternateKeyMetadata, ColumnMetadata } from '@crmjira/domain';
import { readLabels } from './read-labels';
import { childOf, childrenOf, complaint, findChild, textOf, type XmlElement } from './xml-element';

/** Alternate keys of an `<entity>`. @throws SolutionSourceError when one uses a column that the table lacks */
export function readKeys(entity: XmlElement, columns: readonly ColumnMetadata[]): AlternateKeyMetadata[] {
  const list = findChild(entity, 'EntityKeys');
  return (list === undefined ? [] : childrenOf(list, 'EntityKey')).map((key) => {
    const names = childrenOf(childOf(key, 'EntityKeyAttributes'), 'AttributeName').map(({ text }) => text);
    for (const name of names) {
      if (!columns.some((column) => column.logicalName === name)) {
        throw complaint(key, `uses the column ${name}, which the table does not have`);
      }
    }
    return {
      logicalName: textOf(key, 'LogicalName'),
      schemaName: textOf(key, 'Name'),
      displayName: readLabels(key, 'displaynames', 'displayname'),
      columns: names,
    };
  });
}

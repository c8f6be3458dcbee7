import type { Table } from '../metadata/schema';
import type { ExpandItem } from '../odata/ast';

/** `@odata.context` of rows of a table: the selected and expanded names in parentheses. */
export function contextUrl(
  serviceRoot: string,
  table: Table,
  select: readonly string[] | undefined,
  expand: readonly ExpandItem[],
  suffix = '',
): string {
  const names = [
    ...(select ?? []),
    ...expand.map(({ navigation, select: inner }) => `${navigation}(${(inner ?? []).join(',')})`),
  ];
  return `${serviceRoot}$metadata#${table.entitySetName}${names.length > 0 ? `(${names.join(',')})` : ''}${suffix}`;
}

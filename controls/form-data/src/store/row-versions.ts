import type { Desk } from './desk';

const NEWEST = '$select=versionnumber;$orderby=versionnumber desc;$top=1';

/**
 * One small request that tells whether the record or rows at the end of these relationships have changed: other text, other rows.
 * Empty for somebody who may not read one of the tables: for them only time tells.
 * @param others versions that parts ask for themselves
 */
export async function rowVersions(
  { webApi, table, id }: Pick<Desk, 'webApi' | 'table' | 'id'>,
  relationships: Iterable<string>,
  others: readonly unknown[],
): Promise<string> {
  const expanded = [...relationships].map((name) => `${name}(${NEWEST})`);
  try {
    return JSON.stringify(
      await Promise.all([
        webApi.retrieveRecord(table, id, `?$select=versionnumber${expanded.length ? `&$expand=${expanded}` : ''}`),
        ...others,
      ]),
    );
  } catch {
    // The next reading says why, in words.
    return '';
  }
}

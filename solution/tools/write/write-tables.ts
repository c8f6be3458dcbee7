import type { SolutionMetadata } from '@crmjira/domain';
import { PLATFORM_TABLES } from '../read/platform-tables';
import { GENERATED_HEADER } from './generated-header';
import { quoted } from './pascal-case';

/** `tables.ts`: entity set and primary key of every table that the product reads or writes, by logical name. */
export function writeTables(solution: SolutionMetadata): string {
  const entries = [
    ...solution.tables.map(({ logicalName, entitySetName, primaryId }) => ({ logicalName, entitySetName, primaryId })),
    ...Object.entries(PLATFORM_TABLES).map(([logicalName, { entitySet, primaryId }]) => ({
      logicalName,
      entitySetName: entitySet,
      primaryId,
    })),
  ].sort((one, other) => (one.logicalName < other.logicalName ? -1 : 1));
  return [
    GENERATED_HEADER,
    '/** Names of the Web API: entity set and primary key column. */',
    'export const tables = {',
    ...entries.map(
      ({ logicalName, entitySetName, primaryId }) =>
        `  ${logicalName}: { entitySet: ${quoted(entitySetName)}, primaryId: ${quoted(primaryId)} },`,
    ),
    '} as const;',
    '',
  ].join('\n');
}

import type { ColumnMetadata, SolutionMetadata } from '@crmjira/domain';
import { PLATFORM_TABLES, PLATFORM_TEXT_LENGTHS } from '../read/platform-tables';
import { GENERATED_HEADER } from './generated-header';

/** `text-lengths.ts`: how much fits into every text column of our tables and into the platform's that the service writes. */
export function writeTextLengths(solution: SolutionMetadata, ofCases: SolutionMetadata['extensions']): string {
  const ours = solution.tables.map(({ entitySetName, columns }) => [entitySetName, lengthsOf(columns)] as const);
  const platform = Object.entries(PLATFORM_TEXT_LENGTHS).map(([table, lengths]) => {
    const added = [...solution.extensions, ...ofCases].find(({ logicalName }) => logicalName === table)?.columns ?? [];
    const { entitySet } = PLATFORM_TABLES[table as keyof typeof PLATFORM_TEXT_LENGTHS];
    return [entitySet, { ...lengths, ...lengthsOf(added) }] as const;
  });
  const entries = [...ours, ...platform].sort(([one], [other]) => (one < other ? -1 : 1));
  return [
    GENERATED_HEADER,
    '/** Most UTF-16 code units of each text column, by entity set and column. */',
    'export const textLengths = {',
    ...entries.flatMap(([entitySet, lengths]) => [
      `  ${entitySet}: {`,
      ...Object.entries(lengths).map(([column, length]) => `    ${column}: ${length},`),
      '  },',
    ]),
    '} as const;',
    '',
  ].join('\n');
}

function lengthsOf(columns: readonly ColumnMetadata[]): Record<string, number> {
  const entries = columns.flatMap(({ logicalName, maxLength }) =>
    maxLength === undefined ? [] : [[logicalName, maxLength] as const],
  );
  return Object.fromEntries(entries);
}

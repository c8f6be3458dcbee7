import type { ColumnMetadata, SolutionMetadata } from '@crmjira/domain';
import { SolutionSourceError } from '../solution-source-error';
import { GENERATED_HEADER } from './generated-header';
import { quoted, typeNameOf } from './pascal-case';
import { optionTypeName } from './write-options';

const TYPESCRIPT_TYPES: Partial<Record<ColumnMetadata['type'], string>> = {
  String: 'string',
  Memo: 'string',
  Uniqueidentifier: 'string',
  DateTime: 'string',
  Integer: 'number',
  BigInt: 'number',
  Decimal: 'number',
  Double: 'number',
  Money: 'number',
  Boolean: 'boolean',
};

/** Types of what the platform's own tables have, as far as it is written. */
const PLATFORM_COLUMNS: Readonly<Record<string, string>> = {
  incident: 'IncidentPlatformColumns',
  opportunity: 'OpportunityPlatformColumns',
};

/**
 * `rows.ts`: a type per table as the Web API answers and takes its rows, and all of them by logical name.
 *
 * @param ofCases columns that an environment has with the solution for cases only
 */
export function writeRows(solution: SolutionMetadata, ofCases: SolutionMetadata['extensions']): string {
  const tables = [
    ...solution.tables.map(({ logicalName, columns }) => ({
      logicalName,
      columns,
      name: `${typeNameOf(logicalName)}Row`,
    })),
    ...solution.extensions.map(({ logicalName, columns }) => ({
      logicalName,
      columns,
      name: `${typeNameOf(logicalName)}ExtensionRow`,
    })),
    ...ofCases.map(({ logicalName, columns }) => ({
      logicalName,
      columns,
      name: `${typeNameOf(logicalName)}CasesRow`,
    })),
  ];
  const typesOf = (table: string): string =>
    [
      ...(table in PLATFORM_COLUMNS ? [PLATFORM_COLUMNS[table]] : []),
      ...tables.filter(({ logicalName }) => logicalName === table).map(({ name }) => name),
    ].join(' & ');
  const optionTypes = solution.globalOptionSets
    .filter(({ name }) => tables.some(({ columns }) => columns.some((column) => column.optionSetName === name)))
    .map(optionTypeName);
  return [
    GENERATED_HEADER,
    `import type {\n${optionTypes.map((name) => `  ${name},\n`).join('')}} from './options';`,
    `import type { ${Object.values(PLATFORM_COLUMNS).join(', ')} } from '../platform-rows';`,
    '',
    ...tables.flatMap(({ logicalName, columns, name }) => [
      `/** \`${logicalName}\` */`,
      `export interface ${name} {`,
      ...columns.flatMap((column) => writeColumn(column, logicalName, solution)),
      '}',
      '',
    ]),
    '/** Row types by logical name of the table. */',
    'export interface GeneratedTableRows {',
    ...[...new Set(tables.map(({ logicalName }) => logicalName))].map((table) => `  ${table}: ${typesOf(table)};`),
    '}',
    '',
  ].join('\n');
}

function writeColumn(column: ColumnMetadata, table: string, solution: SolutionMetadata): string[] {
  const orNull =
    column.requiredLevel === 'ApplicationRequired' || column.requiredLevel === 'SystemRequired' ? '' : ' | null';
  if (column.type === 'Lookup' || column.type === 'Owner') {
    return [
      `  _${column.logicalName}_value: string | null;`,
      ...(column.isValidForCreate || column.isValidForUpdate
        ? [`  ${quoted(`${navigationOf(column, table, solution)}@odata.bind`)}: string;`]
        : []),
    ];
  }
  return [`  ${column.logicalName}: ${typeOf(column, solution)}${orNull};`];
}

function navigationOf(column: ColumnMetadata, table: string, solution: SolutionMetadata): string {
  const relationship = solution.relationships.find(
    ({ referencingTable, referencingColumn }) => referencingTable === table && referencingColumn === column.logicalName,
  );
  return relationship?.referencingNavigation ?? column.logicalName;
}

function typeOf(column: ColumnMetadata, solution: SolutionMetadata): string {
  const simple = TYPESCRIPT_TYPES[column.type];
  if (simple !== undefined) return simple;
  const global = solution.globalOptionSets.find(({ name }) => name === column.optionSetName);
  if (global !== undefined) return optionTypeName(global);
  if (column.options !== undefined) return column.options.map(({ value }) => value).join(' | ');
  throw new SolutionSourceError(
    'Entities',
    `attribute ${column.schemaName}`,
    `is of the type ${column.type}, for which rows have no type`,
  );
}

import type {
  ColumnMetadata,
  EnvironmentVariableMetadata,
  GlobalOptionSetMetadata,
  Labels,
  RoleMetadata,
  SolutionMetadata,
} from '@crmjira/domain';
import { columnsOfOurs } from '../read/columns-of-ours';

interface DescribedTable {
  readonly logicalName: string;
  readonly displayName?: Labels;
  readonly description?: Labels;
  readonly columns: readonly ColumnMetadata[];
}

/** Table of the documents; one line a column. */
const HEAD = ['column', 'name', 'type', 'required', 'secured', 'audited', 'what it holds', 'ce que c’est'];

const INTRODUCTION = `# Data model

Written by \`npm run generate\` from \`solution/src\` and \`solution/cases\`; not edited by hand. Every table of ours and every column that we add, with what an
inventory of data needs: type, whether it must be filled in, whether column security guards it, whether changes are audited. The end
of a description says how it is classified, Protected A or B (R-1220); a column without a classification has its table's. Columns that
the platform adds to every table (owner, state, created, modified, currency) and the twins of amounts in base currency are left out.
Values of choices, roles and environment variables stand at the end. The rules behind them: [rules of the data model](data-rules.md).
`;

/** `docs/data-model.md`: what Dataverse keeps for the product, in both languages. */
export function writeDataModel(solution: SolutionMetadata, cases: SolutionMetadata): string {
  const own = solution.tables.map((table) => section(table, columnsOfOurs(table.columns)));
  const added = solution.extensions.map((table) => section(table, columnsOfOurs(table.columns)));
  const sections = [
    INTRODUCTION,
    '## Tables of ours\n',
    ...own,
    '## Columns added to tables of the platform\n',
    ...added,
    '## Columns that the solution for cases adds\n',
    ...cases.extensions.map((table) => section(table, columnsOfOurs(table.columns))),
    '## Values of choices\n',
    ...solution.globalOptionSets.map(choice),
    '## Roles\n',
    ROLES_IN_WORDS,
    ...[...solution.roles, ...cases.roles].map(role),
    '## Environment variables\n',
    variables(solution.environmentVariables),
  ];
  return `${sections.join('\n').trimEnd()}\n`;
}

function choice({ name, displayName, options }: GlobalOptionSetMetadata): string {
  const head = ['value', 'English', 'français'];
  const lines = [
    `### \`${name}\``,
    '',
    `${displayName[1033]} / ${displayName[3084]}`,
    '',
    row(head),
    row(head.map(() => '---')),
    ...options.map(({ value, label }) => row([String(value), label[1033], label[3084]])),
    '',
  ];
  return lines.join('\n');
}

const ROLES_IN_WORDS = `What each role may do to a table, with how far it reaches: the person's own rows (Basic), their business unit (Local), the
business unit and those below it (Deep), or the organization (Global).
`;

const VERBS = ['Create', 'Read', 'Write', 'Delete', 'AppendTo', 'Append', 'Assign', 'Share'];

function role({ name, privileges }: RoleMetadata): string {
  const tables = new Map<string, string[]>();
  for (const privilege of privileges) {
    const verb = VERBS.find((one) => privilege.name.startsWith(`prv${one}`));
    const table = privilege.name.slice(3 + (verb?.length ?? 0));
    tables.set(table, [...(tables.get(table) ?? []), `${verb ?? 'use'} (${privilege.depth})`]);
  }
  const rows = [...tables].sort(([a], [b]) => (a < b ? -1 : 1));
  const head = ['table', 'may'];
  const lines = [
    `### ${name}`,
    '',
    row(head),
    row(head.map(() => '---')),
    ...rows.map(([table, may]) => row([`\`${table}\``, may.join(', ')])),
    '',
  ];
  return lines.join('\n');
}

function variables(all: readonly EnvironmentVariableMetadata[]): string {
  const head = ['variable', 'name', 'type', 'default'];
  const lines = all.map(({ schemaName, displayName, type, defaultValue }) =>
    row([`\`${schemaName}\``, `${displayName[1033]} / ${displayName[3084]}`, type, code(defaultValue)]),
  );
  return [row(head), row(head.map(() => '---')), ...lines, ''].join('\n');
}

const code = (value: string | null): string => (value === null ? '' : `\`${value}\``);

function section(table: DescribedTable, columns: readonly ColumnMetadata[]): string {
  const { displayName: name, description } = table;
  const lines = [
    `### \`${table.logicalName}\``,
    '',
    ...(name ? [`${name[1033]} / ${name[3084]}`, ''] : []),
    ...(description ? [`${description[1033]}`, '', `${description[3084]}`, ''] : []),
    row(HEAD),
    row(HEAD.map(() => '---')),
    ...columns.map((column) => row(cells(column))),
    '',
  ];
  return lines.join('\n');
}

function cells(column: ColumnMetadata): string[] {
  const { displayName, description } = column;
  return [
    `\`${column.logicalName}\``,
    `${displayName[1033]} / ${displayName[3084]}`,
    typeInWords(column),
    requiredInWords(column),
    column.isSecured ? 'yes' : '',
    column.isAudited ? 'yes' : '',
    description?.[1033] ?? '',
    description?.[3084] ?? '',
  ];
}

function requiredInWords({ requiredLevel }: ColumnMetadata): string {
  if (requiredLevel === 'None') return '';
  return requiredLevel === 'Recommended' ? 'recommended' : 'yes';
}

function typeInWords(column: ColumnMetadata): string {
  const { type, maxLength, precision, targets, optionSetName, autoNumberFormat } = column;
  if (autoNumberFormat) return `text, numbered ${autoNumberFormat}`;
  if (type === 'String') return `text ${maxLength ?? ''}`.trim();
  if (type === 'Memo') return `long text ${maxLength ?? ''}`.trim();
  if (type === 'Picklist') return `choice ${optionSetName ?? ''}`.trim();
  if (type === 'Lookup') return `lookup ${targets?.join(', ') ?? ''}`.trim();
  if (type === 'Decimal') return `decimal, ${precision ?? 0} digits`;
  if (type === 'DateTime') return column.dateTimeBehavior === 'DateOnly' ? 'day' : 'date and time';
  return PLAIN_TYPES[type] ?? type.toLowerCase();
}

const PLAIN_TYPES: Partial<Record<ColumnMetadata['type'], string>> = {
  Money: 'amount',
  Integer: 'whole number',
  Boolean: 'yes or no',
  Uniqueidentifier: 'id',
};

const row = (values: readonly string[]): string =>
  `| ${values.map((value) => value.replaceAll('|', '\\|').replaceAll(/\s*\n\s*/g, ' ')).join(' | ')} |`;

import type { GlobalOptionSetMetadata, Labels, SolutionMetadata } from '@crmjira/domain';
import { SolutionSourceError } from '../solution-source-error';
import { GENERATED_HEADER } from './generated-header';
import { pascalCase, quoted } from './pascal-case';

/** `options.ts`: per global choice a const object, its value type and its labels in both languages. */
export function writeOptions(solution: SolutionMetadata): string {
  return [
    GENERATED_HEADER,
    "import type { Labels } from '../table-metadata';",
    '',
    ...solution.globalOptionSets.flatMap(writeOptionSet),
  ].join('\n');
}

/** Name of the const and type of a choice. */
export function optionTypeName(optionSet: GlobalOptionSetMetadata): string {
  return pascalCase(optionSet.displayName[1033]);
}

function writeOptionSet(optionSet: GlobalOptionSetMetadata): string[] {
  const name = optionTypeName(optionSet);
  const keys = optionSet.options.map(({ label }) => pascalCase(label[1033]));
  const twice = keys.find((key, at) => keys.indexOf(key) !== at);
  if (twice !== undefined) {
    throw new SolutionSourceError(
      `OptionSets/${optionSet.name}.xml`,
      'options',
      `has two options that are both called ${twice} in code`,
    );
  }
  return [
    `/** \`${optionSet.name}\` */`,
    `export const ${name} = {`,
    ...optionSet.options.map(({ value }, at) => `  ${keys[at]}: ${value},`),
    '} as const;',
    `export type ${name} = (typeof ${name})[keyof typeof ${name}];`,
    `export const ${name.charAt(0).toLowerCase()}${name.slice(1)}Labels: Record<${name}, Labels> = {`,
    ...optionSet.options.map(({ value, label }) => `  ${value}: ${writeLabels(label)},`),
    '};',
    '',
  ];
}

export function writeLabels(labels: Labels): string {
  return `{ 1033: ${quoted(labels[1033])}, 3084: ${quoted(labels[3084])} }`;
}

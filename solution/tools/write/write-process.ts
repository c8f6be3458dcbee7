import type { ProcessFlowMetadata, SolutionMetadata } from '@crmjira/domain';
import { SolutionSourceError } from '../solution-source-error';
import { GENERATED_HEADER } from './generated-header';
import { pascalCase, quoted } from './pascal-case';
import { writeLabels } from './write-options';

/** `process.ts`: ids, names and order of the stages of the product's one business process flow. */
export function writeProcess(solution: SolutionMetadata): string {
  const [flow, ...others] = solution.processFlows;
  if (flow === undefined || others.length > 0) {
    throw new SolutionSourceError(
      'Workflows',
      'Workflow',
      `should be one business process flow, there are ${solution.processFlows.length}`,
    );
  }
  const table = solution.tables.find(({ logicalName }) => logicalName === flow.uniqueName);
  if (table === undefined)
    throw new SolutionSourceError(
      'Entities',
      'Entity',
      `of the process ${flow.uniqueName} (its instance table) is missing`,
    );
  const keys = stageKeys(flow);
  return [
    GENERATED_HEADER,
    "import type { Labels } from '../table-metadata';",
    '',
    'export const process = {',
    `  workflowId: ${quoted(flow.workflowId)},`,
    `  uniqueName: ${quoted(flow.uniqueName)},`,
    `  entitySet: ${quoted(table.entitySetName)},`,
    `  name: ${writeLabels(flow.name)},`,
    '  stages: {',
    ...flow.stages.map(({ id }, at) => `    ${keys[at]}: ${quoted(id)},`),
    '  },',
    '} as const;',
    '',
    'export type ProcessStageKey = keyof typeof process.stages;',
    '',
    '/** The stages in order, with the columns that their steps are bound to and the stages that may follow. */',
    'export const processStages: readonly {',
    '  readonly key: ProcessStageKey;',
    '  readonly id: string;',
    '  readonly name: Labels;',
    '  readonly steps: readonly { readonly column: string; readonly label: Labels; readonly required: boolean }[];',
    '  readonly next: readonly ProcessStageKey[];',
    '}[] = [',
    ...flow.stages.flatMap((stage, at) => [
      '  {',
      `    key: ${quoted(keys[at] ?? '')},`,
      `    id: ${quoted(stage.id)},`,
      `    name: ${writeLabels(stage.name)},`,
      '    steps: [',
      ...stage.steps.map(
        ({ column, label, required }) =>
          `      { column: ${quoted(column)}, label: ${writeLabels(label)}, required: ${required} },`,
      ),
      '    ],',
      `    next: [${stage.next.map((id) => quoted(keys[flow.stages.findIndex((other) => other.id === id)] ?? '')).join(', ')}],`,
      '  },',
    ]),
    '];',
    '',
  ].join('\n');
}

function stageKeys(flow: ProcessFlowMetadata): string[] {
  const keys = flow.stages.map(({ name }) => pascalCase(name[1033]));
  const twice = keys.find((key, at) => keys.indexOf(key) !== at);
  if (twice !== undefined)
    throw new SolutionSourceError('Workflows', flow.uniqueName, `has two stages that are both called ${twice} in code`);
  return keys;
}

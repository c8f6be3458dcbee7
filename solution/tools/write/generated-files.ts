import type { SolutionMetadata } from '@crmjira/domain';
import { writeDataModel } from './write-data-model';
import { writeOptions } from './write-options';
import { writeProcess } from './write-process';
import { writeRows } from './write-rows';
import { writeTables } from './write-tables';

/** Every file that is generated from the solution: path from the repository's root → content. */
export function generatedFiles(solution: SolutionMetadata): ReadonlyMap<string, string> {
  return new Map([
    ['docs/data-model.md', writeDataModel(solution)],
    ['domain/src/schema/generated/options.ts', writeOptions(solution)],
    ['domain/src/schema/generated/process.ts', writeProcess(solution)],
    ['domain/src/schema/generated/rows.ts', writeRows(solution)],
    ['domain/src/schema/generated/tables.ts', writeTables(solution)],
    ['sandbox/src/dataverse/metadata/generated/solution-metadata.json', `${JSON.stringify(solution, undefined, 2)}\n`],
  ]);
}

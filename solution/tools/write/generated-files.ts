import type { SolutionMetadata } from '@crmjira/domain';
import { writeAuthority } from './write-authority';
import { writeDataModel } from './write-data-model';
import { writeOptions } from './write-options';
import { writeProcess } from './write-process';
import { writeRows } from './write-rows';
import { writeTables } from './write-tables';
import { writeTextLengths } from './write-text-lengths';

/**
 * Every file that is generated from the solution, and the document of the rules that stand in code: path from the repository's root → content.
 *
 * @param cases the solution of what depends on cases; lists of tables leave it out, as most environments do not have it
 */
export function generatedFiles(solution: SolutionMetadata, cases: SolutionMetadata): ReadonlyMap<string, string> {
  return new Map([
    ['docs/authority.md', writeAuthority()],
    ['docs/data-model.md', writeDataModel(solution, cases)],
    ['domain/src/schema/generated/options.ts', writeOptions(solution)],
    ['domain/src/schema/generated/process.ts', writeProcess(solution)],
    ['domain/src/schema/generated/rows.ts', writeRows(solution, cases.extensions)],
    ['domain/src/schema/generated/tables.ts', writeTables(solution)],
    ['domain/src/schema/generated/text-lengths.ts', writeTextLengths(solution, cases.extensions)],
    ['sandbox/src/dataverse/metadata/generated/cases-metadata.json', `${JSON.stringify(cases, undefined, 2)}\n`],
    ['sandbox/src/dataverse/metadata/generated/solution-metadata.json', `${JSON.stringify(solution, undefined, 2)}\n`],
  ]);
}

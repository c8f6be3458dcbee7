import { join } from 'node:path';
import { mergedMetadata } from '../../sandbox/src/dataverse';
import { loadSolution } from '../../sandbox/src/dataverse/metadata/load-solution';
import { readSolution } from '../../solution/tools/read/read-solution';

/** What an environment has with the solution for cases. */
export const withCases = (): ReturnType<typeof mergedMetadata> =>
  mergedMetadata([loadSolution(), readSolution(join(__dirname, '../../solution/cases'))]);

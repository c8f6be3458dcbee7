import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SolutionMetadata } from '@crmjira/domain';

const generated = join(__dirname, 'generated', 'solution-metadata.json');

const none: SolutionMetadata = {
  uniqueName: 'Default',
  version: '1.0.0.0',
  tables: [],
  extensions: [],
  relationships: [],
  globalOptionSets: [],
  processFlows: [],
  roles: [],
  columnSecurityProfiles: [],
  environmentVariables: [],
};

let known: SolutionMetadata | undefined;

/** What `npm run generate` wrote from `solution/src`. Without it the stand-in has Microsoft's tables only. */
export function loadSolution(): SolutionMetadata {
  if (!existsSync(generated)) return none;
  // The generator is typed by the same interface, and a test of the solution workspace fails when the file is stale.
  known ??= JSON.parse(readFileSync(generated, 'utf8')) as SolutionMetadata;
  return known;
}

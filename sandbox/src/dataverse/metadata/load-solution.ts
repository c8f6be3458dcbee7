import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SolutionMetadata } from '@crmjira/domain';

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

const known = new Map<string, SolutionMetadata>();

/** What `npm run generate` wrote from `solution/src`. Without it the stand-in has Microsoft's tables only. */
export const loadSolution = (): SolutionMetadata => load('solution-metadata.json');

/** The main solution and that of cases, in the order of their import. */
export const loadSolutions = (): readonly SolutionMetadata[] => [loadSolution(), load('cases-metadata.json')];

function load(name: string): SolutionMetadata {
  const file = join(__dirname, 'generated', name);
  if (!existsSync(file)) return none;
  // The generator is typed by the same interface, and a test of the solution workspace fails when the file is stale.
  const metadata = known.get(name) ?? (JSON.parse(readFileSync(file, 'utf8')) as SolutionMetadata);
  known.set(name, metadata);
  return metadata;
}

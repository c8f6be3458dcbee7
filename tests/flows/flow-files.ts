import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type FlowDefinition, readFlow } from '../../sandbox/src/flows';

export const REPOSITORY = join(__dirname, '..', '..');
const folder = join(REPOSITORY, 'solution', 'src', 'Workflows');

/** A flow as it is shipped. */
export interface FlowFile {
  /** Name that people see. */
  readonly name: string;
  readonly text: string;
  readonly record: string;
  readonly definition: FlowDefinition;
}

/** Every cloud flow of the solution. */
export const flowFiles: readonly FlowFile[] = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => {
    const text = readFileSync(join(folder, file), 'utf8');
    const record = readFileSync(join(folder, `${file}.data.xml`), 'utf8');
    return { name: / Name="([^"]+)"/.exec(record)?.[1] ?? file, text, record, definition: readFlow(text) };
  });

export const flowNames = {
  provision: 'CRM Opportunity to JIRA Project',
  update: 'JIRA Budget Updates to CRM',
  daily: 'Daily JIRA Budget Sync',
  approval: 'JIRA Budget Approval',
} as const;

export function flowNamed(name: string): FlowFile {
  const found = flowFiles.find((flow) => flow.name === name);
  if (found === undefined) throw new Error(`the solution has no flow "${name}"`);
  return found;
}

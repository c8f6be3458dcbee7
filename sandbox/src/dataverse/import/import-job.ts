import type { SeedRow } from '../base-rows/seed-row';
import { timestamp } from '../crud/operation';
import { DataverseError } from '../errors';
import type { InstalledSolution } from './installed-solution';

export interface ImportJob {
  readonly id: string;
  readonly startedOn: Date;
}

/** What became of an import. */
export type ImportOutcome =
  | { readonly kind: 'success'; readonly solution: InstalledSolution }
  | { readonly kind: 'failure'; readonly error: unknown };

const complete = 100;

/** The row that a client polls for progress and reads for what became of each component. */
export function importJobRow({ id, startedOn }: ImportJob, completedOn: Date, outcome: ImportOutcome): SeedRow {
  const isSuccess = outcome.kind === 'success';
  return {
    table: 'importjob',
    row: {
      importjobid: id,
      name: 'Customizations',
      solutionname: isSuccess ? outcome.solution.uniqueName : null,
      progress: isSuccess ? complete : 0,
      data: importJobXml(startedOn, completedOn, outcome),
      startedon: timestamp(startedOn),
      completedon: timestamp(completedOn),
    },
  };
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const succeeded = '<result result="success" errorcode="0" errortext="" />';

function importJobXml(startedOn: Date, completedOn: Date, outcome: ImportOutcome): string {
  const times = `start="${timestamp(startedOn)}" stop="${timestamp(completedOn)}"`;
  if (outcome.kind === 'failure') {
    const { code, message } = failureOf(outcome.error);
    const result = `<result result="failure" errorcode="${code}" errortext="${escaped(message)}" />`;
    return `<importexportxml ${times} progress="0" processed="true" succeeded="failure">${result}</importexportxml>`;
  }
  const { solution } = outcome;
  const { metadata } = solution;
  const list = (name: string, item: string, ids: readonly string[]): string =>
    `<${name}>${ids.map((id) => `<${item} id="${escaped(id)}" processed="true">${succeeded}</${item}>`).join('')}</${name}>`;
  const rows = (table: string): string[] =>
    solution.components.filter((each) => each.table === table).map((each) => String(each.row.name ?? each.id));
  const aside = solution.leftAside
    .map((each) => {
      const result = '<result result="warning" errorcode="0" errortext="The stand-in leaves this component aside." />';
      return `<component id="${escaped(each)}" processed="false">${result}</component>`;
    })
    .join('');
  const groups = [
    list(
      'entities',
      'entity',
      [...metadata.tables, ...metadata.extensions].map(({ logicalName }) => logicalName),
    ),
    list(
      'optionSets',
      'optionSet',
      metadata.globalOptionSets.map(({ name }) => name),
    ),
    list(
      'securityroles',
      'securityrole',
      metadata.roles.map(({ name }) => name),
    ),
    list('workflows', 'workflow', [...metadata.processFlows.map(({ uniqueName }) => uniqueName), ...rows('workflow')]),
    list(
      'fieldSecurityProfiles',
      'fieldSecurityProfile',
      metadata.columnSecurityProfiles.map(({ name }) => name),
    ),
    list('webResources', 'webResource', rows('webresource')),
    list('customControls', 'customControl', rows('customcontrol')),
    ...(aside === '' ? [] : [`<leftAside>${aside}</leftAside>`]),
  ];
  const manifest = `<solutionManifests><solutionManifest languagecode="1033" id="${escaped(solution.uniqueName)}" LocalizedName="${escaped(solution.friendlyName)}" processed="true"><UniqueName>${escaped(solution.uniqueName)}</UniqueName><Version>${escaped(solution.version)}</Version><Managed>${solution.isManaged ? 1 : 0}</Managed>${succeeded}</solutionManifest></solutionManifests>`;
  return `<importexportxml ${times} progress="${complete}" processed="true" succeeded="success">${manifest}${groups.join('')}</importexportxml>`;
}

/** Code and sentence for a person; what is not an answer of the platform's own is told as an unexpected error. */
export function failureOf(error: unknown): { readonly code: string; readonly message: string } {
  if (error instanceof DataverseError) return { code: error.code, message: error.message };
  return { code: '0x80040216', message: 'An unexpected error occurred.' };
}

import {
  ALWAYS_SENT,
  type Block,
  type CreateField,
  describeRecord,
  isEnterable,
  issueLabels,
  type Language,
  missingFields,
  PRIORITY_WORDS,
  type PriorityWord,
  priorityOfWords,
  previewOf,
  type RecordFacts,
} from '@crmjira/domain';
import {
  type CreateType,
  readCreateTypes,
  readScreenFields,
} from '../../../clients/jira/create-metadata/create-screen';
import { inParallel } from '../../../platform/http-client/in-parallel';
import type { JiraConnection } from '../../../connections/jira/jira-connection';
import { readFullName } from '../../../connections/environment/read-people';
import { recordAddress } from '../link/read-record';
import type { OfferedProject } from '../policy/offered-projects';
import { readRecordValues } from '../policy/read-record-values';
import type { IssueCommandParts } from './issue-command';
import type { Source } from './read-source';

/** Types whose fields are read at the same time. */
const atOnce = 4;

/** What a create of one type needs beyond what every create sends. */
export interface TypeScreen extends CreateType {
  readonly fields: readonly CreateField[];
  /** Required, and to be filled in by whoever creates the issue. */
  readonly asked: readonly CreateField[];
}

export async function readTypeScreen(
  { site }: Pick<JiraConnection, 'site'>,
  { projectId }: Pick<OfferedProject, 'projectId'>,
  type: CreateType,
): Promise<TypeScreen | null> {
  const fields = await readScreenFields(site, projectId, type.id);
  return fields === null ? null : { ...type, fields, asked: missingFields(fields, ALWAYS_SENT) };
}

/** Jira's priority for each of ours, as the screen of a type offers them; empty where it has none. */
export async function prioritiesOf(
  parts: Pick<IssueCommandParts, 'dataverse' | 'policyOf'>,
  connection: JiraConnection,
  table: RecordFacts['table'],
  fields: readonly CreateField[],
): Promise<ReturnType<typeof priorityOfWords>> {
  const offered = fields.find(({ id }) => id === 'priority')?.choices ?? [];
  if (offered.length === 0) return {};
  const [policy, record] = await Promise.all([parts.policyOf(connection, table), readRecordValues(parts.dataverse)]);
  return priorityOfWords(offered, policy.priorities, record.priorities);
}

interface Describing {
  readonly record: { readonly table: RecordFacts['table']; readonly id: string };
  readonly askedById: string;
  readonly note: string | null;
  readonly language: Language;
}

/** What the description says; of the contact only where the environment allows it (R-1706). */
export async function describe(
  { dataverse, environmentSettings }: Pick<IssueCommandParts, 'dataverse' | 'environmentSettings'>,
  { from }: Source,
  { record, askedById, note, language }: Describing,
): Promise<readonly Block[]> {
  const [{ policy, issuePersonalData }, askedBy] = await Promise.all([
    environmentSettings.settings(),
    readFullName(dataverse, askedById),
  ]);
  const url = recordAddress(policy.recordUrl, record.table, record.id);
  return describeRecord({ ...from, url, askedBy, note }, { language, contactData: issuePersonalData });
}

/** What the control shows before anything is sent; `controls/jira-issues/src/screen.ts` reads it. */
export interface ScreenAnswer {
  readonly types: readonly {
    readonly name: string;
    readonly fields: readonly { readonly id: string; readonly name: string; readonly options?: readonly string[] }[];
  }[];
  readonly priorities: Readonly<Partial<Record<PriorityWord, string>>>;
  readonly priority: PriorityWord;
  readonly description: string;
  readonly labels: readonly string[];
}

/** Type that a record usually asks for: the first one is chosen unless a person chooses another. */
const USUAL: Readonly<Record<Describing['record']['table'], readonly string[]>> = {
  incident: ['Bug', 'Task'],
  opportunity: ['Task', 'Story'],
  account: ['Task', 'Story'],
  product: ['Bug', 'Task'],
};

function usualFirst<T extends { readonly name: string }>(types: readonly T[], table: keyof typeof USUAL): readonly T[] {
  const rank = ({ name }: T): number => {
    const at = USUAL[table].indexOf(name);
    return at < 0 ? USUAL[table].length : at;
  };
  return [...types].sort((one, other) => rank(one) - rank(other));
}

/** @returns null: no type of the project can be created from here */
export async function screenAnswer(
  parts: IssueCommandParts,
  connection: JiraConnection,
  project: OfferedProject,
  source: Source,
  describing: Describing,
): Promise<ScreenAnswer | null> {
  const types = (await readCreateTypes(connection.site, project.projectId)) ?? [];
  const screens = (await inParallel(types, atOnce, (type) => readTypeScreen(connection, project, type))).flatMap(
    (screen) => (screen !== null && screen.asked.every(isEnterable) ? [screen] : []),
  );
  if (screens.length === 0) return null;
  const withPriority = screens.find(({ fields }) => fields.some(({ id }) => id === 'priority')) ?? screens[0];
  const priorities = await prioritiesOf(parts, connection, describing.record.table, withPriority?.fields ?? []);
  return {
    types: usualFirst(screens, describing.record.table).map(({ name, asked }) => ({
      name,
      fields: asked.map(({ id, name: caption, choices }) => ({
        id,
        name: caption,
        ...(choices === null ? {} : { options: choices.map((choice) => choice.name) }),
      })),
    })),
    priorities: Object.fromEntries(
      PRIORITY_WORDS.flatMap((word) => (priorities[word] === undefined ? [] : [[word, priorities[word].name]])),
    ),
    priority: source.priority,
    description: previewOf(await describe(parts, source, describing), describing.language),
    labels: issueLabels(source.from),
  };
}

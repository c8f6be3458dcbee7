import {
  type Block,
  CommandState,
  CommandType,
  creatingText,
  derivedId,
  descriptionChangedText,
  fieldInput,
  fieldProblemText,
  fitText,
  isEnterable,
  newLink,
  noRecordText,
  projectNotOfferedText,
  previewOf,
  PRIORITY_WORDS,
  type RecordChange,
  recordFollowsText,
  rowOfJira,
  summaryMissingText,
  SyncPreference,
  tables,
  troubleText,
  typeNotOfferedText,
  withoutContact,
} from '@crmjira/domain';
import { z } from 'zod';
import { toDescription } from '../../../clients/jira/issues/write-issue';
import { readCreateTypes } from '../../../clients/jira/create-metadata/create-screen';
import type { JiraConnection } from '../../../connections/jira/jira-connection';
import { jobKey } from '../../../queue/job-key';
import type { CommandAnswer, CommandHandler } from '../../../reconciler/commands';
import { linkKind } from '../link/issue-link-module';
import { type LinkedRecord, readLinkedRecord, recordColumns } from '../link/read-record';
import { type CreateWish, newLinkColumns, readLinkRow, recordSet } from '../link/stored-row';
import { type OfferedProject, readProject } from '../policy/offered-projects';
import { describe, prioritiesOf, readTypeScreen, type TypeScreen } from './create-screen-answer';
import { type AskedCommand, done, failed, issueCommand, type IssueCommandParts, refused } from './issue-command';
import { readSource, type Source } from './read-source';

/** Jira takes so many characters of a summary. */
const longestSummary = 255;

const payload = z.object({
  project: z.guid(),
  type: z.string(),
  priority: z.enum(PRIORITY_WORDS).nullish(),
  /** Left out: the title of the record. */
  summary: z.string().nullish(),
  labels: z.array(z.string().regex(/^\S{1,255}$/)).default([]),
  sync: z.enum(SyncPreference).default(SyncPreference.Both),
  /** As it was previewed; left out: nobody has seen one, as where several records were selected. */
  description: z.string().nullish(),
  note: z.string().max(2_000).nullish(),
  fields: z.record(z.string(), z.string()).default({}),
});
type Payload = z.output<typeof payload>;

interface Creating {
  readonly asked: AskedCommand<Payload>;
  readonly connection: JiraConnection;
  readonly project: OfferedProject;
  readonly source: Source;
  /** Of what somebody typed: it without the contact, unless the environment allows that one to be named (R-1706). */
  readonly sendable: (text: string) => string;
}

/** Values of the required fields in the form that Jira takes, or why one of them cannot be sent. */
function fieldValues(
  { asked: { payload: wanted, language }, connection, project, sendable }: Creating,
  { name, asked }: TypeScreen,
): { readonly values: Record<string, unknown> } | { readonly problem: string } {
  const values: Record<string, unknown> = {};
  const toRich = (text: string): unknown => toDescription(connection.site, [{ kind: 'text', text }], language);
  for (const field of asked) {
    if (!isEnterable(field)) {
      const trouble = { code: 'create-needs-field', field: field.name, from: null, to: null } as const;
      return { problem: troubleText(trouble, { key: '', project: project.key, type: name, asOf: '' }, language) };
    }
    const entered = wanted.fields[field.id] ?? '';
    const input = fieldInput(field, field.choices === null ? sendable(entered) : entered, toRich);
    if ('problem' in input) return { problem: fieldProblemText(language, field.name, input.problem) };
    values[field.id] = input.value;
  }
  return { values };
}

/** What was previewed is what is sent; null: the record says something else by now. */
async function descriptionOf(parts: IssueCommandParts, { asked, source }: Creating): Promise<readonly Block[] | null> {
  const { record, command, payload: wanted, language } = asked;
  const describing = { record, askedById: command.requestedById, note: null, language };
  const [previewed, sent] = await Promise.all([
    describe(parts, source, describing),
    describe(parts, source, { ...describing, note: wanted.note ?? null }),
  ]);
  const isSame = wanted.description == null || wanted.description === previewOf(previewed, language);
  return isSame ? sent : null;
}

async function wishOf(
  parts: IssueCommandParts,
  creating: Creating,
): Promise<{ readonly wish: CreateWish } | { readonly problem: string }> {
  const { asked, connection, project } = creating;
  const { payload: wanted, record, language } = asked;
  const types = await readCreateTypes(connection.site, project.projectId);
  const type = types?.find(({ name }) => name === wanted.type);
  const screen = type === undefined ? null : await readTypeScreen(connection, project, type);
  if (screen === null) return { problem: typeNotOfferedText(language, project.key, wanted.type) };
  const title = wanted.summary ?? creating.source.from.title;
  const summary = creating.sendable(title.replace(/\s+/g, ' ').trim()).slice(0, longestSummary);
  if (summary === '') return { problem: summaryMissingText(language) };
  const fields = fieldValues(creating, screen);
  if ('problem' in fields) return fields;
  const description = await descriptionOf(parts, creating);
  if (description === null) return { problem: descriptionChangedText(language) };
  const isOnScreen = (id: string): boolean => screen.fields.some((field) => field.id === id);
  const priorities = await prioritiesOf(parts, connection, record.table, screen.fields);
  return {
    wish: {
      type: screen.id,
      typeName: screen.name,
      priority: priorities[wanted.priority ?? creating.source.priority]?.id ?? null,
      summary,
      labels: isOnScreen('labels') ? wanted.labels : [],
      description: isOnScreen('description') ? description : [],
      fields: fields.values,
    },
  };
}

/**
 * Summary and priority are one value with those of a case, as long as both are synced: what the person has chosen for the issue holds for
 * the case too, or the first sync would take it back.
 */
async function recordChange(
  { policyOf }: IssueCommandParts,
  { asked: { payload: wanted, record }, connection, sendable }: Creating,
  wish: CreateWish,
  { title, facts }: LinkedRecord,
): Promise<RecordChange | null> {
  if (record.table !== 'incident' || facts.closed || wanted.sync === SyncPreference.Off) return null;
  const { priorities, titleLength } = await policyOf(connection, record.table);
  const values: readonly string[] = rowOfJira(priorities, wish.priority)?.crm ?? [];
  const isOther = values.length > 0 && !values.includes(facts.priority ?? '');
  const summary = (wanted.summary ?? title).replace(/\s+/g, ' ').trim().slice(0, titleLength);
  const change = {
    ...(sendable(title).replace(/\s+/g, ' ').trim() === wish.summary ? {} : { summary }),
    ...(isOther ? { priority: values[0] ?? null } : {}),
  };
  return Object.keys(change).length === 0 ? null : change;
}

async function create(parts: IssueCommandParts, asked: AskedCommand<Payload>): Promise<CommandAnswer> {
  const { dataverse, jira, now } = parts;
  const { command, record, payload: wanted, language } = asked;
  // One command makes one link, however often it is answered.
  const linkId = derivedId(command.id, 'issue-link');
  const [project, source, linked, made] = await Promise.all([
    readProject(dataverse, wanted.project),
    readSource(dataverse, record.table, record.id),
    readLinkedRecord(dataverse, record.table, record.id),
    readLinkRow(dataverse, linkId),
  ]);
  const begun = (key: string, follows = ''): CommandAnswer =>
    done(`${creatingText(language, key, wanted.type)}${follows}`, {
      answer: { link: linkId },
      keys: [jobKey(linkKind, linkId)],
    });
  if (made !== null) return begun(project?.key ?? '');
  if (source === null || linked === null) return failed(noRecordText(language));
  const connection = project?.isOffered === true ? await jira.of(project.integrationId) : null;
  if (project === null || connection === null) return refused(projectNotOfferedText(language, project?.key ?? null));
  const { issuePersonalData } = await parts.environmentSettings.settings();
  const sendable = (text: string): string =>
    issuePersonalData ? text : withoutContact(text, source.from.contact, language);
  const read = await wishOf(parts, { asked, connection, project, source, sendable });
  if ('problem' in read) return { state: CommandState.Refused, result: read.problem };
  const columns = newLinkColumns({
    table: record.table,
    recordId: record.id,
    recordName: fitText('crmjira_issue_link', 'crmjira_regarding_name', linked.number ?? linked.title),
    projectRowId: project.id,
    mirrorRowId: null,
    preference: wanted.sync,
    note: wanted.note?.trim() || null,
    askedBy: command.requestedById,
    stored: newLink(null, linked.facts),
    create: read.wish,
    at: now().toISOString(),
  });
  const { entitySet: collection } = tables.crmjira_issue_link;
  const change = await recordChange(parts, { asked, connection, project, source, sendable }, read.wish, linked);
  const { etag: ifMatch } = linked.facts;
  await dataverse.changeSet([
    { op: 'create', collection, id: linkId, columns },
    ...(change === null
      ? []
      : [
          {
            op: 'update',
            collection: recordSet[record.table],
            id: record.id,
            columns: recordColumns(change),
            ifMatch,
          } as const,
        ]),
  ]);
  const follows = change === null ? '' : ` ${recordFollowsText(language, change)}`;
  return begun(project.key, follows);
}

/** Answers the command "Create issue": the link row is made, and its module creates the issue (R-1705). */
export const createIssueCommand = (parts: IssueCommandParts): CommandHandler =>
  issueCommand(parts, { type: CommandType.CreateIssue, payload, carryOut: (asked) => create(parts, asked) });

import {
  CommandType,
  issuesFoundText,
  noRecordText,
  noTypeText,
  projectNotOfferedText,
  screenReadText,
  toIssueKey,
} from '@crmjira/domain';
import { z } from 'zod';
import { readShown, searchShown, summaryClause } from '../../../clients/jira/issues/read-shown';
import type { SeenIssue } from '../../../clients/jira/issues/shown-issue';
import { inTime } from '../../../connections/jira/in-time';
import type { JiraConnection } from '../../../connections/jira/jira-connection';
import type { CommandAnswer, CommandHandler } from '../../../reconciler/commands';
import { type OfferedProject, readProject, readOfferedProjects } from '../policy/offered-projects';
import { screenAnswer } from './create-screen-answer';
import {
  type AskedCommand,
  done,
  failed,
  isIssueTable,
  issueCommand,
  type IssueCommandParts,
  refused,
} from './issue-command';
import { readSource } from './read-source';

/** Issues of an answer, and characters of a text that are looked for. */
const most = 10;
const longestText = 200;

const payload = z.union([z.object({ text: z.string() }), z.object({ screen: z.guid() })]);
type Payload = z.output<typeof payload>;

function jqlOf(text: string, projects: readonly OfferedProject[]): string | null {
  const clause = summaryClause(text);
  const ids = projects.map(({ projectId }) => Number(projectId)).filter(Number.isSafeInteger);
  if (clause === null || ids.length === 0) return null;
  return `project in (${ids.join(', ')}) AND ${clause} ORDER BY updated DESC`;
}

/** A key asks for the issue itself; what it names must stand in an offered project, and no level of security on it. */
async function search(
  { site }: JiraConnection,
  text: string,
  projects: readonly OfferedProject[],
): Promise<readonly SeenIssue[]> {
  const key = toIssueKey(text);
  if (key !== null) {
    const found = await readShown(site, key);
    const isOffered = projects.some(({ projectId }) => projectId === found?.shown.projectId);
    return found === null || found.isRestricted || !isOffered ? [] : [found];
  }
  const jql = jqlOf(text, projects);
  return jql === null ? [] : searchShown(site, jql, most);
}

async function findText(
  { dataverse, jira }: IssueCommandParts,
  { language }: Pick<AskedCommand<Payload>, 'language'>,
  wanted: string,
): Promise<CommandAnswer> {
  const text = wanted.trim().slice(0, longestText);
  const offered = await readOfferedProjects(dataverse);
  const searched = await Promise.all(
    jira.all().map(async (connection) => {
      const own = offered.filter(({ integrationId }) => (integrationId ?? jira.first.id) === connection.id);
      if (own.length === 0) return [];
      return inTime(search(connection, text, own), connection.id).then(
        (found) => found.map((issue) => ({ issue, connection })),
        (error: unknown) => ({ error }),
      );
    }),
  );
  const failures = searched.flatMap((one) => ('error' in one ? [one.error] : []));
  const found = searched.flatMap((one) => ('error' in one ? [] : one));
  // One site that answers is more than none; whoever finds nothing is told that not all were asked.
  if (failures.length > 0 && found.length === 0) throw failures[0];
  const issues = found.slice(0, most).map(({ issue: { shown }, connection }) => ({
    key: shown.key,
    summary: shown.summary,
    status: shown.status,
    category: shown.statusCategory,
    assignee: shown.assignee,
    id: shown.issueId,
    integration: connection.id,
  }));
  return done(issuesFoundText(language, issues.length), { answer: { issues } });
}

async function showScreen(
  parts: IssueCommandParts,
  { record, command, language }: AskedCommand<Payload>,
  projectRowId: string,
): Promise<CommandAnswer> {
  const { dataverse, jira } = parts;
  const [project, source] = await Promise.all([
    readProject(dataverse, projectRowId),
    readSource(dataverse, record.table, record.id),
  ]);
  if (source === null) return failed(noRecordText(language));
  const connection = project?.isOffered === true ? await jira.of(project.integrationId) : null;
  if (project === null || connection === null) return refused(projectNotOfferedText(language, project?.key ?? null));
  const describing = { record, askedById: command.requestedById, note: null, language };
  const screen = await screenAnswer(parts, connection, project, source, describing);
  return screen === null
    ? refused(noTypeText(language, project.key))
    : done(screenReadText(language, project.key), { answer: screen });
}

/** Answers the command "Find issues": issues that can be linked, or what a project asks for when one is created. */
export const findIssuesCommand = (parts: IssueCommandParts): CommandHandler =>
  issueCommand(parts, {
    type: CommandType.FindIssues,
    payload,
    // Of a time record or a person's own connection the person's own account is asked.
    takes: ({ regarding }) => regarding === null || isIssueTable(regarding.table),
    isHasty: true,
    carryOut: (asked) =>
      'text' in asked.payload
        ? findText(parts, asked, asked.payload.text)
        : showScreen(parts, asked, asked.payload.screen),
  });

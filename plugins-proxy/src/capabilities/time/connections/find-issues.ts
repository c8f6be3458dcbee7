import {
  COMMAND_AUTHORITY,
  CommandState,
  CommandType,
  issuesFoundText,
  type Language,
  noRecordText,
  payloadRefusedText,
  refusalText,
  tables,
  toIssueKey,
  unmetNeed,
} from '@crmjira/domain';
import { z } from 'zod';
import { readShown, searchShown, summaryClause } from '../../../clients/jira/issues/read-shown';
import type { SeenIssue } from '../../../clients/jira/issues/shown-issue';
import type { JiraSite } from '../../../clients/jira/jira-site';
import { inTime } from '../../../connections/jira/in-time';
import type { CommandAnswer, CommandHandler } from '../../../reconciler/commands';
import { failedFor, type NoAnswer, noAnswerOf, withoutAccount } from '../no-answer';
import { type ConnectionCommandParts, refused } from './connection-command';

/** Issues of an answer, and characters of a text that are looked for. */
const most = 20;
const longestText = 200;

const payload = z.union([
  z.object({ key: z.string().trim().max(longestText) }),
  z.object({ text: z.string().trim() }),
  z.object({ assigned: z.literal(true) }),
]);
export type WantedIssues = z.output<typeof payload>;

/** An issue as whoever asked sees it. */
const shownTo = ({ shown }: SeenIssue) => ({
  key: shown.key,
  id: shown.issueId,
  summary: shown.summary,
  status: shown.status,
  category: shown.statusCategory,
  assignee: shown.assignee,
  project: shown.key.replace(/-\d+$/, ''),
  issueType: shown.type,
});

const searched: ReadonlySet<string> = new Set(['crmjira_time_record', 'crmjira_jira_connection']);

export function jqlOf(text: string): string | null {
  const clause = summaryClause(text.slice(0, longestText));
  return clause === null ? null : `${clause} ORDER BY updated DESC`;
}

const assignedJql = 'assignee = currentUser() AND resolution = EMPTY ORDER BY updated DESC';

/** A key asks for the issue itself, which the index may not show yet. */
async function search(site: JiraSite, wanted: WantedIssues): Promise<readonly SeenIssue[]> {
  if ('assigned' in wanted) return searchShown(site, assignedJql, most);
  const text = 'key' in wanted ? wanted.key : wanted.text;
  const issueKey = toIssueKey(text);
  if (issueKey !== null) {
    const found = await readShown(site, issueKey);
    return found === null || found.isRestricted ? [] : [found];
  }
  const jql = 'key' in wanted ? null : jqlOf(text);
  return jql === null ? [] : searchShown(site, jql, most);
}

/** Issues as a person may see them, through their own account; or why there are none to be had. */
export async function findIssues(
  { personal }: Pick<ConnectionCommandParts, 'personal'>,
  userId: string,
  wanted: WantedIssues,
  language: Language,
): Promise<{ readonly issues: readonly ReturnType<typeof shownTo>[] } | NoAnswer> {
  const found = await personal.of(userId);
  if ('missing' in found) return withoutAccount(found.missing, language);
  try {
    const issues = await inTime(search(found.client, wanted), found.integrationId);
    return { issues: issues.map(shownTo) };
  } catch (thrown) {
    return noAnswerOf(thrown, language);
  }
}

/**
 * Answers the command "Find issues" of a time record or of a person's own connection: what the person may see in Jira, through their own
 * account (R-1804).
 */
export const findIssuesCommand = ({
  dataverse,
  environmentSettings,
  personal,
}: ConnectionCommandParts): CommandHandler => ({
  type: CommandType.FindIssues,
  takes: ({ regarding }) => regarding !== null && searched.has(regarding.table),
  answer: async ({ regarding, requestedById, payload: given }): Promise<CommandAnswer> => {
    const [{ userId }, language] = await Promise.all([
      environmentSettings.whoAmI(),
      environmentSettings.languageOf(requestedById),
    ]);
    const id = z.guid().safeParse(regarding?.id).data;
    const failed = (result: string): CommandAnswer => ({ state: CommandState.Failed, result });
    if (regarding === null || id === undefined) return failed(noRecordText(language));
    const { entitySet } =
      regarding.table === 'crmjira_time_record' ? tables.crmjira_time_record : tables.crmjira_jira_connection;
    const rights = await dataverse.rights(requestedById, { collection: entitySet, id });
    const need = unmetNeed(COMMAND_AUTHORITY[CommandType.FindIssues].needs, {
      service: requestedById === userId.toLowerCase(),
      read: rights.has('ReadAccess'),
    });
    if (need !== null) return refused(refusalText(need, language));
    const wanted = payload.safeParse(given);
    if (!wanted.success) return refused(payloadRefusedText(language));
    const found = await findIssues({ personal }, requestedById, wanted.data, language);
    if ('says' in found) return failedFor(found);
    const { issues } = found;
    return { state: CommandState.Done, result: issuesFoundText(language, issues.length), answer: { issues } };
  },
});

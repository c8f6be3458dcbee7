import {
  commentDeletedText,
  type CommentPlace,
  commentPostId,
  commentPosts,
  deletedCommentId,
  jiraIssueRowId,
  parseSiteId,
  planComments,
  SyncPreference,
  tables,
} from '@crmjira/domain';
import { z } from 'zod';
import { guid, optionalGuid, text } from '../../../clients/dataverse/columns';
import type { DataverseClient } from '../../../clients/dataverse/dataverse-client';
import { equalsId, equalsOneOf } from '../../../clients/dataverse/filter';
import { hasComment, openIssueKey, readComments } from '../../../clients/jira/comments/read-comments';
import type { EnvironmentSettings } from '../../../connections/environment/environment-settings';
import type { JiraConnections } from '../../../connections/jira/jira-connections';
import { inParallel } from '../../../platform/http-client/in-parallel';
import { applyChangeSet } from '../../../reconciler/actions/apply-change-set';
import { type JobHandler, nothingToEnqueue, resolver } from '../../../reconciler/job-handler';
import type { LogContext } from '../../../reconciler/log-context';
import { linkColumns, linkRow, type LinkRow, recordSet } from '../link/stored-row';
import { timelineLanguage } from '../timeline/timeline-language';
import { timelineRows } from '../timeline/timeline-rows';
import { deletedCommentKind, issueCommentsKind } from './comment-triggers';
import { pieces } from '../../../platform/pieces';

export interface CommentParts {
  readonly dataverse: DataverseClient;
  readonly environmentSettings: Pick<EnvironmentSettings, 'languageOf' | 'whoAmI'>;
  readonly jira: Pick<JiraConnections, 'of'>;
}

/** Ids of posts that are asked for in one query. */
const idsAtOnce = 40;
const recordsAtOnce = 4;

const postRow = z.object({ postid: guid, text });
const ownerRow = z.object({ _owninguser_value: optionalGuid });

/** Jira may change the record by the link, and so tell it something; a product has no timeline. */
const isTold = ({ table, preference, document }: LinkRow): boolean =>
  table !== 'product' &&
  document?.stored.stage === 'linked' &&
  (preference === SyncPreference.Both || preference === SyncPreference.JiraToCrm);

/** Links of an issue whose records are told of its comments. */
async function toldLinks(
  dataverse: DataverseClient,
  connectionId: string,
  issueId: string,
): Promise<readonly LinkRow[]> {
  const filter = equalsId('_crmjira_jira_issue_value', jiraIssueRowId(connectionId, issueId));
  const { entitySet } = tables.crmjira_issue_link;
  return (await dataverse.batched.many(entitySet, { select: [...linkColumns], filter }, linkRow)).filter(isTold);
}

async function readPosts(dataverse: DataverseClient, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { entitySet, primaryId } = tables.post;
  const found = await Promise.all(
    pieces(ids, idsAtOnce).map((some) =>
      dataverse.batched.many(
        entitySet,
        { select: Object.keys(postRow.shape), filter: equalsOneOf(primaryId, some) },
        postRow,
      ),
    ),
  );
  return new Map(found.flat().map((post) => [post.postid, post.text]));
}

/** Writes what a record's timeline has to say, in its language. */
async function tell(
  { dataverse, environmentSettings }: CommentParts,
  { table, recordId: id }: LinkRow,
  says: (
    language: Awaited<ReturnType<typeof timelineLanguage>>,
  ) => readonly { readonly id: string; readonly text: string }[],
  log: LogContext,
): Promise<number> {
  const owner = await dataverse.batched.one(recordSet[table], id, Object.keys(ownerRow.shape), ownerRow);
  if (owner === null) return 0;
  const language = await timelineLanguage(environmentSettings, owner._owninguser_value);
  const told = says(language);
  await applyChangeSet(dataverse, timelineRows({ table, id }, told, language), log);
  return told.length;
}

const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);

/** Brings the comments of linked issues to the timelines of their records, each once (R-1709). */
export function commentHandlers(parts: CommentParts): readonly JobHandler[] {
  const { dataverse, jira } = parts;
  const issueComments = resolver(issueCommentsKind, async ({ id, log }) => {
    const { connectionId, id: issueId } = parseSiteId(id);
    if (connectionId === null) return nothingToEnqueue('the key names no site');
    const links = await toldLinks(dataverse, connectionId, issueId);
    if (links.length === 0) return nothingToEnqueue('no record is told of its comments');
    const connection = await jira.of(connectionId);
    const read = connection === null ? null : await readComments(connection.site, issueId);
    if (read === null) return nothingToEnqueue('the issue cannot be seen');
    const counts = await inParallel(links, recordsAtOnce, async (link) => {
      const place: CommentPlace = { record: link.recordId, connection: connectionId };
      const posted = await readPosts(dataverse, commentPosts(place, read.comments));
      const madeForRecord = link.document?.stored.since === undefined;
      return tell(
        parts,
        link,
        (language) => planComments({ ...place, ...read, posted, madeForRecord }, language),
        log(),
      );
    });
    return nothingToEnqueue(`${sum(counts)} posts written`);
  });
  const deletedComment = resolver(deletedCommentKind, async ({ id, log }) => {
    const { connectionId, id: named } = parseSiteId(id);
    const [issueId, comment] = named.split('/');
    if (connectionId === null || issueId === undefined || comment === undefined)
      return nothingToEnqueue('the key names no comment');
    const links = await toldLinks(dataverse, connectionId, issueId);
    const connection = links.length === 0 ? null : await jira.of(connectionId);
    const key = connection === null ? null : await openIssueKey(connection.site, issueId);
    if (connection === null || key === null || (await hasComment(connection.site, issueId, comment)))
      return nothingToEnqueue('nobody is to be told');
    const counts = await inParallel(links, recordsAtOnce, async (link) => {
      const place: CommentPlace = { record: link.recordId, connection: connectionId };
      const posted = await readPosts(dataverse, [commentPostId(place, comment)]);
      if (posted.size === 0) return 0;
      return tell(
        parts,
        link,
        (language) => [{ id: deletedCommentId(place, comment), text: commentDeletedText(key, language) }],
        log(),
      );
    });
    return nothingToEnqueue(`${sum(counts)} posts written`);
  });
  return [issueComments, deletedComment];
}

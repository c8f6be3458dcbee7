import { commentMarkKey, type IssueComment } from '@crmjira/domain';
import { z } from 'zod';
import { inParallel } from '../../../platform/http-client/in-parallel';
import { path } from '../../../platform/http-client/path';
import { type JiraSite, rememberedMyself } from '../jira-site';
import { nothing, propertyAnswer } from '../wire/answers';
import { jiraId } from '../wire/jira-payload';

/** Newest comments of an issue that are read: more than come between two looks. */
const newest = 50;
const atOnce = 5;
/** Property in which Service Management keeps whether a comment is for the desk alone. */
const deskProperty = 'sd.public.comment';

const person = z.object({
  accountId: z.string().optional(),
  name: z.string().optional(),
  displayName: z.string().optional(),
});

const commentAnswer = z.object({
  id: jiraId,
  author: person.nullish(),
  updateAuthor: person.nullish(),
  body: z.unknown(),
  created: z.string(),
  updated: z.string(),
  visibility: z.unknown().optional(),
  /** Cloud alone */
  jsdPublic: z.boolean().optional(),
  /** Of those that were asked for, where the site gives them with the list. */
  properties: z.array(propertyAnswer).optional(),
});
type CommentAnswer = z.output<typeof commentAnswer>;

const issueAnswer = z.object({ key: z.string(), fields: z.object({ security: z.unknown().optional() }) });
const pageAnswer = z.object({ comments: z.array(commentAnswer), total: z.number().optional() });

async function property(site: JiraSite, comment: CommentAnswer, key: string): Promise<unknown> {
  if (comment.properties !== undefined) return comment.properties.find((one) => one.key === key)?.value ?? null;
  const found = await site.http.find({
    method: 'GET',
    path: site.profile.api + path`/comment/${comment.id}/properties/${key}`,
    schema: propertyAnswer,
  });
  return found?.value ?? null;
}

const isInternalValue = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'internal' in value && String(value.internal) === 'true';

async function toComment(
  site: JiraSite,
  me: { readonly accountId?: string | undefined; readonly name?: string | undefined },
  comment: CommentAnswer,
): Promise<IssueComment> {
  const { author } = comment;
  const isOurs =
    author != null && (me.accountId === undefined ? author.name === me.name : author.accountId === me.accountId);
  const restricted =
    comment.visibility != null ||
    comment.jsdPublic === false ||
    isInternalValue(await property(site, comment, deskProperty));
  return {
    id: comment.id,
    author: author?.displayName ?? null,
    editor: comment.updateAuthor?.displayName ?? null,
    created: new Date(comment.created).toISOString(),
    updated: new Date(comment.updated).toISOString(),
    body: comment.body,
    restricted,
    // Others may write with the same account: only the mark tells.
    own: isOurs && !restricted && (await property(site, comment, commentMarkKey)) !== null,
  };
}

/** Key of an issue; null: it is not there, not to be seen, or kept from others by a security level. */
export async function openIssueKey(site: JiraSite, issueId: string): Promise<string | null> {
  const issue = await site.http.find({
    method: 'GET',
    path: site.profile.api + path`/issue/${issueId}`,
    query: { fields: 'security' },
    schema: issueAnswer,
  });
  return issue === null || issue.fields.security != null ? null : issue.key;
}

/** The newest comments of an issue, with whom they are for; null: of an issue that nobody is told of. */
export async function readComments(
  site: JiraSite,
  issueId: string,
): Promise<{ readonly key: string; readonly comments: readonly IssueComment[] } | null> {
  const [key, page, me] = await Promise.all([
    openIssueKey(site, issueId),
    site.http.find({
      method: 'GET',
      path: site.profile.api + path`/issue/${issueId}/comment`,
      query: { orderBy: '-created', maxResults: newest, expand: 'properties' },
      schema: pageAnswer,
    }),
    rememberedMyself(site),
  ]);
  if (key === null || page === null) return null;
  return { key, comments: await inParallel(page.comments, atOnce, (one) => toComment(site, me, one)) };
}

/** Whether a comment is there, or at least cannot be seen any more. */
export async function hasComment(site: JiraSite, issueId: string, comment: string): Promise<boolean> {
  const found = await site.http.find({
    method: 'GET',
    path: site.profile.api + path`/issue/${issueId}/comment/${comment}`,
    schema: nothing,
  });
  return found !== null;
}

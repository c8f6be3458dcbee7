import { type Block, commentMark, commentMarkKey, type Guid, isCommentMark, type Language } from '@crmjira/domain';
import { z } from 'zod';
import { inParallel } from '../../../platform/http-client/in-parallel';
import { path } from '../../../platform/http-client/path';
import { type JiraSite, rememberedMyself } from '../jira-site';
import { nothing, propertyAnswer } from '../wire/answers';
import { jiraId } from '../wire/jira-payload';
import { toDescription } from './write-issue';

/** Newest comments that are looked through, and how many of them at the same time. */
const newest = 100;
const atOnce = 10;

const author = z.object({ accountId: z.string().optional(), name: z.string().optional() });
const commentPage = z.object({ comments: z.array(z.object({ id: jiraId, author: author.nullish() })) });

/** Sends a comment once. Whether it arrived is found out by its mark, never by sending it again. */
export async function addMarkedComment(
  site: JiraSite,
  issueId: string,
  blocks: readonly Block[],
  language: Language,
  command: Guid,
): Promise<void> {
  await site.http.call({
    method: 'POST',
    path: site.profile.api + path`/issue/${issueId}/comment`,
    body: { body: toDescription(site, blocks, language), properties: [commentMark(command)] },
    schema: nothing,
    repeatable: false,
  });
}

/** Whether the comment of a command stands on an issue: of the newest ones of our own account each is asked for its mark. */
export async function hasMarkedComment(site: JiraSite, issueId: string, command: Guid): Promise<boolean> {
  const [me, { comments }] = await Promise.all([
    rememberedMyself(site),
    site.http.call({
      method: 'GET',
      path: site.profile.api + path`/issue/${issueId}/comment`,
      query: { orderBy: '-created', maxResults: newest },
      schema: commentPage,
    }),
  ]);
  const own = comments.filter(
    ({ author: by }) =>
      by != null && (me.accountId === undefined ? by.name === me.name : by.accountId === me.accountId),
  );
  const marks = await inParallel(own, atOnce, ({ id }) =>
    site.http.find({
      method: 'GET',
      path: site.profile.api + path`/comment/${id}/properties/${commentMarkKey}`,
      schema: propertyAnswer,
    }),
  );
  return marks.some((mark) => isCommentMark(mark?.value, command));
}

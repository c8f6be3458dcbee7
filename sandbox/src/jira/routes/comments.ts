import { z } from 'zod';
import type { Api, Call } from '../api';
import { pageOf } from '../api';
import { JiraError } from '../jira-error';
import { ADMINISTRATORS, roles } from '../site/defaults';
import { GROUPS, groupId } from '../site/groups';
import { RichTextRefused, readRichText } from '../site/rich-text';
import type { CommentRow, IssueRow, RichText, Visibility } from '../site/rows';
import { storeComment } from '../operations/store-comment';
import { commentView } from '../views/worklog-view';
import { requireIssue } from './require-issue';

const visibilityInput = z.looseObject({
  type: z.enum(['role', 'group']),
  value: z.string().optional(),
  identifier: z.string().nullish(),
});
const commentInput = z.looseObject({
  body: z.unknown().optional(),
  visibility: visibilityInput.nullish(),
  properties: z.array(z.object({ key: z.string(), value: z.unknown() })).optional(),
});

function readBody(call: Call, body: unknown): RichText {
  try {
    const text = readRichText(body, call.view.version);
    if (text) return text;
  } catch (cause) {
    if (!(cause instanceof RichTextRefused)) throw cause;
    throw JiraError.field('comment', call.view.version === 3 ? 'Comment body is not valid!' : cause.message);
  }
  throw JiraError.field(
    'comment',
    call.view.version === 3 ? 'Comment body is not valid!' : 'Comment body can not be empty!',
  );
}

/** @throws JiraError 400 for a role or group that is none, or that the caller is not in */
function readVisibility(call: Call, input: z.infer<typeof visibilityInput> | null | undefined): Visibility | null {
  if (!input) return null;
  const { type, value, identifier } = input;
  if (type === 'role') {
    const role = roles.find(({ id, name }) => name === value || String(id) === identifier);
    if (!role) throw JiraError.field('commentLevel', `Role with name '${value ?? identifier ?? ''}' does not exist.`);
    return { type, value: role.name, identifier: call.edition === 'cloud' ? role.name : String(role.id) };
  }
  const group = GROUPS.find((name) => name === value || groupId(name) === identifier);
  if (!group) throw JiraError.field('commentLevel', `Group: ${value ?? identifier ?? ''} does not exist.`);
  if (!call.user().groups.includes(group))
    throw JiraError.field('commentLevel', `You are currently not a member of the group: ${group}.`);
  return { type, value: group, identifier: groupId(group) };
}

/** Administrators play every role here; a group is its members'. */
function maySee(call: Call, { visibility }: CommentRow): boolean {
  if (!visibility) return true;
  const groups = call.caller.user?.groups ?? [];
  return groups.includes(visibility.type === 'group' ? visibility.value : ADMINISTRATORS);
}

/** Adds a comment as `POST /issue/{id}/comment` does. @throws JiraError 400 */
export function addCommentTo(call: Call, issue: IssueRow, given: unknown): CommentRow {
  const input = commentInput.parse(given);
  return storeComment(call.view, call.user(), issue, {
    body: readBody(call, input.body),
    visibility: readVisibility(call, input.visibility),
    properties: input.properties ?? [],
  });
}

/** Comments inside an `update` of an issue. */
export function addCommentsOf(call: Call, issue: IssueRow, operations: unknown): void {
  const added = z.array(z.looseObject({ add: commentInput })).safeParse(operations);
  if (added.success) for (const { add } of added.data) addCommentTo(call, issue, add);
}

const byIdsInput = z.looseObject({ ids: z.array(z.number().int()).min(1).max(1000) });

export function registerComments(api: Api): void {
  const find = (call: Call): CommentRow => {
    const issue = requireIssue(call);
    const comment = call.site.comments.get(call.path('id'));
    if (!comment || comment.issueId !== issue.id || !maySee(call, comment))
      throw JiraError.notFound(`Can not find a comment for the id: ${call.path('id')}.`);
    return comment;
  };
  const show = (call: Call, comment: CommentRow) => commentView(call.view, comment, call.expand());
  api.get('/issue/:issueIdOrKey/comment', (call) => {
    const all = call.site.comments.where('issue', requireIssue(call).id).filter((row) => maySee(call, row));
    const order = call.query('orderBy') ?? 'created';
    if (!/^[+-]?created$/.test(order)) throw new JiraError(400, [`The orderBy value '${order}' is not supported.`]);
    if (order.startsWith('-')) all.reverse();
    const start = call.queryNumber('startAt', 0);
    const max = call.queryNumber('maxResults', call.edition === 'cloud' ? 100 : 1048576);
    return {
      startAt: start,
      maxResults: max,
      total: all.length,
      comments: all.slice(start, start + max).map((row) => show(call, row)),
    };
  });
  api.post(
    '/comment/list',
    (call) => {
      call.user();
      const found = call.body(byIdsInput).ids.flatMap((id) => call.site.comments.get(String(id)) ?? []);
      const shown = found.filter((row) => maySee(call, row)).map((row) => show(call, row));
      const { self: _self, ...page } = pageOf(call, shown, 0, 1_048_576);
      return page;
    },
    { only: 'cloud' },
  );
  api.post('/issue/:issueIdOrKey/comment', (call) => {
    call.user();
    const comment = addCommentTo(call, requireIssue(call), call.body(commentInput));
    call.reply.status(201);
    return show(call, comment);
  });
  api.get('/issue/:issueIdOrKey/comment/:id', (call) => show(call, find(call)));
  api.put('/issue/:issueIdOrKey/comment/:id', (call) => {
    const actor = call.user();
    const { site } = call;
    const old = find(call);
    const input = call.body(commentInput);
    const comment = site.comments.put<CommentRow>({
      ...old,
      body: readBody(call, input.body),
      visibility: input.visibility === undefined ? (old.visibility ?? null) : readVisibility(call, input.visibility),
      updateAuthorId: actor.id,
      updatedOn: site.now(),
    });
    for (const { key, value } of input.properties ?? []) site.setProperty(`comment/${comment.id}`, key, value);
    site.emit({ on: site.now(), actorId: actor.id, kind: 'comment', event: 'updated', comment });
    return show(call, comment);
  });
  api.delete('/issue/:issueIdOrKey/comment/:id', (call) => {
    const actor = call.user();
    const comment = find(call);
    call.site.emit({ on: call.site.now(), actorId: actor.id, kind: 'comment', event: 'deleted', comment });
    call.site.comments.delete(comment.id);
  });
}

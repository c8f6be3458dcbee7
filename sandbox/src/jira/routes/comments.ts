import { z } from 'zod';
import type { Api, Call } from '../api';
import { JiraError } from '../jira-error';
import { RichTextRefused, readRichText } from '../site/rich-text';
import type { CommentRow, IssueRow, RichText } from '../site/rows';
import { commentView } from '../views/worklog-view';
import { requireIssue } from './issues';

const commentInput = z.looseObject({ body: z.unknown().optional() });

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

function addComment(call: Call, issue: IssueRow, body: unknown): CommentRow {
  const actor = call.user();
  const { site } = call;
  const now = site.now();
  const comment = site.comments.put<CommentRow>({
    id: site.nextId('comment'),
    issueId: issue.id,
    authorId: actor.id,
    updateAuthorId: actor.id,
    body: readBody(call, body),
    createdOn: now,
    updatedOn: now,
  });
  const touched = site.issues.put({ ...(site.issues.get(issue.id) ?? issue), updatedOn: now });
  site.emit({ on: now, actorId: actor.id, kind: 'comment', event: 'created', comment });
  // Data Center tells of a comment as of a change of the issue too; Cloud gave that up
  if (call.edition === 'dc')
    site.emit({
      on: now,
      actorId: actor.id,
      kind: 'issue',
      event: 'updated',
      issue: touched,
      change: null,
      type: 'issue_commented',
      comment,
    });
  return comment;
}

/** Comments inside an `update` of an issue. */
export function addCommentsOf(call: Call, issue: IssueRow, operations: unknown): void {
  const added = z.array(z.looseObject({ add: commentInput })).safeParse(operations);
  if (added.success) for (const { add } of added.data) addComment(call, issue, add.body);
}

export function registerComments(api: Api): void {
  const find = (call: Call): CommentRow => {
    const issue = requireIssue(call);
    const comment = call.site.comments.get(call.path('id'));
    if (!comment || comment.issueId !== issue.id)
      throw JiraError.notFound(`Can not find a comment for the id: ${call.path('id')}.`);
    return comment;
  };
  api.get('/issue/:issueIdOrKey/comment', (call) => {
    const all = call.site.comments.where('issue', requireIssue(call).id);
    if (call.query('orderBy') === '-created') all.reverse();
    const start = call.queryNumber('startAt', 0);
    const max = call.queryNumber('maxResults', call.edition === 'cloud' ? 100 : 1048576);
    return {
      startAt: start,
      maxResults: max,
      total: all.length,
      comments: all.slice(start, start + max).map((row) => commentView(call.view, row)),
    };
  });
  api.post('/issue/:issueIdOrKey/comment', (call) => {
    call.user();
    const comment = addComment(call, requireIssue(call), call.body(commentInput).body);
    call.reply.status(201);
    return commentView(call.view, comment);
  });
  api.get('/issue/:issueIdOrKey/comment/:id', (call) => commentView(call.view, find(call)));
  api.put('/issue/:issueIdOrKey/comment/:id', (call) => {
    const actor = call.user();
    const { site } = call;
    const comment = site.comments.put<CommentRow>({
      ...find(call),
      body: readBody(call, call.body(commentInput).body),
      updateAuthorId: actor.id,
      updatedOn: site.now(),
    });
    site.emit({ on: site.now(), actorId: actor.id, kind: 'comment', event: 'updated', comment });
    return commentView(call.view, comment);
  });
  api.delete('/issue/:issueIdOrKey/comment/:id', (call) => {
    const actor = call.user();
    const comment = find(call);
    call.site.emit({ on: call.site.now(), actorId: actor.id, kind: 'comment', event: 'deleted', comment });
    call.site.comments.delete(comment.id);
  });
}

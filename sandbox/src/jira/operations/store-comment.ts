import type { CommentRow, IssueRow, RichText, UserRow, Visibility } from '../site/rows';
import type { View } from '../views/view';

export interface NewComment {
  readonly body: RichText;
  readonly visibility: Visibility | null;
  readonly properties: readonly { readonly key: string; readonly value?: unknown }[];
}

/** Stores a comment and tells of it. */
export function storeComment({ site, edition }: View, actor: UserRow, issue: IssueRow, given: NewComment): CommentRow {
  const now = site.now();
  const comment = site.comments.put<CommentRow>({
    id: site.nextId('comment'),
    issueId: issue.id,
    authorId: actor.id,
    updateAuthorId: actor.id,
    body: given.body,
    visibility: given.visibility,
    createdOn: now,
    updatedOn: now,
  });
  for (const { key, value } of given.properties) site.setProperty(`comment/${comment.id}`, key, value);
  const touched = site.issues.put({ ...(site.issues.get(issue.id) ?? issue), updatedOn: now });
  site.emit({ on: now, actorId: actor.id, kind: 'comment', event: 'created', comment });
  // Data Center tells of a comment as of a change of the issue too; Cloud gave that up
  if (edition === 'dc')
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

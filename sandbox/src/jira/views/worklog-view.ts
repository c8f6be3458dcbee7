import { durationText } from '../site/duration';
import { toHtml } from '../site/rich-text';
import type { CommentRow, Visibility, WorklogRow } from '../site/rows';
import { jiraTimestamp } from '../site/timestamps';
import { userView } from './user-view';
import { richText, selfUrl } from './view';
import type { View } from './view';

export function worklogView(view: View, worklog: WorklogRow, withProperties = false) {
  const { site } = view;
  return {
    self: selfUrl(view, `/issue/${worklog.issueId}/worklog/${worklog.id}`),
    author: userView(view, worklog.authorId),
    updateAuthor: userView(view, worklog.updateAuthorId),
    ...(worklog.comment ? { comment: richText(view, worklog.comment) } : view.version === 2 ? { comment: '' } : {}),
    created: jiraTimestamp(worklog.createdOn),
    updated: jiraTimestamp(worklog.updatedOn),
    started: jiraTimestamp(worklog.startedOn),
    timeSpent: durationText(worklog.seconds),
    timeSpentSeconds: worklog.seconds,
    id: worklog.id,
    issueId: worklog.issueId,
    ...(worklog.visibility ? { visibility: visibilityView(view, worklog.visibility) } : {}),
    ...(withProperties
      ? {
          properties: site.properties.where('owner', `worklog/${worklog.id}`).map(({ key, value }) => ({ key, value })),
        }
      : {}),
  };
}

/** Data Center names whom a comment or a worklog is for, Cloud has their id beside. */
function visibilityView(view: View, { type, value, identifier }: Visibility) {
  return { type, value, ...(view.edition === 'cloud' ? { identifier } : {}) };
}

/** What Service Management keeps of a comment that is for the desk alone. */
const isInternal = ({ site }: View, { id }: CommentRow): boolean => {
  const value = site.property(`comment/${id}`, 'sd.public.comment')?.value;
  return typeof value === 'object' && value !== null && 'internal' in value && value.internal === true;
};

/** @param expand `renderedBody`, `properties` */
export function commentView(view: View, comment: CommentRow, expand: ReadonlySet<string> = new Set()) {
  return {
    self: selfUrl(view, `/issue/${comment.issueId}/comment/${comment.id}`),
    id: comment.id,
    author: userView(view, comment.authorId),
    body: richText(view, comment.body),
    ...(expand.has('renderedBody') ? { renderedBody: toHtml(comment.body) } : {}),
    updateAuthor: userView(view, comment.updateAuthorId),
    created: jiraTimestamp(comment.createdOn),
    updated: jiraTimestamp(comment.updatedOn),
    ...(comment.visibility ? { visibility: visibilityView(view, comment.visibility) } : {}),
    ...(expand.has('properties')
      ? {
          properties: view.site.properties
            .where('owner', `comment/${comment.id}`)
            .map(({ key, value }) => ({ key, value })),
        }
      : {}),
    ...(view.edition === 'cloud' ? { jsdPublic: !isInternal(view, comment) } : {}),
  };
}

import { describeChange } from '../operations/describe-change';
import type { IssueRow } from '../site/rows';
import type { Site } from '../site/site';
import { budgetFigures } from '../tempo/budget-figures';
import { attachmentView } from '../views/attachment-view';
import { versionView } from '../views/catalogue-views';
import { changeItemView, issueView } from '../views/issue-view';
import { avatarUrls, selfUrl } from '../views/view';
import type { View } from '../views/view';
import { userView } from '../views/user-view';
import { commentView, worklogView } from '../views/worklog-view';
import { eventName } from './event-names';
import type { JiraEvent } from './events';

const NOTHING: ReadonlySet<string> = new Set();

function firstValues(view: View, issue: IssueRow) {
  const blank: IssueRow = {
    ...issue,
    summary: '',
    description: null,
    environment: null,
    assigneeId: null,
    reporterId: null,
    priorityId: '',
    statusId: '',
    labels: [],
    parentId: null,
    fixVersionIds: [],
    versionIds: [],
    componentIds: [],
    dueDate: null,
    originalEstimate: null,
    remainingEstimate: null,
    custom: {},
  };
  const items = describeChange(view.site, blank, issue).map((item) => ({
    ...changeItemView(view, item),
    ...(item.fieldId === 'status' ? { field: 'Status' } : {}),
    from: null,
    fromString: null,
  }));
  return { id: issue.id, items };
}

function subject(view: View, event: JiraEvent): Record<string, unknown> {
  const { site, edition } = view;
  switch (event.kind) {
    case 'issue':
      return {
        // a deletion has none
        ...(event.event === 'deleted'
          ? {}
          : { issue_event_type_name: event.event === 'updated' ? event.type : 'issue_created' }),
        user: userView(view, event.actorId),
        issue: issueView(view, event.issue, { fields: ['*all'], expand: NOTHING }),
        // Cloud tells of the first values as of changes from nothing
        ...(event.event === 'created' && edition === 'cloud' ? { changelog: firstValues(view, event.issue) } : {}),
        ...(event.event === 'updated' && event.change
          ? { changelog: { id: event.change.id, items: event.change.items.map((item) => changeItemView(view, item)) } }
          : {}),
        ...(event.event === 'updated' && event.comment ? { comment: commentView(view, event.comment) } : {}),
      };
    case 'comment': {
      const issue = site.issues.get(event.comment.issueId);
      const fields = ['summary', 'issuetype', 'project', 'assignee', 'priority', 'status'];
      return {
        comment: commentView(view, event.comment),
        // Data Center tells of the comment alone, and of who changed it
        ...(edition === 'dc' && event.event !== 'created' ? { user: userView(view, event.actorId) } : {}),
        ...(edition === 'cloud' && issue
          ? { issue: issueView(view, issue, { fields, expand: NOTHING }), eventType: 'primaryAction' }
          : {}),
      };
    }
    case 'worklog':
      // no issue and no project: only worklog.issueId says where the work was done
      return { worklog: worklogView(view, event.worklog) };
    case 'issuelink': {
      const { link, type } = event;
      return {
        issueLink: {
          id: Number(link.id),
          sourceIssueId: Number(link.sourceId),
          destinationIssueId: Number(link.destinationId),
          issueLinkType: {
            id: Number(type.id),
            name: type.name,
            outwardName: type.outward,
            inwardName: type.inward,
            isSubTaskLinkType: false,
            isSystemLinkType: false,
          },
          systemLink: false,
        },
      };
    }
    case 'attachment':
      return { attachment: attachmentView(view, event.attachment) };
    case 'project': {
      const { project } = event;
      return {
        project: {
          self: selfUrl(view, `/project/${project.id}`),
          id: Number(project.id),
          key: project.key,
          name: project.name,
          avatarUrls: avatarUrls(view, '/secure/projectavatar', project.id),
          projectLead: userView(view, project.leadId),
          assigneeType:
            project.assigneeType === 'UNASSIGNED'
              ? 'admin.assignee.type.unassigned'
              : 'admin.assignee.type.project.lead',
        },
      };
    }
    case 'version':
      return { version: versionView(view, event.version) };
    case 'issue-property':
      return {
        issue: { self: selfUrl(view, `/issue/${event.issue.id}`), id: event.issue.id, key: event.issue.key },
        property: { key: event.key },
      };
    case 'budget':
      return { budget: budgetFigures(site, event.projectKey) };
  }
}

/** Body of a webhook: REST v2 shapes on either edition, time in epoch milliseconds. */
export function webhookPayload(site: Site, edition: View['edition'], event: JiraEvent): Record<string, unknown> {
  const view: View = { site, edition, version: 2 };
  return {
    timestamp: event.kind === 'budget' ? event.on : Date.parse(event.on),
    webhookEvent: eventName(event),
    ...subject(view, event),
  };
}

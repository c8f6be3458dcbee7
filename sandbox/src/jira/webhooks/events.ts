import type {
  AttachmentRow,
  ChangeRow,
  CommentRow,
  IssueLinkRow,
  IssueRow,
  LinkTypeRow,
  ProjectRow,
  VersionRow,
  WorklogRow,
} from '../site/rows';

/** What happened, before it is put into the words of a webhook. `actorId` is the account that did it. */
export type JiraEvent = { readonly on: string; readonly actorId: string } & (
  | { readonly kind: 'issue'; readonly event: 'created' | 'deleted'; readonly issue: IssueRow }
  | {
      readonly kind: 'issue';
      readonly event: 'updated';
      readonly issue: IssueRow;
      readonly change: ChangeRow | null;
      /** issue_event_type_name, e.g. `issue_generic` */
      readonly type: string;
      readonly comment?: CommentRow;
    }
  | { readonly kind: 'comment'; readonly event: 'created' | 'updated' | 'deleted'; readonly comment: CommentRow }
  | { readonly kind: 'worklog'; readonly event: 'created' | 'updated' | 'deleted'; readonly worklog: WorklogRow }
  | {
      readonly kind: 'issuelink';
      readonly event: 'created' | 'deleted';
      readonly link: IssueLinkRow;
      readonly type: LinkTypeRow;
    }
  | { readonly kind: 'attachment'; readonly event: 'created' | 'deleted'; readonly attachment: AttachmentRow }
  | {
      readonly kind: 'project';
      readonly event:
        | 'created'
        | 'updated'
        | 'deleted'
        | 'soft_deleted'
        | 'restored_deleted'
        | 'archived'
        | 'restored_archived';
      readonly project: ProjectRow;
    }
  | {
      readonly kind: 'version';
      readonly event: 'created' | 'updated' | 'released' | 'unreleased' | 'deleted';
      readonly version: VersionRow;
    }
  | {
      readonly kind: 'issue-property';
      readonly event: 'set' | 'deleted';
      readonly issue: IssueRow;
      readonly key: string;
    }
  | { readonly kind: 'budget'; readonly event: 'updated' | 'approved'; readonly projectKey: string }
);

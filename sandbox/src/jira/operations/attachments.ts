import type { AttachmentRow, ChangeItem, IssueRow, UserRow } from '../site/rows';
import type { Site } from '../site/site';
import { changeIssue } from './store-issue';

export interface Upload {
  readonly filename: string;
  readonly mimeType: string;
  readonly content: Buffer;
}

function item({ id, filename }: AttachmentRow, added: boolean): ChangeItem {
  return {
    field: 'Attachment',
    fieldId: 'attachment',
    custom: false,
    from: added ? null : id,
    fromString: added ? null : filename,
    to: added ? id : null,
    toString: added ? filename : null,
  };
}

export function attach(site: Site, actor: UserRow, issue: IssueRow, uploads: readonly Upload[]): AttachmentRow[] {
  return site.together(() =>
    uploads.map(({ filename, mimeType, content }) => {
      const attachment = site.attachments.put<AttachmentRow>({
        id: site.nextId('attachment'),
        issueId: issue.id,
        authorId: actor.id,
        filename,
        mimeType,
        size: content.byteLength,
        content: content.toString('base64'),
        createdOn: site.now(),
      });
      changeIssue(site, actor, site.issues.get(issue.id) ?? issue, {}, 'issue_updated', [item(attachment, true)]);
      site.emit({ on: site.now(), actorId: actor.id, kind: 'attachment', event: 'created', attachment });
      return attachment;
    }),
  );
}

export function detach(site: Site, actor: UserRow, attachment: AttachmentRow): void {
  site.together(() => {
    site.attachments.delete(attachment.id);
    const issue = site.issues.get(attachment.issueId);
    if (issue) changeIssue(site, actor, issue, {}, 'issue_updated', [item(attachment, false)]);
    site.emit({ on: site.now(), actorId: actor.id, kind: 'attachment', event: 'deleted', attachment });
  });
}

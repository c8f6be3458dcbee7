import type { AttachmentRow } from '../site/rows';
import { jiraTimestamp } from '../site/timestamps';
import { userView } from './user-view';
import { selfUrl } from './view';
import type { View } from './view';

const THUMBNAILS = /^image\/(png|jpeg|gif|bmp)$/;

/** Where its bytes are: Cloud has a resource for them, Data Center the address of the page. */
function contentUrl(view: View, { id, filename }: AttachmentRow): string {
  if (view.edition === 'cloud') return selfUrl(view, `/attachment/content/${id}`);
  return `${view.site.options.publicUrl}/secure/attachment/${id}/${encodeURIComponent(filename)}`;
}

export function attachmentView(view: View, attachment: AttachmentRow) {
  const { id, filename, size, mimeType } = attachment;
  return {
    self: selfUrl(view, `/attachment/${id}`),
    id,
    filename,
    author: userView(view, attachment.authorId),
    created: jiraTimestamp(attachment.createdOn),
    size,
    mimeType,
    content: contentUrl(view, attachment),
    ...(THUMBNAILS.test(mimeType) && view.edition === 'cloud'
      ? { thumbnail: selfUrl(view, `/attachment/thumbnail/${id}`) }
      : {}),
  };
}

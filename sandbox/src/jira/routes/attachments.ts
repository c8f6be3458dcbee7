import type { Api, Call } from '../api';
import { JiraError } from '../jira-error';
import { attach, detach, type Upload } from '../operations/attachments';
import { ADMINISTRATORS } from '../site/defaults';
import type { AttachmentRow } from '../site/rows';
import { attachmentView } from '../views/attachment-view';
import { requireIssue } from './require-issue';

/** bytes; what the listener takes of one request, less the parts around the files */
const UPLOAD_LIMIT = 4 * 1024 * 1024;

/** Content type by which a file's own text charset is left out, as Jira stores it. */
const plainType = (type: string): string => type.split(';')[0] || 'application/octet-stream';

/** @throws JiraError 400, 413 */
async function readUploads(call: Call): Promise<Upload[]> {
  const body = call.rawBody();
  const type = call.header('content-type') ?? '';
  if (!Buffer.isBuffer(body) || !type.startsWith('multipart/form-data'))
    throw new JiraError(415, ['Unsupported Media Type']);
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } })
    .formData()
    .catch(() => Promise.reject(new JiraError(400, ['The multipart body cannot be read.'])));
  const files = form.getAll('file').filter((part): part is File => typeof part !== 'string');
  if (files.length === 0) throw new JiraError(400, ['No file was attached.']);
  if (files.some((file) => file.size > UPLOAD_LIMIT))
    throw new JiraError(413, [`The file is larger than the limit of ${UPLOAD_LIMIT} bytes.`]);
  return Promise.all(
    files.map(async (file) => ({
      filename: file.name,
      mimeType: plainType(file.type),
      content: Buffer.from(await file.arrayBuffer()),
    })),
  );
}

function send(call: Call, { mimeType, filename, content }: AttachmentRow) {
  return call.reply
    .type(mimeType)
    .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(filename)}`)
    .header('x-content-type-options', 'nosniff')
    .send(Buffer.from(content, 'base64'));
}

/** Files on issues. */
export function registerAttachments(api: Api): void {
  const find = (call: Call, id = call.path('id')): AttachmentRow => {
    const attachment = call.anonymous ? undefined : call.site.attachments.get(id);
    if (!attachment || !call.site.findIssue(attachment.issueId))
      throw JiraError.notFound(`The attachment with id '${id}' does not exist`);
    return attachment;
  };
  api.get('/attachment/meta', (call) => {
    call.user();
    return { enabled: true, uploadLimit: UPLOAD_LIMIT };
  });
  api.post('/issue/:issueIdOrKey/attachments', async (call) => {
    const actor = call.user();
    if (!/^no-?check$/.test(call.header('x-atlassian-token') ?? ''))
      return call.reply.status(403).type('text/html').send('XSRF check failed');
    const issue = requireIssue(call);
    return attach(call.site, actor, issue, await readUploads(call)).map((row) => attachmentView(call.view, row));
  });
  // As an answer of its own Cloud numbers it, on an issue the id is a text.
  api.get('/attachment/:id', (call) => {
    const attachment = find(call);
    const shown = attachmentView(call.view, attachment);
    return call.edition === 'cloud' ? { ...shown, id: Number(attachment.id) } : shown;
  });
  api.delete('/attachment/:id', (call) => {
    const actor = call.user();
    const attachment = find(call);
    if (attachment.authorId !== actor.id && !actor.groups.includes(ADMINISTRATORS))
      throw new JiraError(403, ['You do not have permission to delete attachments.']);
    detach(call.site, actor, attachment);
  });
  for (const kind of ['content', 'thumbnail'])
    api.get(
      `/attachment/${kind}/:id`,
      (call) => {
        const attachment = find(call);
        if (!call.queryFlag('redirect', true)) return send(call, attachment);
        const page = `/secure/attachment/${attachment.id}/${encodeURIComponent(attachment.filename)}`;
        return call.reply.status(303).header('location', call.url(page)).send();
      },
      { only: 'cloud' },
    );
  api.at('GET', '/secure/attachment/:id/:filename', (call) => send(call, find(call)));
}

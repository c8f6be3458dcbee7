import { z } from 'zod';
import type { Api, Call } from '../api';
import { JiraError } from '../jira-error';
import type { IssueRow, RemoteLinkRow } from '../site/rows';
import { selfUrl } from '../views/view';
import { requireIssue } from './require-issue';

const text = z.string().optional();
const icon = z.object({ url16x16: text, title: text, link: text });
const remoteLinkInput = z.looseObject({
  globalId: z.string().max(255).optional(),
  relationship: z.string().nullish(),
  application: z.object({ type: text, name: text }).optional(),
  object: z.looseObject({
    url: text,
    title: text,
    summary: text,
    icon: icon.optional(),
    status: z.object({ resolved: z.boolean().optional(), icon: icon.optional() }).optional(),
  }),
});

/** The row that a body describes: what it leaves out is empty. @throws JiraError 400 keyed by field */
function rowOf(call: Call, id: string, issue: IssueRow, known: string | null = null): RemoteLinkRow {
  const { globalId = known, relationship = null, application, object } = call.body(remoteLinkInput);
  const missing = (['url', 'title'] as const).filter((name) => (object[name] ?? '').trim() === '');
  if (missing.length > 0)
    throw new JiraError(400, [], Object.fromEntries(missing.map((name) => [name, `'${name}' is required.`])));
  return {
    id,
    issueId: issue.id,
    globalId,
    relationship,
    url: object.url ?? '',
    title: object.title ?? '',
    summary: object.summary ?? '',
    ...(application ? { application } : {}),
    ...(object.icon ? { icon: object.icon } : {}),
    ...(object.status ? { status: object.status } : {}),
  };
}

function linkView(call: Call, issue: IssueRow, link: RemoteLinkRow) {
  const { status } = link;
  return {
    id: Number(link.id),
    self: selfUrl(call.view, `/issue/${issue.key}/remotelink/${link.id}`),
    ...(link.globalId ? { globalId: link.globalId } : {}),
    application: link.application ?? {},
    ...(link.relationship ? { relationship: link.relationship } : {}),
    object: {
      url: link.url,
      title: link.title,
      ...(link.summary ? { summary: link.summary } : {}),
      icon: link.icon ?? {},
      status: { ...(status?.resolved === undefined ? {} : { resolved: status.resolved }), icon: status?.icon ?? {} },
    },
  };
}

/** Cloud refuses these deletions without a media type, though they have no body. */
function requireMediaType(call: Call): void {
  if (call.edition === 'cloud' && call.header('content-type') === undefined)
    throw new JiraError(415, ['Unsupported Media Type']);
}

/** Links from an issue to something elsewhere. */
export function registerRemoteLinks(api: Api): void {
  const ofIssue = (call: Call, issue: IssueRow) => call.site.remoteLinks.where('issue', issue.id);
  const find = (call: Call, issue: IssueRow): RemoteLinkRow => {
    const id = call.path('linkId');
    if (!/^\d+$/.test(id)) throw new JiraError(400, [`The remote issue link id '${id}' is not valid.`]);
    const link = call.site.remoteLinks.get(id);
    if (!link) throw JiraError.notFound('Remote issue link does not exist.');
    if (link.issueId !== issue.id)
      throw new JiraError(400, [`The remote issue link with id '${id}' does not belong to issue '${issue.key}'.`]);
    return link;
  };
  const byGlobalId = (call: Call, issue: IssueRow, globalId: string): RemoteLinkRow => {
    const link = ofIssue(call, issue).find((row) => row.globalId === globalId);
    if (!link) throw JiraError.notFound('Remote issue link does not exist.');
    return link;
  };
  api.get('/issue/:issueIdOrKey/remotelink', (call) => {
    const issue = requireIssue(call);
    const globalId = call.query('globalId');
    if (globalId !== undefined) return linkView(call, issue, byGlobalId(call, issue, globalId));
    return ofIssue(call, issue).map((link) => linkView(call, issue, link));
  });
  api.get('/issue/:issueIdOrKey/remotelink/:linkId', (call) => {
    const issue = requireIssue(call);
    return linkView(call, issue, find(call, issue));
  });
  api.post('/issue/:issueIdOrKey/remotelink', (call) => {
    call.user();
    const issue = requireIssue(call);
    const { globalId } = call.body(remoteLinkInput);
    const old = globalId === undefined ? undefined : ofIssue(call, issue).find((row) => row.globalId === globalId);
    const row = rowOf(call, old?.id ?? '', issue);
    const { id } = call.site.remoteLinks.put({ ...row, id: old?.id ?? call.site.nextId('remote-link') });
    call.reply.status(old ? 200 : 201);
    return { id: Number(id), self: selfUrl(call.view, `/issue/${issue.key}/remotelink/${id}`) };
  });
  api.put('/issue/:issueIdOrKey/remotelink/:linkId', (call) => {
    call.user();
    const issue = requireIssue(call);
    const old = find(call, issue);
    call.site.remoteLinks.put(rowOf(call, old.id, issue, old.globalId));
    void call.reply.status(204);
  });
  api.delete('/issue/:issueIdOrKey/remotelink', (call) => {
    requireMediaType(call);
    call.user();
    const issue = requireIssue(call);
    const globalId = call.query('globalId');
    if (!globalId) throw new JiraError(400, ['The global ID of the remote issue link must be specified.']);
    call.site.remoteLinks.delete(byGlobalId(call, issue, globalId).id);
  });
  api.delete('/issue/:issueIdOrKey/remotelink/:linkId', (call) => {
    requireMediaType(call);
    call.user();
    call.site.remoteLinks.delete(find(call, requireIssue(call)).id);
  });
}

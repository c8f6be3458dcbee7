import { z } from 'zod';
import type { Api, Call } from '../api';
import { JiraError } from '../jira-error';
import type { IssueRow, RemoteLinkRow } from '../site/rows';
import { selfUrl } from '../views/view';
import { requireIssue } from './issues';

const remoteLinkInput = z.looseObject({
  globalId: z.string().optional(),
  object: z.looseObject({ url: z.string(), title: z.string(), summary: z.string().optional() }),
});

/** Links from an issue to something elsewhere. */
export function registerRemoteLinks(api: Api): void {
  const show = (call: Call, issue: IssueRow, link: RemoteLinkRow) => ({
    id: Number(link.id),
    self: selfUrl(call.view, `/issue/${issue.key}/remotelink/${link.id}`),
    ...(link.globalId ? { globalId: link.globalId } : {}),
    application: {},
    object: {
      url: link.url,
      title: link.title,
      ...(link.summary ? { summary: link.summary } : {}),
      icon: {},
      status: { icon: {} },
    },
  });
  const find = (call: Call, issue: IssueRow): RemoteLinkRow => {
    const link = call.site.remoteLinks.get(call.path('linkId'));
    if (!link || link.issueId !== issue.id) throw JiraError.notFound('Remote issue link does not exist.');
    return link;
  };
  api.get('/issue/:issueIdOrKey/remotelink', (call) => {
    const issue = requireIssue(call);
    const links = call.site.remoteLinks.where('issue', issue.id);
    const globalId = call.query('globalId');
    if (globalId === undefined) return links.map((link) => show(call, issue, link));
    const link = links.find((row) => row.globalId === globalId);
    if (!link) throw JiraError.notFound('Remote issue link does not exist.');
    return show(call, issue, link);
  });
  api.get('/issue/:issueIdOrKey/remotelink/:linkId', (call) => {
    const issue = requireIssue(call);
    return show(call, issue, find(call, issue));
  });
  api.post('/issue/:issueIdOrKey/remotelink', (call) => {
    call.user();
    const issue = requireIssue(call);
    const { globalId = null, object } = call.body(remoteLinkInput);
    const old =
      globalId === null
        ? undefined
        : call.site.remoteLinks.where('issue', issue.id).find((row) => row.globalId === globalId);
    const id = old?.id ?? call.site.nextId('remote-link');
    call.site.remoteLinks.put({
      id,
      issueId: issue.id,
      globalId,
      url: object.url,
      title: object.title,
      summary: object.summary ?? '',
    });
    call.reply.status(old ? 200 : 201);
    return { id: Number(id), self: selfUrl(call.view, `/issue/${issue.key}/remotelink/${id}`) };
  });
  api.delete('/issue/:issueIdOrKey/remotelink/:linkId', (call) => {
    call.user();
    call.site.remoteLinks.delete(find(call, requireIssue(call)).id);
  });
}

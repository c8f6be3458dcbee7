import { escapeHtml } from '@crmjira/domain';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { DEVELOPER, type SentryIssue, type SentryProject } from './rows';
import type { SentrySite } from './site';
import type { Place } from './views';
import type { SentDelivery } from './webhooks';

const STYLE = `
:root { color-scheme: light dark; }
body { margin: 0; font: 14px/1.45 system-ui, sans-serif; }
main { max-width: 1100px; margin: 0 auto; padding: 20px 24px 60px; }
table { border-collapse: collapse; width: 100%; } th { text-align: left; font-size: 12px; }
th, td { padding: 6px 10px 6px 0; border-bottom: 1px solid #8884; vertical-align: top; } td.n { text-align: right; }
form { display: inline; } h2 { font-size: 16px; margin: 28px 0 8px; }`;

const layout = (title: string, body: string): string =>
  `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeHtml(title)} - Sentry sandbox</title><style>${STYLE}</style></head><body><main>${body}</main></body></html>`;

const button = (action: string, words: string): string =>
  `<form method="post" action="${action}"><button>${words}</button></form>`;

/** What a person can do with an issue in its state. */
function buttons({ id, status }: SentryIssue): string {
  const at = `/sandbox/issues/${id}`;
  return status === 'resolved'
    ? button(`${at}/again`, 'It happens again')
    : [
        button(`${at}/again`, 'One more event'),
        button(`${at}/resolve`, 'Resolve'),
        status === 'ignored' ? button(`${at}/unresolve`, 'Unarchive') : button(`${at}/archive`, 'Archive'),
      ].join(' ');
}

const count = ({ events }: SentryIssue): number => Object.values(events).reduce((sum, one) => sum + one, 0);
const state = ({ status, substatus }: SentryIssue): string =>
  substatus === null ? status : `${status} (${substatus})`;

function projectTable(place: Place, project: SentryProject, issues: readonly SentryIssue[]): string {
  const rows = issues
    .filter(({ projectId }) => projectId === project.id)
    .sort((one, other) => other.lastSeen.localeCompare(one.lastSeen))
    .map(
      (issue) =>
        `<tr><td><a href="/organizations/${place.organization}/issues/${issue.id}/">${escapeHtml(issue.title)}</a><br><small>${escapeHtml(issue.shortId)} · ${escapeHtml(issue.culprit)}</small></td><td>${issue.level}</td><td>${state(issue)}</td><td class="n">${count(issue)}</td><td>${escapeHtml(issue.lastSeen)}</td><td>${buttons(issue)}</td></tr>`,
    );
  return `<h2>${escapeHtml(project.name)}</h2>${button(`/sandbox/projects/${project.id}/new`, 'A new error')}<table><thead><tr><th>Issue</th><th>Level</th><th>Status</th><th>Events</th><th>Last seen</th><th></th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

/** What people see and do: no part of Sentry's API; the stand-in listens on this machine only. */
export function registerPages(
  app: FastifyInstance,
  site: SentrySite,
  place: Place,
  sent: () => readonly SentDelivery[],
): void {
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, _body, done) =>
    done(null, undefined),
  );
  const html = (reply: FastifyReply, title: string, body: string): FastifyReply =>
    reply.type('text/html; charset=utf-8').send(layout(title, body));

  app.get('/', (_request, reply) =>
    html(
      reply,
      'Issues',
      `<h1>Sentry sandbox</h1>${site
        .projects()
        .map((project) => projectTable(place, project, site.issues()))
        .join('')}`,
    ),
  );
  app.get<{ Params: { issue: string } }>('/organizations/:org/issues/:issue/', (request, reply) => {
    const issue = site.issue(request.params.issue);
    if (issue === undefined) return html(reply.status(404), 'Not found', '<h1>The issue was not found</h1>');
    const activity = issue.activity
      .map(({ type, actor, dateCreated }) => `<li>${type} · ${escapeHtml(actor.name)} · ${dateCreated}</li>`)
      .join('');
    return html(
      reply,
      issue.shortId,
      `<p><a href="/">All issues</a></p><h1>${escapeHtml(issue.title)}</h1><p>${escapeHtml(issue.culprit)} · ${issue.level} · ${state(issue)} · ${count(issue)} events</p><p>${buttons(issue)}</p><ul>${activity}</ul>`,
    );
  });

  const acts: Readonly<Record<string, (id: string) => void>> = {
    again: (id) => site.occur(id),
    resolve: (id) => site.setStatus(id, 'resolved', DEVELOPER),
    unresolve: (id) => site.setStatus(id, 'unresolved', DEVELOPER),
    archive: (id) => site.setStatus(id, 'ignored', DEVELOPER),
  };
  for (const [name, act] of Object.entries(acts))
    app.post<{ Params: { issue: string } }>(`/sandbox/issues/:issue/${name}`, (request, reply) => {
      const { issue } = request.params;
      if (site.issue(issue) === undefined) return reply.status(404).send({ detail: 'There is no such issue.' });
      act(issue);
      return reply.redirect('/', 303);
    });
  app.post<{ Params: { project: string } }>('/sandbox/projects/:project/new', (request, reply) => {
    const { project } = request.params;
    if (!site.projects().some(({ id }) => id === project))
      return reply.status(404).send({ detail: 'There is no such project.' });
    const number = site.issues().length + 1;
    const title = `RuntimeError: step ${number} did not finish`;
    site.occurFirst(project, { title, culprit: 'sandbox.runner in main', level: 'error' });
    return reply.redirect('/', 303);
  });
  app.get('/sandbox/deliveries', () => ({ deliveries: sent() }));
}

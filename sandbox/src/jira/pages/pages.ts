import type { FastifyInstance } from 'fastify';
import type { Edition } from '../site/rows';
import type { View } from '../views/view';
import { avatarSvg, iconSvg } from './avatar';
import { homePage } from './home-page';
import { personOf, registerIssueActions } from './issue-actions';
import { issuePage } from './issue-page';
import { notFoundPage } from './layout';
import { registerPeoplePages } from './people-page';
import { projectPage } from './project-page';

/** What people see when they follow a link into Jira, and what they do there by hand. Open: the sandbox listens on this machine only. */
export function registerPages(app: FastifyInstance, view: View, editions: readonly Edition[]): void {
  const { site } = view;
  registerIssueActions(app, view);
  registerPeoplePages(app, site, editions);
  app.get('/', (_request, reply) => reply.type('text/html; charset=utf-8').send(homePage(site)));
  app.get<{ Params: { key: string } }>('/browse/:key', (request, reply) => {
    reply.type('text/html; charset=utf-8');
    const issue = site.findIssue(request.params.key);
    if (issue) return reply.send(issuePage(site, issue, personOf(view, request)));
    const project = site.findProject(request.params.key);
    return project
      ? reply.redirect(`/projects/${project.key}`)
      : reply.status(404).send(notFoundPage(request.params.key));
  });
  for (const url of [
    '/projects/:key',
    '/projects/:key/*',
    '/jira/software/projects/:key',
    '/jira/software/c/projects/:key',
  ])
    app.get<{ Params: { key: string } }>(url, (request, reply) => {
      reply.type('text/html; charset=utf-8');
      const project = site.findProject(request.params.key);
      return project
        ? reply.send(projectPage(site, project))
        : reply.status(404).send(notFoundPage(request.params.key));
    });
  // icons that issues name by address: one mark, in the colour of its name
  app.get<{ Params: { '*': string } }>('/images/icons/*', (request, reply) =>
    reply.type('image/svg+xml').send(iconSvg(request.params['*'])),
  );
  for (const url of ['/secure/useravatar', '/secure/projectavatar', '/secure/viewavatar'])
    app.get<{ Querystring: { ownerId?: string; size?: string } }>(url, (request, reply) =>
      reply.type('image/svg+xml').send(avatarSvg(site, request.query.ownerId ?? '', url.includes('project'))),
    );
}

import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { ADMINISTRATORS } from '../site/defaults';
import type { DenialRow, Edition, ProjectRow, UserRow } from '../site/rows';
import type { Site } from '../site/site';
import { refusal, registerForms } from './forms';
import { escapeHtml, layout, notFoundPage, person } from './layout';

const button = (action: string, words: string, fields = ''): string =>
  `<form method="post" action="${escapeHtml(action)}">${fields}<button>${words}</button></form>`;
const hidden = (name: string, value: string): string =>
  `<input type="hidden" name="${name}" value="${escapeHtml(value)}">`;
const at = (user: UserRow): string => `/people/${encodeURIComponent(user.id)}`;

const people = (site: Site): UserRow[] => site.users.all().filter(({ kind }) => kind === 'atlassian');

/** Everybody, with their tokens: made, revoked and locked out here by hand. */
function peoplePage(site: Site, editions: readonly Edition[]): string {
  const kinds = editions.map(
    (edition) => `<option value="${edition}">${edition === 'cloud' ? 'API token' : 'Personal access token'}</option>`,
  );
  const rows = people(site).map((user) => {
    const tokens = site.tokens
      .all()
      .filter(({ userId }) => userId === user.id)
      .map(({ id, name, edition, createdOn, revokedOn }) => {
        const kind = edition === 'cloud' ? 'API token' : 'Personal access token';
        const end =
          revokedOn === null
            ? button('/tokens/revoke', 'Revoke', hidden('token', id))
            : `revoked ${revokedOn.slice(0, 10)}`;
        return `<tr><td>${escapeHtml(name)}</td><td>${kind}</td><td>${createdOn.slice(0, 10)}</td><td>${end}</td></tr>`;
      });
    const apps = site.grants
      .all()
      .filter(({ userId }) => userId === user.id)
      .map(({ id, revokedOn }) => {
        const end = revokedOn === null ? button('/grants/revoke', 'Remove access', hidden('grant', id)) : 'removed';
        return `<tr><td>Connected app</td><td>OAuth 2.0</td><td></td><td>${end}</td></tr>`;
      });
    const make = `<form method="post" action="${at(user)}/tokens"><label>Name<input name="name" required></label><label>Kind<select name="edition">${kinds.join('')}</select></label><button>Create token</button></form>`;
    const captcha = button(`${at(user)}/captcha`, user.challenged ? 'Let them in again' : 'Ask for a CAPTCHA');
    return `<section class="card acts"><h2>${person(site, user.id)} <span class="faint">${escapeHtml(user.email)}</span></h2><table><tbody>${[...tokens, ...apps].join('')}</tbody></table>${make}${captcha}</section>`;
  });
  return layout(
    'People',
    `<div class="crumbs"><a href="/">Projects</a></div><h1>People and tokens</h1>${rows.join('')}`,
  );
}

/** What people may do in a project, each by a choice. */
export function permissionsCard(site: Site, project: ProjectRow): string {
  const rows = people(site)
    .filter(({ groups }) => !groups.includes(ADMINISTRATORS))
    .map((user) => {
      const denied = site.denials.get(`${project.id}/${user.id}`)?.denies ?? '';
      const option = (value: string, words: string): string =>
        `<option value="${value}"${value === denied ? ' selected' : ''}>${words}</option>`;
      return `<form method="post" action="/projects/${project.key}/permissions">${hidden('person', user.id)}<label>${person(site, user.id)}<select name="denies">${option('', 'Sees issues and logs work')}${option('work', 'Sees issues')}${option('browse', 'Sees nothing')}</select></label><button>Set</button></form>`;
    });
  return `<details class="card acts"><summary>Permissions</summary>${rows.join('')}</details>`;
}

const made = z.object({ name: z.string().trim().min(1), edition: z.enum(['cloud', 'dc']) });
const set = z.object({ person: z.string(), denies: z.enum(['', 'work', 'browse']) });

/** People, their tokens, and what each may do in a project. */
export function registerPeoplePages(app: FastifyInstance, site: Site, editions: readonly Edition[]): void {
  app.get('/people', (_request, reply) => reply.type('text/html; charset=utf-8').send(peoplePage(site, editions)));
  registerForms(app, (pages) => {
    pages.post<{ Params: { id: string } }>('/people/:id/tokens', (request, reply) => {
      const user = site.users.get(request.params.id);
      const input = made.safeParse(request.body);
      if (!user) return reply.status(404).send(notFoundPage(request.params.id));
      if (!input.success) return reply.status(400).send(refusal('No token was made', ['Give it a name.'], '/people'));
      const { name, edition } = input.data;
      if (site.tokens.get(`${user.id}/${edition}/${name}`))
        return reply.status(400).send(refusal('No token was made', ['There is one of this name.'], '/people'));
      const secret = site.giveToken(user, edition, name);
      return reply.send(
        layout(
          'Token',
          `<h1>Copy it now</h1><p>It is not shown again.</p><p><code>${secret}</code></p><p><a href="/people">People and tokens</a></p>`,
        ),
      );
    });
    pages.post('/tokens/revoke', (request, reply) => {
      const { token: id } = z.object({ token: z.string() }).parse(request.body);
      const token = site.tokens.get(id);
      if (!token) return reply.status(404).send(notFoundPage(id));
      site.tokens.put({ ...token, revokedOn: token.revokedOn ?? site.now() });
      return reply.redirect('/people', 303);
    });
    pages.post('/grants/revoke', (request, reply) => {
      const { grant: id } = z.object({ grant: z.string() }).parse(request.body);
      const grant = site.grants.get(id);
      if (!grant) return reply.status(404).send(notFoundPage(id));
      site.grants.put({ ...grant, revokedOn: grant.revokedOn ?? site.now() });
      return reply.redirect('/people', 303);
    });
    pages.post<{ Params: { id: string } }>('/people/:id/captcha', (request, reply) => {
      const user = site.users.get(request.params.id);
      if (!user) return reply.status(404).send(notFoundPage(request.params.id));
      site.users.put({ ...user, challenged: user.challenged !== true });
      return reply.redirect('/people', 303);
    });
    pages.post<{ Params: { key: string } }>('/projects/:key/permissions', (request, reply) => {
      const project = site.findProject(request.params.key);
      const input = set.safeParse(request.body);
      const user = input.success ? site.users.get(input.data.person) : undefined;
      if (!project || !input.success || !user) return reply.status(404).send(notFoundPage(request.params.key));
      deny(site, project, user, input.data.denies || null);
      return reply.redirect(`/projects/${project.key}`, 303);
    });
  });
}

function deny(site: Site, project: ProjectRow, user: UserRow, denies: DenialRow['denies'] | null): void {
  const id = `${project.id}/${user.id}`;
  if (denies === null) site.denials.delete(id);
  else site.denials.put({ id, projectId: project.id, userId: user.id, denies });
}

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Actor, SentryIssue, SentryProject } from './rows';
import { compileSearch, pageOf, periodOf, SearchError } from './search';
import type { SentrySite } from './site';
import { issueDetails, issueView, type Place, projectView, type StatsPeriod } from './views';

/** A token and what it may do, e.g. `event:write`. */
export interface SentryToken {
  readonly token: string;
  readonly scopes: readonly string[];
}

/** What a token of an internal integration has that may read all and change issues. */
export const ALL_SCOPES = ['org:read', 'project:read', 'event:read', 'event:write'] as const;

interface Parts {
  readonly site: SentrySite;
  readonly place: Place;
  readonly tokens: readonly SentryToken[];
  readonly clock: () => Date;
}

const detail = (reply: FastifyReply, status: number, text: string): FastifyReply =>
  reply.status(status).send({ detail: text });
const notFound = (reply: FastifyReply): FastifyReply => detail(reply, 404, 'The requested resource does not exist');

type Query = Readonly<Record<string, string | readonly string[] | undefined>>;
const first = (value: Query[string]): string | undefined => (typeof value === 'string' ? value : value?.[0]);
const every = (value: Query[string]): readonly string[] =>
  value === undefined ? [] : typeof value === 'string' ? [value] : value;

const change = z.object({
  status: z.enum(['resolved', 'unresolved', 'ignored']).optional(),
  statusDetails: z.unknown().optional(),
});

/** The integration that a token is of: what it does is told as done by it. */
const INTEGRATION: Actor = {
  type: 'application',
  id: 'd1e3c0a2-5b1f-4b57-9a3e-0000000000d3',
  name: 'Dynamics 365 and Jira',
};

/** Routes of Sentry's Web API 0 that concern an organization, its projects and its issues. */
export function registerApi(app: FastifyInstance, { site, place, tokens, clock }: Parts): void {
  const { organization } = place;
  const projectOf = (issue: SentryIssue): SentryProject => {
    const project = site.projects().find(({ id }) => id === issue.projectId);
    if (project === undefined) throw new Error(`Issue ${issue.id} has no project.`);
    return project;
  };

  /** Whether the caller may go on; an answer has been given where not. */
  function admitted(request: FastifyRequest, reply: FastifyReply, scope: string): boolean {
    const { authorization } = request.headers;
    const given = /^Bearer (.+)$/.exec(authorization ?? '')?.[1];
    const token = tokens.find((one) => one.token === given);
    if (token === undefined) {
      reply.header('www-authenticate', 'xBasic realm="api"');
      detail(reply, 401, given === undefined ? 'Authentication credentials were not provided.' : 'Invalid token');
      return false;
    }
    if (token.scopes.includes(scope)) return true;
    detail(reply, 403, 'You do not have permission to perform this action.');
    return false;
  }

  const route = (
    method: 'GET' | 'PUT',
    url: string,
    scope: string,
    answer: (
      request: FastifyRequest<{ Params: Record<string, string>; Querystring: Query }>,
      reply: FastifyReply,
    ) => unknown,
  ): void => {
    app.route<{ Params: Record<string, string>; Querystring: Query }>({
      method,
      url: `/api/0${url}`,
      handler: async (request, reply) => {
        if (!admitted(request, reply, scope)) return reply;
        const { org } = request.params;
        if (org !== undefined && org !== organization) return notFound(reply);
        try {
          await answer(request, reply);
        } catch (error) {
          if (!(error instanceof SearchError)) throw error;
          return detail(reply, 400, error.message);
        }
        return reply;
      },
    });
  };

  route('GET', '/organizations/:org/', 'org:read', (_request, reply) =>
    reply.send({
      id: '4510000000000001',
      slug: organization,
      name: 'Rideau Logic',
      status: { id: 'active', name: 'active' },
      dateCreated: '2022-02-01T14:00:00.000000Z',
      isEarlyAdopter: false,
      require2FA: false,
      avatar: { avatarType: 'letter_avatar', avatarUuid: null },
    }),
  );

  route('GET', '/organizations/:org/projects/', 'project:read', (request, reply) => {
    const all = [...site.projects()].sort((one, other) => one.slug.localeCompare(other.slug));
    const { cursor } = request.query;
    const page = pageOf(all, `${place.publicUrl}/api/0/organizations/${organization}/projects/`, {
      cursor: first(cursor),
    });
    return reply.header('link', page.link).send(page.items.map(projectView));
  });

  function list(
    { query }: { readonly query: Query },
    reply: FastifyReply,
    ofProjects: readonly string[],
    path: string,
    period: string,
  ): FastifyReply {
    const now = clock();
    const search = compileSearch(first(query['query']));
    const within = first(query['statsPeriod']);
    const since = within === undefined || within === '' ? 0 : now.getTime() - periodOf(within);
    const found = site
      .issues()
      .filter(
        (issue) => ofProjects.includes(issue.projectId) && Date.parse(issue.lastSeen) >= since && search(issue, now),
      )
      // By the last event, newest first, as `sort=date` is.
      .sort((one, other) => other.lastSeen.localeCompare(one.lastSeen) || Number(other.id) - Number(one.id));
    const kept = new URLSearchParams(
      Object.entries(query).flatMap(([name, value]) =>
        name === 'cursor' ? [] : every(value).map((one): [string, string] => [name, one]),
      ),
    );
    const url = `${place.publicUrl}/api/0${path}${kept.size === 0 ? '' : `?${kept.toString()}`}`;
    const page = pageOf(found, url, { cursor: first(query['cursor']), limit: first(query['limit']) });
    const periods: readonly StatsPeriod[] = period === '24h' || period === '14d' ? [period] : [];
    reply.header('link', page.link).header('x-hits', String(found.length)).header('x-max-hits', '1000');
    return reply.send(page.items.map((issue) => issueView(place, issue, projectOf(issue), now, periods)));
  }

  route('GET', '/organizations/:org/issues/', 'event:read', (request, reply) => {
    const asked = every(request.query['project']);
    const own = site.projects().map(({ id }) => id);
    if (asked.some((id) => id !== '-1' && !own.includes(id)))
      return detail(reply, 403, 'You do not have permission to perform this action.');
    const wanted = asked.length === 0 || asked.includes('-1') ? own : asked;
    const period = first(request.query['groupStatsPeriod']) ?? '24h';
    return list(request, reply, wanted, `/organizations/${organization}/issues/`, period);
  });

  route('GET', '/projects/:org/:project/issues/', 'event:read', (request, reply) => {
    const project = site.projects().find(({ slug, id }) => [slug, id].includes(request.params['project'] ?? ''));
    if (project === undefined) return notFound(reply);
    // Here the period is that of the counts.
    const { statsPeriod = '24h', ...query } = request.query;
    const path = `/projects/${organization}/${project.slug}/issues/`;
    return list({ query }, reply, [project.id], path, first(statsPeriod) ?? '');
  });

  for (const url of ['/organizations/:org/issues/:issue/', '/issues/:issue/']) {
    route('GET', url, 'event:read', (request, reply) => {
      const issue = site.issue(request.params['issue'] ?? '');
      return issue === undefined ? notFound(reply) : reply.send(issueDetails(place, issue, projectOf(issue), clock()));
    });
    route('PUT', url, 'event:write', (request, reply) => {
      const issue = site.issue(request.params['issue'] ?? '');
      if (issue === undefined) return notFound(reply);
      const asked = change.safeParse(request.body);
      if (!asked.success) return reply.status(400).send({ status: ['Invalid status value.'] });
      if (asked.data.status !== undefined) site.setStatus(issue.id, asked.data.status, INTEGRATION);
      const changed = site.issue(issue.id) ?? issue;
      return reply.send(issueView(place, changed, projectOf(changed), clock()));
    });
  }
}

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Caller } from './authenticate';
import { JiraError } from './jira-error';
import { KnownResources } from './known-resources';
import { ADMINISTRATORS } from './site/defaults';
import type { Edition, UserRow } from './site/rows';
import type { Site } from './site/site';
import type { View } from './views/view';

declare module 'fastify' {
  interface FastifyRequest {
    jiraCaller: Caller | null;
  }
}

/** One call of the REST API: who, in which edition and version, with what. */
export class Call {
  readonly view: View;

  constructor(
    readonly site: Site,
    readonly caller: Caller,
    version: 2 | 3,
    private readonly request: FastifyRequest,
    readonly reply: FastifyReply,
  ) {
    this.view = { site, edition: caller.edition, version };
  }

  get edition(): Edition {
    return this.caller.edition;
  }

  /** Cloud shows anonymous callers nothing but does not refuse them everywhere. */
  get anonymous(): boolean {
    return this.caller.user === null;
  }

  /** @throws JiraError 401 */
  user(): UserRow {
    if (this.caller.user) return this.caller.user;
    throw new UnauthenticatedError();
  }

  /** @throws JiraError 401, or 403 for people who do not administer the site */
  admin(): UserRow {
    const user = this.user();
    if (user.groups.includes(ADMINISTRATORS)) return user;
    throw new JiraError(403, ['You are not authorized to perform this action. Administrator privileges are required.']);
  }

  /** A part of the path; the router guarantees that it is there. */
  path(name: string): string {
    // Fastify types params as unknown; they are texts, decoded
    return (this.request.params as Record<string, string>)[name] ?? '';
  }

  query(name: string): string | undefined {
    // Fastify's own parser: text, or a list of texts for a name that is repeated
    const value = (this.request.query as Record<string, string | string[] | undefined>)[name];
    return Array.isArray(value) ? value[0] : value;
  }

  /** Values of a parameter that may be repeated or hold several with commas between. */
  queryList(name: string): string[] {
    // as above
    const value = (this.request.query as Record<string, string | string[] | undefined>)[name];
    return (Array.isArray(value) ? value : value === undefined ? [] : [value])
      .flatMap((item) => item.split(','))
      .map((item) => item.trim())
      .filter((item) => item !== '');
  }

  queryNumber(name: string, fallback: number): number {
    const text = this.query(name);
    if (text === undefined || text === '') return fallback;
    const value = Number(text);
    if (!Number.isInteger(value)) throw new JiraError(400, [`The '${name}' parameter must be a number.`]);
    return value;
  }

  queryFlag(name: string, fallback: boolean): boolean {
    const text = this.query(name);
    return text === undefined ? fallback : text === 'true';
  }

  expand(): ReadonlySet<string> {
    return new Set(this.queryList('expand'));
  }

  header(name: string): string | undefined {
    const value = this.request.headers[name];
    return Array.isArray(value) ? value[0] : value;
  }

  rawBody(): unknown {
    return this.request.body;
  }

  /** @throws JiraError 400 when the body has another shape */
  body<Schema extends z.ZodType>(schema: Schema): z.output<Schema> {
    const parsed = schema.safeParse(this.request.body ?? {});
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    const where = issue?.path.join('.') ?? '';
    throw new JiraError(400, [
      `Invalid request payload. Refer to the REST API documentation and try again.${where ? ` (${where}: ${issue?.message})` : ''}`,
    ]);
  }

  /** The caller's own address with another page in it. */
  pageUrl(startAt: number, maxResults: number): string {
    const url = new URL(this.url(this.request.url));
    url.searchParams.set('startAt', String(startAt));
    url.searchParams.set('maxResults', String(maxResults));
    return url.href;
  }

  url(path: string): string {
    return `${this.site.options.publicUrl}${path}`;
  }
}

/** Cloud's answer to a call that needs somebody: not in the usual envelope. */
export class UnauthenticatedError extends Error {
  constructor() {
    super('Client must be authenticated to access this resource.');
    this.name = 'UnauthenticatedError';
  }
}

/** Jira's answer to an address it does not have. */
export class NoSuchResourceError extends Error {}

type Handler = (call: Call) => unknown;
type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

export interface RouteOptions {
  /** only this edition has the resource */
  readonly only?: Edition;
}

/** Registers resources under `/rest/api/{2,3,latest}`. Handlers that answer nothing answer 204. */
export class Api {
  readonly resources = new KnownResources();

  constructor(
    readonly app: FastifyInstance,
    readonly site: Site,
  ) {}

  get(path: string, handler: Handler, options: RouteOptions = {}): void {
    this.route('GET', path, handler, options);
  }

  post(path: string, handler: Handler, options: RouteOptions = {}): void {
    this.route('POST', path, handler, options);
  }

  put(path: string, handler: Handler, options: RouteOptions = {}): void {
    this.route('PUT', path, handler, options);
  }

  delete(path: string, handler: Handler, options: RouteOptions = {}): void {
    this.route('DELETE', path, handler, options);
  }

  private route(method: Method, path: string, handler: Handler, options: RouteOptions): void {
    this.at(method, `/rest/api/:api(^(?:2|3|latest)$)${path}`, handler, options);
  }

  /** A resource outside `/rest/api`, in v2 shapes. */
  at(method: Method, url: string, handler: Handler, options: RouteOptions = {}): void {
    this.resources.add(method, url, options.only);
    this.app.route({
      method,
      url,
      handler: async (request, reply) => {
        const caller = request.jiraCaller ?? { edition: 'cloud', user: null, failed: false };
        // Fastify types params as unknown; they are texts
        const api = (request.params as Record<string, string>)['api'];
        const version = api === '3' || (api === 'latest' && caller.edition === 'cloud') ? 3 : 2;
        const absent = (options.only && options.only !== caller.edition) || (api === '3' && caller.edition === 'dc');
        if (absent) throw new NoSuchResourceError();
        // Data Center refuses bad credentials everywhere, Cloud takes them for nobody's
        if (caller.edition === 'dc' && caller.failed) throw new UnauthenticatedError();
        const answer: unknown = await handler(new Call(this.site, caller, version, request, reply));
        if (answer !== undefined) return answer;
        if (!reply.sent) return reply.status(reply.statusCode === 200 ? 204 : reply.statusCode).send();
        return reply;
      },
    });
  }
}

/** A page of items in Jira's usual envelope; its addresses repeat what the caller asked. */
export function pageOf<Item>(call: Call, items: readonly Item[], startAt: number, maxResults: number) {
  const values = items.slice(startAt, startAt + maxResults);
  const isLast = startAt + values.length >= items.length;
  return {
    self: call.pageUrl(startAt, maxResults),
    ...(isLast ? {} : { nextPage: call.pageUrl(startAt + maxResults, maxResults) }),
    maxResults,
    startAt,
    total: items.length,
    isLast,
    values,
  };
}

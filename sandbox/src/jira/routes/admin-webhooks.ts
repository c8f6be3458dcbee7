import { z } from 'zod';
import { type Api, type Call, NoSuchResourceError } from '../api';
import { JiraError } from '../jira-error';
import { webhooksMovedIn } from '../site/data-center-version';
import type { WebhookRow } from '../site/rows';
import { webhookEvents } from '../webhooks/event-names';
import { checkEvents, checkUrl, jqlProblems } from './check-webhook';

const FILTER = 'issue-related-events-section';

/** What a body asks for; what it leaves out stays as it is. */
interface Wish {
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly url?: string | undefined;
  readonly events?: readonly string[] | undefined;
  readonly jql?: string | undefined;
  readonly excludeBody?: boolean | undefined;
  readonly enabled?: boolean | undefined;
  /** null: unsigned */
  readonly secret?: string | null | undefined;
}

/** One of the two forms of the resource. */
interface Form {
  readonly base: string;
  /** @throws NoSuchResourceError where the caller's Jira has the other form */
  readonly require: (call: Call) => void;
  readonly read: (call: Call) => Wish;
  readonly show: (call: Call, webhook: WebhookRow) => unknown;
}

const hasMoved = (call: Call): boolean => call.edition === 'dc' && webhooksMovedIn(call.site.options.dataCenterVersion);

const classicInput = z.looseObject({
  name: z.string().optional(),
  description: z.string().optional(),
  url: z.string().optional(),
  events: z.array(z.string()).optional(),
  filters: z.record(z.string(), z.string()).optional(),
  jqlFilter: z.string().optional(),
  excludeBody: z.boolean().optional(),
  enabled: z.boolean().optional(),
  secret: z.string().nullish(),
});

/** Cloud, and Data Center before 10, which signs nothing: there a secret is ignored. */
const classic: Form = {
  base: '/rest/webhooks/1.0/webhook',
  require: (call) => {
    if (hasMoved(call)) throw new NoSuchResourceError();
  },
  read: (call) => {
    const { filters, jqlFilter, secret, ...input } = call.body(classicInput);
    return {
      ...input,
      jql: filters?.[FILTER] ?? jqlFilter,
      ...(call.edition === 'cloud' && secret !== undefined ? { secret } : {}),
    };
  },
  show: (call, webhook) => {
    const owner = call.site.users.get(webhook.ownerId);
    return {
      name: webhook.name,
      description: webhook.description,
      url: webhook.url,
      excludeBody: webhook.excludeBody,
      filters: { [FILTER]: webhook.jql },
      events: webhook.events,
      enabled: webhook.enabled,
      self: call.url(`${classic.base}/${webhook.id}`),
      lastUpdatedUser: call.edition === 'cloud' ? owner?.id : owner?.key,
      lastUpdatedDisplayName: owner?.displayName,
      lastUpdated: Date.parse(webhook.updatedOn),
      ...(call.edition === 'cloud' ? { isSigned: webhook.secret !== null } : {}),
    };
  },
};

/** `filters`, `excludeBody`, `secret` and `enabled` of the classic form mean nothing here. */
const movedInput = z.looseObject({
  name: z.string().optional(),
  url: z.string().optional(),
  events: z.array(z.string()).optional(),
  active: z.boolean().optional(),
  configuration: z.record(z.string(), z.string()).optional(),
});

/** JQL of the issue events: the section of a JSON object, or the text itself. */
function jqlOf(filters: string | undefined): string {
  if (filters === undefined || !filters.trimStart().startsWith('{')) return filters ?? '';
  try {
    return z.record(z.string(), z.string()).parse(JSON.parse(filters))[FILTER] ?? '';
  } catch {
    throw new JiraError(400, ['The webhook configuration FILTERS is not a JSON object of texts.']);
  }
}

/** Data Center from 10 on: an own application with a map of settings, which is replaced as a whole. */
const moved: Form = {
  base: '/rest/jira-webhook/1.0/webhooks',
  require: (call) => {
    if (!hasMoved(call)) throw new NoSuchResourceError();
  },
  read: (call) => {
    const { name, url, events, active, configuration } = call.body(movedInput);
    return {
      name,
      url,
      events,
      enabled: active,
      ...(configuration === undefined
        ? {}
        : {
            jql: jqlOf(configuration['FILTERS']),
            excludeBody: configuration['EXCLUDE_BODY'] === 'true',
            secret: configuration['SECRET'] ?? null,
          }),
    };
  },
  show: (call, webhook) => ({
    id: Number(webhook.id),
    name: webhook.name,
    createdDate: Date.parse(webhook.updatedOn),
    updatedDate: Date.parse(webhook.updatedOn),
    events: webhook.events,
    configuration: { FILTERS: JSON.stringify({ [FILTER]: webhook.jql }), EXCLUDE_BODY: String(webhook.excludeBody) },
    url: webhook.url,
    active: webhook.enabled,
    scopeType: 'global',
    sslVerificationRequired: true,
    self: call.url(`${moved.base}/${webhook.id}`),
  }),
};

function stored(call: Call, wish: Wish, old?: WebhookRow): WebhookRow {
  const actor = call.admin();
  const name = wish.name ?? old?.name;
  if (!name) throw new JiraError(400, ['The name of the webhook must be specified.']);
  const jql = wish.jql ?? old?.jql ?? '';
  const problems = jqlProblems(call, jql);
  if (problems.length > 0) throw new JiraError(400, problems);
  const secret = wish.secret === undefined ? (old?.secret ?? null) : wish.secret;
  return call.site.webhooks.put<WebhookRow>({
    id: old?.id ?? call.site.nextId('webhook', 1),
    kind: 'admin',
    name,
    description: wish.description ?? old?.description ?? '',
    url: checkUrl(wish.url ?? old?.url),
    events: checkEvents(wish.events ?? old?.events ?? [], webhookEvents),
    jql,
    fieldIds: null,
    excludeBody: wish.excludeBody ?? old?.excludeBody ?? false,
    enabled: wish.enabled ?? old?.enabled ?? true,
    secret: secret === '' ? null : secret,
    ownerId: actor.id,
    updatedOn: call.site.now(),
    expiresOn: null,
    edition: call.edition,
  });
}

function registerForm(api: Api, { base, require, read, show }: Form): void {
  const admin = (call: Call): void => {
    require(call);
    call.admin();
  };
  const find = (call: Call): WebhookRow => {
    admin(call);
    const webhook = call.site.webhooks.get(call.path('id'));
    if (!webhook || webhook.kind !== 'admin')
      throw JiraError.notFound(`The webhook with id '${call.path('id')}' does not exist.`);
    return webhook;
  };
  api.at('GET', base, (call) => {
    admin(call);
    return call.site.webhooks
      .all()
      .filter(({ kind }) => kind === 'admin')
      .map((webhook) => show(call, webhook));
  });
  api.at('POST', base, (call) => {
    admin(call);
    const webhook = stored(call, read(call));
    call.reply.status(201);
    return show(call, webhook);
  });
  api.at('GET', `${base}/:id`, (call) => show(call, find(call)));
  api.at('PUT', `${base}/:id`, (call) => {
    const old = find(call);
    return show(call, stored(call, read(call), old));
  });
  api.at('DELETE', `${base}/:id`, (call) => call.site.webhooks.delete(find(call).id));
}

/** An administrator's webhooks. From Data Center 10 on the resource lies elsewhere and the old address answers 404 there. */
export function registerAdminWebhooks(api: Api): void {
  registerForm(api, classic);
  registerForm(api, moved);
}

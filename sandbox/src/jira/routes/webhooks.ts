import { z } from 'zod';
import type { Api, Call } from '../api';
import { JiraError } from '../jira-error';
import { compileQuery } from '../jql/compile-query';
import type { WebhookRow } from '../site/rows';
import { dynamicWebhookEvents, webhookEvents } from '../webhooks/event-names';
import { isLoopbackUrl } from '../webhooks/loopback-url';

/** days a dynamic webhook lives without a refresh */
const LIFETIME = 30;
const MOST_DYNAMIC = 100;

const eventList = z.array(z.string());
const adminInput = z.looseObject({
  name: z.string().optional(),
  description: z.string().optional(),
  url: z.string().optional(),
  events: eventList.optional(),
  filters: z.record(z.string(), z.string()).optional(),
  jqlFilter: z.string().optional(),
  excludeBody: z.boolean().optional(),
  enabled: z.boolean().optional(),
  active: z.boolean().optional(),
  secret: z.string().nullish(),
  configuration: z
    .looseObject({
      SECRET: z.string().optional(),
      secret: z.string().optional(),
      FILTERS: z.string().optional(),
      EXCLUDE_BODY: z.string().optional(),
    })
    .optional(),
});
type AdminInput = z.infer<typeof adminInput>;

const FILTER = 'issue-related-events-section';

function jqlProblems(call: Call, jql: string): readonly string[] {
  try {
    compileQuery(jql, { view: call.view, user: call.caller.user, now: new Date(call.site.now()) });
    return [];
  } catch (cause) {
    if (cause instanceof JiraError) return cause.errorMessages;
    throw cause;
  }
}

function checkUrl(url: string | undefined): string {
  if (!url) throw new JiraError(400, ['The URL of the webhook must be specified.']);
  if (!isLoopbackUrl(url))
    throw new JiraError(400, [`The webhook URL '${url}' is not allowed: the sandbox delivers to this machine only.`]);
  return url;
}

function checkEvents(events: readonly string[], known: readonly string[]): readonly string[] {
  const unknown = events.filter((event) => !known.includes(event));
  if (unknown.length > 0) throw new JiraError(400, [`Unknown webhook events: ${unknown.join(', ')}`]);
  return events;
}

function adminView(call: Call, webhook: WebhookRow) {
  const owner = call.site.users.get(webhook.ownerId);
  return {
    name: webhook.name,
    description: webhook.description,
    url: webhook.url,
    excludeBody: webhook.excludeBody,
    filters: { [FILTER]: webhook.jql },
    events: webhook.events,
    enabled: webhook.enabled,
    self: call.url(`/rest/webhooks/1.0/webhook/${webhook.id}`),
    lastUpdatedUser: call.edition === 'cloud' ? owner?.id : owner?.key,
    lastUpdatedDisplayName: owner?.displayName,
    lastUpdated: Date.parse(webhook.updatedOn),
    isSigned: webhook.secret !== null,
  };
}

/** Data Center 10's own resource names things differently. */
function dcView(call: Call, webhook: WebhookRow) {
  return {
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
    self: call.url(`/rest/jira-webhook/1.0/webhooks/${webhook.id}`),
  };
}

function filterOf(input: AdminInput): string | undefined {
  const packed = input.configuration?.FILTERS;
  const unpacked = packed ? z.record(z.string(), z.string()).safeParse(JSON.parse(packed)).data : undefined;
  return input.filters?.[FILTER] ?? input.jqlFilter ?? unpacked?.[FILTER];
}

function stored(call: Call, input: AdminInput, old?: WebhookRow): WebhookRow {
  const actor = call.admin();
  const name = input.name ?? old?.name;
  if (!name) throw new JiraError(400, ['The name of the webhook must be specified.']);
  const jql = filterOf(input) ?? old?.jql ?? '';
  const problems = jqlProblems(call, jql);
  if (problems.length > 0) throw new JiraError(400, problems);
  const secret =
    input.secret === undefined
      ? (input.configuration?.SECRET ?? input.configuration?.secret ?? old?.secret ?? null)
      : input.secret;
  return call.site.webhooks.put<WebhookRow>({
    id: old?.id ?? call.site.nextId('webhook', 1),
    kind: 'admin',
    name,
    description: input.description ?? old?.description ?? '',
    url: checkUrl(input.url ?? old?.url),
    events: checkEvents(input.events ?? old?.events ?? [], webhookEvents),
    jql,
    fieldIds: null,
    excludeBody: input.excludeBody ?? (input.configuration?.EXCLUDE_BODY === 'true' || (old?.excludeBody ?? false)),
    enabled: input.enabled ?? input.active ?? old?.enabled ?? true,
    secret: secret === '' ? null : secret,
    ownerId: actor.id,
    updatedOn: call.site.now(),
    expiresOn: null,
    edition: call.edition,
  });
}

function registerAdmin(api: Api, base: string, show: (call: Call, webhook: WebhookRow) => unknown): void {
  const find = (call: Call): WebhookRow => {
    call.admin();
    const webhook = call.site.webhooks.get(call.path('id'));
    if (!webhook || webhook.kind !== 'admin')
      throw JiraError.notFound(`The webhook with id '${call.path('id')}' does not exist.`);
    return webhook;
  };
  api.at('GET', base, (call) => {
    call.admin();
    return call.site.webhooks
      .all()
      .filter(({ kind }) => kind === 'admin')
      .map((webhook) => show(call, webhook));
  });
  api.at('POST', base, (call) => {
    const webhook = stored(call, call.body(adminInput));
    call.reply.status(201);
    return show(call, webhook);
  });
  api.at('GET', `${base}/:id`, (call) => show(call, find(call)));
  api.at('PUT', `${base}/:id`, (call) => show(call, stored(call, call.body(adminInput), find(call))));
  api.at('DELETE', `${base}/:id`, (call) => call.site.webhooks.delete(find(call).id));
}

const dynamicInput = z.looseObject({
  url: z.string(),
  webhooks: z.array(
    z.looseObject({
      events: eventList,
      jqlFilter: z.string().optional(),
      fieldIdsFilter: z.array(z.string()).optional(),
    }),
  ),
});

const expiry = (call: Call) => new Date(Date.parse(call.site.now()) + LIFETIME * 86_400_000).toISOString();

function registerOne(
  call: Call,
  url: string,
  wish: z.infer<typeof dynamicInput>['webhooks'][number],
): { createdWebhookId: number } | { errors: readonly string[] } {
  const unknown = wish.events.filter((event) => !dynamicWebhookEvents.includes(event));
  const problems = [
    ...unknown.map((event) => `Event '${event}' is not supported`),
    ...(wish.events.length === 0 ? ['At least one event must be specified'] : []),
    ...(wish.jqlFilter === undefined || wish.jqlFilter.trim() === ''
      ? ['The jqlFilter must be specified']
      : jqlProblems(call, wish.jqlFilter)),
  ];
  if (problems.length > 0) return { errors: problems };
  const id = call.site.nextId('webhook', 1);
  call.site.webhooks.put<WebhookRow>({
    id,
    kind: 'dynamic',
    name: '',
    description: '',
    url,
    events: wish.events,
    jql: wish.jqlFilter ?? '',
    fieldIds: wish.fieldIdsFilter ?? null,
    excludeBody: false,
    enabled: true,
    // webhooks of apps are not signed with a secret
    secret: null,
    ownerId: call.user().id,
    updatedOn: call.site.now(),
    expiresOn: expiry(call),
    edition: 'cloud',
  });
  return { createdWebhookId: Number(id) };
}

const idsInput = z.looseObject({ webhookIds: z.array(z.number()) });

function registerDynamic(api: Api): void {
  const only = { only: 'cloud' } as const;
  const own = (call: Call) =>
    call.site.webhooks.all().filter((row) => row.kind === 'dynamic' && row.ownerId === call.user().id);
  api.get(
    '/webhook',
    (call) => {
      const rows = own(call);
      const start = call.queryNumber('startAt', 0);
      const max = call.queryNumber('maxResults', 100);
      const values = rows.slice(start, start + max).map((row) => ({
        id: Number(row.id),
        jqlFilter: row.jql,
        ...(row.fieldIds ? { fieldIdsFilter: row.fieldIds } : {}),
        events: row.events,
        // epoch milliseconds, as the schema has it; only the specification's example writes a timestamp
        expirationDate: Date.parse(row.expiresOn ?? row.updatedOn),
        url: row.url,
      }));
      return {
        maxResults: max,
        startAt: start,
        total: rows.length,
        isLast: start + values.length >= rows.length,
        values,
      };
    },
    only,
  );
  api.post(
    '/webhook',
    (call) => {
      const input = call.body(dynamicInput);
      const url = checkUrl(input.url);
      if (own(call).length + input.webhooks.length > MOST_DYNAMIC)
        throw new JiraError(400, [`A maximum of ${MOST_DYNAMIC} webhooks may be registered.`]);
      return { webhookRegistrationResult: input.webhooks.map((wish) => registerOne(call, url, wish)) };
    },
    only,
  );
  api.delete(
    '/webhook',
    (call) => {
      const { webhookIds } = call.body(idsInput);
      const mine = new Set(own(call).map(({ id }) => id));
      for (const id of webhookIds.map(String)) if (mine.has(id)) call.site.webhooks.delete(id);
      void call.reply.status(202);
    },
    only,
  );
  api.put(
    '/webhook/refresh',
    (call) => {
      const { webhookIds } = call.body(idsInput);
      const expiresOn = expiry(call);
      for (const row of own(call))
        if (webhookIds.includes(Number(row.id))) call.site.webhooks.put<WebhookRow>({ ...row, expiresOn });
      return { expirationDate: Date.parse(expiresOn) };
    },
    only,
  );
  api.get(
    '/webhook/failed',
    (call) => {
      const ids = new Set(own(call).map(({ id }) => id));
      const after = call.queryNumber('after', 0);
      const max = call.queryNumber('maxResults', 100);
      const failed = call.site.deliveries
        .where('state', 'failed')
        .filter((row) => ids.has(row.webhookId))
        .map((row) => ({
          id: row.id,
          body: row.body,
          url: row.url,
          failureTime: Date.parse(row.attempts.at(-1)?.on ?? row.createdOn),
        }))
        .filter(({ failureTime }) => failureTime > after)
        .sort((left, right) => left.failureTime - right.failureTime);
      const values = failed.slice(0, max);
      const last = values.at(-1);
      return {
        values,
        maxResults: max,
        ...(failed.length > values.length && last
          ? {
              next: call.url(
                `/rest/api/${call.view.version}/webhook/failed?after=${last.failureTime}&maxResults=${max}`,
              ),
            }
          : {}),
      };
    },
    only,
  );
}

/** Webhooks: an administrator's, which may be signed, and Cloud's dynamic ones. */
export function registerWebhooks(api: Api): void {
  registerAdmin(api, '/rest/webhooks/1.0/webhook', adminView);
  registerAdmin(api, '/rest/jira-webhook/1.0/webhooks', dcView);
  registerDynamic(api);
}

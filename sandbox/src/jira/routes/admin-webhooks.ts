import { z } from 'zod';
import type { Api, Call } from '../api';
import { JiraError } from '../jira-error';
import type { WebhookRow } from '../site/rows';
import { webhookEvents } from '../webhooks/event-names';
import { checkEvents, checkUrl, jqlProblems } from './check-webhook';

const adminInput = z.looseObject({
  name: z.string().optional(),
  description: z.string().optional(),
  url: z.string().optional(),
  events: z.array(z.string()).optional(),
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

/** An administrator's webhooks, which may be signed; the second address is Data Center 10's own. */
export function registerAdminWebhooks(api: Api): void {
  registerAdmin(api, '/rest/webhooks/1.0/webhook', adminView);
  registerAdmin(api, '/rest/jira-webhook/1.0/webhooks', dcView);
}

import { z } from 'zod';
import type { Api, Call } from '../api';
import { JiraError } from '../jira-error';
import type { WebhookRow } from '../site/rows';
import { dynamicWebhookEvents } from '../webhooks/event-names';
import { checkUrl, jqlProblems } from './check-webhook';

/** days a dynamic webhook lives without a refresh */
const LIFETIME = 30;
const MOST_DYNAMIC = 100;

const dynamicInput = z.looseObject({
  url: z.string(),
  webhooks: z.array(
    z.looseObject({
      events: z.array(z.string()),
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

/** Whom the webhooks belong to. @throws JiraError 403 for people: their credentials speak for no app */
function requireApp(call: Call): string {
  const user = call.user();
  if (user.kind === 'app') return user.id;
  throw new JiraError(403, ['Only Connect and OAuth 2.0 apps can use this operation.']);
}

/** Webhooks that apps register for thirty days; Cloud only. */
export function registerDynamicWebhooks(api: Api): void {
  const only = { only: 'cloud' } as const;
  const own = (call: Call) => {
    const ownerId = requireApp(call);
    return call.site.webhooks.all().filter((row) => row.kind === 'dynamic' && row.ownerId === ownerId);
  };
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
        // epoch milliseconds, as the schema has it; only the example E2 writes a timestamp
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
      requireApp(call);
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
      requireApp(call);
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
      requireApp(call);
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

import { z } from 'zod';
import { signsWebhooks } from './judge-deployment';
import type { JiraSite } from './jira-site';
import { askSite } from './require-deployment';
import { nothing, webhookAnswer } from './wire/answers';

/** A webhook that an administrator of Jira has, whichever form Jira tells it in. */
export interface AdminWebhook {
  /** By which Jira addresses it; null where Jira does not tell. */
  readonly id: string | null;
  readonly name: string;
  readonly url: string;
  readonly enabled: boolean;
  readonly events: readonly string[];
}

/** What a webhook of ours is to be. */
export interface WebhookWish {
  readonly name: string;
  readonly url: string;
  readonly events: readonly string[];
  /** With which Jira signs; null: not at all */
  readonly secret: string | null;
}

/** The administrators' webhooks of one site. */
export interface AdminWebhooks {
  list(): Promise<readonly AdminWebhook[]>;
  /** @param effect tells after an unclear answer whether the webhook is there */
  create(wish: WebhookWish, effect: () => Promise<boolean>): Promise<void>;
  /** Writes every setting, also one that was changed by hand. */
  update(id: string, wish: WebhookWish): Promise<void>;
}

/** Where a site has the resource, and the body it takes. */
interface Resource {
  readonly base: string;
  readonly body: (wish: WebhookWish) => Readonly<Record<string, unknown>>;
}

/** Cloud, and Data Center before 10. */
const classic: Resource = {
  base: '/rest/webhooks/1.0/webhook',
  body: ({ secret, ...wish }) => ({
    ...wish,
    excludeBody: false,
    filters: {},
    enabled: true,
    ...(secret === null ? {} : { secret }),
  }),
};

/** Data Center from 10 on: the old address answers 404, what it calls otherwise is ignored, the secret too. */
const moved: Resource = {
  base: '/rest/jira-webhook/1.0/webhooks',
  body: ({ secret, ...wish }) => ({
    ...wish,
    active: true,
    configuration: { EXCLUDE_BODY: 'false', ...(secret === null ? {} : { SECRET: secret }) },
  }),
};

/** What both forms tell; a webhook that tells neither `enabled` nor `active` is on. */
const listAnswer = webhookAnswer
  .extend({
    enabled: z.boolean().optional(),
    active: z.boolean().optional(),
    events: z.array(z.string()).default([]),
  })
  .transform(({ self, id, name, url, events, enabled, active }) => ({
    id: id ?? /\/(\d+)$/.exec(self ?? '')?.[1] ?? null,
    name,
    url,
    events,
    enabled: enabled ?? active ?? true,
  }))
  .array();

/** Finds out which form the site has. @throws NotJira; IntegrationError */
export async function adminWebhooks(site: JiraSite): Promise<AdminWebhooks> {
  const isClassic = site.profile.deployment === 'cloud' || !signsWebhooks(await askSite(site.http, site.urlSetting));
  const { base, body } = isClassic ? classic : moved;
  return {
    list: () => site.http.call({ method: 'GET', path: base, schema: listAnswer }),
    create: async (wish, effect) => {
      await site.http.call({
        method: 'POST',
        path: base,
        body: body(wish),
        schema: nothing,
        effect: async () => ((await effect()) ? { state: 'there', value: null } : { state: 'none' }),
      });
    },
    update: async (id, wish) => {
      await site.http.call({
        method: 'PUT',
        path: `${base}/${encodeURIComponent(id)}`,
        body: body(wish),
        schema: nothing,
      });
    },
  };
}

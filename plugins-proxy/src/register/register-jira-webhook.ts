import { secretParameter, type Verification } from '../intake/verify-sender';
import type { JiraSite } from '../jira/jira-site';
import { nothing, webhookAnswer } from '../jira/wire/answers';

/** Name under which an administrator finds it in Jira. */
const webhookName = 'PowerPlatform_Integration';

/** Events that Jira itself knows; those of the specification's budget module come from that module. */
const events = [
  'jira:issue_created',
  'jira:issue_updated',
  'jira:issue_deleted',
  'worklog_created',
  'worklog_updated',
  'worklog_deleted',
  'jira:version_created',
  'jira:version_updated',
  'jira:version_deleted',
  'jira:version_released',
  'jira:version_unreleased',
  'project_updated',
  'project_deleted',
  'project_archived',
  'project_restored_archived',
] as const;

/** Cloud's bin: there a deletion starts with `project_soft_deleted` and may end there. Data Center knows no such events. */
const cloudEvents = ['project_soft_deleted', 'project_restored_deleted'] as const;

const base = '/rest/webhooks/1.0/webhook';

export interface RegisterWebhookOptions {
  readonly site: JiraSite;
  readonly publicUrl: string;
  readonly connectionId: string;
  readonly secret: string;
  readonly verification: Verification;
}

/** The number at the end of `self`, by which Jira addresses a webhook. */
function idOf(webhook: { readonly self?: string | undefined; readonly id?: string | undefined }): string | null {
  return webhook.id ?? /\/(\d+)$/.exec(webhook.self ?? '')?.[1] ?? null;
}

/** An address as it is told apart: a secret in it is exchanged and names nobody. */
export const withoutQuery = (url: string): string => url.split('?', 1)[0] ?? url;

/**
 * Creates the webhook, or puts the one of that name and address right; the secret is written anew each time. Jira's own webhooks
 * cannot send a bearer token: where the connection asks for one, its sender is set up by hand and nothing is registered.
 */
export async function registerJiraWebhook(options: RegisterWebhookOptions): Promise<'created' | 'updated' | 'by hand'> {
  const { secret, verification } = options;
  if (verification === 'bearer') return 'by hand';
  const { http } = options.site;
  const address = `${options.publicUrl}/webhooks/jira/${options.connectionId}`;
  const url = verification === 'url' ? `${address}?${secretParameter}=${encodeURIComponent(secret)}` : address;
  const body = {
    name: webhookName,
    url,
    events: options.site.profile.deployment === 'cloud' ? [...events, ...cloudEvents] : events,
    excludeBody: false,
    ...(verification === 'signature' ? { secret } : {}),
    filters: {},
    enabled: true,
  };
  const existing = await http.call({ method: 'GET', path: base, schema: webhookAnswer.array() });
  const ours =
    existing.find((webhook) => withoutQuery(webhook.url) === address) ??
    existing.find((webhook) => webhook.name === webhookName);
  const id = ours === undefined ? null : idOf(ours);
  if (id === null) {
    await http.call({
      method: 'POST',
      path: base,
      body,
      schema: nothing,
      effect: async () => {
        const now = await http.call({ method: 'GET', path: base, schema: webhookAnswer.array() });
        return now.some((webhook) => withoutQuery(webhook.url) === address)
          ? { state: 'there', value: null }
          : { state: 'none' };
      },
    });
    return 'created';
  }
  await http.call({ method: 'PUT', path: `${base}/${encodeURIComponent(id)}`, body, schema: nothing });
  return 'updated';
}

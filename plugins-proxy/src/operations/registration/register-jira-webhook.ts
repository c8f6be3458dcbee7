import type { CapabilityName } from '@crmjira/domain';
import { secretParameter, type Verification } from '../../platform/config/webhook-verification';
import { adminWebhooks, type AdminWebhook } from '../../clients/jira/admin-webhooks';
import type { JiraSite } from '../../clients/jira/jira-site';

/** How its name begins, so that an administrator finds it in Jira. */
export const webhookName = 'PowerPlatform_Integration';

/** Events that Jira itself knows; those of the budget module come from that module. */
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

/** Only where somebody shows them: their words come along. */
const commentEvents = ['comment_created', 'comment_updated', 'comment_deleted'] as const;

/** Cloud's bin: there a deletion starts with `project_soft_deleted` and may end there. Data Center knows no such events. */
const cloudEvents = ['project_soft_deleted', 'project_restored_deleted'] as const;

export interface RegisterWebhookOptions {
  readonly site: JiraSite;
  readonly publicUrl: string;
  /** Of the Dataverse environment: several of them may have one Jira. */
  readonly organizationId: string;
  readonly connectionId: string;
  readonly secret: string;
  readonly verification: Verification;
  /** Of the environment. */
  readonly capabilities: ReadonlySet<CapabilityName>;
}

/** An address as it is told apart: a secret in it is exchanged and names nobody. */
export const withoutQuery = (url: string): string => url.split('?', 1)[0] ?? url;

/** Where Jira tells this environment of changes. */
export const webhookAddress = ({
  publicUrl,
  connectionId,
}: Pick<RegisterWebhookOptions, 'publicUrl' | 'connectionId'>): string => `${publicUrl}/webhooks/jira/${connectionId}`;

/**
 * The webhook that is ours: it calls our address, whatever its name, or has the name of this environment and connection, as after a
 * change of PUBLIC_URL. The beginning of the name alone is every environment's. Pure.
 */
function findOurs(webhooks: readonly AdminWebhook[], address: string, name: string): AdminWebhook | undefined {
  return (
    webhooks.find((webhook) => withoutQuery(webhook.url) === address) ??
    webhooks.find((webhook) => webhook.name === name)
  );
}

/**
 * Creates this environment's webhook, or corrects it; the secret is written anew each time. Webhooks of other environments are left
 * alone. Jira's own webhooks cannot send a bearer token: where the connection asks for one, its sender is set up by hand and
 * nothing is registered.
 */
export async function registerJiraWebhook(options: RegisterWebhookOptions): Promise<'created' | 'updated' | 'by hand'> {
  const { secret, verification } = options;
  if (verification === 'bearer') return 'by hand';
  const address = webhookAddress(options);
  const name = `${webhookName} ${options.organizationId} ${options.connectionId}`;
  const wish = {
    name,
    url: verification === 'url' ? `${address}?${secretParameter}=${encodeURIComponent(secret)}` : address,
    events: [
      ...events,
      ...(options.capabilities.has('issues') ? commentEvents : []),
      ...(options.site.profile.deployment === 'cloud' ? cloudEvents : []),
    ],
    secret: verification === 'signature' ? secret : null,
  };
  const webhooks = await adminWebhooks(options.site);
  const ours = async () => findOurs(await webhooks.list(), address, name);
  const id = (await ours())?.id ?? null;
  if (id !== null) {
    await webhooks.update(id, wish);
    return 'updated';
  }
  await webhooks.create(wish, async () => (await ours()) !== undefined);
  return 'created';
}

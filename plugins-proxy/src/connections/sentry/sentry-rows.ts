import { tables } from '@crmjira/domain';
import { z } from 'zod';
import { guid, optionalFlag, optionalGuid, optionalNumber, optionalText } from '../../clients/dataverse/columns';
import type { DataverseReader } from '../../clients/dataverse/reader';
import { httpUrl } from '../../platform/config/http-url';
import { IntegrationError } from '../../platform/errors/integration-error';

/** `crmjira_code` of the provider row that says that a connection is an organization of Sentry. */
const sentryProviderCode = 'sentry';

const providerRow = z.object({ crmjira_integration_providerid: guid, crmjira_code: optionalText });
const row = z.object({
  crmjira_integrationid: guid,
  crmjira_name: optionalText,
  _crmjira_provider_value: optionalGuid,
  crmjira_base_url: optionalText,
  crmjira_secret_name: optionalText,
  crmjira_config: optionalText,
  crmjira_is_active: optionalFlag,
  crmjira_sync_interval_minutes: optionalNumber,
  crmjira_issue_limit_per_project: optionalNumber,
});
const webhookRow = z.object({
  crmjira_integration_webhookid: guid,
  _crmjira_integration_id_value: optionalGuid,
  crmjira_secret_name: optionalText,
  crmjira_is_active: optionalFlag,
});

/** A row of `crmjira_integration` that stands for an organization of Sentry. */
export interface SentryConnectionRow {
  readonly id: string;
  readonly name: string;
  readonly url: string | null;
  readonly secretName: string | null;
  readonly config: string | null;
  readonly isActive: boolean;
  /** null: as the service is used to */
  readonly syncIntervalMinutes: number | null;
  readonly issueLimit: number | null;
  /** Of its active webhooks (`crmjira_integration_webhook`): names of the client secrets that sign them. */
  readonly webhookSecretNames: readonly string[];
}

/** Connections to Sentry of the environment, active or not, by name. */
export async function readSentryRows(client: DataverseReader): Promise<readonly SentryConnectionRow[]> {
  const providers = await client.many(
    tables.crmjira_integration_provider.entitySet,
    { select: Object.keys(providerRow.shape) },
    providerRow,
  );
  const ofSentry = new Set(
    providers
      .filter(({ crmjira_code: code }) => code?.trim().toLowerCase() === sentryProviderCode)
      .map(({ crmjira_integration_providerid: id }) => id),
  );
  // Most environments have none.
  if (ofSentry.size === 0) return [];
  const [rows, webhooks] = await Promise.all([
    client.many(
      tables.crmjira_integration.entitySet,
      { select: Object.keys(row.shape), filter: 'statecode eq 0', orderBy: ['crmjira_name asc'] },
      row,
    ),
    client.many(
      tables.crmjira_integration_webhook.entitySet,
      { select: Object.keys(webhookRow.shape), filter: 'statecode eq 0' },
      webhookRow,
    ),
  ]);
  return rows
    .filter(({ _crmjira_provider_value: provider }) => provider !== null && ofSentry.has(provider))
    .map((one) => ({
      id: one.crmjira_integrationid,
      name: one.crmjira_name ?? one.crmjira_integrationid,
      url: one.crmjira_base_url,
      secretName: one.crmjira_secret_name,
      config: one.crmjira_config,
      isActive: one.crmjira_is_active,
      syncIntervalMinutes: one.crmjira_sync_interval_minutes,
      issueLimit: one.crmjira_issue_limit_per_project,
      webhookSecretNames: webhooks.flatMap((webhook) =>
        webhook._crmjira_integration_id_value === one.crmjira_integrationid &&
        webhook.crmjira_is_active &&
        webhook.crmjira_secret_name !== null
          ? [webhook.crmjira_secret_name]
          : [],
      ),
    }));
}

/** What stands in `crmjira_config`, as JSON. */
const config = z.strictObject({
  /** Slug of the organization, as it stands in Sentry's addresses. */
  organization: z.string().regex(/^[a-zA-Z0-9_-]{1,50}$/),
});

/** How the organization is reached, as its row says. */
export interface SentrySettings {
  readonly url: string;
  readonly organization: string;
  readonly secretName: string;
}

function unusable(of: SentryConnectionRow, what: string): never {
  throw new IntegrationError(
    `The Sentry connection "${of.name}" cannot be used: ${what} Correct the connection in Dynamics.`,
    { code: 'sentry-connection', errorClass: 'configuration', connectionId: of.id },
  );
}

/** Pure. @throws IntegrationError `sentry-connection`, saying what is wrong with the row */
export function sentrySettings(of: SentryConnectionRow): SentrySettings {
  const url = httpUrl.safeParse(of.url ?? '');
  if (!url.success) return unusable(of, 'its address is not an http or https address.');
  if (of.secretName === null) return unusable(of, 'it names no secret.');
  let parsed: unknown;
  try {
    parsed = JSON.parse(of.config?.trim() || '{}');
  } catch {
    return unusable(of, 'its configuration is not JSON.');
  }
  const found = config.safeParse(parsed);
  if (!found.success) return unusable(of, 'its configuration does not name the organization of Sentry by its slug.');
  return { url: url.data, organization: found.data.organization, secretName: of.secretName };
}

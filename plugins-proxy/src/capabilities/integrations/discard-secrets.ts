import { tables } from '@crmjira/domain';
import { z } from 'zod';
import { guid } from '../../clients/dataverse/columns';
import type { PlainWrite } from '../../clients/dataverse/plain-write';
import { quoted } from '../../clients/dataverse/filter';
import { readWebhookSecretNames } from '../../connections/jira/own-webhook-secrets';
import type { IntegrationCommandParts } from './integration-command';

const secretId = z.object({ crmjira_secretid: guid, crmjira_name: z.string() });

/** Deletes that remove the secrets of an integration, except those of these names. */
export async function secretDeletes(
  { dataverse }: Pick<IntegrationCommandParts, 'dataverse'>,
  id: string,
  kept: ReadonlySet<string | null> = new Set(),
): Promise<readonly PlainWrite[]> {
  const collection = tables.crmjira_secret.entitySet;
  const filter = `crmjira_context eq '${guid.parse(id)}'`;
  const rows = await dataverse.many(collection, { select: Object.keys(secretId.shape), filter }, secretId);
  return rows
    .filter((row) => !kept.has(row.crmjira_name))
    .map((row) => ({ op: 'delete', collection, id: row.crmjira_secretid, columns: {} }));
}

/** Removes the secrets of an integration except the one that it names and those that its webhooks name. */
export async function discardOthers(
  parts: Pick<IntegrationCommandParts, 'dataverse'>,
  id: string,
  kept: string | null,
): Promise<void> {
  const ofWebhooks = (await readWebhookSecretNames(parts.dataverse)).filter((one) => one.integrationId === id);
  const gone = await secretDeletes(parts, id, new Set([kept, ...ofWebhooks.map(({ name }) => name)]));
  if (gone.length > 0) await parts.dataverse.changeSet(gone);
}

/** Removes one secret of an integration, if it is its own. */
export async function discardFormer(
  { dataverse }: Pick<IntegrationCommandParts, 'dataverse'>,
  id: string,
  name: string | null,
): Promise<void> {
  if (name === null) return;
  const collection = tables.crmjira_secret.entitySet;
  const filter = `crmjira_context eq '${guid.parse(id)}' and crmjira_name eq ${quoted(name)}`;
  const rows = await dataverse.many(collection, { select: Object.keys(secretId.shape), filter }, secretId);
  for (const row of rows) await dataverse.remove(collection, row.crmjira_secretid);
}

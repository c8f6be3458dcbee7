import { tables } from '@crmjira/domain';
import { z } from 'zod';
import { optionalFlag, optionalGuid, optionalText } from '../../clients/dataverse/columns';
import type { DataverseReader } from '../../clients/dataverse/reader';

/** Most secrets that are accepted beside the newest one. */
const mostFormer = 5;
/** How long a secret is accepted after another one has come, in milliseconds. */
export const overlapMs = 24 * 60 * 60_000;

const text = z.string().min(1).max(200);
const stored = z.strictObject({
  secret: text,
  former: z.array(z.strictObject({ secret: text, until: z.iso.datetime() })).max(mostFormer),
});
/** Secrets of one webhook, as they are stored, encrypted, in one document: until when a former one holds is not a column that people write. */
export type OwnWebhookSecrets = z.output<typeof stored>;

/** null: what is stored is not secrets of a webhook. Pure. */
export function parseOwnSecrets(document: string): OwnWebhookSecrets | null {
  try {
    return stored.safeParse(JSON.parse(document)).data ?? null;
  } catch {
    // A secret of another kind is no document.
    return null;
  }
}

/** Those that are accepted now. Pure. */
export const acceptedSecrets = ({ secret, former }: OwnWebhookSecrets, now: Date): readonly string[] => [
  secret,
  ...former.filter(({ until }) => new Date(until) > now).map((one) => one.secret),
];

/**
 * With a new secret; those that are accepted now stay so for a day, and none longer than it already had. Pure.
 * @param derived accepted until now, where it had none of its own
 */
export function rotated(
  before: OwnWebhookSecrets | null,
  secret: string,
  now: Date,
  derived: readonly string[] = [],
): OwnWebhookSecrets {
  const until = new Date(now.getTime() + overlapMs).toISOString();
  const replaced = before === null ? derived : [before.secret];
  const held = before?.former.filter((one) => new Date(one.until) > now) ?? [];
  const former = [...replaced.map((one) => ({ secret: one, until })), ...held];
  return { secret, former: former.slice(0, mostFormer) };
}

const row = z.object({
  _crmjira_integration_id_value: optionalGuid,
  crmjira_secret_name: optionalText,
  crmjira_is_active: optionalFlag,
});

/** A webhook of an integration. */
export interface WebhookSecretName {
  readonly integrationId: string;
  /** Of the secrets that it has of its own; null: none */
  readonly name: string | null;
  readonly isActive: boolean;
}

/** Webhooks of all integrations, and the names of the secrets that they have of their own. */
export async function readWebhookSecretNames(
  client: Pick<DataverseReader, 'many'>,
): Promise<readonly WebhookSecretName[]> {
  const { entitySet } = tables.crmjira_integration_webhook;
  const rows = await client.many(entitySet, { select: Object.keys(row.shape), filter: 'statecode eq 0' }, row);
  return rows.flatMap(
    ({ _crmjira_integration_id_value: integrationId, crmjira_secret_name: name, crmjira_is_active: isActive }) =>
      integrationId === null ? [] : [{ integrationId, name, isActive: isActive === true }],
  );
}

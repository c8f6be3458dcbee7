import { CommandState, CommandType, integrationText, tables, wholeSecond } from '@crmjira/domain';
import { z } from 'zod';
import { guid, optionalGuid, optionalText } from '../../../clients/dataverse/columns';
import { secretToStore } from '../../../connections/credentials/stored-secrets';
import {
  type OwnWebhookSecrets,
  overlapMs,
  parseOwnSecrets,
  rotated,
} from '../../../connections/jira/own-webhook-secrets';
import { IntegrationError } from '../../../platform/errors/integration-error';
import type { CommandAnswer, CommandHandler } from '../../../reconciler/commands';
import { audit } from '../audit';
import { discardFormer } from '../discard-secrets';
import { openEntered, refuseSealed } from '../entered';
import { integrationCommand, type IntegrationCommandParts, Refused, savedIntegration } from '../integration-command';
import { hasChangedMeanwhile } from '../../../platform/errors/has-code';

const row = z.object({
  '@odata.etag': z.string(),
  crmjira_integration_webhookid: guid,
  _crmjira_integration_id_value: optionalGuid,
  crmjira_secret_name: optionalText,
});
const select = Object.keys(row.shape).filter((column) => !column.startsWith('@'));

/** As the page makes them. */
const entered = z.strictObject({ secret: z.string().regex(/^[\w-]{32,200}$/) });

/** What a webhook has been signed with until now; null: nothing of its own that can be read. */
async function before(
  { secretOf }: Pick<IntegrationCommandParts, 'secretOf'>,
  integrationId: string,
  name: string | null,
): Promise<OwnWebhookSecrets | null> {
  if (name === null) return null;
  try {
    return parseOwnSecrets(await secretOf(integrationId, name));
  } catch (thrown) {
    // Its key is gone, or its row: a new secret is what mends that.
    if (thrown instanceof IntegrationError && thrown.code === 'secret-unreadable' && thrown.errorClass !== 'transient')
      return null;
    throw thrown;
  }
}

/**
 * Answers the command "Rotate webhook secret", which regards a webhook of a Jira site (R-1612): the page has made the secret and shows it
 * once; what was accepted until now is accepted for another day.
 */
export const rotateWebhookSecretCommand = (parts: IntegrationCommandParts): CommandHandler => {
  const { dataverse, jira, keyring, now } = parts;
  const { entitySet: collection } = tables.crmjira_integration_webhook;
  const carryOut = async (asked: Parameters<Parameters<typeof integrationCommand>[3]>[0]): Promise<CommandAnswer> => {
    const { command, id, language } = asked;
    const webhook = await dataverse.one(collection, id, select, row);
    const integrationId = webhook?._crmjira_integration_id_value ?? null;
    if (webhook === null || integrationId === null) throw new Refused('not-there');
    const saved = await savedIntegration(parts, integrationId);
    const { name, provider } = saved;
    if (!provider.supportsWebhooks) throw new Refused('other-provider', name);
    const settings = z.record(z.string(), z.unknown()).catch({}).parse(saved.settings);
    const opened = await openEntered(parts, asked, { provider: provider.code, name, settings });
    const given = entered.safeParse(opened).data ?? refuseSealed('malformed', language, name);
    const at = now();
    const { crmjira_secret_name: former } = webhook;
    const derived = former === null ? jira.derivedWebhookSecrets(integrationId) : [];
    const next = rotated(await before(parts, integrationId, former), given.secret, at, derived);
    // A row of its own each time: other replicas take another name for another secret.
    const purpose = `webhook ${id} ${command.id}`;
    const stored = secretToStore(keyring.current(), integrationId, purpose, JSON.stringify(next));
    const columns = {
      crmjira_secret_name: stored.name,
      crmjira_secret_rotated_on: wholeSecond(at.toISOString()),
      crmjira_old_secret_until: wholeSecond(new Date(at.getTime() + overlapMs).toISOString()),
    };
    try {
      await dataverse.changeSet([
        stored.write,
        { op: 'update', collection, id, columns, ifMatch: webhook['@odata.etag'] },
      ]);
    } catch (thrown) {
      if (!hasChangedMeanwhile(thrown)) throw thrown;
      throw new Refused('changed', name);
    }
    if (former !== saved.secretName) await discardFormer(parts, integrationId, former);
    await audit(parts, { command, action: 'secret-rotated', name });
    await jira.refresh();
    return { state: CommandState.Done, result: integrationText('rotated', language, name) };
  };
  return integrationCommand(parts, CommandType.RotateWebhookSecret, z.unknown(), carryOut, {
    table: 'crmjira_integration_webhook',
  });
};

import { CommandState, CommandType, integrationText, type SaveAnswer, tables } from '@crmjira/domain';
import { z } from 'zod';
import { guid } from '../../../clients/dataverse/columns';
import { equalsId } from '../../../clients/dataverse/filter';
import type { PlainWrite } from '../../../clients/dataverse/plain-write';
import { settingsHash } from '../../../connections/providers/saved-integration';
import type { CommandAnswer, CommandHandler } from '../../../reconciler/commands';
import { audit } from '../audit';
import { discardOthers } from '../discard-secrets';
import { integrationCommand, type IntegrationCommandParts, Refused, savedIntegration } from '../integration-command';

/** Rows that go with an integration. */
const ownTables = ['crmjira_integration_mapping', 'crmjira_integration_webhook'] as const;

/** Answers the command "Delete integration", of one that has never run: mappings, webhooks and stored secrets go with it. */
export const deleteIntegrationCommand = (parts: IntegrationCommandParts): CommandHandler => {
  const { dataverse } = parts;
  const rowsOf = async (
    table: (typeof ownTables)[number] | 'crmjira_sync_log',
    id: string,
    top?: number,
  ): Promise<readonly PlainWrite[]> => {
    const { entitySet: collection, primaryId } = tables[table];
    const row = z.object({ [primaryId]: guid });
    const filter = equalsId('_crmjira_integration_id_value', id);
    const found = await dataverse.many(collection, { select: [primaryId], filter, top }, row);
    return found.map((one) => ({ op: 'delete', collection, id: guid.parse(one[primaryId]), columns: {} }));
  };
  return integrationCommand(
    parts,
    CommandType.DeleteIntegration,
    z.unknown(),
    async ({ command, id, language }): Promise<CommandAnswer> => {
      const { name, isActive, provider, settings, secretName } = await savedIntegration(parts, id);
      if (isActive) throw new Refused('is-active', name);
      if ((await rowsOf('crmjira_sync_log', id, 1)).length > 0) throw new Refused('has-run', name);
      const [mappings, webhooks] = await Promise.all(ownTables.map((table) => rowsOf(table, id)));
      await dataverse.changeSet([
        ...(mappings ?? []),
        ...(webhooks ?? []),
        { op: 'delete', collection: tables.crmjira_integration.entitySet, id, columns: {} },
      ]);
      await discardOthers(parts, id, null);
      await audit(parts, {
        command,
        action: 'deleted',
        name,
        before: settingsHash(provider.code, settings, secretName),
      });
      const answer: SaveAnswer = { integration: id, isSaved: true, problems: [], test: null };
      return { state: CommandState.Done, result: integrationText('deleted', language, name), answer };
    },
  );
};

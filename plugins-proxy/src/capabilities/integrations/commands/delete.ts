import {
  CommandState,
  CommandType,
  integrationText,
  type SaveAnswer,
  stillUsedTables,
  stillUsedText,
  tables,
} from '@crmjira/domain';
import { z } from 'zod';
import { guid } from '../../../clients/dataverse/columns';
import { equalsId } from '../../../clients/dataverse/filter';
import { platformCode } from '../../../clients/dataverse/classify-dataverse-error';
import type { PlainWrite } from '../../../clients/dataverse/plain-write';
import { settingsHash } from '../../../connections/providers/saved-integration';
import { hasCode } from '../../../platform/errors/has-code';
import type { CommandAnswer, CommandHandler } from '../../../reconciler/commands';
import { audit } from '../audit';
import { secretDeletes } from '../discard-secrets';
import { integrationCommand, type IntegrationCommandParts, Refused, savedIntegration } from '../integration-command';

/** Rows that go with an integration. */
const ownTables = ['crmjira_integration_mapping', 'crmjira_integration_webhook'] as const;

/** What Dataverse says of a row that others point at. */
const associated = '0x80040227';

/**
 * Answers the command "Delete integration", of one that has never run and that nothing else belongs to: mappings, webhooks and stored
 * secrets go with it.
 */
export const deleteIntegrationCommand = (parts: IntegrationCommandParts): CommandHandler => {
  const { dataverse } = parts;
  const rowsOf = async (
    table: (typeof ownTables | typeof stillUsedTables)[number] | 'crmjira_sync_log',
    id: string,
    top?: number,
  ): Promise<readonly PlainWrite[]> => {
    const { entitySet: collection, primaryId } = tables[table];
    const row = z.object({ [primaryId]: guid });
    const filter = equalsId('_crmjira_integration_id_value', id);
    const found = await dataverse.many(collection, { select: [primaryId], filter, top }, row);
    return found.map((one) => ({ op: 'delete', collection, id: guid.parse(one[primaryId]), columns: {} }));
  };
  const usedBy = async (id: string) => {
    const found = await Promise.all(stillUsedTables.map((table) => rowsOf(table, id, 1)));
    return stillUsedTables.filter((_, n) => found[n]?.length !== 0);
  };
  return integrationCommand(
    parts,
    CommandType.DeleteIntegration,
    z.unknown(),
    async ({ command, id, language }): Promise<CommandAnswer> => {
      const { name, isActive, provider, settings, secretName } = await savedIntegration(parts, id);
      if (isActive) throw new Refused('is-active', name);
      const refuse = (used: Awaited<ReturnType<typeof usedBy>>): Refused =>
        new Refused({ state: CommandState.Refused, result: stillUsedText(name, used, language) }, name);
      const used = await usedBy(id);
      if (used.length > 0) throw refuse(used);
      if ((await rowsOf('crmjira_sync_log', id, 1)).length > 0) throw new Refused('has-run', name);
      const own = await Promise.all([...ownTables.map((table) => rowsOf(table, id)), secretDeletes(parts, id)]);
      const integration = { op: 'delete', collection: tables.crmjira_integration.entitySet, id, columns: {} } as const;
      try {
        await dataverse.changeSet([...own.flat(), integration]);
      } catch (thrown) {
        if (!hasCode(thrown, 'dataverse-refused', 'dataverse-precondition') || platformCode(thrown) !== associated)
          throw thrown;
        // Since it was asked, or of a table that is not asked about.
        throw refuse(await usedBy(id));
      }
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

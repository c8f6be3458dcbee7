import { CommandState, CommandType, integrationText, type SaveAnswer, tables } from '@crmjira/domain';
import { z } from 'zod';
import { settingsHash } from '../../../connections/providers/saved-integration';
import type { CommandAnswer, CommandHandler } from '../../../reconciler/commands';
import { audit } from '../audit';
import { integrationCommand, type IntegrationCommandParts, Refused, savedIntegration } from '../integration-command';
import { hasChangedMeanwhile } from '../../../platform/errors/has-code';

const doneBy = ({ active }: { readonly active: boolean }) => (active ? 'activated' : 'deactivated');

/**
 * Answers the command "Set active": an integration becomes active once exactly what is saved has passed its test (R-1621). What has been
 * written into the row past the commands has another hash.
 */
export const setActiveCommand = (parts: IntegrationCommandParts): CommandHandler => {
  const { dataverse, jira } = parts;
  return integrationCommand(
    parts,
    CommandType.SetActive,
    z.strictObject({ active: z.boolean() }),
    async ({ command, id, payload: { active }, language }): Promise<CommandAnswer> => {
      const saved = await savedIntegration(parts, id);
      const { name, version, testedHash, secretName, settings, provider } = saved;
      const hash = settingsHash(provider.code, settings, secretName);
      if (active && testedHash !== hash) {
        const says = integrationText('not-tested', language, name);
        const problems = [{ path: 'settings', code: 'not-tested', says }];
        const answer: SaveAnswer = { integration: id, isSaved: false, problems, test: null };
        throw new Refused({ state: CommandState.Refused, result: says, answer }, name);
      }
      const columns = { crmjira_is_active: active };
      try {
        await dataverse.changeSet([
          { op: 'update', collection: tables.crmjira_integration.entitySet, id, columns, ifMatch: version },
        ]);
      } catch (thrown) {
        if (!hasChangedMeanwhile(thrown)) throw thrown;
        throw new Refused('changed', name);
      }
      const action = doneBy({ active });
      await audit(parts, { command, action, name, before: hash, after: hash });
      await jira.refresh();
      const answer: SaveAnswer = { integration: id, isSaved: true, problems: [], test: null };
      return { state: CommandState.Done, result: integrationText(action, language, name), answer };
    },
    { action: doneBy },
  );
};

import { CommandType } from '@crmjira/domain';
import type { EnvironmentSettings } from '../../../connections/environment/environment-settings';
import { readSavedIntegration } from '../../../connections/providers/saved-integration';
import type { CommandHandler, GivenCommand } from '../../../reconciler/commands';
import type { IntegrationCommandParts } from '../integration-command';
import { testIntegrationCommand } from './test';

/**
 * "Test connection" of any row: while the capability is on, of what administrators connect by pages; else, and of the first connection and
 * of products without pages, as it always was.
 */
export function testAnyCommand(
  parts: IntegrationCommandParts & { readonly environmentSettings: Pick<EnvironmentSettings, 'settings'> },
  asAlways: CommandHandler,
): CommandHandler {
  const { dataverse, environmentSettings, jira, providers } = parts;
  const ofPages = testIntegrationCommand(parts);
  const isOfPages = async ({ regarding, payload }: GivenCommand): Promise<boolean> => {
    const id = regarding?.table === 'crmjira_integration' ? regarding.id.toLowerCase() : '';
    if (id === '' || id === jira.first.id || !(await environmentSettings.settings()).capabilities.has('integrations'))
      return false;
    if (payload !== null) return true;
    const saved = await readSavedIntegration(dataverse, providers, id);
    return saved !== null && saved !== 'other';
  };
  return {
    type: CommandType.TestConnection,
    answer: async (command) => ((await isOfPages(command)) ? ofPages : asAlways).answer(command),
  };
}

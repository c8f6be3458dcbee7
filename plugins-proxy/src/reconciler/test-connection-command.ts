import {
  COMMAND_AUTHORITY,
  CommandState,
  CommandType,
  connectionTroubleText,
  connectionWorksText,
  type ConnectionTrouble,
  notTestableText,
  refusalText,
  tables,
  unmetNeed,
  wholeSecond,
} from '@crmjira/domain';
import type { DataverseClient } from '../clients/dataverse/dataverse-client';
import type { EnvironmentSettings } from '../connections/environment/environment-settings';
import { isAdministrator } from '../connections/environment/read-people';
import type { JiraConnections } from '../connections/jira/jira-connections';
import type { JiraFound } from '../connections/providers/jira-provider';
import type { TestResult } from '../connections/providers/provider';
import type { CommandAnswer, CommandHandler } from './commands';

interface TestConnectionParts {
  readonly dataverse: DataverseClient;
  readonly environmentSettings: Pick<EnvironmentSettings, 'languageOf' | 'whoAmI'>;
  readonly jira: Pick<JiraConnections, 'test'>;
  readonly now: () => Date;
}

/** What a page gets beside the sentence. */
const answerOf = (result: TestResult<JiraFound>): Record<string, unknown> => ({
  ok: result.ok,
  found: { deployment: result.found.deployment ?? null, account: result.found.account?.displayName ?? null },
  ...(result.ok ? {} : { code: result.error.code, problem: result.problem, says: result.error.message }),
});

function troubleOf({ problem, error }: Extract<TestResult<JiraFound>, { ok: false }>): ConnectionTrouble {
  return error.code === 'secret-unreadable' ? 'secret' : (problem ?? 'unknown');
}

/** Answers the command "Test connection" for a row of `crmjira_integration` that stands for a Jira site: asks that site now. */
export function testConnectionCommand({
  dataverse,
  environmentSettings,
  jira,
  now,
}: TestConnectionParts): CommandHandler {
  const { entitySet } = tables.crmjira_integration;
  return {
    type: CommandType.TestConnection,
    answer: async ({ regarding, requestedById }): Promise<CommandAnswer> => {
      const [{ userId }, language, administrator] = await Promise.all([
        environmentSettings.whoAmI(),
        environmentSettings.languageOf(requestedById),
        isAdministrator(dataverse, requestedById),
      ]);
      const service = requestedById === userId.toLowerCase();
      const { needs } = COMMAND_AUTHORITY[CommandType.TestConnection];
      const refusedFor = unmetNeed(needs, { service, administrator });
      if (refusedFor !== null) return { state: CommandState.Refused, result: refusalText(refusedFor, language) };
      const tested = regarding?.table === 'crmjira_integration' ? await jira.test(regarding.id) : null;
      if (tested === null) return { state: CommandState.Failed, result: notTestableText(language) };
      const { id, host, result } = tested;
      const columns = {
        crmjira_last_test_on: wholeSecond(now().toISOString()),
        crmjira_last_test_ok: result.ok,
      };
      await dataverse.changeSet([{ op: 'update', collection: entitySet, id, columns }]);
      return {
        state: result.ok ? CommandState.Done : CommandState.Failed,
        result: result.ok
          ? connectionWorksText(host, result.found.account.displayName, language)
          : connectionTroubleText(troubleOf(result), result.error.message, language),
        answer: answerOf(result),
      };
    },
  };
}

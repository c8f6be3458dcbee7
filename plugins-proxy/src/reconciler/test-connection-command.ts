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
import type { TestResult } from '../connections/providers/provider';
import type { SentryConnections } from '../connections/sentry/sentry-connections';
import type { CommandAnswer, CommandHandler } from './commands';

interface TestConnectionParts {
  readonly dataverse: DataverseClient;
  readonly environmentSettings: Pick<EnvironmentSettings, 'languageOf' | 'whoAmI'>;
  readonly jira: Pick<JiraConnections, 'test'>;
  readonly sentry: Pick<SentryConnections, 'test'>;
  readonly now: () => Date;
}

/** What a test of any product came to. */
interface Tested {
  readonly id: string;
  readonly host: string;
  readonly product: string;
  readonly result: TestResult<unknown>;
  /** Whom the product takes us for, or what it is asked for. */
  readonly account: string;
  /** What a page gets of what was found. */
  readonly found: Readonly<Record<string, unknown>>;
}

/** What a page gets beside the sentence. */
const answerOf = ({ result, found }: Tested): Record<string, unknown> => ({
  ok: result.ok,
  found,
  ...(result.ok ? {} : { code: result.error.code, problem: result.problem, says: result.error.message }),
});

function troubleOf({ problem, error }: Extract<TestResult<unknown>, { ok: false }>): ConnectionTrouble {
  return error.code === 'secret-unreadable' ? 'secret' : (problem ?? 'unknown');
}

/** Asks whatever the row stands for; null: nothing that can be asked. */
async function testOf(
  { jira, sentry }: Pick<TestConnectionParts, 'jira' | 'sentry'>,
  id: string,
): Promise<Tested | null> {
  const site = await jira.test(id);
  if (site !== null) {
    const { deployment = null, account } = site.result.found;
    const name = account?.displayName ?? null;
    return { ...site, product: 'Jira', account: name ?? '', found: { deployment, account: name } };
  }
  const monitor = await sentry.test(id);
  if (monitor === null) return null;
  const { organization, projects = null } = monitor.result.found;
  const name = organization?.name ?? null;
  return { ...monitor, product: 'Sentry', account: name ?? '', found: { organization: name, projects } };
}

/** Answers the command "Test connection" for a row of `crmjira_integration`: asks now what it stands for. */
export function testConnectionCommand({
  dataverse,
  environmentSettings,
  jira,
  sentry,
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
      const tested = regarding?.table === 'crmjira_integration' ? await testOf({ jira, sentry }, regarding.id) : null;
      if (tested === null) return { state: CommandState.Failed, result: notTestableText(language) };
      const { id, host, product, account, result } = tested;
      const columns = {
        crmjira_last_test_on: wholeSecond(now().toISOString()),
        crmjira_last_test_ok: result.ok,
      };
      await dataverse.changeSet([{ op: 'update', collection: entitySet, id, columns }]);
      return {
        state: result.ok ? CommandState.Done : CommandState.Failed,
        result: result.ok
          ? connectionWorksText(host, account, language)
          : connectionTroubleText(troubleOf(result), result.error.message, language, product),
        answer: answerOf(tested),
      };
    },
  };
}

import type { DirectoryProvider } from '../../../connections/providers/directory';
import type { IntegrationProvider } from '../../../connections/providers/integration-provider';
import type { WebServiceProvider } from '../../../connections/providers/web-service';
import { providerOf } from '../../../connections/providers/integration-providers';
import { directoryRunner } from './directory';
import { rowsRunner } from './rows';
import type { RunContext, Runner, RunResult } from './runner';

/** What runs are made with beside their context. */
export interface RunnerParts {
  readonly providers: readonly IntegrationProvider[];
  /** Discovers projects and mirrors issues of a Jira site, which another capability does. */
  readonly runJira: (context: RunContext) => Promise<RunResult>;
}

const isDirectory = (provider: IntegrationProvider | undefined): provider is IntegrationProvider & DirectoryProvider =>
  provider?.code === 'ad';

const isWebService = (provider: IntegrationProvider): provider is IntegrationProvider & WebServiceProvider<never> =>
  'openService' in provider;

/** What runs of each provider do, one line each. */
export function runners({ providers, runJira }: RunnerParts): readonly Runner[] {
  const directory = providerOf(providers, 'ad');
  return [
    { code: 'jira', needs: 'issues', logsItself: 'Issue mirror', run: runJira },
    ...providers.filter(isWebService).map(rowsRunner),
    ...(isDirectory(directory) ? [directoryRunner(directory)] : []),
  ];
}

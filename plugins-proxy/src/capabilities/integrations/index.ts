import type { EnvironmentSettings } from '../../connections/environment/environment-settings';
import type { Store } from '../../queue/store/store';
import type { Capability } from '../../reconciler/capability';
import { decideConflictCommand } from './commands/decide-conflict';
import { deleteIntegrationCommand } from './commands/delete';
import { rotateWebhookSecretCommand } from './commands/rotate-webhook-secret';
import { confirmRunCommand, runCommand } from './commands/run';
import { saveIntegrationCommand } from './commands/save';
import { setActiveCommand } from './commands/set-active';
import { tryMappingCommand } from './commands/try-mapping';
import type { IntegrationCommandParts } from './integration-command';
import { notificationHandler, summaryHandler } from './notifications/notification-jobs';
import { type RunnerParts, runners } from './runs/runners';
import { scheduledRunHandler } from './runs/scheduled-runs';

/** What the capability needs of the running service. */
export type IntegrationParts = Omit<IntegrationCommandParts, 'store' | 'environmentSettings'> & {
  readonly environmentSettings: Pick<EnvironmentSettings, 'currencies' | 'languageOf' | 'settings' | 'whoAmI'>;
  /** A process that only reads the queue does nothing for integrations. */
  readonly store: Partial<Pick<Store, 'receive' | 'lease' | 'readCursor' | 'writeCursor'>>;
};

/**
 * Services that administrators connect by pages: directories, further Jira sites, REST and SOAP services.
 * @param runJira what a run of a Jira site does, which is another capability's
 */
export const integrations = <Parts extends IntegrationParts>(
  runJira: (parts: Parts) => RunnerParts['runJira'],
): Capability<Parts> => ({
  name: 'integrations',
  triggers: { steps: [], keysOfStep: {}, tracked: () => [], keysOfJiraEvent: () => null },
  open: (parts) => {
    const { receive, lease, readCursor, writeCursor } = parts.store;
    if (receive === undefined || lease === undefined || readCursor === undefined || writeCursor === undefined)
      return { modules: [], handlers: [], commands: [] };
    const given = {
      ...parts,
      store: { receive, lease, readCursor, writeCursor },
      runners: runners({ providers: parts.providers, runJira: runJira(parts) }),
    };
    return {
      modules: [],
      handlers: [scheduledRunHandler(given), notificationHandler(given), summaryHandler(given)],
      commands: [
        saveIntegrationCommand(given),
        setActiveCommand(given),
        deleteIntegrationCommand(given),
        runCommand(given),
        confirmRunCommand(given),
        tryMappingCommand(given),
        decideConflictCommand(given),
        rotateWebhookSecretCommand(given),
      ],
    };
  },
});

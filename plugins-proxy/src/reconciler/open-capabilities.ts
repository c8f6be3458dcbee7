import type { CapabilityName } from '@crmjira/domain';
import type { Logger } from 'pino';
import type { DataverseClient } from '../clients/dataverse/dataverse-client';
import type { EnvironmentSettings } from '../connections/environment/environment-settings';
import type { Store } from '../queue/store/store';
import type { Capability, CapabilityWork } from './capability';
import { type CommandHandler, commandResolver } from './commands';
import { type Explainer, explainerOf } from './explain';
import { explainCommand } from './explain-command';
import { type JobHandler, nothingToEnqueue } from './job-handler';
import { handlerOf, type SettleContext } from './module-handler';
import { byKind } from './run-job';

/** What every capability is opened with. */
export interface OpeningParts {
  readonly dataverse: DataverseClient;
  readonly environmentSettings: Pick<EnvironmentSettings, 'settings' | 'languageOf' | 'whoAmI'>;
  readonly store: Pick<Store, 'jobs'>;
  readonly logger: Logger;
  readonly now: () => Date;
}

/** A capability at work. */
interface OpenCapability extends CapabilityWork {
  readonly name: CapabilityName;
  /** Whether it is switched on now. */
  readonly isOn: () => Promise<boolean>;
}

/** The capabilities of one process. */
export interface OpenCapabilities {
  /** What explains the records of each table. */
  readonly explainers: readonly (Explainer & { readonly capability: CapabilityName })[];
  /** Those of all jobs, by kind. @throws Error for a kind that two of them claim */
  handlers(context: SettleContext): ReadonlyMap<string, JobHandler>;
}

/** A job of a capability that is off ends without doing anything: what it was about is looked at again once that is on. */
function whileOn({ name, isOn }: OpenCapability, { kind, start }: JobHandler): JobHandler {
  return {
    kind,
    start: (job) => {
      const run = start(job);
      return {
        ...run,
        run: async () => ((await isOn()) ? run.run() : nothingToEnqueue(`the capability "${name}" is switched off`)),
      };
    },
  };
}

/**
 * Opens each capability once, with what the reconciler does for all of them.
 * @param commands answered whichever capability is on
 */
export function openCapabilities<Parts extends OpeningParts>(
  capabilities: readonly Capability<Parts>[],
  parts: Parts,
  commands: readonly CommandHandler[] = [],
): OpenCapabilities {
  const { dataverse, environmentSettings, store, logger, now } = parts;
  const opened = capabilities.map((capability): OpenCapability => {
    const { name } = capability;
    const isOn = async (): Promise<boolean> => (await environmentSettings.settings()).capabilities.has(name);
    return { ...capability.open(parts), name, isOn };
  });
  const explainers = opened.flatMap(({ name, modules }) =>
    modules.map((module) => ({ ...explainerOf(module), capability: name })),
  );
  const jobs: Store['jobs'] = (keys) => store.jobs(keys);
  const explain = explainCommand({ dataverse, environmentSettings, logger, now, jobs, explainers });
  return {
    explainers,
    handlers: (context) =>
      byKind([
        commandResolver({
          dataverse,
          environmentSettings,
          capabilities: opened,
          handlers: [explain, ...commands],
          now,
        }),
        ...opened.flatMap((one) =>
          [...one.modules.map((module) => handlerOf(module, context)), ...one.handlers].map((handler) =>
            whileOn(one, handler),
          ),
        ),
      ]),
  };
}

import { type Config, type SharedVariable, sharedVariables } from '../../platform/config/read-config';
import {
  type EnvironmentVariables,
  readEnvironmentVariables,
} from '../../connections/environment/read-environment-variables';
import type { Session } from '../session';
import { type Check, type Finding, ok, warning } from './check';

const remedy =
  'Take the variable of the service away, so that Dynamics decides, or put the setting in Dynamics back to its default.';

/** What a variable of the service is, in the unit of the setting that it wins over. */
const inForce: Readonly<Record<SharedVariable, (config: Config) => string>> = {
  WORKERS: ({ workers }) => String(workers),
  REQUEST_TIMEOUT_MS: ({ requestTimeoutMs }) => String(requestTimeoutMs / 1_000),
  JIRA_CONNECTIONS: ({ jira }) => String(jira.connections),
  JIRA_CALLS_PER_MINUTE: ({ jira }) => String(jira.callsPerMinute),
  JIRA_DEPLOYMENT: ({ jira }) =>
    jira.deployment === 'cloud' ? 'cloud' : jira.credentials.kind === 'password' ? 'server' : 'dc',
};

/** Pure: names what somebody has set in Dynamics and a variable of the service wins over (D-10). */
export function judgeOverruledSettings(variables: EnvironmentVariables, config: Config): Finding {
  const overruled = [...config.setHere].flatMap((variable) => {
    const setting = sharedVariables[variable];
    const there = variables.get(setting);
    const value = there?.value?.trim() ?? '';
    const here = inForce[variable](config);
    return there === undefined || there.isDefault || value === '' || value === here
      ? []
      : [`${setting} is ${value}, ${variable} of the service says ${here} and wins`];
  });
  return overruled.length === 0 ? ok('every one that is set has its effect') : warning(overruled.join('; '), remedy);
}

export function overruledSettingsCheck({ dataverse, config }: Pick<Session, 'dataverse' | 'config'>): Check {
  return {
    id: 'overruled-settings',
    title: 'Settings in Dynamics that the service is told otherwise',
    needs: ['who-am-i'],
    remedy,
    look: async () => judgeOverruledSettings(await readEnvironmentVariables(dataverse), config),
  };
}

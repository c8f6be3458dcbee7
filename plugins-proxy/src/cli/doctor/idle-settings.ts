import { type EnvironmentVariables, readEnvironmentVariables } from '../../dataverse/read/read-environment-variables';
import type { Session } from '../session';
import { type Check, type Finding, ok, warning } from './check';

/**
 * Environment variables of the solution that this release of the service does not go by (DATA-MODEL 10): the value that it behaves as
 * if they had, and what is set instead.
 */
export const idleSettings: Readonly<Record<string, { readonly as: string; readonly instead: string }>> = {
  crmjira_BudgetApiBaseUrl: { as: '', instead: 'JIRA_URL or TEMPO_URL' },
  crmjira_CertificateAlertDays: { as: '30', instead: 'the alert rules' },
  crmjira_ConnectionTimeoutSeconds: { as: '30', instead: 'REQUEST_TIMEOUT_MS' },
  crmjira_DegradationPercent: { as: '20', instead: 'the alert rules' },
  crmjira_DegreeOfParallelism: { as: '20', instead: 'WORKERS' },
  crmjira_GatewayRequestsPerMinute: { as: '500', instead: 'JIRA_CALLS_PER_MINUTE' },
  crmjira_JiraDeployment: { as: '', instead: 'JIRA_DEPLOYMENT' },
  crmjira_LogFailureLimit: { as: '5', instead: 'the alert rules' },
  crmjira_LogRateWindowMinutes: { as: '15', instead: 'the alert rules' },
  crmjira_MaxConnections: { as: '100', instead: 'JIRA_CONNECTIONS' },
  crmjira_SlowResponseSeconds: { as: '5', instead: 'the alert rules' },
  crmjira_TokenAlertDays: { as: '7', instead: 'the alert rules' },
  crmjira_TokenMaxDays: { as: '90', instead: 'nothing' },
  crmjira_TokenRotationDays: { as: '60', instead: 'nothing' },
  crmjira_WebhookDelayMinutes: { as: '5', instead: 'the alert rules' },
};

const remedy =
  'Put the value back and set what is named instead; docs/real-tenant.md lists the variables of the service.';

/** Pure: names what somebody has set in Dynamics in the belief that the service goes by it. */
export function judgeIdleSettings(variables: EnvironmentVariables): Finding {
  const idle = Object.entries(idleSettings).flatMap(([name, { as, instead }]) => {
    const value = variables.get(name);
    const isSet = value !== undefined && !value.isDefault && value.value !== null && as !== '';
    return isSet && value.value.trim() !== as
      ? [`${name} is ${value.value}, behaves as ${as} (instead: ${instead})`]
      : [];
  });
  return idle.length === 0 ? ok('every one that is set has its effect') : warning(idle.join('; '), remedy);
}

export function idleSettingsCheck({ dataverse }: Pick<Session, 'dataverse'>): Check {
  return {
    id: 'idle-settings',
    title: 'Settings in Dynamics that the service does not go by',
    needs: ['who-am-i'],
    remedy,
    look: async () => judgeIdleSettings(await readEnvironmentVariables(dataverse)),
  };
}

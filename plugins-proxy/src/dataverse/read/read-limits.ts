import { defaultThresholds, type Thresholds } from '../../metrics/thresholds';
import { refuseSetting } from './parse-settings';

/** Limits that somebody has set in Dynamics; null where nobody has, so that the service's own default holds. */
export interface ChosenLimits {
  readonly workers: number | null;
  /** milliseconds */
  readonly timeoutMs: number | null;
  readonly connections: number | null;
  readonly callsPerMinute: number | null;
}

/** Gives the text of a variable; null when it has none. */
type Read = (name: string) => string | null;

const dayMinutes = 24 * 60;
/** A tenth of a second, as `REQUEST_TIMEOUT_MS` has it, to ten minutes. */
const timeouts = [0.1, 600] as const;

function between(name: string, value: string, [least, most]: readonly [number, number]): number {
  const parsed = Number(value);
  return value !== '' && parsed >= least && parsed <= most
    ? parsed
    : refuseSetting(name, `a number between ${least} and ${most}`, value);
}

function count(name: string, value: string, [least, most]: readonly [number, number]): number {
  const parsed = Number(value);
  return Number.isInteger(parsed) && value !== '' && parsed >= least && parsed <= most
    ? parsed
    : refuseSetting(name, `a whole number between ${least} and ${most}`, value);
}

/**
 * what was set for this environment. The solution's own defaults are not taken: 500 calls a minute would hold back a
 * service that has no data gateway on its way.
 * @throws IntegrationError naming the variable
 */
export function chosenLimits(chosen: Read): ChosenLimits {
  const whole = (name: string, range: readonly [number, number]): number | null => {
    const value = chosen(name);
    return value === null ? null : count(name, value, range);
  };
  const seconds = chosen('crmjira_ConnectionTimeoutSeconds');
  return {
    workers: whole('crmjira_DegreeOfParallelism', [1, 64]),
    timeoutMs: seconds === null ? null : 1_000 * between('crmjira_ConnectionTimeoutSeconds', seconds, timeouts),
    connections: whole('crmjira_MaxConnections', [1, 100]),
    callsPerMinute: whole('crmjira_GatewayRequestsPerMinute', [10, 100_000]),
  };
}

/** R-1103, R-1106, R-1111, R-1218. @throws IntegrationError naming the variable */
export function readThresholds(read: Read): Thresholds {
  const given = (name: string, otherwise: number): string => read(name) ?? String(otherwise);
  const days = (name: string, otherwise: number, most = 365): number => count(name, given(name, otherwise), [1, most]);
  const standard = defaultThresholds;
  const TokenMaxDays = days('crmjira_TokenMaxDays', standard.TokenMaxDays);
  return {
    LogFailureLimit: count(
      'crmjira_LogFailureLimit',
      given('crmjira_LogFailureLimit', standard.LogFailureLimit),
      [0, 100_000],
    ),
    LogRateWindowMinutes: count(
      'crmjira_LogRateWindowMinutes',
      given('crmjira_LogRateWindowMinutes', standard.LogRateWindowMinutes),
      [1, dayMinutes],
    ),
    SlowResponseSeconds: between(
      'crmjira_SlowResponseSeconds',
      given('crmjira_SlowResponseSeconds', standard.SlowResponseSeconds),
      [0.1, 600],
    ),
    WebhookDelayMinutes: between(
      'crmjira_WebhookDelayMinutes',
      given('crmjira_WebhookDelayMinutes', standard.WebhookDelayMinutes),
      [0.1, dayMinutes],
    ),
    DegradationPercent: between(
      'crmjira_DegradationPercent',
      given('crmjira_DegradationPercent', standard.DegradationPercent),
      [0, 1_000],
    ),
    TokenAlertDays: days('crmjira_TokenAlertDays', standard.TokenAlertDays),
    CertificateAlertDays: days('crmjira_CertificateAlertDays', standard.CertificateAlertDays),
    TokenRotationDays: days(
      'crmjira_TokenRotationDays',
      Math.min(standard.TokenRotationDays, TokenMaxDays),
      TokenMaxDays,
    ),
    TokenMaxDays,
  };
}

/** What the site is said to be; null where nobody has said. @throws IntegrationError */
export function chosenDeployment(chosen: Read): 'cloud' | 'dc' | 'server' | null {
  const value = chosen('crmjira_JiraDeployment');
  switch (value?.toLowerCase()) {
    case undefined:
      return null;
    case 'cloud':
      return 'cloud';
    case 'dc':
      return 'dc';
    case 'server':
      return 'server';
    default:
      return refuseSetting('crmjira_JiraDeployment', 'cloud, dc or server', value ?? '');
  }
}

/** Address of the budget contract, where somebody has named it (R-513 a). @throws IntegrationError */
export function chosenBudgetAddress(chosen: Read): string | null {
  const value = chosen('crmjira_BudgetApiBaseUrl');
  if (value === null || (URL.canParse(value) && /^https?:/.test(value))) return value;
  return refuseSetting('crmjira_BudgetApiBaseUrl', 'an http or https address', value);
}

import { defaultThresholds, type Thresholds } from '../../platform/config/thresholds';
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
  const threshold = (
    variable: `crmjira_${keyof Thresholds}`,
    parse: typeof count,
    range: readonly [number, number],
    // What is left of such a name is a threshold, which the compiler does not follow.
    standard = defaultThresholds[variable.slice('crmjira_'.length) as keyof Thresholds],
  ): number => parse(variable, read(variable) ?? String(standard), range);
  const year = [1, 365] as const;
  const TokenMaxDays = threshold('crmjira_TokenMaxDays', count, year);
  const rotation = Math.min(defaultThresholds.TokenRotationDays, TokenMaxDays);
  return {
    LogFailureLimit: threshold('crmjira_LogFailureLimit', count, [0, 100_000]),
    LogRateWindowMinutes: threshold('crmjira_LogRateWindowMinutes', count, [1, dayMinutes]),
    SlowResponseSeconds: threshold('crmjira_SlowResponseSeconds', between, [0.1, 600]),
    WebhookDelayMinutes: threshold('crmjira_WebhookDelayMinutes', between, [0.1, dayMinutes]),
    DegradationPercent: threshold('crmjira_DegradationPercent', between, [0, 1_000]),
    TokenAlertDays: threshold('crmjira_TokenAlertDays', count, year),
    CertificateAlertDays: threshold('crmjira_CertificateAlertDays', count, year),
    TokenRotationDays: threshold('crmjira_TokenRotationDays', count, [1, TokenMaxDays], rotation),
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

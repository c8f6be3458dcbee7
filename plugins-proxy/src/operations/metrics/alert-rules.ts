import { defaultThresholds, type Thresholds } from '../../platform/config/thresholds';

/** One alert: what is watched, when it speaks, to whom. The rule files in `operations/` carry the same; a test compares. */
export interface AlertRule {
  readonly name: string;
  /** Speaks while the value is … `than` the threshold. */
  readonly when: '>' | '<' | '<=' | '>=';
  /** What an administrator sets it by in Dynamics, and how many of `unit` one of the setting is; or a value that nobody sets. */
  readonly threshold: { readonly setting: keyof Thresholds; readonly times: number } | { readonly fixed: number };
  readonly unit: string;
  readonly severity: 'critical' | 'warning';
  readonly team: 'integration-team' | 'infrastructure-team';
  readonly requirement: string;
}

const by = (setting: keyof Thresholds, times = 1): AlertRule['threshold'] => ({ setting, times });

/** R-1103, R-1106, R-1218; cases T4 and T6. */
export const alertRules = [
  {
    name: 'CrmJiraIntegrationFailures',
    when: '>',
    threshold: by('LogFailureLimit'),
    unit: 'errors',
    severity: 'critical',
    team: 'integration-team',
    requirement: 'R-1103',
  },
  {
    name: 'CrmJiraSlowJira',
    when: '>',
    threshold: by('SlowResponseSeconds'),
    unit: 'seconds on average',
    severity: 'warning',
    team: 'infrastructure-team',
    requirement: 'R-1103',
  },
  {
    name: 'CrmJiraConnectionLost',
    when: '<',
    threshold: { fixed: 1 },
    unit: '1 = reached, 0 = not',
    severity: 'critical',
    team: 'integration-team',
    requirement: 'R-1103',
  },
  {
    name: 'CrmJiraWebhookDelay',
    when: '>',
    threshold: by('WebhookDelayMinutes', 60),
    unit: 'seconds that the oldest due job waits',
    severity: 'warning',
    team: 'integration-team',
    requirement: 'R-1106',
  },
  {
    name: 'CrmJiraTokenExpires',
    when: '<=',
    threshold: by('TokenAlertDays'),
    unit: 'days left',
    severity: 'warning',
    team: 'integration-team',
    requirement: 'R-1106',
  },
  {
    name: 'CrmJiraCertificateExpires',
    when: '<=',
    threshold: by('CertificateAlertDays'),
    unit: 'days left',
    severity: 'warning',
    team: 'infrastructure-team',
    requirement: 'R-1106',
  },
  {
    name: 'CrmJiraTokenDue',
    when: '>=',
    threshold: by('TokenRotationDays'),
    unit: 'days old',
    severity: 'warning',
    team: 'integration-team',
    requirement: 'R-1218',
  },
  {
    name: 'CrmJiraTokenTooOld',
    when: '>=',
    threshold: by('TokenMaxDays'),
    unit: 'days old',
    severity: 'critical',
    team: 'integration-team',
    requirement: 'R-1218',
  },
] as const satisfies readonly AlertRule[];

/** Where a rule's limit lies, in its unit. Pure. */
export function limitOf(
  { threshold }: Pick<AlertRule, 'threshold'>,
  thresholds: Thresholds = defaultThresholds,
): number {
  return 'fixed' in threshold ? threshold.fixed : thresholds[threshold.setting] * threshold.times;
}

/** Whether a value makes a rule speak. Pure. */
export function speaks(when: AlertRule['when'], value: number, limit: number): boolean {
  switch (when) {
    case '>':
      return value > limit;
    case '<':
      return value < limit;
    case '<=':
      return value <= limit;
    case '>=':
      return value >= limit;
  }
}

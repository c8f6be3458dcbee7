/** One alert: what is watched, when it speaks, to whom. The rule files in `operations/` carry the same numbers; a test compares. */
export interface AlertRule {
  readonly name: string;
  /** Speaks while the value is … `than` the threshold. */
  readonly when: '>' | '<' | '<=';
  readonly threshold: number;
  readonly unit: string;
  /** Minutes over which the value is taken; 0 = the latest value. */
  readonly windowMinutes: number;
  readonly severity: 'critical' | 'warning';
  readonly team: 'integration-team' | 'infrastructure-team';
  readonly requirement: string;
}

/** R-1103, R-1106; cases T4 and T6. */
export const alertRules = [
  {
    name: 'CrmJiraIntegrationFailures',
    when: '>',
    threshold: 5,
    unit: 'errors',
    windowMinutes: 15,
    severity: 'critical',
    team: 'integration-team',
    requirement: 'R-1103',
  },
  {
    name: 'CrmJiraSlowJira',
    when: '>',
    threshold: 5,
    unit: 'seconds on average',
    windowMinutes: 5,
    severity: 'warning',
    team: 'infrastructure-team',
    requirement: 'R-1103',
  },
  {
    name: 'CrmJiraConnectionLost',
    when: '<',
    threshold: 1,
    unit: '1 = reached, 0 = not',
    windowMinutes: 0,
    severity: 'critical',
    team: 'integration-team',
    requirement: 'R-1103',
  },
  {
    name: 'CrmJiraWebhookDelay',
    when: '>',
    threshold: 300,
    unit: 'seconds that the oldest due job waits',
    windowMinutes: 0,
    severity: 'warning',
    team: 'integration-team',
    requirement: 'R-1106',
  },
  {
    name: 'CrmJiraTokenExpires',
    when: '<=',
    threshold: 7,
    unit: 'days left',
    windowMinutes: 0,
    severity: 'warning',
    team: 'integration-team',
    requirement: 'R-1106',
  },
  {
    name: 'CrmJiraCertificateExpires',
    when: '<=',
    threshold: 30,
    unit: 'days left',
    windowMinutes: 0,
    severity: 'warning',
    team: 'infrastructure-team',
    requirement: 'R-1106',
  },
] as const satisfies readonly AlertRule[];

/** Whether a value makes a rule speak. Pure. */
export function speaks(rule: Pick<AlertRule, 'when' | 'threshold'>, value: number): boolean {
  if (rule.when === '>') return value > rule.threshold;
  return rule.when === '<' ? value < rule.threshold : value <= rule.threshold;
}

/** Window of the failure alert, in milliseconds (R-1103). */
export const failureWindowMs = alertRules[0].windowMinutes * 60_000;

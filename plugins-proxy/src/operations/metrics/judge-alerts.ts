import type { BaselineVerdict } from '@crmjira/domain';
import { type AlertRule, alertRules, limitOf, speaks } from './alert-rules';
import type { Thresholds } from '../../platform/config/thresholds';

/** What the alerts look at, as this process knows it. */
export interface AlertFigures {
  /** Failures within the window. */
  readonly failures: number;
  /** Mean answer time of Jira over five minutes; null = it was not called. */
  readonly jiraSeconds: number | null;
  /** Jira connections beside the first one; `seconds` as `jiraSeconds`. */
  readonly others?: readonly (AlertConnection & { readonly reached: boolean; readonly seconds: number | null })[];
  /** side → whether it was reached */
  readonly connected: Readonly<Record<string, boolean>>;
  readonly oldestDueSeconds: number;
  /** `token JIRA_PAT` or `certificate jira` → days left */
  readonly daysLeft: Readonly<Record<string, number>>;
  /** secret → days of age */
  readonly secretAgeDays: Readonly<Record<string, number>>;
  /** The last 24 hours against the days before; null = not compared yet. */
  readonly baseline: BaselineVerdict | null;
}

/** A Jira connection beside the first one. */
export interface AlertConnection {
  readonly id: string;
  readonly name: string;
}

/** An alert that speaks now. */
export interface SpeakingAlert {
  readonly alert: string;
  /** What it is about where there are several: a side, a credential; else null. */
  readonly of: string | null;
  /** Connection that it is about; null: the first one, or none in particular. */
  readonly connection: AlertConnection | null;
  readonly value: number;
  readonly limit: number;
  readonly unit: string;
  readonly severity: AlertRule['severity'];
  /** Environment variable that sets the limit; null = nobody does. */
  readonly setting: string | null;
}

/** Names of all that can speak. */
export const alertNames: readonly string[] = [...alertRules.map(({ name }) => name), 'CrmJiraPerformanceDegraded'];

type Name = (typeof alertRules)[number]['name'];
type Measured = readonly (readonly [of: string | null, value: number, connection?: AlertConnection])[];

const daysOf = (left: AlertFigures['daysLeft'], kind: 'token' | 'certificate'): Measured =>
  Object.entries(left).flatMap(([key, days]) =>
    key.startsWith(`${kind} `) ? [[key.slice(kind.length + 1), days] as const] : [],
  );

const measures: Readonly<Record<Name, (figures: AlertFigures) => Measured>> = {
  CrmJiraIntegrationFailures: ({ failures }) => [[null, failures]],
  CrmJiraSlowJira: ({ jiraSeconds, others = [] }) => [
    ...(jiraSeconds === null ? [] : [[null, jiraSeconds] as const]),
    ...others.flatMap(({ seconds, id, name }) => (seconds === null ? [] : [[null, seconds, { id, name }] as const])),
  ],
  CrmJiraConnectionLost: ({ connected, others = [] }) => [
    ...Object.entries(connected).map(([side, reached]) => [side, reached ? 1 : 0] as const),
    ...others.map(({ reached, id, name }) => ['jira', reached ? 1 : 0, { id, name }] as const),
  ],
  CrmJiraWebhookDelay: ({ oldestDueSeconds }) => [[null, oldestDueSeconds]],
  CrmJiraTokenExpires: ({ daysLeft }) => daysOf(daysLeft, 'token'),
  CrmJiraCertificateExpires: ({ daysLeft }) => daysOf(daysLeft, 'certificate'),
  CrmJiraTokenDue: ({ secretAgeDays }) => Object.entries(secretAgeDays),
  CrmJiraTokenTooOld: ({ secretAgeDays }) => Object.entries(secretAgeDays),
};

/** Two decimals: what a person reads and compares. */
const rounded = (value: number): number => Math.round(value * 100) / 100;

/** R-1111: the service compares, so that one verdict stands everywhere. */
function degraded({ baseline }: AlertFigures, { DegradationPercent }: Thresholds): readonly SpeakingAlert[] {
  const value = Math.max(baseline?.slowerPercent ?? 0, baseline?.lessPercent ?? 0);
  if (baseline === null || baseline.verdict === 'unknown' || value <= DegradationPercent) return [];
  return [
    {
      alert: 'CrmJiraPerformanceDegraded',
      of: null,
      connection: null,
      value: rounded(value),
      limit: DegradationPercent,
      unit: 'percent worse than the days before',
      severity: 'warning',
      setting: 'crmjira_DegradationPercent',
    },
  ];
}

/** Every alert that speaks, by the thresholds that an administrator has set (R-1103, R-1106, R-1111, R-1218). Pure. */
export function judgeAlerts(figures: AlertFigures, thresholds: Thresholds): readonly SpeakingAlert[] {
  const found = alertRules.flatMap((rule): SpeakingAlert[] => {
    const limit = limitOf(rule, thresholds);
    const setting = 'setting' in rule.threshold ? `crmjira_${rule.threshold.setting}` : null;
    return measures[rule.name](figures)
      .filter(([, value]) => speaks(rule.when, value, limit))
      .map(([of, value, connection = null]) => ({
        alert: rule.name,
        of,
        connection,
        value: rounded(value),
        limit,
        unit: rule.unit,
        severity: rule.severity,
        setting,
      }));
  });
  // Of one that is too old nobody needs to hear that it is due as well.
  const tooOld = new Set(found.filter(({ alert }) => alert === 'CrmJiraTokenTooOld').map(({ of }) => of));
  const told = found.filter(({ alert, of }) => alert !== 'CrmJiraTokenDue' || !tooOld.has(of));
  return [...told, ...degraded(figures, thresholds)];
}

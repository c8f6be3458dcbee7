/** Alert thresholds (R-1103, R-1106, R-1111, R-1218); each is an environment variable of the solution, `crmjira_` and its name. */
export interface Thresholds {
  /** Failures within the window; more of them speak. */
  readonly LogFailureLimit: number;
  readonly LogRateWindowMinutes: number;
  /** Mean answer time of Jira over five minutes. */
  readonly SlowResponseSeconds: number;
  readonly WebhookDelayMinutes: number;
  /** Percent worse than the days before. */
  readonly DegradationPercent: number;
  readonly TokenAlertDays: number;
  readonly CertificateAlertDays: number;
  /** Days of age after which a secret is to be exchanged. */
  readonly TokenRotationDays: number;
  /** Days of age that no secret may pass. */
  readonly TokenMaxDays: number;
}

/** Defaults of D-10, in force until the settings have been read for the first time. */
export const defaultThresholds: Thresholds = {
  LogFailureLimit: 5,
  LogRateWindowMinutes: 15,
  SlowResponseSeconds: 5,
  WebhookDelayMinutes: 5,
  DegradationPercent: 20,
  TokenAlertDays: 7,
  CertificateAlertDays: 30,
  TokenRotationDays: 60,
  TokenMaxDays: 90,
};
